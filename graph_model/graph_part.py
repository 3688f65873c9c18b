"""A part of a graph: some rows of each table, references moved along."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from graph_model.columns import Columns
from graph_model.graph_tables import GraphTables
from graph_model.schema import TABLES, arrow_schema

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray


def graph_part(graph: GraphTables, kept: Mapping[str, NDArray[np.bool_]]) -> GraphTables:
    """Return the rows of every table that are kept, in their order; a reference to a row that is not kept is unknown."""
    # One entry more, for the row -1 that stands for nobody.
    moved = {table: np.append(np.where(mask, np.cumsum(mask) - 1, -1), -1) for table, mask in kept.items()}
    tables = {}
    for table in TABLES:
        rows = graph[table].arrow().filter(pa.array(kept[table]))
        for number, (name, holds) in enumerate(TABLES[table].items()):
            if holds.refers_to is not None:
                old = graph[table][name][kept[table]]
                new = moved[holds.refers_to][old]
                column = pa.array(new, rows.schema.field(number).type, mask=new < 0)
                rows = rows.set_column(number, rows.schema.field(number), column)
        tables[table] = Columns(table, _used_words(rows).cast(arrow_schema(table)))
    return GraphTables(tables, graph.regions, graph.snapshot)


def _used_words(rows: pa.Table) -> pa.Table:
    """Return the rows with only those words in their dictionaries that they use: a word is told too where no row holds it."""
    for number, field in enumerate(rows.schema):
        if pa.types.is_dictionary(field.type):
            column = rows.column(number).cast(field.type.value_type).dictionary_encode()
            rows = rows.set_column(number, field.name, column)
    return rows
