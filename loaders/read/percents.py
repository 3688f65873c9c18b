"""Percentages are stored 0–100; fractions are recognised by Excel's percent format or by a column that never exceeds 1.

A cell written with `%`, or under a header that has it, says what it is. Of the others a whole column has to agree, so a
table of parks is read at once.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from graph_model.values import Remark
from loaders.read.formats.sheet import Chunk
from loaders.read.typed_columns import Typed

SCALED: Final = Remark("warning", "percent_scaled")
_DOUBTFUL: Final = Remark("warning", "percent_or_fraction")
_OUT_OF_RANGE: Final = Remark("warning", "percent_out_of_range")


def scale_percents(typed: Typed, chunk: Chunk, column: int, formatted: frozenset[int], says_percent: bool) -> Typed:
    """Multiply fractions by 100 and say so; one among percentages may be either, and is unknown.

    A bare 0.7 beside 62 is 0.7 % only where the header says %.
    """
    values = np.array(typed.values.to_numpy(zero_copy_only=False), dtype=np.float64)
    known = ~np.isnan(values)
    as_percent = np.isin(chunk.rows, list(formatted)) & known
    signed = known & ~as_percent & _signed(chunk.columns[column])
    small = known & ~as_percent & ~signed & (values > 0) & (values <= 1)
    doubtful = np.zeros_like(small)
    if known.any() and values[known].max() <= 1 and not signed.any():
        as_percent |= small
    elif not says_percent:
        doubtful = small
    if not (as_percent.any() or doubtful.any()):
        return typed
    # Ten decimals: 0.285 * 100 is 28.499999999999996.
    values[as_percent] = np.round(values[as_percent] * 100, 10)
    beyond = as_percent & (values > 100)
    remarks = typed.remarks | {
        SCALED: as_percent & ~beyond,
        _DOUBTFUL: doubtful,
        _OUT_OF_RANGE: typed.remarks.get(_OUT_OF_RANGE, False) | beyond,
    }
    return Typed(pa.array(values, pa.float64(), mask=~known | beyond | doubtful), remarks)


def _signed(texts: pa.Array) -> NDArray[np.bool_]:
    """Return which cells carry their own sign of percent."""
    found = pc.fill_null(pc.match_substring_regex(texts.cast(pa.string()), "[%％﹪]"), fill_value=False)
    return np.asarray(found.to_numpy(zero_copy_only=False), dtype=np.bool_)
