"""Parsed files, kept beside the snapshots: a file that has not changed is not parsed again. SPEC 4.

A parsed file is found by what it holds, what it is called and which readers read it, by their content: a mended reader reaches
files already read. `--add` takes the sources it keeps from here, so they need not be at hand any more.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from dataclasses import asdict, dataclass
from datetime import date
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from typing import TYPE_CHECKING, Final

import pyarrow as pa
import pyarrow.parquet as pq

from graph_model.snapshot_files import sha256_of
from loaders.issues.log import IssueLog
from loaders.read.decisions import IdentityDecision
from loaders.read.read_file import Counts, LeftOut, ParsedFile

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from importlib.resources.abc import Traversable
    from pathlib import Path

    from loaders.read.sources import SourceFile

_SUMS: Final = "SHA256SUMS"
_UNREAD: Final = "unread-"
"""Prefix of the files that hold rows that were left out."""
_READERS: Final = ("graph_model", "loaders.issues", "loaders.read")
_CONTENT: Final = (".py", ".yaml", ".csv")
_LIBRARIES: Final = ("pdfplumber", "pyarrow", "pypdfium2", "python-calamine")


@dataclass(frozen=True)
class CachedSource:
    """One source file, read: its rows, or its decisions, and what is wrong with it."""

    key: str
    file: ParsedFile
    decisions: list[IdentityDecision]
    log: IssueLog
    again: bool = False
    """Whether it is to be parsed again next time, since a limit of time or memory stopped the reader."""


@dataclass(frozen=True)
class ParsedFiles:
    """The cache of one store."""

    folder: Path

    def kept(self, key: str) -> CachedSource | None:
        """Return a file parsed earlier, None if it is not here, or not what was written."""
        try:
            return self._kept(key)
        except (OSError, ValueError, pa.ArrowException):  # Never written, cut short by a loss of power, or damaged.
            return None

    def _kept(self, key: str) -> CachedSource:
        home = self.folder / key
        _require_whole(home)
        about = json.loads((home / "file.json").read_text(encoding="utf-8"))
        counts = {table: Counts(**count) for table, count in about["counts"].items()}
        tables = {table: pq.read_table(home / f"{table}.parquet") for table in about["tables"]}
        unread = {table: pq.read_table(home / f"{_UNREAD}{table}.parquet") for table in about["unread"]}
        decisions = [IdentityDecision(**{**one, "decided_on": _day(one["decided_on"])}) for one in about["decisions"]]
        left_out = [LeftOut(*part) for part in about["left_out"]]
        file = ParsedFile(
            about["path"], about["sha256"], tables, counts, unread, about["lines"], about["notes"], left_out
        )
        return CachedSource(key, file, decisions, IssueLog.from_json(about["issues"]), about["again"])

    def forget(self, kept: Iterable[str]) -> None:
        """Take away every parsed file but those with these keys."""
        keys = set(kept)
        for home in self.folder.iterdir():
            if home.name not in keys:
                shutil.rmtree(home)

    def keep(self, parsed: CachedSource) -> None:
        """Write a parsed file; one of the same key is replaced whole."""
        half = self.folder / f".half-{os.getpid()}"
        shutil.rmtree(half, ignore_errors=True)  # Left by a killed load that had this process number.
        half.mkdir(parents=True)
        files = {**parsed.file.tables, **{_UNREAD + table: rows for table, rows in parsed.file.unread.items()}}
        for name, rows in files.items():
            pq.write_table(rows, half / f"{name}.parquet", compression="zstd", compression_level=1)
        about = {
            "path": parsed.file.path,
            "sha256": parsed.file.sha256,
            "tables": list(parsed.file.tables),
            "unread": list(parsed.file.unread),
            "counts": {table: asdict(count) for table, count in parsed.file.counts.items()},
            "lines": parsed.file.lines,
            "notes": parsed.file.notes,
            "left_out": parsed.file.left_out,
            "decisions": [asdict(decision) for decision in parsed.decisions],
            "issues": parsed.log.to_json(),
            "again": parsed.again,
        }
        (half / "file.json").write_text(json.dumps(about, ensure_ascii=False, default=str), encoding="utf-8")
        sums = [f"{sha256_of(file)}  {file.name}\n" for file in sorted(half.iterdir())]
        (half / _SUMS).write_text("".join(sums), encoding="utf-8")
        shutil.rmtree(self.folder / parsed.key, ignore_errors=True)
        half.rename(self.folder / parsed.key)


def _require_whole(home: Path) -> None:
    """Raise ValueError unless every file is what was written: a flipped bit must not become another fact."""
    lines = (home / _SUMS).read_text(encoding="utf-8").splitlines()
    sums = {name: sha256 for sha256, _, name in (line.partition("  ") for line in lines)}
    files = [file for file in home.iterdir() if file.name != _SUMS]
    if {file.name for file in files} != set(sums) or any(sha256_of(file) != sums[file.name] for file in files):
        raise ValueError(home)


def key_of(source: SourceFile) -> str:
    """Return the key of a source file: its content, its names, what is said beside it, and the readers."""
    named = json.dumps([readers(), source.sha256, source.name, source.folders, source.buyer], ensure_ascii=True)
    return hashlib.sha256(named.encode()).hexdigest()[:24]


@cache
def readers() -> str:
    """Return the SHA-256 of everything that says how a file is read: modules, word lists, and the libraries they use."""
    digest = hashlib.sha256(json.dumps([(name, version(name)) for name in _LIBRARIES]).encode())
    for package in _READERS:
        for name, content in sorted(_contents(files(package), package)):
            digest.update(f"{name}\n{len(content)}\n".encode() + content)
    return digest.hexdigest()


def _contents(folder: Traversable, name: str) -> Iterator[tuple[str, bytes]]:
    for entry in folder.iterdir():
        inside = f"{name}/{entry.name}"
        if entry.is_dir():
            yield from _contents(entry, inside)
        elif entry.name.endswith(_CONTENT):
            yield inside, entry.read_bytes()


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
