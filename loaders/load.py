"""Load: a folder of lists in, a snapshot out.

files -> typed rows with their origin -> resolved units -> facts -> snapshot. The store's content is replaced by what the
sources say; `add` keeps the other sources of the store. SPEC 4.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace as replaced
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from graph_model.bilingual import Bilingual
from graph_model.errors import DataError, DoesNotFitError, StoreError
from graph_model.kinds import NODE_KINDS, UNIT_KINDS
from graph_model.names import normal_form
from graph_model.records import RECORDS
from graph_model.regions import jiangsu
from graph_model.store import Store
from graph_model.values.texts import NAME
from loaders.accounts import (
    LoadedSource,
    NothingLoadedError,
    refuse_to_lose,
    source_lines,
    sources_left_out,
    sources_of,
    table_counts,
)
from loaders.build.build import Built, build
from loaders.build.places import row_places
from loaders.issues.log import IssueLog
from loaders.issues.summary import GainedCode, LoadProgress, LoadSummary, TableCount
from loaders.read.parse_cache import ParsedFiles
from loaders.read.parse_files import parse_files
from loaders.read.sources import DECISIONS, SourceFile, decision_files, shown_path, source_files
from loaders.read.table_rows import TableRows
from loaders.read.unpack import unpacked
from loaders.resolve.near_misses import proposals
from loaders.resolve.resolve import resolve

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pyarrow as pa


def load(
    sources: Sequence[Path | str],
    store: Path | str,
    *,
    add: bool = False,
    replace: bool = False,
    buyer: str | None = None,
    progress: LoadProgress | None = None,
) -> LoadSummary:
    """Load folders and files into a store and switch it to the new snapshot.

    `buyer` is who buys in the lists of suppliers that do not name him; he then is a declared leader, as where a title names him.
    Raises DataError when nothing could be loaded, or a table that had rows would be emptied without `replace`; StoreError when
    another load is writing. The store is untouched then.
    """
    tell = progress or _silent
    if buyer is not None and NAME.parse(buyer).value is None:
        raise DoesNotFitError("buyer", buyer, Bilingual("应为采购方的名称", "the name of the buyer is expected"))
    paths = [Path(source).expanduser().resolve() for source in sources]
    for path in paths:
        if not path.exists():
            raise DataError(f"找不到数据来源 {path}，请核对路径", f"there is no source {path}; check the path")
    target = Store(Path(store).expanduser().resolve())
    with target.writing():
        log = IssueLog()
        cache = ParsedFiles(target.path / "parsed")
        inputs = sorted(_inputs(paths, target, cache, add, buyer, log, tell), key=lambda input_file: input_file.path)
        _tell_apart(inputs)
        for source in inputs:
            log.extend(source.parsed.log)
        tables = _rows(inputs, [source.parsed.file.tables for source in inputs])
        if not tables:
            raise NothingLoadedError(log)
        if buyer is not None and not _buys(tables, buyer):
            log.add("buyer_unused", buyer=buyer)
        return _write(target, cache, inputs, tables, log, replace, tell)


def _buys(rows: Mapping[str, TableRows], buyer: str) -> bool:
    """Tell whether anybody of this name buys in a list that was read."""
    names = rows["supplies"]["buyer"].unique().to_pylist() if "supplies" in rows else []
    return normal_form(buyer) in map(normal_form, filter(None, names))


def _inputs(
    paths: Sequence[Path],
    store: Store,
    cache: ParsedFiles,
    add: bool,
    buyer: str | None,
    log: IssueLog,
    tell: LoadProgress,
) -> list[LoadedSource]:
    files: dict[str, SourceFile] = {}
    with TemporaryDirectory(prefix="verdigraph-") as place:
        for path in paths:
            opened = unpacked(source_files(path, log, but=store.path), Path(place), log)
            lists = [file for file in opened if file.path.name != DECISIONS]
            files |= {file.full: replaced(file, buyer=buyer) for file in [*lists, *decision_files(path)]}
        order = sorted(files)
        parsed = parse_files([files[name] for name in order], cache, lambda done, total: tell("读取文件", done, total))
    read = [LoadedSource(name, cached) for name, cached in zip(order, parsed, strict=True)]
    return [*read, *_kept(paths, store, cache)] if add else read


def _kept(paths: Sequence[Path], store: Store, cache: ParsedFiles) -> list[LoadedSource]:
    """Return the sources of the store that lie under none of the given paths."""
    if store.current() is None:
        return []
    earlier = []
    for source in sources_of(store):
        again = any(PurePosixPath(source["path"]).is_relative_to(shown_path(path)) for path in paths)
        if again or source["key"] == "":  # Without a key it was never opened.
            continue
        parsed = cache.kept(source["key"]) if source["key"] else None
        if parsed is None:
            raise DataError(
                f"数据仓里缺少已读入的 {source['path']}，请连同它一起重新 load",
                f"the store has lost what it read from {source['path']}; load it again together with the rest",
            )
        earlier.append(LoadedSource(source["path"], parsed))
    return earlier


def _tell_apart(inputs: Sequence[LoadedSource]) -> None:
    """Give files of the same name, from several folders, as much of their path as tells them apart."""
    names = Counter(source.parsed.file.path for source in inputs)
    ends = [f"/{source.path}" for source in inputs]
    for source in inputs:
        if names[source.parsed.file.path] > 1:
            parts = Path(source.path).parts
            tails = ("/".join(parts[first:]) for first in range(len(parts) - 1, -1, -1))
            name = next((tail for tail in tails if sum(end.endswith(f"/{tail}") for end in ends) == 1), source.path)
            source.parsed.file.path = name
            for group in source.parsed.log.groups():
                group.file = name


def _rows(inputs: Sequence[LoadedSource], tables: Sequence[Mapping[str, pa.Table]]) -> dict[str, TableRows]:
    """Join rows of all inputs table by table; `tables` are those of each input."""
    names = [source.parsed.file.path for source in inputs]
    joined = {}
    for table in RECORDS:
        parts = [
            (number, of_source[table])
            for number, of_source in enumerate(tables)
            if table in of_source and of_source[table].num_rows
        ]
        if parts:
            joined[table] = TableRows.of(table, parts, names)
    return joined


def _write(
    store: Store,
    cache: ParsedFiles,
    inputs: Sequence[LoadedSource],
    rows: dict[str, TableRows],
    log: IssueLog,
    replace: bool,
    tell: LoadProgress,
) -> LoadSummary:
    regions = jiangsu()
    tell("归并单位", 0, 3)
    places = row_places(rows, regions, log)
    decisions = [decision for source in inputs for decision in source.parsed.decisions]
    resolved = resolve(rows, places, decisions, log)
    tell("合并事实", 1, 3)
    built = build(resolved, places, regions, log, _rows(inputs, [source.parsed.file.unread for source in inputs]))
    if not built.loaded:
        raise NothingLoadedError(log)
    before = _readable(store)
    if before is not None and not replace:
        refuse_to_lose(sources_of(store, before), inputs, log)
        _refuse_to_empty(store.manifest(before), built)
    gained = _gained_codes(store, before, built)
    counts = table_counts(inputs, rows, built)
    tell("写入快照", 2, 3)
    snapshot = store.write(built.tables, built.origins, _about(inputs, counts), _places(inputs))
    cache.forget(source.parsed.key for source in inputs)
    units = [NODE_KINDS[kind.value] for kind in UNIT_KINDS]
    near = [pair for kind in units for pair in proposals(kind.zh, built.tables[kind.table], regions)]
    tell("完成", 3, 3)
    facts = {table: built.tables[table].num_rows for table in RECORDS}
    lines, left_out = source_lines(inputs, counts), sources_left_out(inputs)
    return LoadSummary(snapshot, snapshot != before, counts, facts, log, near, gained, lines, left_out)


def _readable(store: Store) -> str | None:
    """Return the id of the current snapshot; None where there is none, or none that this program can read whole."""
    try:
        current = store.current()
        whole = current is not None and store.loading(current) and not store.damage(current)
        return current if whole else None
    except StoreError:
        return None  # Damaged, or of another version: to load again is the cure, and must not fail for want of it.


def _refuse_to_empty(manifest: dict[str, Any], built: Built) -> None:
    emptied = [
        record.title
        for table, record in RECORDS.items()
        if manifest["tables"][table]["rows"] and not built.tables[table].num_rows
    ]
    if emptied:
        raise DataError(
            f"这次载入会清空原有的表：{'、'.join(emptied)}；如确要清空，请加 --replace；如只是补充，请用 --add",
            f"this load would empty tables that had rows ({', '.join(emptied)}); use --replace to do so, --add to keep them",
        )


def _about(inputs: Sequence[LoadedSource], counts: Sequence[TableCount]) -> dict[str, Any]:
    """Return what the manifest says of the sources: their content and what became of it, nothing of this machine."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        program = version("verdigraph")
    except PackageNotFoundError:  # A checkout that was not installed.
        program = "checkout"
    by_source: dict[str, dict[str, dict[str, int]]] = {}
    for count in counts:
        tables = by_source.setdefault(count.source, {})
        if count.table is not None:
            tables[count.table] = {
                name: getattr(count, name) for name in ("read", "loaded", "merged", "rejected", "titles")
            }
    sources = [
        {
            "name": source.parsed.file.path,
            "sha256": source.parsed.file.sha256,
            "tables": by_source.get(source.parsed.file.path, {}),
        }
        for source in inputs
    ]
    return {"program": f"verdigraph {program}", "sources": sources}


def _places(inputs: Sequence[LoadedSource]) -> list[dict[str, str]]:
    """Return where this machine has the sources, and where their parsed files are kept."""
    return [{"name": source.parsed.file.path, "path": source.path, "key": source.parsed.key} for source in inputs]


def _gained_codes(store: Store, before: str | None, built: Built) -> list[GainedCode]:
    """Return the units that the store knew by name only and that have a code now."""
    if before is None:
        return []
    graph = store.graph()
    names = built.tables["names"]
    normals = {normal: row for row, normal in enumerate(names.column("normal").to_pylist())}
    gained = []
    for table, column in (("enterprises", "enterprise"), ("agencies", "agency")):
        now: pa.Table = built.tables[table]
        ids = now.column("id").to_pylist()
        for old in set(graph[table].texts("id").to_pylist()) - set(ids):
            row = normals.get(old.removeprefix("name:"), -1) if old.startswith("name:") else -1
            unit = names.column(column)[row].as_py() if row >= 0 else None
            if unit is not None and ids[unit].startswith("uscc:"):
                gained.append(GainedCode(old, ids[unit], now.column("name")[unit].as_py()))
    return sorted(gained)


def _silent(stage: str, done: int, total: int) -> None:
    """Say nothing."""
