"""Some columns of a sheet as a sheet of their own: the halves of a list that is set in two."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from loaders.read.formats.sheet import Chunk, Line, Sheet


@dataclass
class SheetColumns(Sheet):
    """The columns `first` to before `last` of `whole_sheet`; its lines keep their places, so some of them may be blank."""

    whole_sheet: Sheet = field(kw_only=True)
    first: int = field(kw_only=True)
    last: int = field(kw_only=True)

    def chunks(self, start: int, stop: int | None) -> Iterator[Chunk]:
        """Yield the columns of the rows of the whole sheet."""
        for chunk in self.whole_sheet.chunks(start, stop):
            numbers = {at - self.first: stored for at, stored in chunk.numbers.items() if self.first <= at < self.last}
            yield Chunk(chunk.rows, chunk.columns[self.first : self.last], numbers, chunk.places)

    def percent_rows(self, column: int) -> frozenset[int]:
        """Return the rows whose cell in a column of this part has a percent format."""
        return self.whole_sheet.percent_rows(column + self.first)


def columns_of(sheet: Sheet, first: int, last: int) -> Sheet:
    """Return some columns of a sheet; the last ones take what stands to the right of the header as well."""
    lines = [_line(line, first, last) for line in sheet.lines]
    titles = sheet.titles if first == 0 else ()
    return SheetColumns(sheet.name, lines, titles, sheet.whole, sheet.hidden, whole_sheet=sheet, first=first, last=last)


def _line(line: Line, first: int, last: int) -> Line:
    numbers = frozenset(at - first for at in line.numbers if first <= at < last)
    return Line(line.row, line.cells[first:last], numbers, line.place)
