"""Large text files: the body by pyarrow in blocks where every quote closes in its line, else row by row.

Both ways number rows alike: a line break in quotes begins no row, and a blank line is one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice, zip_longest
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
from pyarrow import csv as arrow_csv

from graph_model.csv_text import SAMPLE_LINES, blank_line, delimiter_of, plain_lines, width_of
from graph_model.text_encoding import SAMPLE_BYTES, eight_bit_encoding, encoding_of
from loaders.read.formats.sheet import HEAD, Chunk, Line, Sheet, TextLines
from loaders.read.formats.text_rows import RowReader, refusing

BLOCK: Final = 32 * 1024**2
_LEAST_BLOCK: Final = 256 * 1024
_CAREFUL_ROWS: Final = 100_000
_STRINGS = pa.dictionary(pa.int32(), pa.string())
_BLANK: Final = re.compile(rb"\n(?:[\s,;|]|\"\")*(?=\n)")
_LONE_RETURN: Final = re.compile(rb"\r(?!\n)")


@dataclass
class LargeText(Sheet):
    """A text file that is read block by block."""

    path: Path = Path()
    encoding: str = "utf-8"
    reader: RowReader = field(default_factory=lambda: RowReader(",", 1))

    def chunks(self, start: int, stop: int | None) -> Iterator[Chunk]:  # noqa: ARG002 - a file of one table
        """Yield the body in blocks; `stop` is not known to large files, whose head holds one header."""
        with refusing(self.path):
            yield from self._chunks(self.lines[start - 1].row + 1 if start else 1)

    def every_line(self) -> Iterator[Line]:
        """Yield all lines that are not blank."""
        self.text_lines = counts = self._counted()
        with refusing(self.path):
            yield from self.reader.lines(self._text(), counts)

    def _chunks(self, first: int) -> Iterator[Chunk]:
        self.text_lines = counts = TextLines()
        if self._is_plain(counts):
            try:
                for chunk in self._by_arrow(first):
                    first += len(chunk.rows)
                    yield chunk
            except pa.ArrowInvalid:
                # A ragged line: go on row by row, behind what was handed out already.
                yield from self._by_rows(first, counts)
        else:
            self.text_lines = counts = self._counted()
            yield from self._by_rows(first, counts)

    def _counted(self) -> TextLines:
        return TextLines(sum(not blank_line(line, self.reader.delimiter) for line in self._text()))

    def _is_plain(self, counts: TextLines) -> bool:
        """Tell whether pyarrow reads every line as it stands: no odd quote, no blank line, no lone carriage return."""
        delimiter = self.reader.delimiter
        if self.encoding.startswith("utf-16") or not delimiter.isascii():
            return False
        plain = plain_lines(delimiter)
        for lines in self._blocks():
            if _BLANK.search(lines) or _LONE_RETURN.search(lines) or lines.startswith((b"\n", b"\r")):
                return False
            if b'"' in lines and (delimiter == "|" or plain.fullmatch(lines) is None):
                return False  # A bar may be the second byte of a character.
            counts.total += lines.count(b"\n")
        return True

    def _blocks(self) -> Iterator[bytes]:
        """Yield the file in blocks of whole lines."""
        with self.path.open("rb") as stream:
            rest = b""
            while block := stream.read(BLOCK):
                end = block.rfind(b"\n") + 1
                yield rest + block[:end] if end else b""
                rest = block[end:] if end else rest + block
            if rest:
                yield rest + b"\n"

    def _by_arrow(self, first: int) -> Iterator[Chunk]:
        width = len(self.lines[-1].cells)
        names = [f"{column}" for column in range(width)]
        # A ragged line, such as a note at the end, sends the rows from its block on to the slow path.
        block = min(BLOCK, max(_LEAST_BLOCK, self.path.stat().st_size // 8))
        reader = arrow_csv.open_csv(
            self.path,
            arrow_csv.ReadOptions(
                column_names=names, skip_rows=first - 1, block_size=block, encoding=self.encoding.removesuffix("-sig")
            ),
            arrow_csv.ParseOptions(delimiter=self.reader.delimiter, ignore_empty_lines=False),
            arrow_csv.ConvertOptions(
                column_types=dict.fromkeys(names, _STRINGS),
                null_values=[""],
                strings_can_be_null=True,
                quoted_strings_can_be_null=True,
            ),
        )
        for batch in reader:
            rows = np.arange(first, first + batch.num_rows, dtype=np.int32)
            first += batch.num_rows
            yield Chunk(rows, list(batch.columns), {})

    def _by_rows(self, first: int, counts: TextLines) -> Iterator[Chunk]:
        rows = islice(self.reader.rows(self._text(), counts), first - 1, None)
        while block := list(islice(rows, _CAREFUL_ROWS)):
            if filled := [(number, row.cells) for number, row in block if row.cells]:
                yield _chunk(filled)

    def _text(self) -> Iterator[str]:
        """Yield the lines of the file, whatever ends them."""
        with self.path.open(encoding=self.encoding, newline=None) as stream:
            for line in stream:
                yield line.removesuffix("\n")


def large_text(path: Path) -> LargeText:
    """Return a large file with its first lines; raise TextFault."""
    with path.open("rb") as stream:
        encoding = encoding_of(stream.read(SAMPLE_BYTES))
        stream.seek(0)
        encoding = encoding or eight_bit_encoding(iter(lambda: stream.read(BLOCK), b""))
    sheet = LargeText(None, whole=False, path=path, encoding=encoding)
    sample = list(islice(sheet._text(), SAMPLE_LINES))
    delimiter = delimiter_of(sample)
    sheet.reader = RowReader(delimiter, width_of(sample, delimiter))
    sheet.lines = list(islice(sheet.reader.lines(sheet._text(), TextLines()), HEAD))
    return sheet


def _chunk(rows: list[tuple[int, list[str]]]) -> Chunk:
    """Return rows as columns, short ones filled up with blanks."""
    numbers, cells = zip(*rows, strict=True)
    columns = [
        pa.array([cell or None for cell in column], pa.string()).dictionary_encode() for column in zip_longest(*cells)
    ]
    return Chunk(np.array(numbers, np.int32), columns, {})
