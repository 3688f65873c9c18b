"""Counts of units per group by membership and green, and exact sums of money.

A membership and a green are 1 yes, 0 no, -1 unknown; one `bincount` over group and the nine combinations gives every count.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from graph_model.column_types import UNKNOWN_MONEY

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from graph_model.arrays import Ints8, Ints64
    from graph_model.view import View


Base = Literal["above_scale", "manufacturer", "above_scale_manufacturer", "all"]


@dataclass(frozen=True)
class Tally:
    """Counts per group; every field is a vector over groups. Money is in 分."""

    units: Ints64
    base: Ints64
    base_unknown: Ints64
    green: Ints64
    green_unknown: Ints64
    listed_outside_base: Ints64
    maybe_green: Ints64
    maybe_open: Ints64
    maybe_not: Ints64
    """Units of unknown membership: green, of unknown green, not green."""


@dataclass(frozen=True)
class Outputs:
    """Output per group of base members: how many have a known one, its sum, and the sum over the green ones, in 分."""

    known: Ints64
    base: Ints64
    green: Ints64


def membership(view: View, base: Base) -> Ints8:
    """Return for every enterprise whether it belongs to a base: of two flags no if either is no, yes if both are. SPEC 6."""
    enterprises = view.graph["enterprises"]
    if base == "all":
        return np.ones(len(enterprises), dtype=np.int8)
    above = enterprises["above_scale"]
    made = enterprises["manufacturer"]
    if base == "above_scale":
        return above.astype(np.int8)
    if base == "manufacturer":
        return made.astype(np.int8)
    return np.where((above == 0) | (made == 0), 0, np.where((above == 1) & (made == 1), 1, -1)).astype(np.int8)


def tally(groups: NDArray[Any], count: int, member: Ints8, green: Ints8) -> Tally:
    """Count units into `count` groups by membership and green."""
    cell = groups.astype(np.int64) * 9 + (member.astype(np.int64) + 1) * 3 + (green + 1)
    table = np.bincount(cell, minlength=count * 9).reshape(count, 3, 3)
    maybe, outside, inside = table[:, 0], table[:, 1], table[:, 2]
    return Tally(
        units=table.sum(axis=(1, 2)),
        base=inside.sum(axis=1),
        base_unknown=maybe.sum(axis=1),
        green=inside[:, 2],
        green_unknown=inside[:, 0],
        listed_outside_base=maybe[:, 2] + outside[:, 2],
        maybe_green=maybe[:, 2],
        maybe_open=maybe[:, 0],
        maybe_not=maybe[:, 1],
    )


def outputs(groups: NDArray[Any], count: int, member: Ints8, green: Ints8, output: Ints64) -> Outputs:
    """Sum the known output of base members per group."""
    stated = (member == 1) & (output != UNKNOWN_MONEY)
    of_green = stated & (green == 1)
    return Outputs(
        np.bincount(groups[stated], minlength=count),
        exact_sums(groups[stated], output[stated], count),
        exact_sums(groups[of_green], output[of_green], count),
    )


def exact_sums(groups: NDArray[Any], values: Ints64, count: int) -> Ints64:
    """Return sums of int64 per group without rounding: `bincount` adds floats, so high and low halves are added apart."""
    high = np.bincount(groups, weights=(values >> 24).astype(np.float64), minlength=count)
    low = np.bincount(groups, weights=(values & 0xFFFFFF).astype(np.float64), minlength=count)
    return (high.astype(np.int64) << 24) + low.astype(np.int64)


def official_counts(view: View, column: str, keys: NDArray[Any]) -> Ints64:
    """Return `totals.above_scale_count` of the latest year before the view's for which it is known, -1 where none is.

    `column` is `park` or `region`, `keys` park rows or region codes.
    """
    totals = view.graph["totals"]
    figures = totals["above_scale_count"]
    at = np.flatnonzero(
        (totals["year"] < view.day.year) & (figures >= 0) & (totals[column] > (0 if column == "region" else -1))
    )
    latest: dict[int, int] = {}
    for row in at[np.argsort(totals["year"][at], kind="stable")].tolist():
        latest[int(totals[column][row])] = int(figures[row])
    return np.array([latest.get(int(key), -1) for key in keys], dtype=np.int64)
