"""The mechanics of a planner's workbook: the one module that writes xlsx.

Every text cell is written as text (a name that begins with `=` is never a formula), heads stay in view and can be
filtered, columns are as wide as their words, and a table longer than a sheet goes on in the next one. The same
table gives the same bytes: nothing of the clock or the machine goes in.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, Self

import xlsxwriter
from rich.cells import cell_len

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

BORN = datetime(2020, 1, 1)
ROWS_OF_A_SHEET = 1_048_576 - 1
"""Excel's limit, less the head."""
SHEET_NAME = 31
"""Letters of a sheet's name, by Excel's rule."""
MEASURED = 200
"""Rows whose length decides the width of a column."""
NARROWEST, WIDEST = 6, 90
LABEL_WIDTH, TEXT_WIDTH = 26, 96
LINE_HEIGHT = 16

FORMATS: dict[str, str] = {
    "count": "#,##0",
    "rank": "0",
    "year": "0",
    "share": "0.00%",
    "money": "#,##0.00",
    "score": "0.0",
    "number": "0.####",
    "day": "yyyy-mm-dd",
}
"""Number format of each kind of cell; other kinds are text."""


@dataclass(frozen=True, slots=True)
class Head:
    """A column of a sheet: the words on top and the kind of its cells (see `FORMATS`)."""

    words: str
    kind: str = "text"


class Book:
    """A workbook in memory: `sheet` and `page` add sheets, `to_bytes` closes it."""

    def __init__(self, title: str) -> None:
        self._buffer = BytesIO()
        self._book = xlsxwriter.Workbook(self._buffer, {"in_memory": True, "constant_memory": True})
        self._book.set_properties({"title": title, "author": "verdigraph", "created": BORN})
        self._head = self._book.add_format(
            {
                "bold": True,
                "bg_color": "#D9EAD3",
                "border": 1,
                "text_wrap": True,
                "align": "center",
                "valign": "vcenter",
            }
        )
        self._title = self._book.add_format({"bold": True, "font_size": 14})
        self._label = self._book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        self._wrapped = self._book.add_format({"text_wrap": True, "valign": "top"})
        self._text = self._book.add_format({"indent": 1})
        self._cells = {kind: self._book.add_format({"num_format": code}) for kind, code in FORMATS.items()}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._book.close()

    def to_bytes(self) -> bytes:
        """Return the file; the book must be closed."""
        return self._buffer.getvalue()

    def sheet(self, name: str, heads: Sequence[Head], rows: Iterable[Sequence[Any]], fixed: int = 0) -> None:
        """Add a table under frozen heads with a filter; a long one goes on in `name（2）` and so on.

        The first `fixed` columns stay in view too.
        """
        left = iter(rows)
        number = 1
        while True:
            here = list(islice(left, ROWS_OF_A_SHEET))
            self._one_sheet(name if number == 1 else f"{name}（{number}）", heads, here, fixed)
            peek = next(left, None)
            if peek is None:
                return
            left, number = chain([peek], left), number + 1

    def page(self, name: str, title: str, lines: Iterable[tuple[str, str]]) -> None:
        """Add a sheet of words: a title, then a label and its text a line."""
        sheet = self._book.add_worksheet(name[:SHEET_NAME])
        sheet.hide_gridlines(2)
        sheet.set_column(0, 0, LABEL_WIDTH)
        sheet.set_column(1, 1, TEXT_WIDTH)
        sheet.write_string(0, 0, title, self._title)
        for at, (label, text) in enumerate(lines, start=2):
            folded = max(-(-cell_len(label) // LABEL_WIDTH), -(-cell_len(text) // TEXT_WIDTH), 1)
            sheet.set_row(at, LINE_HEIGHT * folded)
            sheet.write_string(at, 0, label, self._label)
            sheet.write_string(at, 1, text, self._wrapped)
        sheet.fit_to_pages(1, 0)

    def _one_sheet(self, name: str, heads: Sequence[Head], rows: list[Sequence[Any]], fixed: int) -> None:
        sheet = self._book.add_worksheet(name[:SHEET_NAME])
        sheet.set_row(0, 32)  # before its cells: rows are written out as they come
        for at, head in enumerate(heads):
            sheet.write_string(0, at, head.words, self._head)
            sheet.set_column(at, at, _width(head, [row[at] for row in rows[:MEASURED]]))
        for down, row in enumerate(rows, start=1):
            for at, value in enumerate(row):
                self._cell(sheet, down, at, value, heads[at].kind)
        sheet.freeze_panes(1, fixed)
        sheet.autofilter(0, 0, max(len(rows), 1), len(heads) - 1)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.repeat_rows(0)
        sheet.fit_to_pages(1, 0)

    def _cell(self, sheet: Any, down: int, at: int, value: Any, kind: str) -> None:
        if value is None:
            return
        if kind == "day" and isinstance(value, date):
            sheet.write_datetime(down, at, value, self._cells["day"])
        elif kind in FORMATS and isinstance(value, (int, float)):
            sheet.write_number(down, at, value, self._cells[kind])
        else:
            sheet.write_string(down, at, str(value), self._text)


def _width(head: Head, values: list[Any]) -> float:
    """Return a width in which the head (on two lines) and nearly all cells fit."""
    samples = {"day": 11, "money": 14, "share": 9, "count": 8}
    longest = max((cell_len(str(value)) for value in values if value is not None), default=0)
    body = samples.get(head.kind, longest)
    return min(max(body, -(-cell_len(head.words) // 2) + 1, NARROWEST) + 2, WIDEST)
