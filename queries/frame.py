"""Columns of an answer from vectors: whole numbers with nulls, fractions, days, yes/no, texts.

Inside the graph a missing value is a number of its own (see `graph_model.schema`); in an answer it is a null.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from graph_model.days import ALWAYS, OPEN
from graph_model.tiers import CATEGORIES, Tier

if TYPE_CHECKING:
    import pyarrow as pa
    from numpy.typing import NDArray

    from graph_model.graph import KnowledgeGraph

FEN: int = 1_000_000
"""分 in one 万元."""

_TIER_IDS = np.array([tier.id if tier else None for tier in Tier], dtype=object)
_CATEGORY_IDS = np.array([*(category.value for category in CATEGORIES), None], dtype=object)


def counts(values: NDArray[Any], known: NDArray[np.bool_] | None = None) -> pd.Series[Any]:
    """Return whole numbers, null where not `known`."""
    mask = np.zeros(len(values), dtype=bool) if known is None else ~known
    return pd.Series(pd.arrays.IntegerArray(np.where(mask, 0, values).astype(np.int64), mask))


def money(fen: NDArray[Any], known: NDArray[np.bool_] | None = None) -> pd.Series[Any]:
    """Return amounts in 万元 from 分, null where not `known`."""
    amounts = np.asarray(fen, dtype=np.float64) / FEN
    return pd.Series(amounts if known is None else np.where(known, amounts, np.nan))


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
    return pd.Series(_TIER_IDS[values], dtype="str")


def categories(values: NDArray[Any]) -> pd.Series[Any]:
    """Return category ids, null for -1."""
    return pd.Series(_CATEGORY_IDS[values], dtype="str")


def texts(array: pa.Array) -> pd.Series[Any]:
    """Return an Arrow string array as a column."""
    return pd.Series(array.to_pandas(), dtype="str")


def words(codes: NDArray[Any], vocabulary: list[str]) -> pd.Series[Any]:
    """Return texts from codes into a vocabulary, null for -1."""
    return pd.Series(np.array([*vocabulary, None], dtype=object)[codes], dtype="str")


def unit_column(graph: KnowledgeGraph, table: str, column: str, rows: NDArray[Any]) -> pd.Series[Any]:
    """Return a text column of units at `rows`."""
    return texts(graph[table].texts(column, rows))


def city_names(graph: KnowledgeGraph, table: str, rows: NDArray[Any]) -> pd.Series[Any]:
    """Return the city of units as their own row gives it, else the name of the city their region lies in. SPEC 8."""
    given, vocabulary = graph[table].words("city")
    regions = graph[table]["region"][rows]
    cities = np.where(regions % 10000 != 0, regions // 100 * 100, 0)
    known, at = np.unique(cities, return_inverse=True)
    names = np.array([graph.regions.name(int(code)) for code in known] or [None], dtype=object)
    by_region = names[at] if len(rows) else np.empty(0, dtype=object)
    own = np.array([*vocabulary, None], dtype=object)[given[rows]]
    return pd.Series(np.where(given[rows] >= 0, own, by_region), dtype="str")


def county_names(graph: KnowledgeGraph, rows: NDArray[Any]) -> pd.Series[Any]:
    """Return the county of enterprises, null where their region is coarser."""
    regions = graph["enterprises"]["region"][rows]
    known, at = np.unique(np.where(regions % 100 != 0, regions, 0), return_inverse=True)
    names = np.array([graph.regions.name(int(code)) for code in known] or [None], dtype=object)
    return pd.Series(names[at] if len(rows) else np.empty(0, dtype=object), dtype="str")
