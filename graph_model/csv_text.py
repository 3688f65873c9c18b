"""Text tables: the one reader of every csv of the product, from its lines to rows of cells.

The delimiter is the one under which rows have equal width. A quote that is not closed within its row is text: no row is ever
swallowed. A quoted cell may hold line breaks, as spreadsheets write them, unless the lines are whole rows by themselves.
"""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from functools import cache
from itertools import islice
from typing import Final, NamedTuple

DELIMITERS: Final = ",\t;|，"
SAMPLE_LINES: Final = 200
_SURE: Final = ",\t"
"""Delimiters that stand in no sentence of Chinese: one line that they divide is enough."""
_LINE_SAMPLE: Final = 10_000
_ROW_LINES: Final = 300
"""Lines that one row may take, by breaks within quotes; a cell of Excel holds at most 253 breaks."""


class CsvRow(NamedTuple):
    """A row: its cells, its lines where it takes several, and what is odd about it."""

    cells: list[str]
    lines: Sequence[str] = ()
    stray: str | None = None
    """A cell with a quote at an end of it that has no partner, taken for text."""
    has_other_delimiter: bool = False
    """Whether it is divided by another delimiter than the rest."""


class CsvTable(NamedTuple):
    """A small csv: its header, and its rows with the row a spreadsheet shows them in."""

    header: list[str]
    rows: list[tuple[int, list[str]]]
    header_row: int = 1
    stray_quote: int | None = None
    """The first row with a quote that has no partner."""

    def dicts(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Yield the rows by header, the first column of each; a cell that a short row lacks is blank."""
        for number, cells in self.rows:
            padded = [*cells, *[""] * (len(self.header) - len(cells))][: len(self.header)]
            yield number, dict(zip(reversed(self.header), reversed(padded), strict=True))

    def too_wide(self) -> int | None:
        """Return the first row with text beyond the header: a stray delimiter moved its cells."""
        return next((number for number, cells in self.rows if any(cells[len(self.header) :])), None)


class _Quotes(Enum):
    CLOSED = 1
    OPEN = 2
    """More lines may close a cell that the last line leaves open."""
    BROKEN = 3
    """Nothing that follows makes whole cells of it."""


def csv_table(text: str) -> CsvTable:
    """Return a small csv, its cells stripped; rows without text are left out."""
    lines = text_lines(text)
    delimiter = delimiter_of(lines)
    rows = list(enumerate(csv_rows(lines, delimiter, width_of(lines, delimiter)), 1))
    stripped = [(number, [cell.strip() for cell in row.cells]) for number, row in rows]
    filled = [(number, cells) for number, cells in stripped if any(cells)]
    if not filled:
        return CsvTable([], [])
    stray = next((number for number, row in rows if row.stray is not None), None)
    return CsvTable(filled[0][1], filled[1:], filled[0][0], stray)


def text_lines(text: str) -> list[str]:
    """Return the lines of a text, whatever ends them; what ends with a line break has no line behind it."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    lines = text.split("\n")
    if not lines[-1]:
        lines.pop()
    return lines


def delimiter_of(lines: Sequence[str]) -> str:
    """Return the delimiter under which most lines have one width, the wider where several do; a comma where none divides."""
    sample = [line[:_LINE_SAMPLE] for line in lines[:SAMPLE_LINES] if line.strip()]
    return max(DELIMITERS, key=lambda delimiter: _evenness(sample, delimiter))


def width_of(lines: Sequence[str], delimiter: str) -> int:
    """Return the most frequent width of lines that a delimiter divides, 1 where it divides none."""
    return _evenness([line for line in lines[:SAMPLE_LINES] if line.strip()], delimiter)[1]


def _evenness(lines: Sequence[str], delimiter: str) -> tuple[int, int]:
    """Return how many lines have the most frequent width above one, and that width."""
    widths = Counter(len(_cells(line, delimiter)[0]) for line in lines if delimiter in line)
    width, times = max(widths.items(), key=lambda item: (item[1], item[0]), default=(1, 0))
    # A sentence or two with a full-width comma, a bar or a semicolon make no table.
    is_divided = width > 1 and (delimiter in _SURE or (times > 1 and times * 3 >= len(lines)))
    return (times, width) if is_divided else (0, 1)


def csv_rows(lines: Iterable[str], delimiter: str, width: int) -> Iterator[CsvRow]:
    """Yield the rows of lines without their breaks, a blank line as a row without cells; `width` is that of most rows."""
    rest = iter(lines)
    ahead: deque[str] = deque()
    while (line := ahead.popleft() if ahead else next(rest, None)) is not None:
        if '"' not in line:
            cells = line.split(delimiter) if line else []
            other = _otherwise(line, delimiter, width) if len(cells) == 1 < width else None
            yield CsvRow(other or cells, has_other_delimiter=other is not None)
            continue
        cells, quotes = _cells(line, delimiter)
        if quotes is not _Quotes.OPEN:
            yield CsvRow(cells, stray=_stray(cells))
            continue
        ahead.extend(islice(rest, max(0, _ROW_LINES - len(ahead))))
        row = _joined([line, *islice(ahead, _ROW_LINES)], delimiter, width)
        for _ in row.lines[1:]:
            ahead.popleft()
        yield row


def blank_line(line: str, delimiter: str) -> bool:
    """Tell whether a line has no text: counted by itself, so that it does not depend on how rows are read."""
    return not line.replace('""', "").replace(delimiter, "").strip()


@cache
def plain_lines(delimiter: str) -> re.Pattern[bytes]:
    """Return what matches lines, with their breaks, in which every quote opens or closes a whole cell.

    Any csv reader reads them alike, line by line. Of bytes in UTF-8 or GB18030, whose second bytes are no quote, comma or tab.
    """
    mark = re.escape(delimiter.encode())
    cell = rb'(?:"(?:[^"\n\r]|"")*+"|[^"\n\r' + mark + rb"]*+)"
    return re.compile(rb"(?:" + cell + rb"(?:" + mark + cell + rb")*+\r?\n)*+")


def _joined(lines: Sequence[str], delimiter: str, width: int) -> CsvRow:
    """Return the row that begins with an open quote in the first of the lines."""
    alone, _ = _cells(lines[0], delimiter)
    for last in range(1, len(lines)):
        if '"' not in lines[last]:
            continue
        cells, quotes = _cells("\n".join(lines[: last + 1]), delimiter)
        if quotes is _Quotes.CLOSED and not _are_rows(lines[: last + 1], len(cells), delimiter, width):
            return CsvRow(cells, lines[: last + 1])
        if quotes is not _Quotes.OPEN:
            break
    return CsvRow(alone, stray=next(cell for cell in alone if cell.startswith('"')))


def _otherwise(line: str, delimiter: str, width: int) -> list[str] | None:
    """Return the cells of a row that is divided by another delimiter; a sentence with commas is none."""
    for other in DELIMITERS.replace(delimiter, ""):
        cells = line.split(other)
        if len(cells) == width and (other in _SURE or cells[0].strip().isdecimal()):
            return cells
    return None


def _stray(cells: Sequence[str]) -> str | None:
    """Return a cell that begins or ends with a quote without partner, which no inch mark is."""
    for cell in cells:
        text = cell.strip()
        if text.count('"') % 2 and (text[0] == '"' or (text[-1] == '"' and not text[-2:-1].isdigit())):
            return cell
    return None


def _are_rows(lines: Sequence[str], joined: int, delimiter: str, width: int) -> bool:
    """Tell whether lines between two quotes are rows by themselves: then the quotes are two strays.

    A quoted cell leaves the first of its lines without the cells behind it, the last without those before it.
    """
    if width == 1:
        return len(lines) > 3
    is_whole = [len(_cells(line, delimiter)[0]) == width for line in lines]
    if is_whole[0] and is_whole[-1]:
        return True
    return joined != width and any(is_whole[:-1])


def _cells(line: str, delimiter: str) -> tuple[list[str], _Quotes]:
    """Return the cells of a line, or of lines put together: a cell in whole quotes is unquoted, any other quote is text."""
    if '"' not in line:
        return line.split(delimiter), _Quotes.CLOSED
    cells, quotes, at = [], _Quotes.CLOSED, 0
    quoted, opened = _quoted(delimiter), _OPENED
    while True:
        cell = quoted.match(line, at)
        if cell is not None:
            cells.append(cell[1].replace('""', '"'))
            at = cell.end()
        else:
            end = line.find(delimiter, at)
            end = len(line) if end < 0 else end
            if quotes is _Quotes.CLOSED and line.startswith('"', at) and opened.match(line, at):
                quotes = _Quotes.OPEN
            elif quotes is _Quotes.CLOSED and "\n" in line[at:end]:
                quotes = _Quotes.BROKEN
            cells.append(line[at:end])
            at = end
        if at >= len(line):
            return cells, quotes
        at += 1
        if at == len(line):
            return [*cells, ""], quotes


_OPENED: Final = re.compile(r'"(?:[^"]|"")*+\Z')


@cache
def _quoted(delimiter: str) -> re.Pattern[str]:
    return re.compile(rf' *"((?:[^"]|"")*+)" *(?={re.escape(delimiter)}|\Z)')
