"""The mechanics of every workbook that is written: the one module that writes xlsx.

Every text cell is written as text (a name that begins with `=` is never a formula), heads stay in view, can be filtered and
repeat on every printed page, rows are as high as their folded words, and a table longer than a sheet goes on in the next one.
The same table gives the same bytes: nothing of the clock or the machine goes in.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, Final, Literal, Self

import xlsxwriter
from rich.cells import cell_len

from reports.cell_digest import CellDigest
from reports.sheet_charts import BarChart, LineChart, native_chart

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Mark = Literal["answer", "input", "decision"]
BORN = datetime(2020, 1, 1)
ROWS_OF_A_SHEET = 1_048_576 - 1
"""Excel's limit, less the head."""
SHEET_NAME = 31
"""Letters of a sheet's name, by Excel's rule."""
NOT_IN_A_SHEET_NAME: Final = str.maketrans("[]:*?/\\", "【】：＊？／／")
MEASURED = 200
"""Rows whose length decides the width of a column."""
NARROWEST, WIDEST = 6, 46
PAGE_WIDTH, NARROWEST_TEXT = 190, 16
"""Places that can be read on a printed page; columns of long texts are folded until the sheet is no wider, down to so many each."""
LABEL_WIDTH, TEXT_WIDTH = 30, 104
LINE_HEIGHT, TALLEST = 16, 400
DARK, BAR, LINE, RED = "#1F4E3D", "#8FBFA4", "#D5DED9", "#B3261E"
FONT: Final = "Microsoft YaHei"
IMPRINT_SHEET: Final = "imprint"
"""Name of the hidden sheet that says what the workbook was made of."""

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
UNFOLDED: Final = frozenset({*FORMATS, "id"})
"""Kinds of cells that stay on one line."""


@dataclass(frozen=True, slots=True)
class Head:
    """A column of a sheet: the words on top, the kind of its cells (see `FORMATS`), and the far end of a bar in each."""

    words: str
    kind: str = "text"
    bar_to: float | None = None
    """Where the bars of the column end: 0 to this, the same in every row; None draws none."""
    red: frozenset[str] = frozenset()
    """Words that are shown in red."""


class Book:
    """A workbook in memory: `sheet` and `page` add sheets, `to_bytes` closes it. `digest` takes every cell that is written."""

    def __init__(self, title: str, mark: Mark = "answer") -> None:
        self._buffer = BytesIO()
        self._book = xlsxwriter.Workbook(self._buffer, {"constant_memory": True})
        self._book.set_properties({"title": title, "author": "verdigraph", "created": BORN})
        self._book.set_custom_property("verdigraph.mark", mark)
        self.digest = CellDigest()
        self._title_words = title
        self._head = self._format(
            bold=True, font_color="#FFFFFF", bg_color=DARK, border=1, border_color=LINE, text_wrap=True,
            align="center", valign="vcenter",
        )  # fmt: skip
        self._title = self._format(bold=True, font_size=16, font_color=DARK)
        self._label = self._format(bold=True, text_wrap=True, valign="top", font_color=DARK)
        self._section = self._format(bold=True, font_size=12, font_color=DARK, bottom=2, bottom_color=DARK)
        self._wrapped = self._format(text_wrap=True, valign="top")
        lined = {"valign": "top", "bottom": 1, "bottom_color": LINE}
        self._text = self._format(text_wrap=True, indent=1, **lined)
        self._red = self._format(text_wrap=True, indent=1, bold=True, font_color="#FFFFFF", bg_color=RED, **lined)
        self._cells = {kind: self._format(num_format=code, **lined) for kind, code in FORMATS.items()}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._book.close()

    def to_bytes(self) -> bytes:
        """Return the file; the book must be closed."""
        return self._buffer.getvalue()

    def sheet(
        self,
        name: str,
        heads: Sequence[Head],
        rows: Iterable[Sequence[Any]],
        fixed: int = 0,
        charts: Sequence[BarChart | LineChart] = (),
        charts_word: str = "图",
    ) -> None:
        """Add a table under frozen heads with a filter; a long one goes on in `name（2）` and so on.

        The first `fixed` columns stay in view too. Charts of the table stand on a sheet of their own behind it.
        """
        left = iter(rows)
        number = 1
        while True:
            here = list(islice(left, ROWS_OF_A_SHEET))
            self._one_sheet(sheet_name(name, number), heads, here, fixed)
            if number == 1:
                self._charts(sheet_name(name), charts, len(here), charts_word)
            peek = next(left, None)
            if peek is None:
                return
            left, number = chain([peek], left), number + 1

    def page(self, name: str, title: str, lines: Iterable[tuple[str, str]]) -> None:
        """Add a sheet of words: a title, then a label and its text a line; a label without text heads a section."""
        sheet = self._book.add_worksheet(sheet_name(name))
        sheet.hide_gridlines(2)
        sheet.set_column(0, 0, LABEL_WIDTH)
        sheet.set_column(1, 1, TEXT_WIDTH)
        sheet.set_row(0, LINE_HEIGHT * 2)
        self._write_text(sheet, 0, 0, title, self._title)
        for at, (label, text) in enumerate(lines, start=2):
            sheet.set_row(at, _height(max(_folded(label, LABEL_WIDTH - 4), _folded(text, TEXT_WIDTH - 3))))
            self._write_text(sheet, at, 0, label, self._label if text else self._section)
            self._write_text(sheet, at, 1, text, self._wrapped if text else self._section)
        self._printed(sheet, landscape=True)

    def imprint(self, text: str) -> None:
        """Add the hidden sheet that says what the workbook was made of; it is no part of the digest."""
        sheet = self._book.add_worksheet(IMPRINT_SHEET)
        for at, piece in enumerate(text[start : start + 30_000] for start in range(0, len(text), 30_000)):
            sheet.write_string(at, 0, piece)
        sheet.very_hidden()

    def _one_sheet(self, name: str, heads: Sequence[Head], rows: list[Sequence[Any]], fixed: int) -> None:
        sheet = self._book.add_worksheet(name)
        widths = [_width(head, [row[at] for row in rows[:MEASURED]]) for at, head in enumerate(heads)]
        widths = _on_a_page(widths, heads)
        for at, width in enumerate(widths):
            sheet.set_column(at, at, width)
        folded = max((_folded(head.words, width - 2) for head, width in zip(heads, widths, strict=True)), default=1)
        sheet.set_row(0, _height(folded) + 8)  # before its cells: rows are written out as they come
        for at, head in enumerate(heads):
            self._write_text(sheet, 0, at, head.words, self._head)
        folding = [at for at, head in enumerate(heads) if head.kind not in FORMATS]
        for down, row in enumerate(rows, start=1):
            lines = max((_folded(row[at], widths[at]) for at in folding if row[at] is not None), default=1)
            sheet.set_row(down, _height(lines))
            for at, value in enumerate(row):
                self._cell(sheet, down, at, value, heads[at])
        sheet.freeze_panes(1, fixed)
        sheet.autofilter(0, 0, max(len(rows), 1), max(len(heads) - 1, 0))
        for at, head in enumerate(heads):
            if head.bar_to is not None and rows:
                sheet.conditional_format(1, at, len(rows), at, _bar(head.bar_to))
        sheet.repeat_rows(0)
        self._printed(sheet, landscape=True)

    def _printed(self, sheet: Any, *, landscape: bool) -> None:
        """Print on A4, as wide as the page, with the title on top and page numbers below."""
        if landscape:
            sheet.set_landscape()
        sheet.set_paper(9)
        sheet.set_margins(left=0.5, right=0.5, top=0.7, bottom=0.6)
        sheet.set_header(f"&L{_in_header(self._title_words)}&R&A")
        sheet.set_footer("&R&P / &N")
        sheet.fit_to_pages(1, 0)

    def _charts(self, name: str, charts: Sequence[BarChart | LineChart], rows: int, word: str) -> None:
        drawn = [chart for chart in charts if rows and chart.names]
        if not drawn:
            return
        sheet = self._book.add_worksheet(sheet_name(f"{name[: SHEET_NAME - len(word) - 1]}·{word}"))
        sheet.hide_gridlines(2)
        top = 1
        for chart in drawn:
            sheet.insert_chart(top, 0, native_chart(self._book, name, chart))
            top += chart.lines_high
        self._printed(sheet, landscape=True)

    def _cell(self, sheet: Any, down: int, at: int, value: Any, head: Head) -> None:
        kind = head.kind
        if value is None:
            sheet.write_blank(down, at, None, self._text)  # so that the line under the row has no gap
            return
        if kind == "day" and isinstance(value, date):
            sheet.write_datetime(down, at, value, self._cells["day"])
        elif kind in FORMATS and isinstance(value, (int, float)):
            sheet.write_number(down, at, value, self._cells[kind])
        else:
            sheet.write_string(down, at, str(value), self._red if value in head.red else self._text)
        self.digest.add(sheet.get_name(), down, at, value)

    def _write_text(self, sheet: Any, down: int, at: int, text: str, style: Any) -> None:
        sheet.write_string(down, at, text, style)
        self.digest.add(sheet.get_name(), down, at, text)

    def _format(self, **style: Any) -> Any:
        return self._book.add_format({"font_name": FONT, "font_size": 10, **style})


def sheet_name(name: str, number: int = 1) -> str:
    """Return the name of a sheet, of the second and further ones with their number, within Excel's limits."""
    ending = "" if number == 1 else f"（{number}）"
    return name.translate(NOT_IN_A_SHEET_NAME)[: SHEET_NAME - len(ending)] + ending


def _bar(end: float) -> dict[str, Any]:
    return {
        "type": "data_bar", "bar_color": BAR, "bar_solid": True, "data_bar_2010": True,
        "min_type": "num", "min_value": 0, "max_type": "num", "max_value": end,
    }  # fmt: skip


def _in_header(text: str) -> str:
    return text.replace("&", "&&")[:120]


def _folded(value: Any, width: float) -> int:
    """Return on how many lines a text stands in a column."""
    text = str(value)
    if len(text) * 2 <= width and "\n" not in text:
        return 1
    return sum(max(-(-cell_len(line) // max(int(width), 1)), 1) for line in text.split("\n"))


def _height(lines: int) -> float:
    return min(LINE_HEIGHT * lines, TALLEST)


def _on_a_page(widths: list[float], heads: Sequence[Head]) -> list[float]:
    """Return widths with the columns of text narrowed alike until all fit on a page, as far as that can be read."""
    folding = [head.kind not in UNFOLDED and width > NARROWEST_TEXT for head, width in zip(heads, widths, strict=True)]
    room = PAGE_WIDTH - sum(width for width, folds in zip(widths, folding, strict=True) if not folds)
    wanted = sum(width for width, folds in zip(widths, folding, strict=True) if folds)
    scale = min(room / wanted, 1.0) if wanted else 1.0
    return [
        max(width * scale, NARROWEST_TEXT) if folds else width for width, folds in zip(widths, folding, strict=True)
    ]


def _width(head: Head, values: list[Any]) -> float:
    """Return a width in which the head (on two lines) and nearly all cells fit, longer texts folded."""
    samples = {"day": 11, "money": 14, "share": 9, "count": 8}
    longest = max((cell_len(str(value)) for value in values if value is not None), default=0)
    body = samples.get(head.kind, longest)
    return min(max(body, -(-cell_len(head.words) // 2) + 1, NARROWEST) + 3, WIDEST)
