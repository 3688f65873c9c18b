"""The columns that open a count, from a server: as `unit_facts` gives them from a view.

What counts under D-18 is decided by the same code as in memory, over the rows that the server gave alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from graph_model.columns import Columns
from graph_model.graph import KnowledgeGraph
from graph_model.neo4j_store.tables import table_of
from graph_model.schema import TABLES
from queries.asking.fact_kinds import DAY, FLAG, MONEY, TEXT, TIER, FactKind, of_kind
from queries.eligibility.counting_kinds import counting_kinds

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from graph_model.regions import Regions
    from queries.asking.server_protocol import Row, Server

UNIT_FACTS: dict[str, FactKind] = {
    **of_kind(TEXT, "unit_id unit uscc city identity"), "green": FLAG, "highest": TIER, "since": DAY, "in_pool": FLAG,
    "incidents": TEXT, "output": MONEY,
}  # fmt: skip


def with_kinds_that_count(server: Server, rows: Sequence[Row]) -> list[Row]:
    """Return rows of units in which `incidents` are the kinds that count on the day, in words."""
    counting = kinds_that_count(rows, server.day, server.regions)
    return [{**row, "incidents": kinds} for row, kinds in zip(rows, counting, strict=True)]


def kinds_that_count(rows: Sequence[Mapping[str, Any]], day: date, regions: Regions) -> list[str | None]:
    """Return, per unit, the kinds of its `incidents` and `removals` that count on the day, joined by `+`."""
    held = {"incidents": _facts(rows, "incidents"), "listings": _facts(rows, "removals")}
    tables = {}
    for table in TABLES:
        facts = held.get(table, [])
        values = {name: [fact.get(name) for fact in facts] for name in TABLES[table]}
        tables[table] = Columns(table, table_of(table, values, len(facts)))
    view = KnowledgeGraph(tables, regions, "rows of the server").on(day)
    return counting_kinds(view, "enterprise", np.arange(len(rows)))


def _facts(rows: Sequence[Mapping[str, Any]], name: str) -> list[dict[str, Any]]:
    """Return the facts of all units, each with the number of its unit."""
    return [{**fact, "enterprise": number} for number, row in enumerate(rows) for fact in row[name]]
