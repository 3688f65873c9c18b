"""Rows of a text as lines of a sheet, each with the row a spreadsheet shows it in: a line break in quotes begins no row."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from graph_model.csv_text import CsvRow, blank_line, csv_rows
from graph_model.text_encoding import TextFault, no_encoding
from loaders.read.formats.sheet import COLUMNS_LIMIT, HEAD, Line, TextLines, grid_line
from loaders.read.refused import FileRefused


@dataclass(frozen=True)
class RowReader:
    """How a text is divided into rows."""

    delimiter: str
    width: int
    """The width of most rows."""

    def lines(self, lines: Iterable[str], counts: TextLines) -> Iterator[Line]:
        """Yield the rows that are not blank."""
        return (line for number, row in self.rows(lines, counts) if (line := grid_line(number, row.cells)))

    def rows(self, lines: Iterable[str], counts: TextLines) -> Iterator[tuple[int, CsvRow]]:
        """Yield the rows with their numbers, and tell `counts` of those with several lines or a stray quote."""
        for number, row in enumerate(csv_rows(lines, self.delimiter, self.width), 1):
            if len(row.cells) > COLUMNS_LIMIT:
                raise FileRefused("file_too_wide", columns=len(row.cells), limit=COLUMNS_LIMIT)
            if row.lines:
                counts.wrapped.append(number)
                inside = sum(not blank_line(line, self.delimiter) for line in row.lines)
                counts.inside += inside - any(cell and not cell.isspace() for cell in row.cells)
            if row.stray is not None:
                counts.stray.append((number, row.stray))
            if row.has_other_delimiter:
                counts.other_delimiter.append(number)
            yield number, row


@contextmanager
def refusing(path: Path) -> Iterator[None]:
    """Turn what is wrong with a text into a refusal of its file, whose lines are counted all the same."""
    try:
        yield
    except UnicodeDecodeError as error:
        raise _refused(path, no_encoding(error)) from error
    except TextFault as fault:
        raise _refused(path, fault) from fault


def _refused(path: Path, fault: TextFault) -> FileRefused:
    refusal = FileRefused("file_unreadable", why_zh=fault.zh, why_en=fault.en)
    if fault.nul_line is not None:
        refusal = FileRefused("file_nul", line=fault.nul_line)
    with path.open("rb") as stream:
        refusal.lines = sum(1 for line in stream if line.strip())
    return refusal


def is_one_table(lines: Sequence[str], delimiter: str) -> bool:
    """Tell whether no line behind the first ones may begin another table or head a group, but for notes at the end.

    A header has no digit, a heading has one cell; most rows have digits in several. In doubt the answer is no.
    """
    end = len(lines)
    while end > HEAD and _cells_filled(lines[end - 1], delimiter) < 2:
        end -= 1
    body = lines[HEAD:end]
    return all(_DIGIT.search(line) for line in body) and all(_cells_filled(line, delimiter) > 1 for line in body)


def _cells_filled(line: str, delimiter: str) -> int:
    text = line.strip()
    return text.strip(delimiter).count(delimiter) + 1 if text else 0


_DIGIT = re.compile(r"[0-9\uff10-\uff19]")
