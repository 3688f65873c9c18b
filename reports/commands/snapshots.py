"""`verdigraph snapshots` and `gc`: which snapshots a store holds, the way back to one, and which may go."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from rich import box
from rich.table import Table

from graph_model.errors import EmptyStoreError, StoreError
from graph_model.records import RECORDS
from graph_model.store import Store
from reports.terminal import either, page, say

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

HEADS = {
    "zh": ("", "编号", "载入时间", "来源", "事实", "与前一个相比"),
    "en": ("", "id", "loaded", "sources", "facts", "compared with the one before"),
}
RIGHT = (3, 4)


def list_snapshots(path: Path, lang: str) -> None:
    """Print a line a snapshot, the newest first; the current one is marked."""
    store = Store(path)
    ids = store.snapshots()
    if not ids:
        raise EmptyStoreError(path)
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0))
    for at, head in enumerate(HEADS[lang]):
        table.add_column(head, justify="right" if at in RIGHT else "left", overflow="fold", no_wrap=at != 5)
    manifests = {id: _manifest(store, id) for id in ids}
    current = store.current()
    for id, before in zip(ids, [*ids[1:], None], strict=True):
        earlier = manifests[before] if before else None
        mark = "*" if id == current else ""
        table.add_row(mark, id, _loaded_at(store, id), *_content(manifests[id]), _changed(manifests[id], earlier, lang))
    page().print(table)
    say(either(lang, "* 是当前快照，回答以它为准。", "* is the current snapshot, which answers come from."))


def use_snapshot(path: Path, given: str, lang: str) -> None:
    """Go back to a snapshot."""
    store = Store(path)
    id = store.find(given)
    with store.writing():
        store.use(id)
    say(either(lang, f"当前快照改为 {id}", f"the current snapshot is now {id}"))


def forget_snapshots(path: Path, keep: int, lang: str) -> None:
    """Take away all but the newest snapshots and say which went."""
    store = Store(path)
    if store.current() is None:
        raise EmptyStoreError(path)
    with store.writing():
        gone = store.keep_newest(keep)
    stay = len(store.snapshots())
    say(
        either(
            lang,
            f"清理了 {len(gone)} 个快照{'：' if gone else ''}{'、'.join(gone)}；还有 {stay} 个",
            f"took away {len(gone)} snapshots{': ' if gone else ''}{', '.join(gone)}; {stay} are left",
        )
    )


def _manifest(store: Store, id: str) -> Mapping[str, Any] | None:
    """Return the manifest of a snapshot, None where it is damaged or of another version: it is listed all the same."""
    try:
        return store.manifest(id)
    except StoreError:
        return None


def _loaded_at(store: Store, id: str) -> str:
    try:
        moment = datetime.fromisoformat(store.loading(id)["loaded_at"])
    except StoreError:
        return "—"
    return moment.astimezone().strftime("%Y-%m-%d %H:%M:%S")


def _content(manifest: Mapping[str, Any] | None) -> tuple[str, str]:
    if manifest is None:
        return "—", "—"
    return f"{len(manifest['sources']):,}", f"{sum(_rows(manifest, table) for table in RECORDS):,}"


def _changed(manifest: Mapping[str, Any] | None, before: Mapping[str, Any] | None, lang: str) -> str:
    """Return what changed since the snapshot before: rows of every table that has more or fewer, and sources come and gone."""
    if manifest is None:
        return either(lang, "已损坏或由另一版本写成", "damaged, or of another version")
    if before is None:
        return ""
    parts = []
    for table, record in RECORDS.items():
        difference = _rows(manifest, table) - _rows(before, table)
        if difference:
            parts.append(f"{record.title if lang == 'zh' else table} {difference:+,}")
    now, then = ({source["name"]: source["sha256"] for source in of["sources"]} for of in (manifest, before))
    for zh, en, names in (
        ("新来源", "new source", now.keys() - then.keys()),
        ("少了来源", "source gone", then.keys() - now.keys()),
        ("来源有改动", "source changed", {name for name in now.keys() & then.keys() if now[name] != then[name]}),
    ):
        parts += [f"{either(lang, zh, en)} {name}" for name in sorted(names)]
    return either(lang, "；", "; ").join(parts)


def _rows(manifest: Mapping[str, Any], table: str) -> int:
    return int(manifest["tables"][table]["rows"])
