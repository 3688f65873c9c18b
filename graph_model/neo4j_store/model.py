"""How a table of the graph stands on the server: as nodes with relationships, or as relationships alone.

Names of labels and relationships come from `kinds` and from the few declared here; nothing else ever becomes part of a
statement. Every node and relationship carries `id` and `row` (its row number, so that order survives), and its known columns:
dates as dates, tiers as 1 to 4, categories by id, regions by code, money in 分 (1e-6 万元).

A database may hold other people's data, or the graphs of several offices. So every node of ours has the label `Verdigraph`
beside its own and every node and relationship the property `verdigraph`, the name of the graph it belongs to; every statement
is confined to one such name, and nothing without it is ever read, changed or deleted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from graph_model.kinds import EDGE_KINDS, NODE_KINDS, ROW, UNIT_KINDS, UNIT_TABLES, EdgeKind, NodeKind
from graph_model.schema import TABLES

NAME: Final = NodeKind("name", "名称", "Name", "names", "normal")
"""A normal form of a name, and by MEANS the one unit of each kind that it means."""

UNREAD: Final = NodeKind("unread_row", "未载入的行", "UnreadRow", "unread_rows", "of")
"""A row of a list that was left out, and by MAY_BE_IN the unit of which it may still hold."""

NODES: dict[str, NodeKind] = {kind.table: kind for kind in (*NODE_KINDS.values(), NAME, UNREAD)}
"""The tables whose rows are nodes."""

_MEANS: Final = tuple(
    EdgeKind("means", "指", "MEANS", "name", kind.value, "names", ROW, kind.value) for kind in UNIT_KINDS
)
_MAY_BE_IN: Final = tuple(
    EdgeKind("may_be_in", "可能在", "MAY_BE_IN", kind.value, "unread_row", "unread_rows", kind.value, ROW)
    for kind in UNIT_KINDS[:2]
)
EDGES: tuple[EdgeKind, ...] = (*EDGE_KINDS, *_MEANS, *_MAY_BE_IN)

LEADER, SUPPLIER, GREEN = "Leader", "Supplier", "GreenFactory"
MARKS: dict[str, tuple[str, ...]] = {"enterprises": (LEADER, SUPPLIER, GREEN)}
"""Further labels of a unit, to browse by: whoever leads a chain, supplies somebody, or is on a factory list at any time."""

PLACES: Final = {1: "Province", 2: "City", 3: "County"}
"""Label of a region by its level; a unit is LOCATED_IN the finest that is known, a region PART_OF the next."""

OURS: Final = "Verdigraph"
"""The label of everything that a push wrote."""
OWN: Final = "verdigraph: $graph"
"""Confines a pattern to the graph that is meant; `graph` is a parameter of every statement (`Connection`)."""

STAMP: Final = "Snapshot"
PART: Final = "SnapshotPart"


@dataclass(frozen=True)
class End:
    """One end of a relationship that a node of a table has: the column that says who stands there."""

    column: str
    cypher: str
    label: str
    outgoing: bool
    """Whether the relationship runs from the row's own node to the other."""


def label(kind: str) -> str:
    """Return the label of a node kind."""
    ours = {NAME.name: NAME, UNREAD.name: UNREAD}
    return (ours[kind] if kind in ours else NODE_KINDS[kind]).label


def ends(table: str) -> tuple[End, ...]:
    """Return the relationships of a table whose rows are nodes."""
    relationships = []
    for edge in EDGES:
        if edge.table == table and edge.source_column == ROW:
            relationships.append(End(edge.target_column, edge.cypher, label(edge.target), outgoing=True))
        elif edge.table == table and edge.target_column == ROW:
            relationships.append(End(edge.source_column, edge.cypher, label(edge.source), outgoing=False))
    return tuple(relationships)


LINKS: dict[str, EdgeKind] = {edge.table: edge for edge in EDGES if ROW not in (edge.source_column, edge.target_column)}
"""The tables whose rows are relationships: tenancies and supplies."""

FACTS: Final = frozenset(NODES) - frozenset(UNIT_TABLES)
UNITS_FIRST: Final = (*UNIT_TABLES, *(table for table in NODES if table not in UNIT_TABLES))


def in_order() -> tuple[str, ...]:
    """Return every table, each after those that it refers to: listings rest on reports."""
    last = [table for table in UNITS_FIRST if any(holds.refers_to in FACTS for holds in TABLES[table].values())]
    return (*(table for table in UNITS_FIRST if table not in last), *last, *LINKS)


def constraints() -> list[str]:
    """Return the statements that make ids unique and give the questions their indexes. Safe to run again."""
    unique = [
        f"CREATE CONSTRAINT verdigraph_{name.lower()} IF NOT EXISTS FOR (n:{name}) REQUIRE (n.verdigraph, n.id) IS UNIQUE"
        for name in (*(kind.label for kind in NODES.values()), STAMP, PART)
    ]
    links = [
        f"CREATE CONSTRAINT verdigraph_{edge.cypher.lower()} IF NOT EXISTS FOR ()-[r:{edge.cypher}]-() "
        "REQUIRE (r.verdigraph, r.id) IS UNIQUE"
        for edge in LINKS.values()
    ]
    places = [
        f"CREATE CONSTRAINT verdigraph_{name.lower()} IF NOT EXISTS FOR (n:{name}) REQUIRE (n.verdigraph, n.code) IS UNIQUE"
        for name in PLACES.values()
    ]
    indexes = [
        f"CREATE INDEX verdigraph_{name.lower()}_{column} IF NOT EXISTS FOR (n:{name}) ON (n.{column})"
        for name, column in INDEXED
    ]
    return [*unique, *links, *places, *indexes]


INDEXED: Final = (
    ("Enterprise", "name"),
    ("Park", "name"),
    ("Agency", "name"),
    ("Agency", "legal_representative"),
    ("Enterprise", "region"),
    ("Enterprise", "outside"),
    ("Park", "outside"),
    ("Name", "normal"),
    ("Report", "report_no"),
    ("Listing", "category"),
    ("Cultivation", "category"),
    ("Ban", "decided_on"),
    ("Total", "region"),
)
"""What questions start from, besides ids."""
