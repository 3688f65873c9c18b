"""Columns of an answer from vectors: whole numbers with nulls, fractions, days, yes/no, texts.

Inside the graph a missing value is a number of its own (see `graph_model.schema`); in an answer it is a null.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from graph_model.days import ALWAYS, OPEN
from graph_model.regions import UNKNOWN
from graph_model.tiers import CATEGORIES, TIER_IDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from graph_model.graph_tables import GraphTables
    from queries.answers.column import Column

FEN: int = 1_000_000
"""分 in one 万元."""


def counts(values: NDArray[Any], present: NDArray[np.bool_] | None = None) -> pd.Series[Any]:
    """Return whole numbers, null where not `known`."""
    mask = np.zeros(len(values), dtype=bool) if present is None else ~present
    return pd.Series(pd.arrays.IntegerArray(np.where(mask, 0, values).astype(np.int64), mask))


def money(fen: NDArray[Any], present: NDArray[np.bool_] | None = None) -> pd.Series[Any]:
    """Return amounts in 万元 from 分, null where not `known`."""
    amounts = np.asarray(fen, dtype=np.float64) / FEN
    return pd.Series(amounts if present is None else np.where(present, amounts, np.nan))


def days(numbers: NDArray[Any]) -> pd.Series[Any]:
    """Return dates from day numbers; `ALWAYS` and `OPEN` are null."""
    missing = (numbers == ALWAYS) | (numbers == OPEN)
    dates = np.where(missing, 0, numbers).astype("datetime64[D]").astype("datetime64[s]")
    return pd.Series(np.where(missing, np.datetime64("NaT", "s"), dates))


def flags(values: NDArray[Any]) -> pd.Series[Any]:
    """Return yes/no from 1 and 0, null for -1."""
    return pd.Series(pd.arrays.BooleanArray(values == 1, values < 0))


def tiers(values: NDArray[Any]) -> pd.Series[Any]:
    """Return tier ids, null for 0."""
    return words(values - 1, TIER_IDS)


def categories(values: NDArray[Any]) -> pd.Series[Any]:
    """Return category ids, null for -1."""
    return words(values, CATEGORIES)


def texts(array: pa.Array) -> pd.Series[Any]:
    """Return an Arrow string array as a column."""
    return pd.Series(pd.array(array, dtype="str"))


def words(codes: NDArray[Any], vocabulary: Sequence[str]) -> pd.Series[Any]:
    """Return texts from codes into a vocabulary, null for -1."""
    # Arrow takes them; a Python object per row would cost more than all else of a long answer.
    return texts(pa.array(vocabulary, pa.string()).take(pa.array(codes, pa.int32(), mask=codes < 0)))


def is_ascending(column: pd.Series[Any]) -> bool:
    """Return whether a column of ids stands in order."""
    ids = pa.array(column, pa.large_string(), from_pandas=True)
    return bool(pc.all(pc.less_equal(ids[:-1], ids[1:]), min_count=0).as_py())


def in_order(facts: pd.DataFrame, keys: Sequence[str], columns: Sequence[Column]) -> pd.DataFrame:
    """Return the `columns` of facts in the order of `keys`; what is in order already is not sorted again."""
    sorted_already = len(keys) == 1 and is_ascending(facts[keys[0]])
    table = facts if sorted_already else facts.sort_values(list(keys), kind="stable")
    return table[[column.name for column in columns]].reset_index(drop=True)


def unit_column(graph: GraphTables, table: str, column: str, rows: NDArray[Any]) -> pd.Series[Any]:
    """Return a text column of units at `rows`."""
    return texts(graph[table].texts(column, rows))


def city_names(graph: GraphTables, table: str, rows: NDArray[Any]) -> pd.Series[Any]:
    """Return the city of units as their own row gives it, else the name of the city their region lies in. SPEC 8."""
    given, vocabulary = graph[table].words("city")
    regions = graph[table]["region"][rows]
    by_region, names = _place_names(graph, np.where(regions % 10000 != 0, regions // 100 * 100, UNKNOWN))
    behind = np.where(by_region < 0, -1, by_region + len(vocabulary))
    return words(np.where(given[rows] >= 0, given[rows], behind), [*vocabulary, *names])


def county_names(graph: GraphTables, rows: NDArray[Any], table: str = "enterprises") -> pd.Series[Any]:
    """Return the county of units, null where their region is coarser."""
    regions = graph[table]["region"][rows]
    return words(*_place_names(graph, np.where(regions % 100 != 0, regions, UNKNOWN)))


def _place_names(graph: GraphTables, codes: NDArray[Any]) -> tuple[NDArray[Any], list[str]]:
    """Return region codes as positions in the list of all names of regions, -1 where a code is none of them."""
    regions = graph.regions.regions
    sorted_codes = np.array(sorted(regions), dtype=codes.dtype)
    at = np.minimum(np.searchsorted(sorted_codes, codes), len(sorted_codes) - 1)
    return np.where(sorted_codes[at] == codes, at, -1), [regions[code].name for code in sorted_codes.tolist()]
