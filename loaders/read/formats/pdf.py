"""PDF tables: a table that goes on over pages is one sheet, and each row knows its page.

Pages are joined by their columns. What stands at the same place of several pages is a running head or foot and no title; a row
that the page cuts is made whole. A page that is a picture, and a list without ruled lines, are called what they are.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any, Final

import numpy as np
import pdfplumber
import pypdfium2 as pdfium
from pdfminer.pdfparser import PDFSyntaxError
from pdfplumber.utils.exceptions import PdfminerException

from graph_model.arrays import Floats
from loaders.read.formats.pdf_page import THIN, page_content
from loaders.read.formats.pdf_table import Cells, PageTable, PageTables, TextLine, page_tables
from loaders.read.formats.sheet import Grid, Line, Sheet, grid_line
from loaders.read.refused import FileRefused

_SAME_COLUMN: Final = 6.0
"""Points by which the columns of two pages may differ."""
_SAME_PLACE: Final = 4.0
_PAGE_MARK = re.compile(r"第?\d+页?(/?共?\d+页?)?|[-—–·]+\d+[-—–·]+|\d+/\d+|page\d+(of\d+)?", re.IGNORECASE)
_CONTINUED = re.compile(r"[(（]?(续|接上)(上|前)?(表|页)?[:：]?.{0,6}[)）]?")
_LISTED = re.compile(r"\s*\d*\s*[.、]?\s*\S.*(公司|厂|集团|园区|开发区).*")
_LISTED_FROM: Final = 3


@dataclass
class _Page:
    """A page with what was found on it."""

    number: int
    found: PageTables
    is_picture: bool

    @property
    def place(self) -> str:
        return f"第{self.number}页"


@dataclass
class _Joined:
    """A table as it grows over the pages."""

    grid: Grid
    last: PageTable
    rows: Iterator[int] = field(default_factory=lambda: count(1))


def pdf_sheets(path: Path) -> Iterator[Sheet]:
    """Yield the tables of a PDF."""
    try:
        with pdfium.PdfDocument(path) as document, _Careful(path) as careful:
            pages = [_page(number, page, careful) for number, page in enumerate(document, 1)]
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise FileRefused("file_encrypted") from error
        raise _unreadable(error) from error
    except (PdfminerException, PDFSyntaxError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise _unreadable(error) from error
    if pages and all(page.is_picture for page in pages):
        raise FileRefused("pdf_scan", pages=len(pages))
    yield from _sheets(pages)


def _unreadable(error: Exception) -> FileRefused:
    why = str(error) or type(error).__name__
    return FileRefused("file_unreadable", why_zh=f"不是可读的 PDF（{why}）", why_en=f"not a readable PDF ({why})")


class _Careful(ExitStack):
    """The file as the slower reader sees it, opened when a page needs it."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self._pages: list[Any] | None = None

    def characters(self, number: int) -> tuple[list[str], Floats]:
        """Return the characters of a page and their boxes: left, top, right, bottom."""
        if self._pages is None:
            self._pages = self.enter_context(pdfplumber.open(self._path)).pages
        page = self._pages[number - 1]
        chars = [char for char in page.chars if char["text"].strip()]
        page.close()
        boxes = [(char["x0"], char["top"], char["x1"], char["bottom"]) for char in chars]
        return [char["text"] for char in chars], np.array(boxes, np.float64).reshape(-1, 4)


def _page(number: int, page: pdfium.PdfPage, careful: _Careful) -> _Page:
    content = page_content(page)
    page.close()
    if not content.is_whole:
        content.chars, content.boxes = careful.characters(number)
    return _Page(number, page_tables(content), content.has_picture and not content.chars)


def _sheets(pages: list[_Page]) -> Iterator[Sheet]:
    return _Joining(_running(pages)).sheets(pages)


class _Joining:
    """Puts the tables of pages together."""

    def __init__(self, running: frozenset[tuple[str, int]]) -> None:
        self._running = running
        self._joined: _Joined | None = None
        self._heads: list[str] = []
        """Running heads and feet since the last table was handed out."""
        self._prose: list[str] = []
        self._loose: list[TextLine] = []
        """Lines right below the last table of a page."""

    def sheets(self, pages: list[_Page]) -> Iterator[Sheet]:
        """Yield the tables of all pages, and what is a list without being a table."""
        for page in pages:
            if page.is_picture:
                yield Grid(page.place, [], (page.place,), code="pdf_scan_page")
            own, heads = _apart(page, self._running)
            self._heads += heads
            if page.found.tables or sum(bool(_LISTED.fullmatch(line.text)) for line in own) < _LISTED_FROM:
                yield from self._tables(page, own)
            else:
                yield Grid(page.place, [], tuple(line.text for line in own), code="pdf_unruled")
        if self._joined is not None:
            yield from self._hand_out()
        elif rest := (*self._heads, *self._prose, *(line.text for line in self._loose)):
            yield Grid(None, [], rest, code="pdf_unruled")

    def _tables(self, page: _Page, own: list[TextLine]) -> Iterator[Sheet]:
        start = float("-inf")
        for table in page.found.tables:
            titles = [line.text for line in own if start <= line.top < table.top]
            start = table.top
            if not table.is_ruled:
                rows = (" ".join(filter(None, row)) for row in table.rows if any(row))
                yield Grid(page.place, [], (*titles, *rows), code="pdf_unruled")
            elif self._joined is not None and not titles and _fits(self._joined.last, table):
                self._take_loose(self._joined.last, table)
                _continue(self._joined, table, page.place)
            else:
                yield from self._hand_out()
                self._begin(table, titles, page.place)
        self._prose += [line.text for line in self._loose]
        last = page.found.tables[-1].bottom if page.found.tables else float("inf")
        self._loose = [line for line in own if line.top >= last - THIN]
        self._prose += [line.text for line in own if start <= line.top < last - THIN]

    def _take_loose(self, before: PageTable, table: PageTable) -> None:
        """Give the first row of a page the cells that stand below the last line of the page before."""
        cells = _loose_cells(before, self._loose)
        if cells and table.rows and all(table.rows[0][column] is None for column in cells):
            for column, text in cells.items():
                table.rows[0][column] = text
            self._loose = []

    def _begin(self, table: PageTable, titles: list[str], place: str) -> None:
        """Begin a table; what runs on over all pages is its title only where nothing else is."""
        if not titles:
            titles, self._heads = self._heads, []
        self._joined = _Joined(Grid(None, [], tuple(titles), is_paged=True), table)
        _append(self._joined, table.rows, place)

    def _hand_out(self) -> Iterator[Sheet]:
        if self._joined is not None:
            loose = (line.text for line in self._loose)
            self._joined.grid.below = (*self._heads, *self._prose, *loose)
            self._heads, self._prose, self._loose = [], [], []
            yield self._joined.grid


def _running(pages: Sequence[_Page]) -> frozenset[tuple[str, int]]:
    """Return the texts that stand at the same height of several pages."""
    texts: Counter[tuple[str, int]] = Counter()
    for page in pages:
        texts.update({_mark(line) for line in page.found.lines})
    return frozenset(mark for mark, times in texts.items() if times > 1)


def _mark(line: TextLine) -> tuple[str, int]:
    return re.sub(r"\d+", "#", line.text), round(line.top / _SAME_PLACE)


def _apart(page: _Page, running: frozenset[tuple[str, int]]) -> tuple[list[TextLine], list[str]]:
    """Return the lines of a page that are its own, and its running heads, feet and page marks."""
    own, heads = [], []
    for line in page.found.lines:
        bare = "".join(line.text.split())
        if _mark(line) in running or _PAGE_MARK.fullmatch(bare) or _CONTINUED.fullmatch(bare):
            heads.append(line.text)
        else:
            own.append(line)
    return own, heads


def _fits(before: PageTable, table: PageTable) -> bool:
    """Tell whether a table goes on from the page before: as many columns; where they are is told by the widths."""
    return len(before.columns) == len(table.columns)


def _continue(joined: _Joined, table: PageTable, place: str) -> None:
    """Add the rows of a further page; a row that the page cut is joined with its rest."""
    rows = list(table.rows)
    _carry_groups(joined, table, rows)
    if rows and joined.grid.lines and _is_rest(joined, table, rows[0]):
        last = joined.grid.lines[-1]
        cells = ["".join(part for part in pair if part) or None for pair in zip(last.cells, rows[0], strict=True)]
        joined.grid.lines[-1] = Line(last.row, cells, place=last.place)
        rows = rows[1:]
    joined.last = table
    joined.rows = count(1 + len(table.rows) - len(rows))
    _append(joined, rows, place)


def _carry_groups(joined: _Joined, table: PageTable, rows: list[Cells]) -> None:
    """Give a blank cell over several rows, that went on from the page before, the text it has there."""
    if not joined.grid.lines:
        return
    above = joined.grid.lines[-1].cells
    for column, span in table.joined_top.items():
        if column in joined.last.joined_down and not rows[0][column]:
            for row in rows[:span]:
                row[column] = above[column]


def _is_rest(joined: _Joined, table: PageTable, first: Cells) -> bool:
    """Tell whether the first row of a page is the rest of the last row before it: one half lacks what every row has."""
    if not any(first) or len(joined.grid.lines) < 2:
        return False
    *above, last = joined.grid.lines
    if _is_number(first[0]) and _is_number(last.cells[0]):
        return False
    always = [all(line.cells[column] for line in above) for column in range(len(first))]
    if any(full and not cell for full, cell in zip(always, first, strict=True)):
        return True
    is_open = joined.last.open_bottom and table.open_top
    return is_open and any(full and not cell for full, cell in zip(always, last.cells, strict=True))


def _is_number(text: str | None) -> bool:
    return text is not None and text.isdecimal()


def _loose_cells(table: PageTable, lines: list[TextLine]) -> dict[int, str]:
    """Return lines as cells of the table they stand below, nothing where one does not stand within a column close by."""
    cells: dict[int, str] = {}
    below = table.bottom
    for line in lines:
        if line.top - below > 2 * (line.bottom - line.top):
            return {}
        below = line.bottom
        for piece in line.pieces:
            column = bisect(table.columns, piece.left + THIN) - 1
            if not 0 <= column < len(table.columns) - 1 or piece.right > table.columns[column + 1] + THIN:
                return {}
            cells[column] = cells.get(column, "") + piece.text
    return cells


def _append(joined: _Joined, rows: list[Cells], place: str) -> None:
    for cells in rows:
        line = grid_line(next(joined.rows), cells, place)
        if line is not None:
            joined.grid.lines.append(line)
