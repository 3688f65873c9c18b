"""The tables of the graph: which columns each has and what a column holds, as the records declare them.

`names` and `unread_rows` are no input tables: `names` leads from each normal form of a name to the one unit of each kind that
it means; `unread_rows` holds which rows of which input table (`of`) were left out and may still hold of a unit, so that what
needs them is unknown. A row without a readable tier may be of any.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from graph_model.column_types import CATEGORY, END, START, TEXT, TIER, WORD, ColumnType, Settled, ref
from graph_model.kinds import UNIT_KINDS
from graph_model.records import RECORDS, fields_of

if TYPE_CHECKING:
    from graph_model.records import Record


def graph_columns(record: type[Record]) -> dict[str, ColumnType]:
    """Return the columns that the graph has of an input table: the derived ones, then those of its fields in their order."""
    columns = dict(record.derived)
    for field in fields_of(record).values():
        columns |= field.graph_columns
    return columns


TABLES: dict[str, dict[str, ColumnType]] = {
    **{table: graph_columns(record) for table, record in RECORDS.items()},
    "names": {"normal": TEXT, **{kind.value: ref(kind.table) for kind in UNIT_KINDS}},
    "unread_rows": {
        "of": WORD,
        "enterprise": ref("enterprises"),
        "park": ref("parks"),
        "category": CATEGORY,
        "tier": TIER,
        "since": START,
        "until": END,
    },
}
"""Every table of the graph."""


def key_columns(table: str) -> tuple[str, ...]:
    """Return the columns of the graph that make two rows of an input table the same fact."""
    return tuple(column for field in fields_of(RECORDS[table]).values() for column in field.key)


def columns_settled(how: Settled) -> frozenset[str]:
    """Return the names of the columns in which contradicting rows are settled so."""
    return frozenset(name for columns in TABLES.values() for name, holds in columns.items() if holds.disputed == how)


def arrow_schema(table: str) -> pa.Schema:
    """Return the Arrow schema of a graph table."""
    return pa.schema([(name, holds.arrow) for name, holds in TABLES[table].items()])
