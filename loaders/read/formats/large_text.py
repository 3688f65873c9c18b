"""Large text files: the body by pyarrow in blocks, or row by row where a line is ragged or blank or has an odd quote.

Both ways number records alike: a record is what a spreadsheet shows as a row, so a quoted line break does not count
and a blank line does.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice, zip_longest
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
from pyarrow import csv as arrow_csv

from graph_model.csv_text import TextFault, is_plain, no_encoding, records
from loaders.read.formats.sheet import COLUMNS_LIMIT, Chunk, Line, Sheet, grid_line
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
    breaks: int = 0
    """Lines of the file, counted by their ends apart from any reader of rows."""

    def chunks(self, start: int, stop: int | None) -> Iterator[Chunk]:  # noqa: ARG002 - a file of one table
        """Yield the body in blocks; `stop` is not known to large files, whose head holds one header."""
        with refusing(self.path):
            yield from self._chunks(start)

    def _chunks(self, start: int) -> Iterator[Chunk]:
        first = self.lines[start - 1].row + 1 if start else 1
        if not self._needs_care() and not self._breaks_above(start):
            try:
                for chunk in self._by_arrow(first):
                    first += len(chunk.rows)
                    yield chunk
            except pa.ArrowInvalid:
                # A ragged line: go on row by row, behind what was handed out already.
                yield from self._row_by_row(first)
        else:
            yield from self._row_by_row(first)

    def every_line(self) -> Iterator[Line]:
        """Yield all lines that are not blank."""
        for row, cells in enumerate(records(lines_of(self.path, self.encoding), self.delimiter), 1):
            if line := grid_line(row, cells):
                yield line

    def _needs_care(self) -> bool:
        """Tell whether pyarrow would read the file otherwise: blank lines it drops, odd quotes it takes for whole cells."""
        if self.encoding.startswith("utf-16"):
            return True
        has_quotes, breaks, last = False, 0, b"\n"
        with self.path.open("rb") as stream:
            tail = b""
            while block := stream.read(BLOCK):
                has_quotes = has_quotes or b'"' in block
                breaks, last = breaks + block.count(b"\n"), block[-1:]
                seam = tail + block
                # A carriage return alone ends a line too, which counting the ends by newlines would miss.
                alone = block.count(b"\r") != block.count(b"\r\n")
                if alone or b"\n\n" in seam or b"\n\r\n" in seam:
                    return True
                tail = block[-2:]
        self.breaks = breaks + (last != b"\n")
        lines = lines_of(self.path, self.encoding) if has_quotes else ()
        return any('"' in line and not is_plain(line, self.delimiter) for line in lines)

    def _breaks_above(self, start: int) -> bool:
        """Tell whether a line break stands inside a cell of the head: then rows are not lines there."""
        return any("\n" in (cell or "") for line in self.lines[:start] for cell in line.cells)

    def _by_arrow(self, first: int) -> Iterator[Chunk]:
        width = len(self.lines[-1].cells)
        names = [f"{column}" for column in range(width)]
        reader = arrow_csv.open_csv(
            self.path,
            arrow_csv.ReadOptions(
                column_names=names, skip_rows=first - 1, block_size=BLOCK, encoding=self.encoding.removesuffix("-sig")
            ),
            arrow_csv.ParseOptions(delimiter=self.delimiter, newlines_in_values=False, ignore_empty_lines=False),
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
        if first - 1 != self.breaks:
            # What pyarrow took for rows must be the lines of the file: a row is never swallowed without a word.
            why = (
                f"读出 {first - 1:,} 行，文件有 {self.breaks:,} 行",
                f"{first - 1:,} rows of {self.breaks:,} lines were read",
            )
            raise FileRefused("file_unreadable", why_zh=why[0], why_en=why[1])

    def _row_by_row(self, first: int) -> Iterator[Chunk]:
        numbered = enumerate(records(lines_of(self.path, self.encoding), self.delimiter), 1)
        body = islice(numbered, first - 1, None)
        while block := list(islice(body, _CAREFUL_ROWS)):
            if filled := [(row, cells) for row, cells in block if cells]:
                yield _chunk(filled)


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


def lines_of(path: Path, encoding: str) -> Iterator[str]:
    """Yield the lines of a text file without their ends, whatever ends them."""
    with path.open(encoding=encoding) as stream:
        for line in stream:
            yield line.removesuffix("\n")


def _chunk(numbered: list[tuple[int, list[str]]]) -> Chunk:
    """Return records as columns, short ones filled up with blanks."""
    rows, cells = zip(*numbered, strict=True)
    if (widest := max(map(len, cells))) > COLUMNS_LIMIT:
        raise FileRefused("file_too_wide", columns=widest, limit=COLUMNS_LIMIT)
    columns = [
        pa.array([cell or None for cell in column], pa.string()).dictionary_encode() for column in zip_longest(*cells)
    ]
    return Chunk(np.array(rows, np.int32), columns, {})
