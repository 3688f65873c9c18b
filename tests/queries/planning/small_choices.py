"""Small random choices, and the best of each by trying every set."""

from __future__ import annotations

import random
from collections.abc import Sequence
from fractions import Fraction
from itertools import chain, combinations
from math import lcm

import numpy as np
from numpy.typing import NDArray

from queries.planning.choice import Choice, PlanLimits
from queries.planning.goals import count, crossings, progress
from queries.planning.goals.goal import PlaceCounts
from queries.planning.leximin import CityCounts

CITIES = (0, 320100, 320200, 320500)
GOALS = {"progress": progress.GOAL, "count": count.GOAL, "crossings": crossings.GOAL, "output": None}


def choice_of(seed: int, goal: str, most: int = 9, least: int = 1) -> Choice:
    """Return a choice of `least` to `most` candidates; every third has quotas, every third a budget, every third forced units."""
    draw = random.Random(f"{goal} {seed}")
    candidates, places = draw.randint(least, most), draw.randint(1, 4)
    members = [tuple(sorted(draw.sample(range(places), draw.randint(0, min(3, places))))) for _ in range(candidates)]
    limit = draw.randint(0, candidates + 1)
    curves = (
        [()] * places if goal == "output" else [_curve(draw, goal, place, members, limit) for place in range(places)]
    )
    alone = [Fraction(draw.randint(0, 9), 40) if goal == "output" or seed % 4 == 0 else Fraction(0) for _ in members]
    cost = [Fraction(draw.randint(0, 6), draw.choice((1, 2))) for _ in members]
    city = [draw.choice(CITIES) for _ in members]
    forced = (
        tuple(sorted(draw.sample(range(candidates), min(draw.randint(0, 2), candidates, limit))))
        if seed % 3 == 1
        else ()
    )
    limits = PlanLimits(
        None if seed % 6 == 2 else limit,
        Fraction(draw.randint(4, 14)) if seed % 3 == 2 else None,
        {one: draw.randint(1, 2) for one in CITIES[1:] if seed % 3 == 0 and draw.random() < 0.3},
        {one: draw.randint(1, 3) for one in CITIES[1:] if seed % 3 == 0 and draw.random() < 0.4},
    )
    ids = [f"u{number:02d}" for number in range(candidates)]
    return Choice(ids, members, curves, alone, city, cost, limits, forced, concave=goal != "crossings")


def _curve(
    draw: random.Random, goal: str, place: int, members: list[tuple[int, ...]], limit: int
) -> tuple[Fraction, ...]:
    there = sum(place in of_one for of_one in members)
    base = there + draw.randint(0, 6) or 1
    green = draw.randint(0, base - there)
    counts = PlaceCounts(base, green, Fraction(draw.randint(1, 12), 12), Fraction(draw.choice((1, base, 0, 7)), 2))
    wanted = GOALS[goal]
    assert wanted is not None
    return wanted.curve(counts, min(there, limit))


def allowed_sets(choice: Choice) -> list[tuple[int, ...]]:
    """Return every set that keeps the limits."""
    everybody = range(len(choice.ids))
    return [
        chosen
        for chosen in chain.from_iterable(combinations(everybody, n) for n in range(len(choice.ids) + 1))
        if keeps(choice, chosen)
    ]


def keeps(choice: Choice, chosen: tuple[int, ...]) -> bool:
    """Return whether a set keeps count, budget, quotas and what is forced."""
    limits = choice.limits
    per_city = {city: sum(choice.city[one] == city for one in chosen) for city in CITIES}
    return (
        set(choice.forced) <= set(chosen)
        and (limits.count is None or len(chosen) <= limits.count)
        and (limits.budget is None or sum((choice.cost[one] for one in chosen), Fraction(0)) <= limits.budget)
        and all(per_city[city] >= least for city, least in limits.city_min.items())
        and all(per_city[city] <= most for city, most in limits.city_max.items())
    )


def worth(choice: Choice, chosen: tuple[int, ...]) -> Fraction:
    """Return the value of a set from the curves themselves, apart from the product's sums."""
    total = sum((choice.alone[one] for one in chosen), Fraction(0))
    for place, curve in enumerate(choice.curves):
        total += sum(curve[: sum(place in choice.places[one] for one in chosen)], Fraction(0))
    return total


def cities_of(seed: int) -> dict[int, CityCounts]:
    """Return cities with shares; one may have none."""
    draw = random.Random(f"cities {seed}")
    return {city: CityCounts(draw.randint(10, 30), draw.randint(0, 4)) for city in CITIES[1:] if draw.random() < 0.9}


def best_of_all(choice: Choice) -> Fraction | None:
    """Return the most that any set within the limits is worth, None where there is none: every set at once, in whole numbers."""
    count = len(choice.ids)
    chosen = (np.arange(2**count)[:, None] >> np.arange(count)) & 1
    allowed = np.ones(len(chosen), dtype=bool)
    limits, sizes = choice.limits, chosen.sum(axis=1)
    allowed &= chosen[:, list(choice.forced)].all(axis=1)
    allowed &= True if limits.count is None else sizes <= limits.count
    for city in CITIES:
        here = chosen[:, np.array([one == city for one in choice.city])].sum(axis=1)
        allowed &= (here >= limits.city_min.get(city, 0)) & (here <= limits.city_max.get(city, count))
    if limits.budget is not None:
        allowed &= chosen @ whole(choice.cost, 2) <= int(limits.budget * 2)
    if not allowed.any():
        return None
    scale = lcm(*(step.denominator for step in (*choice.alone, *(step for curve in choice.curves for step in curve))))
    worth = chosen @ whole(choice.alone, scale)
    for place, curve in enumerate(choice.curves):
        sums = np.concatenate([[0], np.cumsum(whole(curve, scale))]).astype(np.int64)
        members = chosen @ np.array([place in of_one for of_one in choice.places], dtype=np.int64)
        worth = worth + sums[np.minimum(members, len(curve))]
    return Fraction(int(worth[allowed].max()), scale)


def whole(values: Sequence[Fraction], scale: int) -> NDArray[np.int64]:
    """Return fractions times a scale that makes them whole."""
    return np.array([int(value * scale) for value in values], dtype=np.int64)
