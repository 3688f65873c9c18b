"""What a push writes, batch by batch: statements and their rows, for what differs between a table and the server.

Names in a statement come from `model` and from the schema; every value is a parameter.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from graph_model.kinds import UNIT_TABLES
from graph_model.neo4j_store.model import LINKS, MARKS, NODES, OURS, OWN, PLACES, ends, label
from graph_model.regions import level_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from graph_model.kinds import EdgeKind
    from graph_model.neo4j_store.connection import Statement
    from graph_model.neo4j_store.rows import GraphRows

BATCH: Final = 2_000
"""Rows of one transaction."""


@dataclass(frozen=True)
class Difference:
    """Rows of one table to write, rows that only lie elsewhere in the table, and ids that are gone."""

    table: str
    write: NDArray[Any]
    moved: NDArray[Any]
    gone: list[str]


def batches(rows: GraphRows, differences: Sequence[Difference]) -> Iterator[tuple[int, list[Statement]]]:
    """Yield what is to be written: links that are gone, then every table in order, then facts and units that are gone."""
    for difference in differences:
        if difference.table in LINKS:
            yield from _removals(difference)
    for difference in differences:
        digests = rows.digests(difference.table) if difference.table in UNIT_TABLES and len(difference.write) else []
        for at in _parts(difference.write):
            yield len(at), list(_writing(rows, difference.table, at, digests))
        for at in _parts(difference.moved):
            ids = rows.ids(difference.table)
            yield len(at), [(_moving(difference.table), {"rows": [[ids[row], row] for row in at.tolist()]})]
    for difference in reversed(differences):
        if difference.table not in LINKS:
            yield from _removals(difference)


def _removals(difference: Difference) -> Iterator[tuple[int, list[Statement]]]:
    if difference.table in LINKS:
        text = f"UNWIND $ids AS id MATCH ()-[r:{LINKS[difference.table].cypher} {{{OWN}, id: id}}]->() DELETE r"
    else:
        # Relationships of somebody else at a node of ours are not ours to delete: the server then refuses the batch.
        text = (
            f"UNWIND $ids AS id MATCH (n:{NODES[difference.table].label} {{{OWN}, id: id}}) "
            f"CALL (n) {{ MATCH (n)-[r {{{OWN}}}]-() DELETE r }} WITH DISTINCT n DELETE n"
        )
    for start in range(0, len(difference.gone), BATCH):
        ids = difference.gone[start : start + BATCH]
        yield len(ids), [(text, {"ids": ids})]


def _moving(table: str) -> str:
    if table in LINKS:
        return f"UNWIND $rows AS row MATCH ()-[r:{LINKS[table].cypher} {{{OWN}, id: row[0]}}]->() SET r.row = row[1]"
    return f"UNWIND $rows AS row MATCH (n:{NODES[table].label} {{{OWN}, id: row[0]}}) SET n.row = row[1]"


def _writing(rows: GraphRows, table: str, at: NDArray[Any], digests: list[str]) -> Iterator[Statement]:
    """Yield the statements that write rows of a table: nodes, then their relationships; or relationships between units."""
    batch = rows.batch(table, at)
    if table in LINKS:
        triples = zip(batch.refs["source"], batch.refs["target"], batch.rows, strict=True)
        yield _linking(LINKS[table], batch.names), {"rows": [(source, target, *row) for source, target, row in triples]}
        return
    names, values = batch.names, batch.rows
    if digests:
        names = (*names, "digest")
        values = [(*row, digests[row[1]]) for row in values]
    kind = NODES[table].label
    merge = f"MERGE (n:{kind}:{OURS} {{{OWN}, id: row[0]}})"
    yield f"UNWIND $rows AS row {merge} SET {_set('n', names, 0)}", {"rows": values}
    for end in ends(table):
        pairs = [
            (row[0], unit_id)
            for row, unit_id in zip(values, batch.refs[end.column], strict=True)
            if unit_id is not None
        ]
        edge = f"[:{end.cypher} {{{OWN}}}]"
        arrow = f"(n)-{edge}->(other)" if end.outgoing else f"(n)<-{edge}-(other)"
        match = f"MATCH (n:{kind} {{{OWN}, id: pair[0]}}) MATCH (other:{end.label} {{{OWN}, id: pair[1]}})"
        if pairs:
            yield f"UNWIND $pairs AS pair {match} MERGE {arrow}", {"pairs": pairs}
    if table in UNIT_TABLES:
        yield from _marking(rows, table, at, kind)
        yield from _locating(rows, table, at, kind)


def _set(variable: str, names: Sequence[str], offset: int) -> str:
    """Return assignments of a row's values to the properties of the schema; a null takes the property away."""
    return ", ".join(f"{variable}.{name} = row[{place}]" for place, name in enumerate(names, offset))


def _linking(edge: EdgeKind, names: Sequence[str]) -> str:
    return (
        f"UNWIND $rows AS row MATCH (a:{label(edge.source)} {{{OWN}, id: row[0]}}) "
        f"MATCH (b:{label(edge.target)} {{{OWN}, id: row[1]}}) "
        f"CREATE (a)-[r:{edge.cypher} {{{OWN}}}]->(b) SET {_set('r', names, 2)}"
    )


def _marking(rows: GraphRows, table: str, at: NDArray[Any], kind: str) -> Iterator[Statement]:
    ids = rows.ids(table)
    marks = rows.marks(table)
    for mark in MARKS.get(table, ()):
        values = [[ids[row], bool(marks[mark][row])] for row in at.tolist()]
        for wanted, change in ((True, "SET"), (False, "REMOVE")):
            named = [id for id, marked in values if marked is wanted]
            if named:
                yield f"UNWIND $ids AS id MATCH (n:{kind} {{{OWN}, id: id}}) {change} n:{mark}", {"ids": named}


def _locating(rows: GraphRows, table: str, at: NDArray[Any], kind: str) -> Iterator[Statement]:
    ids = rows.ids(table)
    yield (
        f"UNWIND $ids AS id MATCH (n:{kind} {{{OWN}, id: id}})-[r:LOCATED_IN {{{OWN}}}]->() DELETE r",
        {"ids": [ids[row] for row in at.tolist()]},
    )
    codes = list(zip(at.tolist(), rows.places(table, at), strict=True))
    for level, place in PLACES.items():
        pairs = [[ids[row], code] for row, code in codes if level_of(code) == level]
        match = f"MATCH (n:{kind} {{{OWN}, id: pair[0]}}) MATCH (p:{place} {{{OWN}, code: pair[1]}})"
        if pairs:
            yield f"UNWIND $pairs AS pair {match} CREATE (n)-[:LOCATED_IN {{{OWN}}}]->(p)", {"pairs": pairs}


def _parts(at: NDArray[Any]) -> Iterator[NDArray[Any]]:
    for start in range(0, len(at), BATCH):
        yield at[start : start + BATCH]
