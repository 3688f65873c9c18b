"""The account of a load: where every line of every source went, what was left out whole, what a source no longer gives."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from graph_model.errors import DataError
from graph_model.records import RECORDS
from loaders.issues.summary import SourceLeftOut, SourceLines, TableCount

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph_model.store import Store
    from loaders.build.build import Built
    from loaders.issues.log import IssueLog
    from loaders.read.parse_cache import CachedSource
    from loaders.read.table_rows import TableRows

UNKNOWN_TABLE = "（未识别）"
"""Stands for the table of lines that belong to none."""


class NothingLoadedError(DataError):
    """No source gave a single row; `log` says why."""

    def __init__(self, log: IssueLog) -> None:
        super().__init__(
            "没有读入任何数据，数据仓保持原样；请看上面的问题清单",
            "nothing could be loaded and the store is as it was; see the issues above",
        )
        self.log = log


class SourceLostError(DataError):
    """Sources that gave rows in the snapshot before give none now; `log` says what is wrong with them."""

    def __init__(self, lost: Sequence[str], log: IssueLog) -> None:
        some = "、".join(lost[:5]) + ("……" if len(lost) > 5 else "")
        super().__init__(
            f"{len(lost)} 个来源上次有数据、这次没有：{some}；数据仓保持原样。请改正，或加 --replace 不再要它们",
            f"{len(lost)} sources gave rows before and give none now: {some}; the store is as it was. "
            "Mend them, or go on without them by --replace",
        )
        self.log = log


@dataclass(frozen=True)
class LoadedSource:
    """One source file of this load: its full path, and what it holds."""

    path: str
    parsed: CachedSource


def sources_of(store: Store, snapshot: str | None = None) -> list[dict[str, Any]]:
    """Return the sources of a snapshot with `path` and `key` on this machine; `key` is None where it was loaded elsewhere."""
    places = {source["name"]: source for source in store.loading(snapshot)["sources"]}
    elsewhere = {"key": None}
    return [
        {"path": source["name"], **source, **places.get(source["name"], elsewhere)}
        for source in store.manifest(snapshot)["sources"]
    ]


def refuse_to_lose(before: Sequence[dict[str, Any]], inputs: Sequence[LoadedSource], log: IssueLog) -> None:
    """Raise SourceLostError where a source that gave rows before gives none now.

    A source is known again by its path, its content or its name under the folder that is loaded.
    """
    giving = [giver for giver in inputs if giver.parsed.file.typed() or giver.parsed.decisions]
    marks = {mark for giver in giving for mark in (giver.path, giver.parsed.file.sha256, giver.parsed.file.path)}
    lost = [
        source["path"]
        for source in before
        if any(table["loaded"] + table["merged"] for table in source["tables"].values())
        and not marks & {source["path"], source["sha256"], source["name"]}
    ]
    if lost:
        raise SourceLostError(lost, log)


def table_counts(inputs: Sequence[LoadedSource], rows: dict[str, TableRows], built: Built) -> list[TableCount]:
    """Return the count of every line, per table and source: read = loaded + merged + rejected + titles."""
    counts = []
    for table, record in RECORDS.items():
        alive = np.zeros(len(inputs), dtype=np.int64)
        if table in rows:
            alive = np.bincount(rows[table].numbers("_source")[rows[table].alive], minlength=len(inputs))
        for number, source in enumerate(inputs):
            read = source.parsed.file.counts.get(table)
            if read is not None:
                loaded = built.loaded.get((table, number), 0)
                alive_rows = int(alive[number])
                rejected = read.read - read.titles - alive_rows
                counts.append(
                    TableCount(
                        table,
                        record.title,
                        source.parsed.file.path,
                        read.read,
                        loaded,
                        alive_rows - loaded,
                        rejected,
                        read.titles,
                    )
                )
    return [*counts, *filter(None, map(_without_table, inputs))]


def _without_table(source: LoadedSource) -> TableCount | None:
    """Return the count of lines that belong to no table, None where there are none."""
    file = source.parsed.file
    if not file.notes and not any(part.table is None for part in file.left_out):
        return None
    lines = sum(part.lines for part in file.left_out if part.table is None)
    return TableCount(None, UNKNOWN_TABLE, file.path, lines + file.notes, 0, 0, lines, file.notes)


def source_lines(inputs: Sequence[LoadedSource], counts: Sequence[TableCount]) -> list[SourceLines]:
    """Return the lines of every source: lines = rows + titles + notes + left out."""
    by_source: dict[str, list[TableCount]] = defaultdict(list)
    for count in counts:
        by_source[count.source].append(count)
    lines = []
    for source in inputs:
        file, of_source = source.parsed.file, by_source[source.parsed.file.path]
        notes = file.notes + sum(count.notes for count in file.counts.values())
        titles = sum(count.titles for count in of_source) - notes
        rows = sum(count.loaded + count.merged for count in of_source)
        lines.append(
            SourceLines(file.path, file.lines, rows, titles, notes, sum(count.rejected for count in of_source))
        )
    return lines


def sources_left_out(inputs: Sequence[LoadedSource]) -> list[SourceLeftOut]:
    """Return the whole files, sheets and tables that were not loaded."""
    return [
        SourceLeftOut(source.parsed.file.path, part.sheet, part.table, part.lines)
        for source in inputs
        for part in source.parsed.file.left_out
    ]
