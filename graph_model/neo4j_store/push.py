"""Push: make the server's graph equal to a snapshot. Pushing twice changes nothing; what is gone is removed.

Every table is compared by ids first, so a push writes only what differs, and one that was cut short goes on where it stopped.
From the first batch to the last the stamp says "half"; each batch is one transaction.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from secrets import token_hex
from typing import TYPE_CHECKING, Any, Final, Protocol

import numpy as np

from graph_model.kinds import UNIT_TABLES
from graph_model.neo4j_store.batches import Difference, batches
from graph_model.neo4j_store.connection import ServerError
from graph_model.neo4j_store.model import LINKS, NODES, OURS, OWN, PART, PLACES, constraints, in_order
from graph_model.neo4j_store.rows import GraphRows
from graph_model.neo4j_store.stamp import Writer, read_stamp
from graph_model.neo4j_store.strangers import refuse_among_strangers, take_away
from graph_model.regions import city_of, level_of, province_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph_model.neo4j_store.connection import Connection, Statement
    from graph_model.regions import Regions
    from graph_model.store import Store

PART_BYTES: Final = 500_000
_SETTLE: Final = "CALL db.awaitIndexes(300)"


class PushProgress(Protocol):
    """Told how far a push or pull is."""

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Say that `done` of `total` steps of a stage are done."""


@dataclass(frozen=True)
class Pushed:
    """What a push did: rows written (new or changed), removed, and left as they were."""

    snapshot: str
    written: int
    removed: int
    kept: int


def push(store: Store, connection: Connection, progress: PushProgress, *, replace: bool = False) -> Pushed:
    """Push the current snapshot of a store. Call again after a cut: it goes on.

    Only what carries the name of the graph is ever touched. ServerError where the database holds no graph of that name, but
    nodes of somebody else under labels of ours: `replace` pushes all the same, beside them. With `replace` what was pushed
    before is taken away and written anew, which also mends a graph that somebody edited.
    """
    graph = store.graph()
    rows = GraphRows(graph)
    if not replace:
        refuse_among_strangers(connection)
    for statement in constraints():
        connection.write([(statement, {})])
    connection.read([(_SETTLE, {})])
    writer = Writer(connection, token_hex(8), graph.snapshot)
    if not replace and _is_there(connection, graph.snapshot):
        return Pushed(graph.snapshot, 0, 0, sum(len(graph[table]) for table in in_order()))
    writer.begin()
    if replace:
        take_away(writer, connection)
    _push_places(writer, graph.regions)
    differences = [_compare(connection, rows, table, progress) for table in in_order()]
    total = sum(len(difference.write) + len(difference.moved) + len(difference.gone) for difference in differences)
    done = 0
    for batch, statements in batches(rows, differences):
        writer.write(*statements)
        done += batch
        progress("推送", done, total)
    _push_parts(writer, store, graph.snapshot)
    writer.end(json.dumps(store.manifest(graph.snapshot), ensure_ascii=False))
    return Pushed(
        graph.snapshot,
        written=sum(len(difference.write) for difference in differences),
        removed=sum(len(difference.gone) for difference in differences),
        kept=sum(len(graph[difference.table]) - len(difference.write) for difference in differences),
    )


def _is_there(connection: Connection, snapshot: str) -> bool:
    try:
        stamp = read_stamp(connection)
    except ServerError:  # Half pushed, or by another version: that is what a push mends.
        return False
    return stamp is not None and stamp.snapshot == snapshot


def _compare(connection: Connection, rows: GraphRows, table: str, progress: PushProgress) -> Difference:
    """Compare a table with what the server has of it."""
    ids = rows.ids(table)
    wanted = rows.digests(table) if table in UNIT_TABLES else ids
    there = {row["id"]: row for row in connection.read([(_present(table), {})])[0]}
    progress("比较", len(ids), len(ids))
    write, moved = [], []
    for number, (id, digest) in enumerate(zip(ids, wanted, strict=True)):
        stored = there.pop(id, None)
        if stored is None or (stored["digest"] or id) != digest:
            write.append(number)
        elif stored["row"] != number:
            moved.append(number)
    return Difference(table, np.array(write, dtype=np.int64), np.array(moved, dtype=np.int64), list(there))


def _present(table: str) -> str:
    if table in LINKS:
        return f"MATCH ()-[r:{LINKS[table].cypher} {{{OWN}}}]->() RETURN r.id AS id, r.row AS row, null AS digest"
    return f"MATCH (n:{NODES[table].label} {{{OWN}}}) RETURN n.id AS id, n.row AS row, n.digest AS digest"


def _push_places(writer: Writer, regions: Regions) -> None:
    """Write provinces, cities and counties, and what each is part of."""
    places = [(code, region.name) for code, region in regions.regions.items()]
    statements: list[Statement] = []
    for level, place in PLACES.items():
        named = [place_row for place_row in places if level_of(place_row[0]) == level]
        statements.append(
            (
                f"UNWIND $rows AS row MERGE (p:{place}:{OURS} {{{OWN}, code: row[0]}}) SET p.name = row[1]",
                {"rows": named},
            )
        )
    for level, above in ((2, province_of), (3, city_of)):
        pairs = [(code, above(code)) for code, _ in places if level_of(code) == level]
        above_it = f"MATCH (q:{PLACES[level - 1]} {{{OWN}, code: pair[1]}})"
        match = f"MATCH (p:{PLACES[level]} {{{OWN}, code: pair[0]}}) {above_it}"
        statements.append((f"UNWIND $pairs AS pair {match} MERGE (p)-[:PART_OF {{{OWN}}}]->(q)", {"pairs": pairs}))
    writer.write(*statements)


def _push_parts(writer: Writer, store: Store, snapshot: str) -> None:
    """Write where every fact comes from, as the files of the snapshot hold it, in parts."""
    writer.write((f"MATCH (p:{PART} {{{OWN}}}) DELETE p", {}))
    text = f"CREATE (p:{PART}:{OURS} {{{OWN}}}) SET p += $part, p.bytes = $bytes"
    for part, content in parts(store, snapshot):
        writer.write((text, {"part": part, "bytes": content}))


def parts(store: Store, snapshot: str) -> Iterator[tuple[dict[str, Any], bytes]]:
    """Yield the files that say where facts come from, in parts that a property can hold."""
    for path in sorted((store.snapshot(snapshot) / "origins").glob("*.parquet")):
        content = path.read_bytes()
        for number, start in enumerate(range(0, len(content), PART_BYTES)):
            part = {"id": f"{path.stem}/{number}", "table": path.stem, "number": number}
            yield part, content[start : start + PART_BYTES]
