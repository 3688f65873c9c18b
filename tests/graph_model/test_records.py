"""One table, one place: a record says what becomes of each of its columns, and nothing is read to be lost without a word."""

from __future__ import annotations

from typing import ClassVar

import pytest

from graph_model.column_types import COLUMN_TYPES, FLAG, TEXT, WORD, ColumnType
from graph_model.kinds import UNIT_KINDS, UNIT_TABLES, UnitKind
from graph_model.records import RECORDS, Record, fields_of
from graph_model.records.record import column
from graph_model.schema import TABLES, graph_columns, key_columns
from graph_model.values import Code, Flag, Name, Text


class Planted(Record):
    """Holds one column of every fate, and two of none."""

    table = "planted"
    title = "样表"
    derived: ClassVar = {"shade": WORD}

    unit: Name = column("单位名称", required=True, key=True, names=UnitKind.UNIT, code="uscc")
    uscc: Code = column("统一社会信用代码")
    kept: Text = column("备注", keep=TEXT)
    feeding: Text = column("颜色", feeds=("shade",))
    dropped: Text = column("经办人", dropped="不属于图谱 no part of the graph")
    lost: Flag = column("是否丢失")
    astray: Text = column("去向", feeds=("nowhere",))


def lost_fields(record: type[Record]) -> list[str]:
    """Return the fields that are neither kept, nor refer to a unit, nor feed a derived column, nor are declared dropped."""
    fields = fields_of(record)
    codes = {field.reference.code for field in fields.values() if field.reference}
    return [
        name
        for name, field in fields.items()
        if not (field.graph_columns or field.reference or name in codes or field.dropped)
        and not (field.feeds and set(field.feeds) <= set(graph_columns(record)))
    ]


@pytest.mark.parametrize("record", RECORDS.values(), ids=RECORDS)
def test_every_column_that_is_read_goes_somewhere(record: type[Record]) -> None:
    assert lost_fields(record) == []


def test_a_column_that_goes_nowhere_is_noticed() -> None:
    assert lost_fields(Planted) == ["lost", "astray"]


def test_the_graph_has_the_columns_that_a_record_declares() -> None:
    assert list(graph_columns(Planted)) == ["shade", "enterprise", "park", "kept"]
    assert fields_of(Planted)["unit"].key == ("enterprise", "park")


@pytest.mark.parametrize("record", RECORDS.values(), ids=RECORDS)
def test_a_record_speaks_of_fields_and_columns_it_has(record: type[Record]) -> None:
    fields = fields_of(record)
    assert set(record.begins) <= set(fields)
    assert record.year_begins is None or "year" in fields
    for field in fields.values():
        assert field.reference is None or field.reference.code in {None, *fields}
        assert field.headers, field.name


@pytest.mark.parametrize("table", RECORDS)
def test_every_table_has_a_key_of_its_own_columns(table: str) -> None:
    assert key_columns(table)
    assert set(key_columns(table)) <= set(TABLES[table])


def test_a_unit_table_names_its_own_rows_and_refers_to_nobody() -> None:
    for kind in UNIT_KINDS:
        own = fields_of(RECORDS[kind.table])["name"].reference
        assert own is not None
        assert own.own_row
        assert kind.value not in TABLES[kind.table]
    assert UNIT_TABLES == ("enterprises", "parks", "agencies")


def test_types_of_columns_have_names_of_their_own() -> None:
    types: list[ColumnType] = list(COLUMN_TYPES.values())
    assert len({(holds.name, str(holds.arrow)) for holds in types}) == len(types)
    assert COLUMN_TYPES["flag"] is FLAG
