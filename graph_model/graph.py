"""The knowledge graph of one snapshot: its tables, and the door to one day."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from graph_model.graph_tables import GraphTables
from graph_model.kinds import UNIT_TABLES
from graph_model.view import View

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from graph_model.columns import Columns
    from graph_model.regions import Regions


class KnowledgeGraph(GraphTables):
    """Parks, enterprises, agencies and every dated fact about them: `graph.on(day)` is the graph on one day."""

    def __init__(self, tables: Mapping[str, Columns], regions: Regions, snapshot: str) -> None:
        super().__init__(tables, regions, snapshot)
        self.on = lru_cache(maxsize=8)(self._on)

    def __repr__(self) -> str:
        units = ", ".join(f"{len(self[table]):,} {table}" for table in UNIT_TABLES)
        return f"<KnowledgeGraph {self.snapshot or '—'}: {units}>"

    def _on(self, day: date) -> View:
        """Return the graph on one day; the last few days stay at hand."""
        return View(self, day)
