"""A column of rows as integers (or floats) with a sign for null, so that merging is the same arithmetic for every type."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from graph_model.column_types import CATEGORY, TIER, ColumnType
from graph_model.columns import coded
from graph_model.tiers import CATEGORIES, Tier

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

NULL: Final = int(np.iinfo(np.int64).min)
"""Null in the integers of a column; below every value, so nulls sort first."""


@dataclass(frozen=True)
class Cells:
    """`values` of the rows (int64 with `NULL`, or float64 with NaN), and `back` to Arrow."""

    values: NDArray[Any]
    back: Callable[[NDArray[Any]], pa.Array]

    def take(self, rows: NDArray[np.intp]) -> Cells:
        """Return the cells of some rows."""
        return Cells(self.values[rows], self.back)


def known(values: NDArray[Any]) -> NDArray[np.bool_]:
    """Return which values are not null."""
    result: NDArray[np.bool_] = ~np.isnan(values) if values.dtype.kind == "f" else values != NULL
    return result


def numbers(values: NDArray[Any], holds: ColumnType) -> Cells:
    """Return numbers that are there already (references, regions), whose missing value is that of `holds`."""
    wide = values.astype(np.int64)
    return Cells(np.where(wide == holds.missing, NULL, wide), lambda back: _ints(back, holds.arrow))


def cells_of(column: pa.ChunkedArray, holds: ColumnType) -> Cells:
    """Return a typed column of rows as cells that go back to the type of the graph's column."""
    if holds in (CATEGORY, TIER):
        return _ranked(column, holds)
    if pa.types.is_dictionary(column.type) or pa.types.is_string(column.type):
        return _words(column, holds)
    if pa.types.is_floating(column.type):
        return Cells(
            pc.fill_null(column, np.nan).to_numpy(), lambda back: pa.array(back, holds.arrow, mask=np.isnan(back))
        )
    if pa.types.is_date32(column.type):
        column = column.cast(pa.int32())
    values = pc.fill_null(column.cast(pa.int64()), NULL).to_numpy()
    return Cells(values, lambda back: _ints(back, holds.arrow))


def nothing(rows: int, holds: ColumnType) -> Cells:
    """Return a column of nulls."""
    return Cells(np.full(rows, NULL, dtype=np.int64), lambda back: _ints(back, holds.arrow))


def _ints(values: NDArray[np.int64], arrow: pa.DataType) -> pa.Array:
    null = values == NULL
    if pa.types.is_dictionary(arrow) or pa.types.is_string(arrow):
        return pa.nulls(len(values), arrow)
    if pa.types.is_boolean(arrow):
        return pa.array(values == 1, arrow, mask=null)
    narrow = pa.array(np.where(null, 0, values).astype(np.int64), mask=null)
    return narrow.cast(pa.int32()).cast(arrow) if pa.types.is_date32(arrow) else narrow.cast(arrow)


def _words(column: pa.ChunkedArray, holds: ColumnType) -> Cells:
    """Return words numbered in code-point order, so that integers sort as texts do, whatever order the rows came in."""
    codes, words = coded(column)
    order = sorted(range(len(words)), key=words.__getitem__)
    rank = np.empty(len(words) + 1, dtype=np.int64)
    rank[order] = np.arange(len(words))
    rank[-1] = NULL
    dictionary = pa.array([words[index] for index in order], pa.string())

    def back(values: NDArray[np.int64]) -> pa.Array:
        null = values == NULL
        indices = pa.array(np.where(null, 0, values).astype(np.int32), mask=null)
        array = pa.DictionaryArray.from_arrays(indices, dictionary)
        return _compact(array) if pa.types.is_dictionary(holds.arrow) else array.cast(holds.arrow)

    return Cells(rank[codes], back)


def _compact(array: pa.DictionaryArray) -> pa.Array:
    """Return the array with a dictionary of only the words in use, still in code-point order: equal facts, equal bytes."""
    used = pc.unique(array.indices.drop_null()).sort()
    return pa.DictionaryArray.from_arrays(
        pc.index_in(array.indices, used).cast(pa.int32()), array.dictionary.take(used)
    )


def _ranked(column: pa.ChunkedArray, holds: ColumnType) -> Cells:
    codes, words = coded(column)
    rank = {category.value: index for index, category in enumerate(CATEGORIES)}
    if holds is TIER:
        rank = {tier.id: int(tier) for tier in Tier}
    numbered = np.array([rank[word] for word in words] + [NULL], dtype=np.int64)
    return Cells(numbered[codes], lambda back: _ints(back, holds.arrow))
