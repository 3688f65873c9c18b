"""The tables of kinds fit the tables of the graph: every edge leads from and to what it says."""

from __future__ import annotations

import pyarrow as pa
import pytest

from graph_model.kinds import EDGE_KINDS, NODE_KINDS, ROW, UNIT_TABLES, EdgeKind, NodeKind
from graph_model.records import RECORDS
from graph_model.schema import TABLES, arrow_schema

NO_INPUT = {"names", "unread_rows"}
"""`names` leads from spellings to units, `unread_rows` from units to what was left out: neither is a fact."""
EDGES = [pytest.param(edge, id=f"{edge.source} {edge.name} {edge.target}") for edge in EDGE_KINDS]


@pytest.mark.parametrize("kind", NODE_KINDS.values(), ids=str)
def test_a_node_kind_shows_a_column_of_its_table(kind: NodeKind) -> None:
    assert kind.shown_by in TABLES[kind.table]
    assert NODE_KINDS[kind.name] is kind


@pytest.mark.parametrize("edge", EDGES)
def test_an_edge_kind_reads_references_to_its_own_ends(edge: EdgeKind) -> None:
    columns = TABLES[edge.table]
    for end, column in ((edge.source, edge.source_column), (edge.target, edge.target_column)):
        refers_to = edge.table if column == ROW else columns[column].refers_to
        assert refers_to == NODE_KINDS[end].table
    assert set(edge.carries) <= {name for name, holds in columns.items() if holds.refers_to is None}


def test_every_reference_of_a_fact_is_an_edge() -> None:
    drawn = {(edge.table, column) for edge in EDGE_KINDS for column in (edge.source_column, edge.target_column)}
    references = {(table, name) for table, columns in TABLES.items() for name, one in columns.items() if one.refers_to}
    assert {one for one in references if one[0] not in NO_INPUT} == {one for one in drawn if one[1] != ROW}


def test_names_and_labels_are_distinct() -> None:
    nodes = NODE_KINDS.values()
    assert len({kind.label for kind in nodes}) == len({kind.zh for kind in nodes}) == len(nodes)
    assert len({kind.table for kind in nodes}) == len(nodes)
    assert len({(edge.cypher, edge.source, edge.target) for edge in EDGE_KINDS}) == len(EDGE_KINDS)
    assert len({(edge.name, edge.cypher, edge.zh) for edge in EDGE_KINDS}) == len({edge.name for edge in EDGE_KINDS})


def test_every_table_is_a_node_kind_or_an_edge_kind() -> None:
    shown = {kind.table for kind in NODE_KINDS.values()} | {edge.table for edge in EDGE_KINDS}
    assert set(TABLES) - shown == NO_INPUT


def test_every_input_table_has_a_table_in_the_graph() -> None:
    assert set(TABLES) - set(RECORDS) == NO_INPUT
    assert set(RECORDS) <= set(TABLES)


@pytest.mark.parametrize("table", TABLES)
def test_the_schema_says_what_stands_for_missing(table: str) -> None:
    for name, holds in TABLES[table].items():
        is_text = pa.types.is_string(holds.arrow) or pa.types.is_dictionary(holds.arrow)
        assert is_text == (holds.missing is None), name
        if holds.refers_to is not None:
            assert (holds.refers_to in TABLES, holds.missing) == (True, -1)
    assert arrow_schema(table).names == list(TABLES[table])


def test_units_have_ids() -> None:
    assert set(UNIT_TABLES) == {table for table, columns in TABLES.items() if "id" in columns}
