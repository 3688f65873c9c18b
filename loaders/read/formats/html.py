"""HTML tables: what SAP and some portals save under the name .xls. Merged cells are spread over their columns' rows."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from graph_model.text_encoding import decoded
from loaders.read.formats.sheet import COLUMNS_LIMIT, Grid, Sheet, grid_line
from loaders.read.formats.text_rows import refusing
from loaders.read.refused import FileRefused


class _Tables(HTMLParser):
    """Collects the cells of all tables; a nested table counts as text of its cell."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[list[list[str | None]]] = []
        self._depth = 0
        self._cell: list[str] | None = None
        self._span = (1, 1)
        self._below: dict[int, tuple[str, int]] = {}

    @property
    def is_cut(self) -> bool:
        """Tell whether the page ends within a table or within a tag: what is missing behind it, nobody knows."""
        return self._depth > 0 or "<" in self.rawdata

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._depth += 1
            if self._depth == 1:
                self.tables.append([])
                self._below = {}
        elif self._depth == 1 and tag == "tr":
            self._end_cell()
            self.tables[-1].append([])
        elif self._depth == 1 and tag in {"td", "th"} and self.tables[-1]:
            self._end_cell()
            self._start_cell(dict(attrs))
        elif tag == "br" and self._cell is not None:
            self._cell.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == "table":
            if self._depth == 1:
                self._end_cell()
            self._depth = max(0, self._depth - 1)
        elif self._depth == 1 and tag in {"td", "th", "tr"}:
            self._end_cell()

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)

    def _start_cell(self, attributes: dict[str, str | None]) -> None:
        self._from_above()
        self._span = (_span(attributes.get("rowspan")), _span(attributes.get("colspan")))
        self._cell = []

    def _from_above(self) -> None:
        """Fill the columns that a cell of an earlier row covers."""
        row = self.tables[-1][-1]
        while (below := self._below.get(len(row))) is not None:
            text, left = below
            if left == 1:
                del self._below[len(row)]
            else:
                self._below[len(row)] = (text, left - 1)
            row.append(text)

    def _end_cell(self) -> None:
        if self._cell is None:
            return
        text, (down, across) = "".join(self._cell).strip(), self._span
        row = self.tables[-1][-1]
        if down > 1 and across == 1:
            self._below[len(row)] = (text, down - 1)
        row += [text, *[None] * (across - 1)]
        self._cell = None


def _span(text: str | None) -> int:
    """Return how many rows or columns a cell takes; 1 where the text is no sensible number, as browsers have it."""
    number = int(text) if text and text.isascii() and text.isdecimal() and len(text) < 12 else 1
    return number if 0 < number <= COLUMNS_LIMIT else 1


def html_sheets(path: Path) -> Iterator[Sheet]:
    """Yield the tables of an HTML file."""
    parser = _Tables()
    try:
        with refusing(path):
            parser.feed(decoded(path.read_bytes()))
        parser.close()
    except (AssertionError, ValueError) as error:  # What html.parser says of declarations that it does not know.
        raise FileRefused(
            "file_unreadable", why_zh=f"不是有效的网页（{error}）", why_en=f"broken HTML ({error})"
        ) from error
    if parser.is_cut:
        raise FileRefused("file_cut")
    for number, rows in enumerate(parser.tables, 1):
        if (widest := max(map(len, rows), default=0)) > COLUMNS_LIMIT:
            raise FileRefused("file_too_wide", columns=widest, limit=COLUMNS_LIMIT)
        name = f"表格{number}" if len(parser.tables) > 1 else None
        yield Grid(name, [line for row, cells in enumerate(rows, 1) if (line := grid_line(row, cells))])
