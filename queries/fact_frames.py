"""The facts of a snapshot as data frames for analysts: decoded words, names beside ids, and where every row comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pyarrow as pa

from graph_model.bilingual import Bilingual
from graph_model.column_types import CATEGORY, MONEY, REGION, TIER, UNKNOWN_MONEY
from graph_model.errors import UnknownNameError
from graph_model.schema import TABLES
from graph_model.tiers import CATEGORY_ZH, TIER_ZH, TIERS
from queries.answers.frame import categories, days, flags, money, texts, tiers, unit_column, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph_model.column_types import ColumnType
    from graph_model.graph_tables import GraphTables
    from queries.eligibility.evidence import FactOrigins

UNITS = ("enterprises", "parks", "agencies")


def fact_frame(graph: GraphTables, origins: FactOrigins, table: str, lang: str | None = None) -> pd.DataFrame:
    """Return a table of facts, one row a fact, in the order of the store.

    A reference to a unit is two columns: its id, and beside it its name (`enterprise_id`, `enterprise`); one to a report
    its number. Tiers and categories are ids, or Chinese words with `lang="zh"`; regions are code and name; money is in 万元;
    yes/no are nullable booleans; days are dates. Null is unknown. `provenance` tells file, sheet and row of every origin,
    null where the store keeps none. UsageError for a table that does not exist.
    """
    if table not in TABLES:
        raise UnknownNameError(Bilingual("表", "table"), table, TABLES)
    columns: dict[str, Any] = {}
    for name, holds in TABLES[table].items():
        columns |= _decoded(graph, table, name, holds, lang)
    columns["provenance"] = texts(origins.of_rows(table, np.arange(len(graph[table]))))
    return pd.DataFrame(columns)


def _decoded(
    graph: GraphTables, table: str, name: str, holds: ColumnType, lang: str | None
) -> dict[str, pd.Series[Any]]:
    """Return the columns that one column of the graph becomes."""
    column = graph[table]
    if holds.refers_to is not None:
        return dict(_reference(graph, holds.refers_to, name, column[name]))
    if holds == REGION:
        return _region(graph, name, column[name])
    if holds.missing is None:
        codes, vocabulary = column.words(name)
        return {name: words(codes, vocabulary)}
    return {name: _values(column[name], holds, lang)}


def _reference(graph: GraphTables, table: str, name: str, rows: Any) -> Iterator[tuple[str, pd.Series[Any]]]:
    if table in UNITS:
        yield f"{name}_id", unit_column(graph, table, "id", rows)
        yield name, unit_column(graph, table, "name", rows)
    else:
        yield name, unit_column(graph, table, "report_no", rows)


def _region(graph: GraphTables, name: str, codes: Any) -> dict[str, pd.Series[Any]]:
    distinct, at = np.unique(codes, return_inverse=True)
    names = [graph.regions.name(code) for code in distinct.tolist()]
    return {
        f"{name}_code": pd.Series(pd.arrays.IntegerArray(codes.astype(np.int64), codes == 0)),
        name: texts(pa.array(names, pa.string()).take(pa.array(at))),
    }


def _values(vector: Any, holds: ColumnType, lang: str | None) -> pd.Series[Any]:
    """Return numbers, days, flags and closed sets; what each type holds stands in `graph_model.schema`."""
    if holds == TIER:
        return tiers(vector) if lang != "zh" else words(vector - 1, [TIER_ZH[tier] for tier in TIERS])
    if holds == CATEGORY:
        return categories(vector) if lang != "zh" else words(vector, list(CATEGORY_ZH.values()))
    if holds == MONEY:
        return money(vector, vector != UNKNOWN_MONEY)
    if pa.types.is_date32(holds.arrow):
        return days(vector)
    if pa.types.is_boolean(holds.arrow):
        return flags(vector)
    if pa.types.is_floating(holds.arrow):
        return pd.Series(vector)
    return pd.Series(pd.arrays.IntegerArray(vector.astype(np.int64), vector == holds.missing))
