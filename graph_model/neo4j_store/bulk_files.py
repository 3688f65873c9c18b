"""Files for the bulk import of a server (`neo4j-admin database import full`): what a push would write, in bounded memory.

One csv a table, with the header that the importer reads. Nodes and relationships carry the same labels, properties and marks as
after a push, the stamp says which snapshot it is, and a push afterwards finds nothing to do but constraints and indexes.
"""

from __future__ import annotations

import csv
import json
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from graph_model.kinds import UNIT_TABLES
from graph_model.neo4j_store.model import LINKS, MARKS, NODES, OURS, PART, PLACES, STAMP, ends, in_order, label
from graph_model.neo4j_store.push import parts
from graph_model.neo4j_store.rows import CHUNK, GraphRows
from graph_model.neo4j_store.stamp import KEY
from graph_model.regions import city_of, level_of, province_of
from graph_model.store import layout

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from graph_model.graph_tables import GraphTables
    from graph_model.neo4j_store.rows import Batch
    from graph_model.store import Store

_TYPES: Final = {bool: "boolean", int: "long", float: "double", str: "string", date: "date"}
_BETWEEN_LABELS: Final = ";"


def write_bulk_files(graph: GraphTables, folder: Path, name: str = "default", store: Store | None = None) -> list[str]:
    """Write the files into a folder and return the arguments of the import that name them, nodes before relationships.

    `name` is that of the graph (`VERDIGRAPH_NEO4J_GRAPH`). With the store, whose whole snapshot `graph` must be, the stamp and
    the origins are written too: the server then answers questions and can be pulled. A part of a store has neither.
    """
    rows = GraphRows(graph)
    arguments = []
    for table in in_order():
        if table in LINKS:
            continue
        file = folder / f"{table}.csv"
        _write(file, _node_lines(rows, graph, table, name))
        arguments.append(f"--nodes={file.name}")
    arguments += _places(graph, folder, name)
    if store is not None:
        arguments += _stamp(store, graph.snapshot, folder, name)
    for table in in_order():
        arguments += _relationships(rows, graph, table, folder, name)
    return arguments


def _node_lines(rows: GraphRows, graph: GraphTables, table: str, name: str) -> Iterator[Sequence[Any]]:
    """Yield the header, then a line a row: the properties of a push, its labels, and its key among nodes of its kind."""
    kind, marks = NODES[table].label, rows.marks(table)
    digests = rows.digests(table) if table in UNIT_TABLES else []
    head: list[str] = []
    types: dict[str, str] = {}
    for batch, at in _batches(rows, graph, table):
        if not head:
            types = _types(rows, graph, table)
            head = [f"{column}:{types[column]}" for column in batch.names[1:]]
            digest = ["digest:string"] if digests else []
            yield [f"id:ID({kind})", *head, *digest, "verdigraph:string", ":LABEL"]
        for values, row in zip(batch.rows, at.tolist(), strict=True):
            labels = [kind, OURS, *(mark for mark in MARKS.get(table, ()) if marks[mark][row])]
            digest = [digests[row]] if digests else []
            yield [values[0], *map(_cell, values[1:]), *digest, name, _BETWEEN_LABELS.join(labels)]
    if not head:
        yield [f"id:ID({kind})", "verdigraph:string", ":LABEL"]


def _relationships(rows: GraphRows, graph: GraphTables, table: str, folder: Path, name: str) -> Iterator[str]:
    """Write the relationships of a table, one file a kind, and yield the arguments that name them."""
    if table in LINKS:
        edge = LINKS[table]
        file = folder / f"{table}.csv"
        _write(file, _link_lines(rows, graph, table, name))
        yield f"--relationships={edge.cypher}={file.name}"
        return
    own = NODES[table].label
    for end in ends(table):
        file = folder / f"{table}.{end.cypher}.{end.column}.csv"
        heads = (f":START_ID({own})", f":END_ID({end.label})")
        pairs = (
            (id, other) if end.outgoing else (other, id)
            for batch, _ in _batches(rows, graph, table)
            for (id, *_rest), other in zip(batch.rows, batch.refs[end.column], strict=True)
            if other is not None
        )  # fmt: skip
        ordered = heads if end.outgoing else (f":START_ID({end.label})", f":END_ID({own})")
        _write(file, [(*ordered, "verdigraph:string"), *((*pair, name) for pair in pairs)])
        yield f"--relationships={end.cypher}={file.name}"
    if table in UNIT_TABLES:
        yield from _located(rows, graph, table, folder, name)


def _link_lines(rows: GraphRows, graph: GraphTables, table: str, name: str) -> Iterator[Sequence[Any]]:
    edge = LINKS[table]
    ends_of = [f":START_ID({label(edge.source)})", f":END_ID({label(edge.target)})"]
    types = _types(rows, graph, table)
    yield [*ends_of, *(f"{column}:{types[column]}" for column in types), "verdigraph:string"]
    for batch, _ in _batches(rows, graph, table):
        for source, target, values in zip(batch.refs["source"], batch.refs["target"], batch.rows, strict=True):
            yield [source, target, *map(_cell, values), name]


def _located(rows: GraphRows, graph: GraphTables, table: str, folder: Path, name: str) -> Iterator[str]:
    ids, codes = rows.ids(table), rows.places(table, np.arange(len(graph[table])))
    for level, place in PLACES.items():
        file = folder / f"{table}.LOCATED_IN.{place}.csv"
        lines = [(id, code, name) for id, code in zip(ids, codes, strict=True) if level_of(code) == level]
        _write(file, [(f":START_ID({NODES[table].label})", f":END_ID({place})", "verdigraph:string"), *lines])
        yield f"--relationships=LOCATED_IN={file.name}"


def _places(graph: GraphTables, folder: Path, name: str) -> Iterator[str]:
    regions = graph.regions.regions
    for level, place in PLACES.items():
        lines = [
            (code, region.name, name, f"{place}{_BETWEEN_LABELS}{OURS}")
            for code, region in regions.items()
            if level_of(code) == level
        ]
        file = folder / f"{place}.csv"
        _write(file, [(f"code:ID({place}){{id-type:long}}", "name:string", "verdigraph:string", ":LABEL"), *lines])
        yield f"--nodes={file.name}"
    for level, above in ((2, province_of), (3, city_of)):
        file = folder / f"{PLACES[level]}.PART_OF.csv"
        pairs = [(code, above(code), name) for code in regions if level_of(code) == level]
        heads = (f":START_ID({PLACES[level]})", f":END_ID({PLACES[level - 1]})", "verdigraph:string")
        _write(file, [heads, *pairs])
        yield f"--relationships=PART_OF={file.name}"


def _stamp(store: Store, snapshot: str, folder: Path, name: str) -> Iterator[str]:
    """Write the stamp, as after a push that has ended, and where every fact comes from."""
    stamped = {
        "whole:boolean": "true",
        "snapshot:string": snapshot,
        "target:string": snapshot,
        "writer:string": "import",
        "layout:string": layout(),
        "manifest:string": json.dumps(store.manifest(snapshot), ensure_ascii=False),
    }
    own = _BETWEEN_LABELS.join((STAMP, OURS))
    _write(
        folder / "stamp.csv",
        [(f"id:ID({STAMP})", *stamped, "verdigraph:string", ":LABEL"), (KEY["stamp"], *stamped.values(), name, own)],
    )
    yield "--nodes=stamp.csv"
    _write(folder / "origins.csv", _part_lines(store, snapshot, name))
    yield "--nodes=origins.csv"


def _part_lines(store: Store, snapshot: str, name: str) -> Iterator[Sequence[Any]]:
    yield f"id:ID({PART})", "table:string", "number:long", "bytes:byte[]", "verdigraph:string", ":LABEL"
    own = _BETWEEN_LABELS.join((PART, OURS))
    for part, content in parts(store, snapshot):
        signed = np.frombuffer(content, dtype=np.int8)  # Java's bytes have a sign.
        yield part["id"], part["table"], part["number"], ";".join(map(str, signed.tolist())), name, own


def _batches(rows: GraphRows, graph: GraphTables, table: str) -> Iterator[tuple[Batch, Any]]:
    for start in range(0, len(graph[table]), CHUNK):
        at = np.arange(start, min(start + CHUNK, len(graph[table])))
        yield rows.batch(table, at), at


def _types(rows: GraphRows, graph: GraphTables, table: str) -> dict[str, str]:
    """Return the importer's type of every property of a table, in their order, by the first value that is known."""
    types: dict[str, str] = {}
    names: tuple[str, ...] = ()
    for batch, _ in _batches(rows, graph, table):
        names = batch.names
        for column, values in zip(names, zip(*batch.rows, strict=True), strict=True):
            if column not in types:
                value = next((value for value in values if value is not None), None)
                if value is not None:
                    types[column] = _TYPES[type(value)]
        if len(types) == len(names):
            break
    return {column: types.get(column, "string") for column in names}


def _cell(value: Any) -> Any:
    """Return a value as the importer reads it; null is an empty cell."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date) else value


def _write(file: Path, lines: Iterable[Sequence[Any]]) -> None:
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        for line in lines:
            writer.writerow(line)
