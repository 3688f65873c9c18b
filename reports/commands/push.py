"""`verdigraph push`: the store's current snapshot onto a Neo4j server."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph_model.neo4j_store.connection import connected
from graph_model.neo4j_store.push import push as push_store
from graph_model.neo4j_store.settings import ServerSettings
from graph_model.store import Store
from reports.terminal import Working, either, say

if TYPE_CHECKING:
    from pathlib import Path


def push(path: Path, lang: str, *, replace: bool = False) -> None:
    """Push a store and say what was written, removed and kept."""
    settings = ServerSettings()
    with connected(settings) as connection, Working(either(lang, "正在推送", "pushing")) as working:
        done = push_store(Store(path), connection, working, replace=replace)
    say(
        either(
            lang,
            f"{settings.uri} 上现在是快照 {done.snapshot}：写入 {done.written:,} 行，删除 {done.removed:,} 行，"
            f"未变 {done.kept:,} 行",
            f"{settings.uri} now holds snapshot {done.snapshot}: {done.written:,} rows written, {done.removed:,} removed, "
            f"{done.kept:,} as they were",
        )
    )
