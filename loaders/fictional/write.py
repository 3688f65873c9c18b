"""Writes a province: as a planner's folder while it is small, as one csv or Parquet file per table when it is large."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet
import xlsxwriter

from graph_model.records import RECORDS
from loaders.fictional.planner import PlannedFile, PlannedSheet, documents
from loaders.fictional.province import Province
from loaders.fictional.spelling import header, in_chinese

Form = Literal["auto", "folder", "csv", "parquet"]

LARGEST_FOLDER = 20_000
"""Enterprises from which on `auto` writes csv files."""
_CREATED = datetime(2026, 6, 30)
_CHUNK = 500_000


def write_province(province: Province, out: Path, form: Form = "auto") -> list[Path]:
    """Write the province into the directory `out` and return the files; equal provinces give equal bytes.

    `folder` is what a planner keeps: workbooks with titles and notes, a GB18030 csv, a UTF-16 export, with the slips of
    `Province.blemishes`. `csv` has one UTF-8 file per table with Chinese headers and words, `parquet` English field
    names and canonical values; both are free of slips. All three hold the same facts otherwise, but for one: only the
    folder calls leaders 链主企业 in their supplier lists, and so declares them. `auto` is `folder` below 20,000
    enterprises, else `csv`.
    """
    if form == "auto":
        form = "folder" if province.enterprises < LARGEST_FOLDER else "csv"
    out.mkdir(parents=True, exist_ok=True)
    if form == "folder":
        return [_write_document(document, out) for document in documents(province) if document.sheets]
    write = _write_csv if form == "csv" else _write_parquet
    return [write(name, table, out) for name, table in province.tables.items()]


def _write_csv(name: str, table: pa.Table, out: Path) -> Path:
    path = out / f"{RECORDS[name].title}.csv"
    spelled = in_chinese(table)
    plain = pa.schema([(header(name, field.name), _plain(field.type)) for field in spelled.schema])
    options = pyarrow.csv.WriteOptions(quoting_style="needed")
    with pyarrow.csv.CSVWriter(path, plain, write_options=options) as writer:
        for start in range(0, max(table.num_rows, 1), _CHUNK):
            part = spelled.slice(start, _CHUNK)
            columns = [column.cast(kind) for column, kind in zip(part.columns, plain.types, strict=True)]
            writer.write_table(pa.table(columns, schema=plain))
    return path


def _plain(kind: pa.DataType) -> pa.DataType:
    return pa.string() if pa.types.is_dictionary(kind) else kind


def _write_parquet(name: str, table: pa.Table, out: Path) -> Path:
    path = out / f"{name}.parquet"
    pyarrow.parquet.write_table(table, path, compression="zstd")
    return path


def _write_document(document: PlannedFile, out: Path) -> Path:
    path = out / document.path
    path.parent.mkdir(parents=True, exist_ok=True)
    if document.encoding:
        path.write_bytes(_as_text(document).encode(document.encoding))
        return path
    # A fixed day of creation is all that keeps equal workbooks from being equal bytes.
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"title": path.stem, "author": "绿谱 Verdigraph（虚构数据）", "created": _CREATED})
        styles = {
            "title": book.add_format({"bold": True, "font_size": 14, "align": "center"}),
            "header": book.add_format({"bold": True, "border": 1, "text_wrap": True, "align": "center"}),
            "day": book.add_format({"num_format": "yyyy-mm-dd"}),
        }
        for sheet in document.sheets:
            _write_sheet(book.add_worksheet(sheet.name), sheet, styles)
    return path


def _write_sheet(page: Any, sheet: PlannedSheet, styles: dict[str, Any]) -> None:
    """Titles across the table, headers, numbered rows, lines below."""
    last = len(sheet.headers)
    for line, title in enumerate(sheet.titles):
        page.merge_range(line, 0, line, last, title, styles["title"])
    top = len(sheet.titles)
    page.write_row(top, 0, ["序号", *sheet.headers.values()], styles["header"])
    page.freeze_panes(top + 1, 0)
    page.set_column(1, last, 16)
    for number, cells in enumerate(_cells(sheet), start=1):
        page.write_number(top + number, 0, number)
        for place, cell in enumerate(cells, start=1):
            if isinstance(cell, date):
                page.write_datetime(top + number, place, cell, styles["day"])
            elif cell is not None:
                page.write(top + number, place, cell)
    for line, text in enumerate(_below(sheet), start=top + len(sheet.rows) + 1):
        page.write_row(line, 0, text)


def _cells(sheet: PlannedSheet) -> list[list[Any]]:
    """Return the rows as cells, with whatever this sheet writes where a value is unknown."""
    fields = [(field, sheet.blank.get(field)) for field in sheet.headers]
    return [[blank if row[field] is None else row[field] for field, blank in fields] for row in sheet.rows]


def _below(sheet: PlannedSheet) -> list[list[Any]]:
    lines: list[list[Any]] = []
    if sheet.total:
        summed = round(sum(row[sheet.total] or 0 for row in sheet.rows), 2)
        lines.append(["合计", *(summed if field == sheet.total else None for field in sheet.headers)])
    return [*lines, *([note] for note in sheet.notes)]


def _as_text(document: PlannedFile) -> str:
    (sheet,) = document.sheets
    text = io.StringIO()
    writer = csv.writer(text, delimiter=document.delimiter, lineterminator="\r\n")
    writer.writerows([title] for title in sheet.titles)
    writer.writerow(["序号", *sheet.headers.values()])
    pointed = document.delimiter == "\t"
    for number, cells in enumerate(_cells(sheet), start=1):
        writer.writerow([number, *(_as_word(cell, pointed) for cell in cells)])
    writer.writerows(_below(sheet))
    return text.getvalue()


def _as_word(cell: Any, pointed: bool) -> Any:
    """Return days as purchasing systems print them (2024.03.01), or as people type them (2024/3/1)."""
    if isinstance(cell, date):
        return f"{cell:%Y.%m.%d}" if pointed else f"{cell.year}/{cell.month}/{cell.day}"
    return cell
