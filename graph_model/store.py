"""Snapshots on disk: a directory of Parquet files each, and one pointer to the current one.

A snapshot is written to a temporary directory, flushed to disk and renamed; only then the pointer `CURRENT` is switched, in
one rename. One writer at a time (a lock that a killed process lets go); readers never see half a snapshot, and a crash at any
point leaves the old one. A snapshot's id is the hash of its manifest, which holds the hashes of its files: same content, same
id, same bytes.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa
import pyarrow.parquet as pq
from filelock import FileLock, Timeout

from graph_model.columns import Columns
from graph_model.errors import (
    BusyStoreError,
    DamagedStoreError,
    EmptyStoreError,
    OtherVersionError,
    UnwritableStoreError,
)
from graph_model.graph import KnowledgeGraph
from graph_model.regions import jiangsu
from graph_model.schema import TABLES, arrow_schema

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

LAYOUT: Final = 1
"""Raise it whenever the files of a snapshot mean something else though their columns are the same."""

_CURRENT = "CURRENT"
_SNAPSHOTS = "snapshots"


@cache
def layout() -> str:
    """Return what a snapshot must be written by to be read: the layout and the columns of every table."""
    columns = {table: [(name, str(holds.arrow)) for name, holds in of.items()] for table, of in TABLES.items()}
    return f"{LAYOUT}-{hashlib.sha256(json.dumps(columns).encode()).hexdigest()[:12]}"


class ParquetSource:
    """The columns of one Parquet file, read one at a time. The file stays open, so a later load cannot take it away."""

    def __init__(self, path: Path) -> None:
        self._file = pq.ParquetFile(path, memory_map=True)

    @property
    def num_rows(self) -> int:
        """How many rows there are."""
        return int(self._file.metadata.num_rows)

    def column(self, name: str) -> pa.ChunkedArray:
        """Read one column, in the type that the schema gives it."""
        return self._file.read(columns=[name]).column(0)


@dataclass(frozen=True)
class Store:
    """A store directory."""

    path: Path

    def __repr__(self) -> str:
        return f"<Store {self.path}: snapshot {self.current() or '—'}>"

    def current(self) -> str | None:
        """Return the id of the current snapshot, None where nothing was loaded yet."""
        pointer = self.path / _CURRENT
        return pointer.read_text(encoding="utf-8").strip() if pointer.is_file() else None

    def snapshot(self, snapshot: str) -> Path:
        """Return the directory of a snapshot."""
        return self.path / _SNAPSHOTS / snapshot

    def manifest(self, snapshot: str | None = None) -> dict[str, Any]:
        """Return the manifest of a snapshot, of the current one by default; StoreError if there is none to read."""
        id = snapshot or self._required()
        try:
            manifest: dict[str, Any] = json.loads((self.snapshot(id) / "manifest.json").read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise DamagedStoreError(self.path) from error
        if manifest["format"] != layout():
            raise OtherVersionError(self.path)
        return manifest

    def graph(self) -> KnowledgeGraph:
        """Open the current snapshot; columns are read when first asked for."""
        id = self._required()
        self.manifest(id)
        folder = self.snapshot(id) / "facts"
        try:
            tables = {table: Columns(table, ParquetSource(folder / f"{table}.parquet")) for table in TABLES}
        except (OSError, pa.ArrowException) as error:
            raise DamagedStoreError(self.path) from error
        return KnowledgeGraph(tables, jiangsu(), id)

    def origins(self, table: str, snapshot: str | None = None) -> pa.Table:
        """Return where every fact of a table comes from: `fact` (row), `source` (index in the manifest), `sheet`, `row`."""
        path = self.snapshot(snapshot or self._required()) / "origins" / f"{table}.parquet"
        return pq.read_table(path) if path.is_file() else pa.table({})

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the store for writing; StoreError if another load holds it."""
        try:
            self.path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UnwritableStoreError(self.path, error.strerror) from error
        lock = FileLock(self.path / ".lock")
        try:
            with lock.acquire(timeout=0):
                self._sweep()
                yield
        except Timeout:
            raise BusyStoreError(self.path) from None

    def write(self, tables: Mapping[str, pa.Table], origins: Mapping[str, pa.Table], about: Mapping[str, Any]) -> str:
        """Write a snapshot and switch to it; return its id. Call inside `writing()`."""
        folder = self.path / _SNAPSHOTS
        folder.mkdir(exist_ok=True)
        half = folder / f".half-{os.getpid()}"
        facts = {name: _write_table(tables[name].cast(arrow_schema(name)), half / "facts" / name) for name in TABLES}
        places = {name: _write_table(table, half / "origins" / name) for name, table in sorted(origins.items())}
        manifest = {"format": layout(), "tables": facts, "origins": places, **about}
        text = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True)
        id = hashlib.sha256(text.encode()).hexdigest()[:16]
        _write_text(half / "manifest.json", text)
        for directory in (half / "facts", half / "origins", half):
            _flush_directory(directory)
        if not self._is_whole(id, manifest):
            shutil.rmtree(self.snapshot(id), ignore_errors=True)
            half.rename(self.snapshot(id))
            _flush_directory(folder)
        before = self.current()
        self._switch(id)
        self._forget({id, before})
        return id

    def _required(self) -> str:
        id = self.current()
        if id is None:
            raise EmptyStoreError(self.path)
        return id

    def _is_whole(self, id: str, manifest: Mapping[str, Any]) -> bool:
        """Return whether a snapshot is there already, every file as its manifest says: a damaged one is written anew."""
        home = self.snapshot(id)
        parts = (("facts", manifest["tables"]), ("origins", manifest["origins"]))
        try:
            return _sha256(home / "manifest.json").startswith(id) and all(
                _sha256(home / part / f"{table}.parquet") == about["sha256"]
                for part, tables in parts
                for table, about in tables.items()
            )
        except OSError:
            return False

    def _switch(self, id: str) -> None:
        pointer = self.path / f"{_CURRENT}.new"
        _write_text(pointer, id + "\n")
        pointer.replace(self.path / _CURRENT)
        _flush_directory(self.path)

    def _sweep(self) -> None:
        """Take away what a killed load left."""
        for half in (self.path / _SNAPSHOTS).glob(".half-*"):
            shutil.rmtree(half)

    def _forget(self, needed: set[str | None]) -> None:
        """Take away snapshots older than the one before this one; a reader may still be opening that."""
        for half in (self.path / _SNAPSHOTS).iterdir():
            if half.name not in needed:
                shutil.rmtree(half)


def _write_table(table: pa.Table, path: Path) -> dict[str, Any]:
    """Write one table and return its rows and hash."""
    path.parent.mkdir(parents=True, exist_ok=True)
    target = path.with_suffix(".parquet")
    with target.open("wb") as stream:
        pq.write_table(table.combine_chunks(), stream, compression="zstd", compression_level=1)
        stream.flush()
        os.fsync(stream.fileno())
    return {"rows": table.num_rows, "sha256": _sha256(target)}


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _write_text(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())


def _flush_directory(path: Path) -> None:
    """Flush a directory's entries, where the system lets directories be opened (Windows does not)."""
    if os.name == "posix":
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
