"""Who is a manufacturer: the flag; where it is blank the industry code; a contradicted flag stays unknown. SPEC 5 and 8."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa

from graph_model.columns import coded

if TYPE_CHECKING:
    from collections.abc import Sequence

DIVISIONS: Final = range(13, 44)
"""Divisions of section C (manufacturing) of GB/T 4754."""


def manufacturers(flags: pa.Array, industry_codes: pa.Array, contradicted: Sequence[int]) -> pa.Array:
    """Return yes or no per unit, null where neither flag nor code says it or the flag is `contradicted` (unit rows)."""
    codes, words = coded(pa.chunked_array([industry_codes]))
    by_code = np.array([*map(is_manufacturing, words), False])[codes]
    blank = flags.is_null().to_numpy(zero_copy_only=False)
    blank[list(contradicted)] = False
    filled = blank & (codes >= 0)
    decided = filled | flags.is_valid().to_numpy(zero_copy_only=False)
    flagged = flags.fill_null(False).to_numpy(zero_copy_only=False)
    return pa.array(np.where(filled, by_code, flagged), mask=~decided)


def is_manufacturing(code: str) -> bool:
    """Return whether an industry code (C3670, 3670, 36, C) lies in section C."""
    digits = code.lstrip("ABCDEFGHIJKLMNOPQRST")
    return int(digits[:2]) in DIVISIONS if digits else code == "C"
