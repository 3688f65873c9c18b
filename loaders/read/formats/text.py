"""Text files: encoding, delimiter and rows as `graph_model.csv_text` reads them.

Files of more than a few hundred kilobytes are a `LargeText`, which never holds them in memory.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from graph_model.csv_text import SAMPLE_BYTES, delimiter_of, eight_bit_encoding, encoding_of_head, records
from loaders.read.formats.large_text import LargeText, lines_of, refusing
from loaders.read.formats.sheet import COLUMNS_LIMIT, HEAD, Grid, Line, Sheet, grid_line
from loaders.read.refused import FileRefused

LARGE: Final = 256 * 1024
_BLOCK = 16 * 1024**2


def text_sheets(path: Path) -> Iterator[Sheet]:
    """Yield the one sheet of a text file."""
    with refusing(path):
        encoding = encoding_of(path)
        with path.open(encoding=encoding, errors="replace", newline="") as stream:
            delimiter = delimiter_of(stream.read(SAMPLE_BYTES))
        if path.stat().st_size > LARGE:
            yield _large(path, encoding, delimiter)
        else:
            yield Grid(None, list(_lines(path, encoding, delimiter)))


def encoding_of(path: Path) -> str:
    """Return the encoding of a text file; refuse one with a NUL byte, or in no encoding that is read."""
    with refusing(path), path.open("rb") as stream:
        head = stream.read(SAMPLE_BYTES)
        stream.seek(0)
        return encoding_of_head(head) or eight_bit_encoding(iter(lambda: stream.read(_BLOCK), b""))


def _lines(path: Path, encoding: str, delimiter: str) -> Iterator[Line]:
    for row, cells in enumerate(records(lines_of(path, encoding), delimiter), 1):
        if len(cells) > COLUMNS_LIMIT:
            raise FileRefused("file_too_wide", columns=len(cells), limit=COLUMNS_LIMIT)
        if line := grid_line(row, cells):
            yield line


def _large(path: Path, encoding: str, delimiter: str) -> LargeText:
    head: list[Line] = []
    for line in _lines(path, encoding, delimiter):
        head.append(line)
        if len(head) == HEAD:
            break
    return LargeText(None, head, whole=False, path=path, encoding=encoding, delimiter=delimiter)
