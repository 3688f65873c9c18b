"""What every format is read into: sheets of text cells that know the row a person sees them in.

A `Sheet` shows its first lines, in which the header is looked for, and hands out its body in chunks of Arrow columns. A
small sheet is a `Grid`: all its lines are in memory. Large text files and Parquet are sheets of their own.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Any, Final, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

COLUMNS_LIMIT: Final = 16_384
"""Widest table; the width of an Excel sheet."""

HEAD: Final = 60
"""Non-blank lines in which the first header is looked for."""

CHUNK: Final = 500_000


class Line(NamedTuple):
    """A line that is not blank: its row, its cells (None is blank), which of them are stored numbers."""

    row: int
    cells: Sequence[str | None]
    numbers: frozenset[int] = frozenset()
    place: str | None = None


class Chunk(NamedTuple):
    """Rows of a body: row numbers, text columns, where a spreadsheet stored numbers, the sheet of each row."""

    rows: NDArray[np.int32]
    columns: list[pa.Array]
    numbers: dict[int, NDArray[np.bool_]]
    places: pa.Array | None = None

    def where(self, mask: NDArray[np.bool_]) -> Chunk:
        """Return the rows that `mask` picks."""
        picked = pa.array(mask)
        numbers = {column: stored[mask] for column, stored in self.numbers.items()}
        places = None if self.places is None else self.places.filter(picked)
        return Chunk(self.rows[mask], [column.filter(picked) for column in self.columns], numbers, places)

    def filled(self) -> int:
        """Return how many rows are not blank."""
        present = np.zeros(len(self.rows), np.bool_)
        for column in self.columns:
            words = column if pa.types.is_dictionary(column.type) else column.dictionary_encode()
            blank = pc.fill_null(pc.utf8_is_space(words.dictionary), fill_value=True)
            empty = pc.equal(pc.binary_length(words.dictionary), 0)
            said = pc.invert(pc.or_(blank, empty)).take(words.indices)
            present |= np.asarray(pc.fill_null(said, fill_value=False).to_numpy(zero_copy_only=False), dtype=np.bool_)
        return int(present.sum())

    def by_place(self, at: NDArray[np.int64], values: pa.Array | None) -> Iterator[tuple[str | None, Any, Any]]:
        """Yield sheet, row numbers and values of the rows `at`, sheet by sheet."""
        if self.places is None:
            yield None, self.rows[at], values
            return
        codes = self.places.indices.take(pa.array(at)).fill_null(-1).to_numpy(zero_copy_only=False)
        for code in np.unique(codes):
            here = np.flatnonzero(codes == code)
            sheet = None if code < 0 else self.places.dictionary[int(code)].as_py()
            yield sheet, self.rows[at[here]], None if values is None else values.take(pa.array(here))


@dataclass
class TextLines:
    """The lines of a text that are not blank, counted apart from the rows that are read of them: total = rows + inside."""

    total: int = 0
    inside: int = 0
    """Lines beyond the first of rows that take several, by line breaks in quotes."""
    wrapped: list[int] = field(default_factory=list)
    """Rows that take several lines."""
    stray: list[tuple[int, str]] = field(default_factory=list)
    """Rows with a quote that has no partner, and the cell that it begins or ends."""
    other_delimiter: list[int] = field(default_factory=list)
    """Rows that another delimiter divides."""


@dataclass
class Sheet(ABC):
    """A sheet of a workbook, or the one table of a text file."""

    name: str | None
    lines: list[Line] = field(default_factory=list)
    """Non-blank lines: all of a grid, the first `HEAD` of a large file."""
    titles: tuple[str, ...] = ()
    """Lines of text around the table that are no rows of it (docx, pdf)."""
    whole: bool = True
    """Whether `lines` is all there is."""
    hidden: bool = False
    below: tuple[str, ...] = ()
    """Lines of text below the table that are notes (docx, pdf)."""
    code: str | None = None
    """The issue that says what the sheet is, where it turns out to have no table."""
    is_paged: bool = False
    """Whether rows were put together from pages, so that their running numbers are to be checked."""
    formulas: list[tuple[int, str]] = field(default_factory=list)
    """Rows and column letters of formulas whose value was never stored."""
    deleted: int = 0
    """Pieces of text that tracked changes delete."""
    text_lines: TextLines | None = None
    """The lines of the text that the rows were read of, where they were (csv)."""

    @abstractmethod
    def chunks(self, start: int, stop: int | None) -> Iterator[Chunk]:
        """Yield the rows of `lines[start:stop]`, and of all that follows if `stop` is None."""

    def every_line(self) -> Iterator[Line]:
        """Yield all lines that are not blank, also those behind `lines`."""
        yield from self.lines

    def knows_formats(self) -> bool:
        """Tell whether it can be told which cells are shown as percentages; text says it in its words."""
        return True

    def percent_rows(self, column: int) -> frozenset[int]:  # noqa: ARG002 - only workbooks have formats
        """Return the rows whose cell in `column` has a percent format."""
        return frozenset()


@dataclass
class Grid(Sheet):
    """A sheet that is wholly in memory."""

    def chunks(self, start: int, stop: int | None) -> Iterator[Chunk]:
        """Yield `CHUNK` rows at a time."""
        body = self.lines[start:stop]
        for first in range(0, len(body), CHUNK):
            yield chunk_of(body[first : first + CHUNK], self.name)


def chunk_of(lines: list[Line], sheet: str | None) -> Chunk:
    """Return lines as columns."""
    columns = [
        pa.array(column, pa.string()).dictionary_encode() for column in zip_longest(*(line.cells for line in lines))
    ]
    places = _places([line.place for line in lines], sheet)
    rows = np.fromiter((line.row for line in lines), np.int32, len(lines))
    stored = sorted(frozenset().union(*{line.numbers for line in lines}))
    numbers = {column: np.array([column in line.numbers for line in lines]) for column in stored}
    return Chunk(rows, columns, numbers, places)


def _places(places: list[str | None], sheet: str | None) -> pa.Array:
    """Return the place of every line: its own, else the sheet."""
    if sheet is not None and not any(places):
        return pa.DictionaryArray.from_arrays(np.zeros(len(places), np.int32), pa.array([sheet]))
    return pa.array([place or sheet for place in places], pa.string()).dictionary_encode()


def blank_to_none(cells: Sequence[str | None]) -> list[str | None]:
    """Return cells with None for blanks."""
    return [cell if cell and not cell.isspace() else None for cell in cells]


def grid_line(row: int, cells: Sequence[str | None], place: str | None = None) -> Line | None:
    """Return a line, None if all of it is blank."""
    filled = blank_to_none(cells)
    return Line(row, filled, frozenset(), place) if any(filled) else None
