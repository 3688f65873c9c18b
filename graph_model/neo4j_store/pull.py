"""Pull: read the graph on the server back into a store, equal to the snapshot that was pushed, to the last byte.

References are read from the relationships, order from `row`, origins and manifest from what the push laid beside the graph.
"""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any, Final

import pyarrow.parquet as pq

from graph_model.errors import StoreError
from graph_model.neo4j_store.model import LINKS, NODES, OWN, PART, ends, in_order
from graph_model.neo4j_store.stamp import read_manifest, required_stamp, unchanged
from graph_model.neo4j_store.tables import table_of
from graph_model.schema import TABLES

if TYPE_CHECKING:
    import pyarrow as pa

    from graph_model.neo4j_store.connection import Connection
    from graph_model.neo4j_store.push import PushProgress
    from graph_model.store import Store

_NOT_ABOUT: Final = ("format", "tables", "origins")


def pull(store: Store, connection: Connection, progress: PushProgress) -> str:
    """Write the server's snapshot into a store and switch to it; return its id."""
    stamp = required_stamp(connection)
    with unchanged(connection, stamp):
        about = json.loads(read_manifest(connection))
        tables = {}
        for done, table in enumerate(in_order()):
            progress("读回", done, len(TABLES))
            tables[table] = _table(connection, table)
        # Names of files come from our own tables, never from what somebody may have written on the server.
        origins = {table: _origins(connection, table) for table in TABLES if table in about["origins"]}
    with store.writing():
        about = {name: value for name, value in about.items() if name not in _NOT_ABOUT}
        id = store.write(tables, origins, about, only=stamp.snapshot)
    if id != stamp.snapshot:
        raise StoreError(
            f"读回的快照 {id} 与推送的 {stamp.snapshot} 不同，服务器上的图谱可能被改动过；"
            "本机的数据仓保持原样。请运行 verdigraph push --replace 重新推送",
            f"the snapshot read back is {id}, not {stamp.snapshot} as pushed: somebody changed the graph on the server; "
            "the store here is as it was. Run verdigraph push --replace to write it anew",
        )
    return id


def _table(connection: Connection, table: str) -> pa.Table:
    values: dict[str, list[Any]] = {name: [] for name in TABLES[table]}
    rows = connection.read([(_reading(table), {})])[0]
    for row in rows:
        for name, value in zip(values, row["one"], strict=True):
            values[name].append(value)
    return table_of(table, values, len(rows))


def _reading(table: str) -> str:
    """Return the statement that reads a table in its order, one list of column values a row."""
    others = {end.column: end for end in ends(table)}
    if table in LINKS:
        edge = LINKS[table]
        held = {edge.source_column: "a.row", edge.target_column: "b.row"}
        values = ", ".join(held.get(name, f"n.{name}") for name in TABLES[table])
        return f"MATCH (a)-[n:{edge.cypher} {{{OWN}}}]->(b) RETURN [{values}] AS one ORDER BY n.row"
    parts = []
    for name in TABLES[table]:
        if name in others:
            end = others[name]
            arrow = f"-[:{end.cypher} {{{OWN}}}]->" if end.outgoing else f"<-[:{end.cypher} {{{OWN}}}]-"
            parts.append(f"head([(n){arrow}(other:{end.label}) | other.row])")
        else:
            parts.append(f"n.{name}")
    return f"MATCH (n:{NODES[table].label} {{{OWN}}}) RETURN [{', '.join(parts)}] AS one ORDER BY n.row"


def _origins(connection: Connection, table: str) -> pa.Table:
    text = f"MATCH (p:{PART} {{{OWN}, table: $table}}) RETURN p.bytes AS bytes ORDER BY p.number"
    parts = connection.read([(text, {"table": table})])[0]
    return pq.read_table(io.BytesIO(b"".join(part["bytes"] for part in parts)))
