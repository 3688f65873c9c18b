"""The share of output that green factories make, and between which bounds it lies whatever the unknown outputs are.

Exact fractions throughout. The base is a published total where one is given, else what the units themselves report.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from graph_model.column_types import UNKNOWN_MONEY
from queries.measures.tally import exact_sums

if TYPE_CHECKING:
    from graph_model.arrays import Flags, Ints8, Ints64
    from graph_model.view import View


@dataclass(frozen=True)
class OutputShare:
    """Known output of green units, of the base, how many units of the base have one; bounds are None where nothing is known."""

    known: int
    base: int
    green: int
    low: Fraction | None
    high: Fraction | None


def output_share(member: Ints8, green: Ints8, output: Ints64, total: int | None) -> OutputShare:
    """Return the share over units: members and greens are 1 yes, 0 no, -1 unknown; outputs in 分, `UNKNOWN_MONEY` unknown."""
    stated = output != UNKNOWN_MONEY
    sure = (member == 1) & stated
    sums = {
        "base": _sum(output, sure),
        "green": _sum(output, sure & (green == 1)),
        "other": _sum(output, sure & (green == 0)),
        "maybe_green": _sum(output, stated & (member != 0) & (green != 0)),
        "maybe_other": _sum(output, stated & (member != 0) & (green != 1)),
    }
    more_green = bool((~stated & (member != 0) & (green != 0)).any())
    more_other = bool((~stated & (member != 0) & (green != 1)).any())
    if total is None:
        low, high = _of_reported(sums, more_green, more_other)
    else:
        low, high = _of_total(sums, more_green, total)
    return OutputShare(int(sure.sum()), sums["base"] if total is None else total, sums["green"], low, high)


def total_output(view: View, region: int) -> int | None:
    """Return the published output of a region of the latest year before the day's for which it is known, in 分."""
    totals = view.graph["totals"]
    at = np.flatnonzero(
        (totals["region"] == region) & (totals["year"] < view.day.year) & (totals["output"] != UNKNOWN_MONEY)
    )
    return int(totals["output"][at[np.argmax(totals["year"][at])]]) if len(at) else None


def _sum(output: Ints64, chosen: Flags) -> int:
    return int(exact_sums(np.zeros(int(chosen.sum()), dtype=np.int64), output[chosen], 1)[0])


def _of_total(sums: dict[str, int], more_green: bool, total: int) -> tuple[Fraction | None, Fraction | None]:
    """Return the bounds over a published total: green output is at most what is not known to be of others."""
    if total <= 0:
        return None, None
    room = max(total - sums["other"], sums["green"])
    most = room if more_green else min(room, sums["maybe_green"])
    return Fraction(sums["green"], total), Fraction(most, total)


def _of_reported(sums: dict[str, int], more_green: bool, more_other: bool) -> tuple[Fraction | None, Fraction | None]:
    """Return the bounds over what is reported: an unknown output may be of any size."""
    least_base, most_base = sums["green"] + sums["maybe_other"], sums["maybe_green"] + sums["other"]
    if not least_base and not most_base:
        return None, None
    low = Fraction(0) if more_other or not least_base else Fraction(sums["green"], least_base)
    high = Fraction(1) if more_green or not most_base else Fraction(sums["maybe_green"], most_base)
    return low, high
