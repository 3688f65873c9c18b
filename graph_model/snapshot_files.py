"""The files of a snapshot: Parquet tables that are checked before they are believed.

The manifest keeps, of every file, its SHA-256, the CRC-32 of what stands behind the last column (the file's own table of
contents) and the CRC-32 of each column's bytes. So a table that is opened costs one checksum of a few kilobytes, a column that
is read one pass over its own bytes, and damage anywhere in what is read is an error instead of another number. The SHA-256 is
for `verify`, which looks at every byte.
"""

from __future__ import annotations

import hashlib
import os
import zlib
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from graph_model.errors import DamagedStoreError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path


class ParquetSource:
    """The columns of one Parquet file, read one at a time, each checked. The file stays open: a later load cannot take it away.

    `facts` is what the manifest says of the file. DamagedStoreError, naming the file, for anything that is not as it says.
    """

    def __init__(self, path: Path, facts: Mapping[str, Any]) -> None:
        self._path = path
        self._facts = facts
        try:
            self._bytes = pa.memory_map(str(path))
            self._check(facts["end"], facts["end_at"], self._bytes.size() - facts["end_at"])
            self._file = pq.ParquetFile(self._bytes)
        except (OSError, ValueError, pa.ArrowException) as error:
            raise DamagedStoreError(path) from error

    @property
    def num_rows(self) -> int:
        """How many rows there are."""
        return int(self._file.metadata.num_rows)

    def column(self, name: str) -> pa.ChunkedArray:
        """Read one column, in the type that the schema gives it."""
        try:
            self._check_column(name)
            return self._file.read(columns=[name]).column(0)
        except (OSError, ValueError, pa.ArrowException) as error:
            raise DamagedStoreError(self._path) from error

    def table(self) -> pa.Table:
        """Read all columns."""
        return pa.table({name: self.column(name) for name in self._file.schema_arrow.names})

    def _check_column(self, name: str) -> None:
        crc = 0
        for start, length in _chunks(self._file.metadata).get(name, ()):
            crc = zlib.crc32(self._bytes.read_at(length, start), crc)
        if crc != self._facts["columns"][name]:
            raise DamagedStoreError(self._path)

    def _check(self, crc: int, start: int, length: int) -> None:
        if length <= 0 or zlib.crc32(self._bytes.read_at(length, start)) != crc:
            raise DamagedStoreError(self._path)


def write_table(table: pa.Table, path: Path) -> dict[str, Any]:
    """Write one table, flushed to disk, and return what the manifest says of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as stream:
        pq.write_table(table.combine_chunks(), stream, compression="zstd", compression_level=1)
        stream.flush()
        os.fsync(stream.fileno())
    content = path.read_bytes()
    chunks = _chunks(pq.read_metadata(path))
    end_at = max((start + length for places in chunks.values() for start, length in places), default=0)
    return {
        "rows": table.num_rows,
        "sha256": hashlib.sha256(content).hexdigest(),
        "end_at": end_at,
        "end": zlib.crc32(content[end_at:]),
        "columns": {name: _crc(content, chunks.get(name, [])) for name in table.schema.names},
    }


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file, read in pieces; OSError if it cannot be read."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _crc(content: bytes, places: list[tuple[int, int]]) -> int:
    crc = 0
    for start, length in places:
        crc = zlib.crc32(memoryview(content)[start : start + length], crc)
    return crc


def _chunks(metadata: pq.FileMetaData) -> dict[str, list[tuple[int, int]]]:
    """Return where the bytes of every column lie, as (start, length), in the order of the file."""
    places: dict[str, list[tuple[int, int]]] = {}
    for name, start, length in _column_chunks(metadata):
        places.setdefault(name, []).append((start, length))
    return places


def _column_chunks(metadata: pq.FileMetaData) -> Iterator[tuple[str, int, int]]:
    for group in range(metadata.num_row_groups):
        rows = metadata.row_group(group)
        for number in range(rows.num_columns):
            chunk = rows.column(number)
            first = chunk.dictionary_page_offset or chunk.data_page_offset
            yield (
                chunk.path_in_schema.partition(".")[0],
                min(first, chunk.data_page_offset),
                chunk.total_compressed_size,
            )
