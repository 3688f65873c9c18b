"""Running numbers as a check: where rows were put together from pages, a number that is passed over is a row that was not read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from graph_model.values import compact
from loaders.read.blocks import Part
from loaders.read.formats.sheet import Line
from loaders.read.headers import is_running_number


class NumberGap(NamedTuple):
    """A row whose number does not follow on the one before (0 at the start of a table)."""

    line: Line
    number: str
    before: int


def number_gaps(parts: Sequence[Part]) -> Iterator[NumberGap]:
    """Yield the gaps in the numbers of the parts of a sheet; parts under a repeated header are one table."""
    before, header = 0, None
    for part in parts:
        column = _number_column(part)
        if column is None:
            continue
        if part.header.cells != header:
            before, header = 0, part.header.cells
        unnumbered = 0
        for line in part.sheet.lines[part.start : part.stop]:
            text = compact(line.cells[column] or "") if column < len(line.cells) else ""
            if not (text.isascii() and text.isdecimal() and len(text) < 9):
                unnumbered += sum(map(bool, line.cells)) > 1
                continue
            number = int(text)
            # Numbers begin anew in each group; a row without one takes a place.
            if number != 1 and not before + 1 <= number <= before + 1 + unnumbered:
                yield NumberGap(line, text, before)
            before, unnumbered = number, 0


def _number_column(part: Part) -> int | None:
    numbers = (at for at, spellings in enumerate(part.header.cells) if spellings and is_running_number(spellings[-1]))
    return next(numbers, None)
