"""Parquet files with English column names: what `verdigraph fictional` writes at large sizes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from loaders.read.formats.sheet import CHUNK, COLUMNS_LIMIT, Chunk, Line, Sheet
from loaders.read.refused import FileRefused

_BROKEN = (pa.ArrowException, OSError, UnicodeDecodeError)


def _refused(error: Exception) -> FileRefused:
    return FileRefused(
        "file_unreadable", why_zh=f"不是有效的 Parquet（{error}）", why_en=f"not valid Parquet ({error})"
    )


@dataclass
class ParquetSheet(Sheet):
    """A Parquet file; its column names are the header, line 1 as in a spreadsheet."""

    path: Path = Path()

    def chunks(self, start: int, stop: int | None) -> Iterator[Chunk]:  # noqa: ARG002 - a file of one table
        """Yield the rows in batches, as texts."""
        try:
            yield from self._batches()
        except _BROKEN as error:
            raise _refused(error) from error

    def _batches(self) -> Iterator[Chunk]:
        first = 2
        with pq.ParquetFile(self.path, read_dictionary=list(self.lines[0].cells)) as parquet:
            for batch in parquet.iter_batches(CHUNK):
                rows = np.arange(first, first + batch.num_rows, dtype=np.int32)
                first += batch.num_rows
                yield Chunk(rows, [_texts(column) for column in batch.columns], {})


def parquet_sheets(path: Path) -> Iterator[Sheet]:
    """Yield the one table of a Parquet file."""
    try:
        names = pq.read_schema(path).names
    except _BROKEN as error:
        raise _refused(error) from error
    if len(names) > COLUMNS_LIMIT:
        raise FileRefused("file_too_wide", columns=len(names), limit=COLUMNS_LIMIT)
    yield ParquetSheet(None, [Line(1, names)], whole=False, path=path)


def _texts(column: pa.Array) -> pa.Array:
    """Return a column as strings or dictionary-encoded strings."""
    if pa.types.is_dictionary(column.type):
        return column.cast(pa.dictionary(pa.int32(), pa.string()))
    return pc.cast(column, pa.string())
