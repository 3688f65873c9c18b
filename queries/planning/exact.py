"""The best choice by integer programming (HiGHS through `scipy.optimize.milp`), with the bound that the solver proves.

Candidates that are alike become one whole-numbered variable. A falling curve becomes one bounded variable per run of equal
steps: the solver takes the steep runs first by itself. A curve that rises somewhere (crossings) becomes a yes or no per level.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from math import isfinite
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from queries.planning.choice import Choice

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from scipy.sparse import csr_array


SECONDS: Final = 60.0
"""A solver that has not proven its answer by then is stopped, and its bound is told as it stands.

Far more than it takes on a machine of its own, so that on a busy one the branches stop it first and the same question has the
same plan.
"""
NODES: Final = 4_000
"""Branches after which it is stopped; unlike seconds, this stops at the same answer on every machine."""
MOST_GROUPS: Final = 200_000
"""Groups of candidates beyond which the relaxation alone would take longer than greedy choice and its own bound."""
TOLERANCE: Final = 1e-9
_INFEASIBLE: Final = 2
"""What scipy calls a problem without a solution."""


@dataclass(frozen=True)
class Solved:
    """What the solver chose (None where it found nothing in time), and the bound it proves on the best value."""

    chosen: tuple[int, ...] | None
    bound: float
    proven: bool


@dataclass(frozen=True)
class _Level:
    """A variable of a place: worth `gain` a unit, at most `most`; it needs `members` chosen members a unit."""

    place: int
    gain: float
    most: int
    members: int


class Infeasible(Exception):  # noqa: N818 - it is an outcome of the solver, worded by whoever asked
    """No set of candidates keeps the limits."""


def solved(choice: Choice) -> Solved:
    """Return the best choice, or the best found in time; Infeasible where none keeps the limits."""
    groups = choice.groups
    if not groups:
        return Solved((), 0.0, proven=True)
    result, scale = _run(choice, whole=True)
    if result.status == _INFEASIBLE:
        raise Infeasible
    bound = _outward(result.mip_dual_bound, scale)
    if result.x is None:
        return Solved(None, bound, proven=False)
    counts = np.rint(result.x[: len(groups)]).astype(int).tolist()
    chosen = tuple(candidate for group, count in zip(groups, counts, strict=True) for candidate in group[:count])
    reached = float(choice.value(chosen))
    return Solved(chosen, bound, proven=result.status == 0 and bound <= reached + TOLERANCE * max(1.0, scale, reached))


def relaxed_bound(choice: Choice) -> float:
    """Return the bound of the relaxation in which parts of candidates may be chosen, rounded outward."""
    if not choice.groups:
        return 0.0
    result, scale = _run(choice, whole=False)
    return _outward(result.fun, scale) if result.status == 0 else float("inf")


def _run(choice: Choice, *, whole: bool) -> tuple[Any, float]:
    """Return the solver's result, and what gains were divided by before it saw them."""
    from scipy.optimize import Bounds, LinearConstraint, milp

    groups, forced = choice.groups, set(choice.forced)
    levels = [level for place in range(len(choice.curves)) for level in _levels(choice, place)]
    gains = [float(choice.alone[group[0]]) for group in groups] + [level.gain for level in levels]
    scale = max((abs(gain) for gain in gains), default=0.0) or 1.0
    least = [len(group) if group[0] in forced else 0 for group in groups] + [0] * len(levels)
    most = [len(group) for group in groups] + [level.most for level in levels]
    kinds = [1] * len(groups) + [0 if choice.concave else 1] * len(levels)
    result = milp(
        -np.array(gains) / scale,
        integrality=np.array(kinds if whole else [0] * len(kinds)),
        bounds=Bounds(np.array(least, dtype=float), np.array(most, dtype=float)),
        constraints=[LinearConstraint(*row) for row in _rows(choice, groups, levels)],
        options={"mip_rel_gap": 0.0, "time_limit": SECONDS, "node_limit": NODES},
    )
    return result, scale


def _outward(lowest: float | None, scale: float) -> float:
    """Return the solver's bound on a value, turned to our sign and rounded up by what floats may have lost."""
    if lowest is None or not isfinite(lowest):
        return float("inf")
    bound = -lowest * scale
    return bound + abs(bound) * 1e-12


def _levels(choice: Choice, place: int) -> list[_Level]:
    """Return the variables of a place: runs of a falling curve, or the levels at which a rising one adds something."""
    curve = choice.curves[place]
    if choice.concave:
        runs = [(gain, len(list(run))) for gain, run in groupby(curve) if gain]
        return [_Level(place, float(gain), length, 1) for gain, length in runs]
    return [_Level(place, float(gain), 1, at) for at, gain in enumerate(curve, 1) if gain]


Row = tuple["csr_array[Any]", "NDArray[np.float64]", "NDArray[np.float64]"]


def _rows(choice: Choice, groups: Sequence[tuple[int, ...]], levels: Sequence[_Level]) -> list[Row]:
    """Return the constraints as (matrix, lowest, highest): levels need members; count, budget and quotas hold."""
    from scipy.sparse import csr_array

    columns = len(groups) + len(levels)
    parts = [_membership_rows(choice, groups, levels)]
    limits, plain = choice.limits, []
    if limits.count is not None:
        plain.append((dict.fromkeys(range(len(groups)), 1.0), -np.inf, float(limits.count)))
    if limits.budget is not None:
        prices = {at: float(choice.cost[group[0]]) for at, group in enumerate(groups)}
        plain.append((prices, -np.inf, float(limits.budget)))
    for city in sorted(limits.cities):
        inside = {at: 1.0 for at, group in enumerate(groups) if choice.city[group[0]] == city}
        plain.append((inside, float(limits.city_min.get(city, 0)), float(limits.city_max.get(city, np.inf))))
    for entries, low, high in plain:
        data, at = list(entries.values()), list(entries)
        matrix = csr_array((data, (np.zeros(len(at), dtype=np.int32), np.array(at, dtype=np.int32))), (1, columns))
        parts.append((matrix, np.array([low]), np.array([high])))
    return [part for part in parts if part[0].shape[0]]


def _membership_rows(choice: Choice, groups: Sequence[tuple[int, ...]], levels: Sequence[_Level]) -> Row:
    """Return one row per constraint on levels: members that they need minus members chosen is at most 0.

    The runs of a falling curve share the members of their place; each level of a rising one needs its own, all of them.
    """
    from scipy.sparse import csr_array

    row_of_level = _level_rows(choice, levels)
    rows_of_place: dict[int, list[int]] = {}
    for level, row in zip(levels, row_of_level, strict=True):
        of_place = rows_of_place.setdefault(level.place, [])
        if row not in of_place:
            of_place.append(row)
    data, at_row, at_column = [], [], []
    for at, group in enumerate(groups):
        for place in choice.places[group[0]]:
            for row in rows_of_place.get(place, ()):
                data.append(-1.0)
                at_row.append(row)
                at_column.append(at)
    for at, (level, row) in enumerate(zip(levels, row_of_level, strict=True), len(groups)):
        data.append(float(level.members))
        at_row.append(row)
        at_column.append(at)
    count = max(row_of_level, default=-1) + 1
    matrix = csr_array((data, (at_row, at_column)), (count, len(groups) + len(levels)))
    return matrix, np.full(count, -np.inf), np.zeros(count)


def _level_rows(choice: Choice, levels: Sequence[_Level]) -> list[int]:
    if not choice.concave:
        return list(range(len(levels)))
    numbered: dict[int, int] = {}
    return [numbered.setdefault(level.place, len(numbered)) for level in levels]
