"""The graph, or a part of it, as a NetworkX graph: for what people look at. No answer is computed on it.

What may be a node or an edge stands in `kinds`; nothing here names a kind. A part is found on the integer vectors of the
tables first, and only what is kept becomes Python objects.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import networkx as nx
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from graph_model.bilingual import Bilingual
from graph_model.column_types import CATEGORY, MONEY, TIER
from graph_model.errors import DoesNotFitError, UnknownNameError
from graph_model.kinds import EDGE_KINDS, NODE_KINDS, ROW, EdgeKind, NodeKind
from graph_model.schema import TABLES
from graph_model.tiers import CATEGORIES, Tier

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from graph_model.columns import Columns
    from graph_model.graph_tables import GraphTables

    Kept = Mapping[str, NDArray[np.bool_]]
    """Per node kind and row whether it is kept; one entry more, for the row -1 that stands for nobody."""

Drawn: TypeAlias = "nx.MultiDiGraph[str]"
"""The graph as NetworkX has it."""

FEN: Final = 1_000_000
"""分 in one 万元."""
_OURS: Final = ("kind", "label")
"""Attributes of our own that a column must not take the place of."""
_TIER_IDS: Final = [tier.id if tier else None for tier in Tier]
_CATEGORY_IDS: Final = [category.value for category in CATEGORIES]


def to_networkx(
    graph: GraphTables,
    kinds: Iterable[str] | None = None,
    around: Iterable[str | tuple[str, int]] | None = None,
    hops: int = 1,
) -> Drawn:
    """Return the graph as a directed multigraph: the whole of it, some kinds of nodes, or what lies around some nodes.

    `kinds` are names of `kinds.NODE_KINDS`; None is all of them. `around` holds node ids (`uscc:…`, `name:…`, `park:…`,
    `listing:12`) or pairs of kind and row; kept is what lies within `hops` edges of them, followed in either direction
    through nodes of `kinds`. The nodes named in `around` are always kept, and so is every edge between kept nodes.

    A unit has its id as node; where an agency has the id of an enterprise too, the agency is `agency:<id>`. Other nodes are
    `<kind>:<row>`. Every node has `kind`, `label` (Chinese word of the kind) and `name`, and the columns of its table that
    are known, as Python values: days as ISO text (no writer of NetworkX, no picture, no JSON knows dates), money in 万元,
    categories and tiers by id, regions by code. A column of a name taken is prefixed (`incident_kind`). Columns that refer
    to units are edges. An edge has `kind`, `label`, and what it carries; its key is `<kind>:<row>`. Nothing is unknown and
    present: what is not known is absent.

    Raises UsageError for a kind or node that does not exist and for hops below 0.
    """
    allowed = _allowed(kinds)
    if around is None:
        shown: Kept = {name: _mask(graph, kind, name in allowed) for name, kind in NODE_KINDS.items()}
    else:
        shown = _within(graph, [around] if isinstance(around, str) else around, hops, allowed)
    ids = {name: dict(_nodes_of(graph, kind, _rows(shown[name]))) for name, kind in NODE_KINDS.items()}
    drawn: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for name, kind in NODE_KINDS.items():
        rows = _rows(shown[name])
        drawn.add_nodes_from(zip(ids[name].values(), _about_nodes(graph[kind.table], kind, rows), strict=True))
    for edge in EDGE_KINDS:
        keyed: Iterable[Any] = _edges(graph, edge, shown, ids)  # The stubs know no edges with keys.
        drawn.add_edges_from(keyed)
    return drawn


def _allowed(kinds: Iterable[str] | None) -> set[str]:
    asked = set(NODE_KINDS) if kinds is None else set(kinds)
    for kind in sorted(asked - set(NODE_KINDS)):
        raise UnknownNameError(Bilingual("节点种类", "node kind"), kind, NODE_KINDS)
    return asked


def _mask(graph: GraphTables, kind: NodeKind, everything: bool = False) -> NDArray[np.bool_]:
    mask = np.full(len(graph[kind.table]) + 1, everything)
    mask[-1] = False
    return mask


def _rows(mask: NDArray[np.bool_]) -> NDArray[np.intp]:
    return np.flatnonzero(mask)


def _within(graph: GraphTables, around: Iterable[str | tuple[str, int]], hops: int, allowed: set[str]) -> Kept:
    """Return the nodes at most `hops` edges away from `around`, walking through allowed kinds only."""
    if hops < 0:
        raise DoesNotFitError("hops", hops, Bilingual("不能小于 0", "at least 0 is expected"))
    inside = {name: _mask(graph, kind) for name, kind in NODE_KINDS.items()}
    for node in around:
        for name, row in _found(graph, node):
            inside[name][row] = True
    frontier: Kept = inside
    for _ in range(hops):
        reached = _step(graph, frontier, allowed)
        frontier = {name: reached[name] & ~inside[name] for name in inside}
        if not any(mask.any() for mask in frontier.values()):
            break
        inside = {name: inside[name] | frontier[name] for name in inside}
    return inside


def _step(graph: GraphTables, frontier: Kept, allowed: set[str]) -> Kept:
    """Return whatever is one edge away from the frontier, in either direction."""
    reached = {name: np.zeros_like(mask) for name, mask in frontier.items()}
    for edge in EDGE_KINDS:
        sources, targets = _ends(graph[edge.table], edge)
        for near, near_rows, far, far_rows in (
            (edge.source, sources, edge.target, targets),
            (edge.target, targets, edge.source, sources),
        ):
            if far in allowed and frontier[near].any():
                reached[far][far_rows[frontier[near][near_rows]]] = True
    for mask in reached.values():
        mask[-1] = False
    return reached


def _ends(table: Columns, edge: EdgeKind) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return source and target rows of every row of the edge's table, -1 where there is none."""
    own = np.arange(len(table))
    source = own if edge.source_column == ROW else table[edge.source_column]
    return source, own if edge.target_column == ROW else table[edge.target_column]


def _found(graph: GraphTables, node: str | tuple[str, int]) -> list[tuple[str, int]]:
    """Return the nodes that an id, a code, a name or a pair means; what is an enterprise's and an agency's means both."""
    name, _, rest = node.partition(":") if isinstance(node, str) else (node[0], "", str(node[1]))
    if name in NODE_KINDS and rest.isascii() and rest.isdigit() and int(rest) < len(graph[NODE_KINDS[name].table]):
        return [(name, int(rest))]
    units = (
        []
        if not isinstance(node, str)
        else [
            (kind.name, row)
            for kind in filter(_has_ids, NODE_KINDS.values())
            if (row := graph.row_of(node.removeprefix(f"{kind.name}:"), kind.table)) >= 0
        ]
    )
    if not units:
        raise UnknownNameError(Bilingual("节点", "node"), str(node), ())
    return units


def _has_ids(kind: NodeKind) -> bool:
    return "id" in TABLES[kind.table]


def _nodes_of(graph: GraphTables, kind: NodeKind, rows: NDArray[np.intp]) -> Iterator[tuple[int, str]]:
    """Yield the node of each row: the id of a unit, else kind and row."""
    if not _has_ids(kind):
        yield from ((row, f"{kind.name}:{row}") for row in rows.tolist())
        return
    ids = graph[kind.table].texts("id", rows)
    taken = np.zeros(len(ids), dtype=bool)
    for unit_kind in NODE_KINDS.values():
        if unit_kind is kind:
            break
        if _has_ids(unit_kind):
            taken |= pc.is_in(ids, graph[unit_kind.table].texts("id")).to_numpy(zero_copy_only=False)
    for row, id, is_taken in zip(rows.tolist(), ids.to_pylist(), taken.tolist(), strict=True):
        yield row, f"{kind.name}:{id}" if is_taken else id


def _about_nodes(table: Columns, kind: NodeKind, rows: NDArray[np.intp]) -> Iterator[dict[str, Any]]:
    columns = [name for name, holds in TABLES[kind.table].items() if holds.refers_to is None]
    names = [f"{kind.name}_{column}" if column in _OURS else column for column in columns]
    shown = columns.index(kind.shown_by)
    for values in _values(table, columns, rows):
        about = {name: value for name, value in zip(names, values, strict=True) if value is not None}
        name = kind.zh if values[shown] is None else str(values[shown])
        yield about | {"kind": kind.name, "label": kind.zh, "name": name}


def _edges(
    graph: GraphTables, edge: EdgeKind, shown: Kept, ids: Mapping[str, Mapping[int, str]]
) -> Iterator[tuple[str, str, str, dict[str, Any]]]:
    """Yield every edge of a kind between kept nodes: source, target, key, what is known of it."""
    if not shown[edge.source].any() or not shown[edge.target].any():
        return
    table = graph[edge.table]
    sources, targets = _ends(table, edge)
    rows = np.flatnonzero(shown[edge.source][sources] & shown[edge.target][targets])
    ends = zip(rows.tolist(), sources[rows].tolist(), targets[rows].tolist(), strict=True)
    for (row, source, target), values in zip(ends, _values(table, edge.carries, rows), strict=True):
        about = {name: value for name, value in zip(edge.carries, values, strict=True) if value is not None}
        about |= {"kind": edge.name, "label": edge.zh}
        yield ids[edge.source][source], ids[edge.target][target], f"{edge.name}:{row}", about


def _values(table: Columns, columns: Iterable[str], rows: NDArray[np.intp]) -> Iterator[tuple[Any, ...]]:
    """Yield the values of some columns row by row, as Python values; null is None."""
    lists = [_python(table, column, rows) for column in columns]
    return zip(*lists, strict=True) if lists else iter([()] * len(rows))


def _python(table: Columns, column: str, rows: NDArray[np.intp]) -> list[Any]:
    holds = TABLES[table.name][column]
    values: list[Any] = table.column(column).take(rows).to_pylist()
    if holds == TIER:
        return [None if value is None else _TIER_IDS[value] for value in values]
    if holds == CATEGORY:
        return [None if value is None else _CATEGORY_IDS[value] for value in values]
    if holds == MONEY:
        return [None if value is None else value / FEN for value in values]
    if pa.types.is_date32(holds.arrow):
        return [None if value is None else value.isoformat() for value in values]
    return values
