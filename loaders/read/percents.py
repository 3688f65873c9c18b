"""Percentages are stored 0–100; fractions are recognised by Excel's percent format or by a column that never exceeds 1.

A cell written with `%` says what it is. Of the others a whole column has to agree, so a table of parks is read at once.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from graph_model.values import Remark
from loaders.read.formats.sheet import Chunk
from loaders.read.typed_columns import Typed

SCALED: Final = Remark("warning", "percent_scaled")
_OUT_OF_RANGE: Final = Remark("warning", "percent_out_of_range")


def scale_percents(typed: Typed, chunk: Chunk, column: int, formatted: frozenset[int]) -> Typed:
    """Multiply fractions by 100 and say so."""
    values = np.array(typed.values.to_numpy(zero_copy_only=False), dtype=np.float64)
    as_percent = np.isin(chunk.rows, list(formatted)) & ~np.isnan(values)
    written = np.asarray(
        pc.fill_null(pc.match_substring_regex(chunk.columns[column].cast(pa.string()), "[%％]"), fill_value=False)
    )
    bare = ~as_percent & ~written & ~np.isnan(values)
    if bare.any() and values[bare].max() <= 1:
        as_percent |= bare & (values > 0)
    if not as_percent.any():
        return typed
    # Ten decimals: 0.285 * 100 is 28.499999999999996.
    values[as_percent] = np.round(values[as_percent] * 100, 10)
    beyond = as_percent & (values > 100)
    remarks = typed.remarks | {
        SCALED: as_percent & ~beyond,
        _OUT_OF_RANGE: typed.remarks.get(_OUT_OF_RANGE, False) | beyond,
    }
    return Typed(pa.array(values, pa.float64(), mask=np.isnan(values) | beyond), remarks)
