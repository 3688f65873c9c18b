"""Text files: encoding, delimiter and rows as `graph_model` reads every csv; files of more than a few megabytes are a `LargeText`.

The lines of the text are counted by themselves, so that a row that is lost, or swallowed by another, shows in the account.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from graph_model.csv_text import blank_line, delimiter_of, text_lines, width_of
from graph_model.text_encoding import decoded
from loaders.read.formats.large_text import large_text
from loaders.read.formats.sheet import Grid, Sheet, TextLines
from loaders.read.formats.text_rows import RowReader, is_one_table, refusing

LARGE: Final = 8 * 1024**2
_SMALL: Final = 128 * 1024
"""Up to here rows by themselves are as fast as columns."""


def text_sheets(path: Path) -> Iterator[Sheet]:
    """Yield the one sheet of a text file."""
    with refusing(path):
        size = path.stat().st_size
        yield large_text(path) if size > LARGE else _sheet(path, size)


def _sheet(path: Path, size: int) -> Sheet:
    """Return a file that fits into memory: by columns where it is one table, else by lines."""
    lines = text_lines(decoded(path.read_bytes()))
    delimiter = delimiter_of(lines)
    if size > _SMALL and is_one_table(lines, delimiter):
        return large_text(path)
    reader = RowReader(delimiter, width_of(lines, delimiter))
    counts = TextLines(sum(not blank_line(line, delimiter) for line in lines))
    return Grid(None, list(reader.lines(lines, counts)), text_lines=counts)
