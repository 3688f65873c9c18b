"""Large text files: the body by pyarrow in blocks, or by the csv module where a line is ragged or blank.

Both ways number records alike: a record is what a spreadsheet shows as a row, so a quoted line break does not count
and a blank line does.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, zip_longest
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
from pyarrow import csv as arrow_csv

from loaders.read.formats.sheet import COLUMNS_LIMIT, Chunk, Sheet
from loaders.read.refused import FileRefused

BLOCK: Final = 32 * 1024**2
_CAREFUL_ROWS: Final = 100_000
_STRINGS = pa.dictionary(pa.int32(), pa.string())


@dataclass
class LargeText(Sheet):
    """A text file that is read block by block."""

    path: Path = Path()
    encoding: str = "utf-8"
    delimiter: str = ","

    def chunks(self, start: int, stop: int | None) -> Iterator[Chunk]:  # noqa: ARG002 - a file of one table
        """Yield the body in blocks; `stop` is not known to large files, whose head holds one header."""
        first = self.lines[start - 1].row + 1 if start else 1
        has_quotes, has_blank_lines = self._looks()
        if not has_blank_lines and not self._breaks_above(start):
            try:
                for chunk in self._by_arrow(first, has_quotes):
                    first += len(chunk.rows)
                    yield chunk
            except pa.ArrowInvalid:
                # A ragged line: go on by the csv module, behind what was handed out already.
                yield from self._by_csv(first)
        else:
            yield from self._by_csv(first)

    def _looks(self) -> tuple[bool, bool]:
        """Tell whether the file has quotes, and whether it has blank lines (pyarrow would drop them and lose count)."""
        quotes = blank = False
        with self.path.open("rb") as stream:
            tail = b""
            while block := stream.read(BLOCK):
                quotes = quotes or b'"' in block
                seam = tail + block
                blank = blank or b"\n\n" in seam or b"\n\r\n" in seam
                tail = block[-2:]
        return quotes, blank or self.encoding.startswith("utf-16")

    def _breaks_above(self, start: int) -> bool:
        """Tell whether a line break stands inside a cell of the head: then rows are not lines there."""
        return any("\n" in (cell or "") for line in self.lines[:start] for cell in line.cells)

    def _by_arrow(self, first: int, has_quotes: bool) -> Iterator[Chunk]:
        width = len(self.lines[-1].cells)
        names = [f"{column}" for column in range(width)]
        reader = arrow_csv.open_csv(
            self.path,
            arrow_csv.ReadOptions(
                column_names=names, skip_rows=first - 1, block_size=BLOCK, encoding=self.encoding.removesuffix("-sig")
            ),
            arrow_csv.ParseOptions(delimiter=self.delimiter, newlines_in_values=has_quotes, ignore_empty_lines=False),
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

    def _by_csv(self, first: int) -> Iterator[Chunk]:
        with self.path.open(encoding=self.encoding, newline="") as stream:
            records = enumerate(csv.reader(stream, delimiter=self.delimiter), 1)
            body = islice(records, first - 1, None)
            while block := list(islice(body, _CAREFUL_ROWS)):
                if filled := [(row, cells) for row, cells in block if cells]:
                    yield _chunk(filled)


def _chunk(records: list[tuple[int, list[str]]]) -> Chunk:
    """Return records as columns, short ones filled up with blanks."""
    rows, cells = zip(*records, strict=True)
    if (widest := max(map(len, cells))) > COLUMNS_LIMIT:
        raise FileRefused("file_too_wide", columns=widest, limit=COLUMNS_LIMIT)
    columns = [
        pa.array([cell or None for cell in column], pa.string()).dictionary_encode() for column in zip_longest(*cells)
    ]
    return Chunk(np.array(rows, np.int32), columns, {})
