"""Word documents: every table is a sheet, the paragraphs above it are its titles."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.table import Table, _Row
from docx.text.paragraph import Paragraph

from loaders.read.formats.sheet import COLUMNS_LIMIT, Grid, Refused, Sheet, grid_line
from loaders.read.formats.workbook import check_archive


def docx_sheets(path: Path) -> Iterator[Sheet]:
    """Yield the tables of a Word document."""
    check_archive(path)
    try:
        document = docx.Document(str(path))
    except (PackageNotFoundError, zipfile.BadZipFile, KeyError, ValueError) as error:
        raise Refused(
            "file_unreadable", why_zh=f"不是有效的 Word 文档（{error}）", why_en=f"not a valid Word document ({error})"
        ) from error
    titles: list[str] = []
    tables = 0
    for block in document.iter_inner_content():
        if isinstance(block, Paragraph):
            titles += [block.text.strip()] if block.text.strip() else []
        else:
            tables += 1
            yield _sheet(block, f"表格{tables}", tuple(titles))
            titles = []


def _sheet(table: Table, name: str, titles: tuple[str, ...]) -> Grid:
    rows = (_cells(row) for row in table.rows)
    lines = [line for number, cells in enumerate(rows, 1) if (line := grid_line(number, cells))]
    return Grid(name, lines, titles)


def _cells(row: _Row) -> list[str | None]:
    """Return the cells of a row; one merged across columns shows its text once."""
    cells = row.cells
    if len(cells) > COLUMNS_LIMIT:
        raise Refused("file_too_wide", columns=len(cells), limit=COLUMNS_LIMIT)
    before = [None, *cells[:-1]]
    return [
        None if left is not None and left._tc is cell._tc else cell.text
        for left, cell in zip(before, cells, strict=True)
    ]
