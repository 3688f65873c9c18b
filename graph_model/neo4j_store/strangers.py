"""Other people's data in the same database: seen before anything is written, and never touched."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from graph_model.neo4j_store.connection import ServerError
from graph_model.neo4j_store.model import EDGES, LINKS, NODES, OURS, OWN, PART, PLACES, STAMP

if TYPE_CHECKING:
    from graph_model.neo4j_store.connection import Connection
    from graph_model.neo4j_store.stamp import Writer

AT_ONCE: Final = 10_000
"""Nodes or relationships taken away in one transaction."""
_LABELS: Final = "|".join((*(kind.label for kind in NODES.values()), *PLACES.values(), STAMP, PART))
_TYPES: Final = "|".join(sorted({edge.cypher for edge in EDGES} | {"LOCATED_IN", "PART_OF"}))
_HERE = f"RETURN EXISTS {{ MATCH (:{OURS} {{{OWN}}}) }} AS here"
_STRANGERS = f"MATCH (n:{_LABELS}) WHERE n.verdigraph IS NULL RETURN count(n) AS nodes"
_LINKED = f"MATCH ()-[r:{_TYPES}]->() WHERE r.verdigraph IS NULL RETURN count(r) AS links"


def refuse_among_strangers(connection: Connection) -> None:
    """Refuse a database without a graph of this name in which somebody else uses our labels: it may not be the one meant."""
    if connection.read([(_HERE, {})])[0][0]["here"]:
        return
    [[nodes], [links]] = connection.read([(_STRANGERS, {}), (_LINKED, {})])
    if not nodes["nodes"] + links["links"]:
        return
    counts = f"{nodes['nodes']:,}", f"{links['links']:,}"
    raise ServerError(
        f"数据库 {connection.database} 里已有别人的数据用了同样的标签或关系类型（{counts[0]} 个节点、{counts[1]} 条关系），"
        "没有写入任何内容。请用 VERDIGRAPH_NEO4J_DATABASE 指明另一个数据库；确要与它们放在一起，请加 --replace："
        "只读写带 verdigraph 标记的数据，别人的数据不动",
        f"the database {connection.database} holds data of somebody else under the same labels or relationship types "
        f"({counts[0]} nodes, {counts[1]} relationships); nothing was written. Name another database in "
        "VERDIGRAPH_NEO4J_DATABASE, or add --replace to push beside them: only what is marked verdigraph is read or written",
    )


def take_away(writer: Writer, connection: Connection) -> None:
    """Take away what was pushed before under this name, in parts; the stamp stays, and says that the graph is half pushed."""
    for kind in LINKS.values():
        _in_parts(writer, connection, f"MATCH ()-[x:{kind.cypher} {{{OWN}}}]->()", "DELETE x")
    for of in (*(kind.label for kind in NODES.values()), *PLACES.values(), PART):
        release = f"CALL (x) {{ MATCH (x)-[r {{{OWN}}}]-() DELETE r }} WITH DISTINCT x DELETE x"
        _in_parts(writer, connection, f"MATCH (x:{of} {{{OWN}}})", release)


def _in_parts(writer: Writer, connection: Connection, match: str, change: str) -> None:
    [[counted]] = connection.read([(f"{match} RETURN count(x) AS count", {})])
    for _ in range(0, counted["count"], AT_ONCE):
        writer.write((f"{match} WITH x LIMIT {AT_ONCE} {change}", {}))
