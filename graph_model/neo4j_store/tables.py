"""Tables of the graph from values that the server gave, exactly as a store holds them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa

from graph_model.column_types import CATEGORY
from graph_model.schema import TABLES, arrow_schema
from graph_model.tiers import CATEGORIES

if TYPE_CHECKING:
    from collections.abc import Mapping

_CATEGORY_NUMBERS: Final = {category.value: number for number, category in enumerate(CATEGORIES)}


def table_of(table: str, values: Mapping[str, list[Any]], count: int) -> pa.Table:
    """Return a table from its column values; a column that is not given is unknown."""
    columns = {}
    for name, holds in TABLES[table].items():
        cells = values.get(name, [None] * count)
        if holds is CATEGORY:
            cells = [_CATEGORY_NUMBERS.get(value) for value in cells]
        columns[name] = _array(cells, holds.arrow)
    return pa.table(columns, schema=arrow_schema(table))


def _array(values: list[Any], kind: pa.DataType) -> pa.Array:
    """Return values as an Arrow array; words in a dictionary in code-point order, as every store holds them."""
    if not pa.types.is_dictionary(kind):
        return pa.array(values, kind)
    words = sorted({value for value in values if value is not None})
    place = {word: number for number, word in enumerate(words)}
    codes = pa.array([place.get(value) for value in values], kind.index_type)
    return pa.DictionaryArray.from_arrays(codes, pa.array(words, kind.value_type))
