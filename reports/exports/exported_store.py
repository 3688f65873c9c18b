"""What is exported: a graph, where its facts come from, the language of its words, and for whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graph_model.graph_tables import GraphTables
    from graph_model.store import Store
    from queries.eligibility.evidence import FactOrigins


@dataclass(frozen=True)
class ExportedStore:
    """A store, or the part of it that somebody may have."""

    graph: GraphTables
    origins: FactOrigins
    lang: str
    made_for: str
    store: Store | None
    """Where it lies on disk, of a whole snapshot; None for a part."""
