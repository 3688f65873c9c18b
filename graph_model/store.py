"""Snapshots on disk: a directory of Parquet files each, and one pointer to the current one.

A snapshot is written to a temporary directory, flushed to disk and renamed; only then the pointer `CURRENT` is switched, in
one rename. One writer at a time (a lock that a killed process lets go); readers never see half a snapshot, and a crash at any
point leaves the old one. A snapshot's id is the hash of its manifest, which holds the hashes of its files: same content, same
id, same bytes, in any folder and on any machine. What belongs to one machine (when it was loaded, from which paths) stands
beside the manifest in `loading.json` and leaves the machine with nobody.

What is kept: the newest ten snapshots, the current one always.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa
from filelock import FileLock, Timeout

from graph_model.bilingual import Bilingual
from graph_model.columns import Columns
from graph_model.errors import (
    BusyStoreError,
    DamagedStoreError,
    EmptyStoreError,
    OtherVersionError,
    SnapshotGoneError,
    StoreError,
    UnknownNameError,
    UnwritableStoreError,
)
from graph_model.graph import KnowledgeGraph
from graph_model.regions import jiangsu
from graph_model.schema import TABLES, arrow_schema
from graph_model.snapshot_files import ParquetSource, sha256_of, write_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

LAYOUT: Final = 2
"""Raise it whenever the files of a snapshot mean something else though their columns are the same."""

_CURRENT = "CURRENT"
_SNAPSHOTS = "snapshots"
_ID = re.compile(r"[0-9a-f]{16}")
KEPT: Final = 10
"""How many snapshots a store keeps."""


@cache
def layout() -> str:
    """Return what a snapshot must be written by to be read: the layout and the columns of every table."""
    columns = {table: [(name, str(holds.arrow)) for name, holds in of.items()] for table, of in TABLES.items()}
    return f"{LAYOUT}-{hashlib.sha256(json.dumps(columns).encode()).hexdigest()[:12]}"


@dataclass(frozen=True)
class Store:
    """A store directory."""

    path: Path

    def __repr__(self) -> str:
        return f"<Store {self.path}: snapshot {self.current() or '—'}>"

    def current(self) -> str | None:
        """Return the id of the current snapshot, None where nothing was loaded yet; StoreError for a pointer to nowhere."""
        pointer = self.path / _CURRENT
        if not pointer.is_file():
            return None
        id = pointer.read_text(encoding="utf-8", errors="replace").strip()
        if not _ID.fullmatch(id):
            raise DamagedStoreError(pointer)
        return id

    def snapshot(self, snapshot: str) -> Path:
        """Return the directory of a snapshot."""
        return self.path / _SNAPSHOTS / snapshot

    def manifest(self, snapshot: str | None = None) -> dict[str, Any]:
        """Return the manifest of a snapshot, of the current one by default; StoreError if there is none that is whole."""
        id = snapshot or self._required()
        file = self.snapshot(id) / "manifest.json"
        if snapshot is not None and not file.parent.is_dir():
            raise SnapshotGoneError(snapshot, self.path)
        try:
            text = file.read_bytes()
            manifest: dict[str, Any] = json.loads(text)
            written_by = manifest["format"]
        except (OSError, ValueError, LookupError, TypeError) as error:
            raise DamagedStoreError(file) from error
        if written_by != layout():
            raise OtherVersionError(self.path)
        if _id_of(text) != id:
            raise DamagedStoreError(file)
        return manifest

    def graph(self, snapshot: str | None = None) -> KnowledgeGraph:
        """Open a snapshot, the current one by default; columns are read, and checked, when first asked for."""
        id = snapshot or self._required()
        facts = self.manifest(id)["tables"]
        folder = self.snapshot(id) / "facts"
        tables = {table: Columns(table, ParquetSource(folder / f"{table}.parquet", facts[table])) for table in TABLES}
        return KnowledgeGraph(tables, jiangsu(), id)

    def origins(self, table: str, snapshot: str | None = None) -> pa.Table:
        """Return where every fact of a table comes from: `fact` (row), `source` (index in the manifest), `sheet`, `row`.

        Empty where the snapshot holds none of that table; StoreError where they are missing or damaged.
        """
        id = snapshot or self._required()
        files = self.manifest(id)["origins"]
        if table not in files:
            return pa.table({})
        return ParquetSource(self.snapshot(id) / "origins" / f"{table}.parquet", files[table]).table()

    def loading(self, snapshot: str | None = None) -> dict[str, Any]:
        """Return how a snapshot came here: `loaded_at` (UTC, ISO) and `sources` (name, path, key); StoreError if damaged."""
        file = self.snapshot(snapshot or self._required()) / "loading.json"
        try:
            noted = json.loads(file.read_text(encoding="utf-8"))
            about: dict[str, Any] = noted["loading"]
            whole = noted["sha256"] == _sha256(about)
        except (OSError, ValueError, LookupError, TypeError) as error:
            raise DamagedStoreError(file) from error
        if not whole:
            raise DamagedStoreError(file)
        return about

    def snapshots(self) -> list[str]:
        """Return the ids of all snapshots that are here, the newest loaded first, those of which it is not known last."""
        home = self.path / _SNAPSHOTS
        there = [folder.name for folder in home.iterdir() if _ID.fullmatch(folder.name)] if home.is_dir() else []
        return sorted(there, key=lambda id: (self._loaded_at(id), id), reverse=True)

    def _loaded_at(self, snapshot: str) -> str:
        try:
            return str(self.loading(snapshot)["loaded_at"])
        except DamagedStoreError:
            return ""

    def find(self, given: str) -> str:
        """Return the id of the snapshot whose id begins so; UsageError where none does, or several do."""
        ids = self.snapshots()
        meant = [id for id in ids if given and id.startswith(given.strip().lower())]
        if len(meant) != 1:
            raise UnknownNameError(Bilingual("快照", "snapshot"), given, meant or ids)
        return meant[0]

    def use(self, snapshot: str) -> None:
        """Go back, or forward, to a snapshot that is whole; StoreError if it is not. Call inside `writing()`."""
        damaged = self.damage(snapshot)
        if damaged:
            raise DamagedStoreError(damaged[0])
        self._switch(snapshot)

    def keep_newest(self, count: int) -> list[str]:
        """Take away all but the newest `count` snapshots and the current one; return what went. Call inside `writing()`."""
        kept = {self.current(), *self.snapshots()[:count]}
        gone = [id for id in self.snapshots() if id not in kept]
        for folder in (self.path / _SNAPSHOTS).iterdir():
            if folder.name not in kept:
                shutil.rmtree(folder)
        return gone

    def damage(self, snapshot: str | None = None) -> list[Path]:
        """Return the files of a snapshot that are not what its manifest says, every byte looked at; StoreError without manifest."""
        id = snapshot or self._required()
        manifest, home = self.manifest(id), self.snapshot(id)
        files = {
            home / part / f"{table}.parquet": facts["sha256"]
            for part, tables in (("facts", manifest["tables"]), ("origins", manifest["origins"]))
            for table, facts in tables.items()
        }
        return [file for file, sha256 in files.items() if not file.is_file() or sha256_of(file) != sha256]

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

    def write(
        self,
        tables: Mapping[str, pa.Table],
        origins: Mapping[str, pa.Table],
        about: Mapping[str, Any],
        sources: Sequence[Mapping[str, Any]] = (),
        *,
        only: str | None = None,
    ) -> str:
        """Write a snapshot and switch to it; return its id. Call inside `writing()`.

        `about` becomes part of the manifest; `sources` (name, path, key) belong to this machine. With `only`, a snapshot of any
        other id is not kept and not switched to.
        """
        folder = self.path / _SNAPSHOTS
        folder.mkdir(exist_ok=True)
        half = folder / f".half-{os.getpid()}"
        facts = {
            name: write_table(tables[name].cast(arrow_schema(name)), half / "facts" / f"{name}.parquet")
            for name in TABLES
        }
        places = {
            name: write_table(table, half / "origins" / f"{name}.parquet") for name, table in sorted(origins.items())
        }
        manifest = {"format": layout(), "tables": facts, "origins": places, **about}
        text = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True)
        id = _id_of(text.encode())
        if only is not None and id != only:
            shutil.rmtree(half)
            return id
        _write_text(half / "manifest.json", text)
        for directory in (half / "facts", half / "origins", half):
            if directory.is_dir():
                _flush_directory(directory)
        if self._is_whole(id):
            shutil.rmtree(half)
        else:
            shutil.rmtree(self.snapshot(id), ignore_errors=True)
            half.rename(self.snapshot(id))
            _flush_directory(folder)
        self._note(id, sources)
        self._switch(id)
        self.keep_newest(KEPT)
        return id

    def _required(self) -> str:
        id = self.current()
        if id is None:
            raise EmptyStoreError(self.path)
        return id

    def _is_whole(self, id: str) -> bool:
        """Return whether a snapshot is there already, every file as its manifest says: a damaged one is written anew."""
        try:
            return not self.damage(id)
        except (OSError, StoreError):
            return False

    def _note(self, id: str, sources: Sequence[Mapping[str, Any]]) -> None:
        about = {"loaded_at": datetime.now(UTC).isoformat(timespec="microseconds"), "sources": list(sources)}
        note = self.snapshot(id) / ".loading.new"
        _write_text(note, json.dumps({"sha256": _sha256(about), "loading": about}, ensure_ascii=False, indent=1))
        note.replace(self.snapshot(id) / "loading.json")

    def _switch(self, id: str) -> None:
        pointer = self.path / f"{_CURRENT}.new"
        _write_text(pointer, id + "\n")
        pointer.replace(self.path / _CURRENT)
        _flush_directory(self.path)

    def _sweep(self) -> None:
        """Take away what a killed load left."""
        for half in (self.path / _SNAPSHOTS).glob(".half-*"):
            shutil.rmtree(half)


def _id_of(manifest: bytes) -> str:
    return hashlib.sha256(manifest).hexdigest()[:16]


def _sha256(about: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(about, sort_keys=True).encode()).hexdigest()


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
