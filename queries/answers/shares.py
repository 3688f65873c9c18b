"""Shares, their bounds, their ranks: computed once, from integers, for every engine. SPEC 6."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from queries.answers.frame import counts

if TYPE_CHECKING:
    from graph_model.arrays import Floats, Ints


def share(part: Ints, whole: Ints) -> Floats:
    """Return part / whole, NaN where whole is 0 or less (an unknown total)."""
    empty = whole <= 0
    return np.where(empty, np.nan, part / np.where(empty, 1, whole))


def bounds(
    base: Ints, green: Ints, green_unknown: Ints, maybe_green: Ints, maybe_open: Ints, maybe_not: Ints
) -> tuple[Floats, Floats]:
    """Return the least and the greatest share over every completion of what is unknown.

    `base` are sure members, of which `green` are green and `green_unknown` may be. `maybe_*` may be members: green for sure,
    of unknown green, not green. A completion with an empty base does not count; NaN where there is no other.
    """
    # Least: whoever may be not green is a member and not green; of the surely green only who must be.
    least_base = base + maybe_open + maybe_not
    least = share(green, least_base)
    least = np.where((least_base == 0) & (maybe_green > 0), 1.0, least)
    # Greatest: whoever may be green is a member and green; of the surely not green only who must be.
    greatest_base = base + maybe_green + maybe_open
    greatest = share(green + green_unknown + maybe_green + maybe_open, greatest_base)
    greatest = np.where((greatest_base == 0) & (maybe_not > 0), 0.0, greatest)
    return least, greatest


def ranks(values: Ints) -> pd.Series[Any]:
    """Return competition ranks (1, 2, 2, 4 …) of shares or counts, the greatest first; null has none.

    Equal fractions of integers give equal floats, so comparing floats is exact.
    """
    has_share = ~np.isnan(values)
    descending = np.sort(-values[has_share])
    return counts(np.searchsorted(descending, -np.where(has_share, values, 0), side="left") + 1, has_share)


def units_short(base: Ints, green: Ints, threshold: Fraction | None) -> pd.Series[Any]:
    """Return the smallest k with (green + k) / base >= threshold; null where base is 0 or no threshold is set."""
    if threshold is None:
        return counts(np.zeros(len(base), dtype=np.int64), np.zeros(len(base), dtype=bool))
    up, down = threshold.numerator, threshold.denominator
    needed = [-(-int(members) * up // down) for members in base]
    return counts(np.maximum(np.array(needed, dtype=np.int64) - green, 0), base > 0)
