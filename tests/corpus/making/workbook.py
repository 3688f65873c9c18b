"""Workbooks of the corpus: xlsx, xls and ods."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from datetime import date
from html import escape
from pathlib import Path
from typing import Any

import openpyxl
import xlwt
from openpyxl.utils.cell import coordinate_to_tuple, range_boundaries

from tests.corpus.making.text import grid


def _sheets(spec: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield names and descriptions of the sheets; a file without `sheets` is one sheet."""
    yield from spec["sheets"].items() if "sheets" in spec else [(spec.get("sheet", "Sheet1"), spec)]


def write_xlsx(path: Path, spec: dict[str, Any]) -> None:
    """Write a workbook; `merges` are ranges, `formats` number formats by cell; a text that begins with = is a formula."""
    book = openpyxl.Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    for name, described in _sheets(spec):
        sheet = book.create_sheet(name)
        for row in grid(described):
            sheet.append(row)
        for cell, number_format in described.get("formats", {}).items():
            sheet[cell].number_format = number_format
        for merge in described.get("merges", []):
            sheet.merge_cells(merge)
        if described.get("hidden"):
            sheet.sheet_state = "hidden"
    book.save(path)


def write_xls(path: Path, spec: dict[str, Any]) -> None:
    """Write a workbook of the old format; days get a date format unless `formats` says another."""
    book = xlwt.Workbook(encoding="utf-8")
    for name, described in _sheets(spec):
        sheet = book.add_sheet(name)
        formats = {coordinate_to_tuple(cell): style for cell, style in described.get("formats", {}).items()}
        for row, cells in enumerate(grid(described)):
            for column, cell in enumerate(cells):
                if cell is not None:
                    style = formats.get((row + 1, column + 1), "YYYY-MM-DD" if isinstance(cell, date) else "General")
                    sheet.write(row, column, cell, xlwt.easyxf(num_format_str=style))
        for merge in described.get("merges", []):
            left, top, right, bottom = (int(bound or 0) - 1 for bound in range_boundaries(merge))
            sheet.merge(top, bottom, left, right)
    book.save(str(path))


_ODS = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 office:version="1.2"><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"""
_MANIFEST = """<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">
<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>"""


def write_ods(path: Path, spec: dict[str, Any]) -> None:
    """Write an OpenDocument workbook of texts."""
    tables = ""
    for name, described in _sheets(spec):
        rows = "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in grid(described))
        tables += f'<table:table table:name="{name}">{rows}</table:table>'
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", _MANIFEST)
        archive.writestr("content.xml", _ODS.format(tables=tables))


def _ods_cell(cell: Any) -> str:
    if cell is None:
        return "<table:table-cell/>"
    return f'<table:table-cell office:value-type="string"><text:p>{escape(str(cell))}</text:p></table:table-cell>'
