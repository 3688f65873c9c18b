"""The graph as it would be: the tables with what might happen written into them, as a load of changed lists would. SPEC 9.3."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from graph_model.columns import Columns
from graph_model.days import OPEN, number
from graph_model.graph import KnowledgeGraph
from graph_model.schema import TABLES, arrow_schema
from graph_model.tiers import CATEGORIES, Category

if TYPE_CHECKING:
    from datetime import date

    from numpy.typing import NDArray

    from graph_model.graph_tables import GraphTables
    from graph_model.view import View
    from queries.planning.acts import Act

Row = Mapping[str, object]
FACTORY: Final = CATEGORIES.index(Category.FACTORY)


class _ChangedTables:
    """Tables being changed: rows are appended, ends are written; row numbers of what was there stay but in `supplies`."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.tables: dict[str, pa.Table] = {}
        """Those that some act has touched; nobody copies the others."""

    def add(self, table: str, row: Row) -> None:
        """Append a row; what it does not say is null."""
        schema = arrow_schema(table)
        columns = [pa.array([row.get(field.name)], field.type) for field in schema]
        self.tables[table] = pa.concat_tables([self._table(table), pa.table(columns, schema=schema)])

    def write(self, table: str, column: str, rows: NDArray[Any], value: object) -> None:
        """Write a value into some rows of a column."""
        if not len(rows):
            return
        before = self._table(table)
        written = np.zeros(len(before), dtype=bool)
        written[rows] = True
        kind = arrow_schema(table).field(column).type
        values = pc.if_else(pa.array(written), pa.scalar(value, kind), before[column].cast(kind))
        self.tables[table] = before.set_column(before.schema.get_field_index(column), column, values)

    def known_from(self, table: str, row: int, day: date) -> None:
        """Put a unit on record from a day on, if it was not before."""
        if row >= 0 and number(day) < int(self.view.graph[table]["first_day"][row]):
            self.write(table, "first_day", np.array([row]), day)

    def _table(self, name: str) -> pa.Table:
        if name not in self.tables:
            self.tables[name] = self.view.graph[name].arrow()
        return self.tables[name]


def changed_graph(view: View, acts: Sequence[Act]) -> KnowledgeGraph:
    """Return a graph with the acts written into its tables; bans are none of them: they strike, and write nothing."""
    tables = _ChangedTables(view)
    for act in acts:
        _WRITERS[act.kind](tables, act)
        tables.known_from("enterprises", act.enterprise, act.day)
        tables.known_from("parks", act.park, act.day)
        if act.kind == "supplies":
            tables.known_from("enterprises", act.other, act.day)
    return _graph(view.graph, tables.tables)


def _graph(graph: GraphTables, changed: Mapping[str, pa.Table]) -> KnowledgeGraph:
    tables = {name: Columns(name, table) for name, table in changed.items()}
    if "supplies" in changed:
        # Links of a buyer stand together: the adjacency is built on that order.
        order = [("buyer", "ascending"), ("supplier", "ascending")]
        tables["supplies"] = Columns("supplies", changed["supplies"].sort_by(order))
    return KnowledgeGraph({name: tables.get(name, graph[name]) for name in TABLES}, graph.regions, graph.snapshot)


def _list(tables: _ChangedTables, act: Act) -> None:
    listing = {"enterprise": act.enterprise, "category": FACTORY, "tier": int(act.tier), "published_on": act.day}
    tables.add("listings", {**listing, "batch": str(act.day.year)})


def _strike(tables: _ChangedTables, act: Act) -> None:
    """End every active factory listing of the unit, also one of which it was unknown whether it still held."""
    view, listings = tables.view, tables.view.graph["listings"]
    begun = (listings["published_on"] <= view.facts.number) & (view.facts.number < listings["removed_on"])
    rows = np.flatnonzero(begun & (listings["enterprise"] == act.enterprise) & (listings["category"] == FACTORY))
    tables.write("listings", "removed_on", rows, act.day)
    tables.write("listings", "end_unknown", rows, False)


def _join(tables: _ChangedTables, act: Act) -> None:
    tables.add("tenancies", {"enterprise": act.enterprise, "park": act.park, "start": act.day})


def _leave(tables: _ChangedTables, act: Act) -> None:
    """End every tenancy of the unit in the park that is still open on the day."""
    view, tenancies = tables.view, tables.view.graph["tenancies"]
    now = (tenancies["start"] <= view.facts.number) & (view.facts.number < tenancies["end"])
    rows = np.flatnonzero(now & (tenancies["enterprise"] == act.enterprise) & (tenancies["park"] == act.park))
    tables.write("tenancies", "end", rows, act.day)
    tables.write("tenancies", "end_unknown", rows, False)


def _supplies(tables: _ChangedTables, act: Act) -> None:
    tables.add("supplies", {"buyer": act.enterprise, "supplier": act.other, "start": act.day})


def _ban(_tables: _ChangedTables, _act: Act) -> None:
    """Write nothing: what a ban puts under review is struck from the view."""


def _incident(tables: _ChangedTables, act: Act) -> None:
    tables.add("incidents", {**_unit(act), "kind": act.word, "occurred_on": act.day})


def _heal(tables: _ChangedTables, act: Act) -> None:
    """End every incident of the kind that is still open on the day."""
    incidents = tables.view.graph["incidents"]
    codes, vocabulary = incidents.words("kind")
    kinds = np.array([word == act.word for word in vocabulary] + [False])[codes]
    ((unit, row),) = _unit(act).items()
    rows = np.flatnonzero(kinds & (incidents[unit] == row) & (incidents["ended_on"] == OPEN))
    tables.write("incidents", "ended_on", rows, act.day)


def _unit(act: Act) -> dict[str, int]:
    return {"enterprise": act.enterprise} if act.enterprise >= 0 else {"park": act.park}


_WRITERS: Final[dict[str, Callable[[_ChangedTables, Act], None]]] = {
    "list": _list,
    "strike": _strike,
    "join": _join,
    "leave": _leave,
    "supplies": _supplies,
    "ban": _ban,
    "incident": _incident,
    "heal": _heal,
}
