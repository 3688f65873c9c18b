"""PDF tables: a table that goes on over pages is one sheet, and each row knows its page."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pdfplumber
from pdfminer.pdfparser import PDFSyntaxError
from pdfplumber.utils.exceptions import PdfminerException

from loaders.read.formats.sheet import Grid, Line, Sheet, grid_line
from loaders.read.refused import FileRefused

Cells = list[str | None]


def pdf_sheets(path: Path) -> Iterator[Sheet]:
    """Yield the tables of a PDF."""
    try:
        with pdfplumber.open(path) as pdf:
            yield from _joined(pdf.pages)
    except (PdfminerException, PDFSyntaxError, ValueError, KeyError, TypeError, RecursionError) as error:
        why = type(error).__name__
        raise FileRefused(
            "file_unreadable", why_zh=f"不是可读的 PDF（{why}）", why_en=f"not a readable PDF ({why})"
        ) from error


def _joined(pages: list[Any]) -> Iterator[Grid]:
    """Yield tables, each joined with what follows on the next pages in as many columns."""
    current: Grid | None = None
    width = 0
    for number, page in enumerate(pages, 1):
        for table in page.find_tables():
            rows = [[_close_breaks(cell) for cell in row] for row in table.extract()]
            titles = _lines_above(page, table)
            if current is not None and not titles and rows and len(rows[0]) == width:
                _append(current, rows, f"第{number}页")
                continue
            if current is not None:
                yield current
            current, width = Grid(None, [], titles), len(rows[0]) if rows else 0
            _append(current, rows, f"第{number}页")
        page.close()
    if current is not None:
        yield current


def _append(grid: Grid, rows: list[Cells], place: str) -> None:
    """Add the rows of one page; a first row without a number or name in front is the rest of the row before."""
    numbered = bool(grid.lines) and all(line.cells[0] for line in grid.lines)
    if numbered and rows and not rows[0][0] and any(rows[0]):
        last = grid.lines[-1]
        cells = ["".join(part for part in pair if part) or None for pair in zip(last.cells, rows[0], strict=True)]
        grid.lines[-1] = Line(last.row, cells, place=last.place)
        rows = [[None] * len(rows[0]), *rows[1:]]
    _fill_groups(rows)
    grid.lines += [line for row, cells in enumerate(rows, 1) if (line := grid_line(row, cells, place))]


def _fill_groups(rows: list[Cells]) -> None:
    """Give rows under a vertical group cell its text: pdfplumber says None for a covered cell, "" for a blank one."""
    for above, row in pairwise(rows):
        if any(row):
            row[:] = [over if cell is None else cell for over, cell in zip(above, row, strict=True)]


def _close_breaks(cell: str | None) -> str | None:
    return cell.replace("\n", "") if cell else cell


def _lines_above(page: Any, table: Any) -> tuple[str, ...]:
    """Return the lines of text over a table, without page numbers."""
    top = table.bbox[1]
    if top <= page.bbox[1]:
        return ()
    text = page.crop((page.bbox[0], page.bbox[1], page.bbox[2], top)).extract_text() or ""
    lines = (line.strip() for line in text.splitlines())
    return tuple(line for line in lines if line and not line.strip("-—– 第页共/").isdigit())
