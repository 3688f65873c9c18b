"""`verdigraph pull`: the snapshot on a Neo4j server into a store, equal to the one that was pushed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph_model.neo4j_store.connection import connected
from graph_model.neo4j_store.pull import pull as pull_store
from graph_model.neo4j_store.settings import ServerSettings
from graph_model.store import Store
from reports.terminal import Working, either, say

if TYPE_CHECKING:
    from pathlib import Path


def pull(path: Path, lang: str) -> None:
    """Read the server's snapshot into a store and say which it is."""
    settings = ServerSettings()
    with connected(settings) as connection, Working(either(lang, "正在读回", "pulling")) as working:
        snapshot = pull_store(Store(path), connection, working)
    say(either(lang, f"快照 {snapshot} 已写入 {path}", f"snapshot {snapshot} is in {path}"))
