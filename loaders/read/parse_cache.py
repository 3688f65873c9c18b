"""Parsed files, kept beside the snapshots: a file that has not changed is not parsed again. SPEC 4.

A parsed file is found by what it holds, what it is called and which program reads it. `--add` takes the sources it keeps
from here, so they need not be at hand any more.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from dataclasses import asdict, dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from graph_model.records import RECORDS
from loaders.issues.log import IssueLog
from loaders.read.decisions import IdentityDecision, read_decisions
from loaders.read.read_file import Counts, LeftOut, ParsedFile, read_source
from loaders.read.sources import DECISIONS, SourceFile

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

READER = 1
"""Raise it whenever files are read differently though the records are the same: nothing stale may come from the cache."""


@dataclass(frozen=True)
class CachedSource:
    """One source file, read: its rows, or its decisions, and what is wrong with it."""

    key: str
    file: ParsedFile
    decisions: list[IdentityDecision]
    log: IssueLog


@dataclass(frozen=True)
class ParsedFiles:
    """The cache of one store."""

    folder: Path

    def read(self, source: SourceFile) -> CachedSource:
        """Return what a file holds, parsed now or earlier."""
        key = _key(source)
        return self.kept(key) or self._parse(key, source)

    def kept(self, key: str) -> CachedSource | None:
        """Return a file parsed earlier, None if it is not here, or not whole."""
        try:
            return self._kept(key)
        except (OSError, ValueError, pa.ArrowException):  # Never written, or cut short by a loss of power.
            return None

    def _kept(self, key: str) -> CachedSource:
        home = self.folder / key
        about = json.loads((home / "file.json").read_text(encoding="utf-8"))
        counts = {table: Counts(**count) for table, count in about["counts"].items()}
        tables = {table: pq.read_table(home / f"{table}.parquet") for table in about["tables"]}
        decisions = [IdentityDecision(**{**one, "decided_on": _day(one["decided_on"])}) for one in about["decisions"]]
        left_out = [LeftOut(*part) for part in about["left_out"]]
        file = ParsedFile(about["path"], about["sha256"], tables, counts, about["lines"], about["notes"], left_out)
        return CachedSource(key, file, decisions, IssueLog.from_json(about["issues"]))

    def forget(self, kept: Iterable[str]) -> None:
        """Take away every parsed file but those with these keys."""
        keys = set(kept)
        for home in self.folder.iterdir():
            if home.name not in keys:
                shutil.rmtree(home)

    def _parse(self, key: str, source: SourceFile) -> CachedSource:
        log = IssueLog()
        decisions: list[IdentityDecision] = []
        if source.path.name == DECISIONS:
            decisions = read_decisions(source, log)
            file = ParsedFile(source.name, source.sha256)
        else:
            file = read_source(source, log)
        parsed = CachedSource(key, file, decisions, log)
        self._keep(parsed)
        return parsed

    def _keep(self, parsed: CachedSource) -> None:
        half = self.folder / f".half-{os.getpid()}"
        shutil.rmtree(half, ignore_errors=True)  # Left by a killed load that had this process number.
        half.mkdir(parents=True)
        for table, rows in parsed.file.tables.items():
            pq.write_table(rows, half / f"{table}.parquet", compression="zstd", compression_level=1)
        about = {
            "path": parsed.file.path,
            "sha256": parsed.file.sha256,
            "tables": list(parsed.file.tables),
            "counts": {table: asdict(count) for table, count in parsed.file.counts.items()},
            "lines": parsed.file.lines,
            "notes": parsed.file.notes,
            "left_out": parsed.file.left_out,
            "decisions": [asdict(decision) for decision in parsed.decisions],
            "issues": parsed.log.to_json(),
        }
        (half / "file.json").write_text(json.dumps(about, ensure_ascii=False, default=str), encoding="utf-8")
        shutil.rmtree(self.folder / parsed.key, ignore_errors=True)
        half.rename(self.folder / parsed.key)


def _key(source: SourceFile) -> str:
    named = json.dumps([READER, _records(), source.sha256, source.name, source.folders], ensure_ascii=False)
    return hashlib.sha256(named.encode()).hexdigest()[:24]


@cache
def _records() -> list[str]:
    """Return what the records know: tables, columns and accepted headers."""
    return [json.dumps(record.model_json_schema(mode="serialization"), sort_keys=True) for record in RECORDS.values()]


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
