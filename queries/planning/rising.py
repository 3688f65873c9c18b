"""A choice by hand where curves rise: nothing is gained until the last missing member of a place is chosen.

The place that needs the fewest further members is finished first, with the members that the most other unfinished places
share. There is no guarantee: what it is worth is told beside the bound of the relaxation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from queries.planning.choice import Chosen
from queries.planning.greedy import in_greedy_order

if TYPE_CHECKING:
    from queries.planning.choice import Choice


def nearest_first(choice: Choice) -> list[int]:
    """Return the forced candidates, what minimums need, and then place after place as long as one can be finished."""
    chosen = Chosen.of(choice, in_greedy_order(choice, choice.forced))
    free = _members(choice)
    _meet_minimums(chosen)
    while (batch := _next_batch(chosen, free)) is not None:
        for candidate in batch:
            chosen.add(candidate)
    return chosen.order


def _members(choice: Choice) -> dict[int, list[int]]:
    members: dict[int, list[int]] = {}
    for candidate, places in enumerate(choice.places):
        for place in places:
            if choice.curves[place]:
                members.setdefault(place, []).append(candidate)
    return members


def _meet_minimums(chosen: Chosen) -> None:
    choice, taken = chosen.choice, set(chosen.order)
    for city, least in choice.limits.city_min.items():
        there = [one for one in range(len(choice.ids)) if choice.city[one] == city and one not in taken]
        there.sort(key=lambda one: (choice.cost[one], -len(choice.places[one]), choice.ids[one]))
        for candidate in there[: max(least - chosen.per_city[city], 0)]:
            chosen.add(candidate)


def _next_batch(chosen: Chosen, members: dict[int, list[int]]) -> list[int] | None:
    """Return the candidates that finish the nearest place within the limits, None where none can be finished."""
    choice, taken = chosen.choice, set(chosen.order)
    open_places = sorted(
        (len(choice.curves[place]) - chosen.members[place], place)
        for place in members
        if chosen.members[place] < len(choice.curves[place])
    )
    for needed, place in open_places:
        free = [one for one in members[place] if one not in taken]
        free.sort(key=lambda one: (choice.cost[one], -_shared(chosen, one), choice.ids[one]))
        batch = _fitting(chosen, free, needed)
        if batch is not None:
            return batch
    return None


def _shared(chosen: Chosen, candidate: int) -> int:
    choice = chosen.choice
    return sum(chosen.members[place] < len(choice.curves[place]) for place in choice.places[candidate])


def _fitting(chosen: Chosen, free: list[int], needed: int) -> list[int] | None:
    trial = chosen.copy()
    batch: list[int] = []
    for candidate in free:
        if len(batch) == needed:
            break
        if trial.fits(candidate):
            trial.add(candidate)
            batch.append(candidate)
    return batch if len(batch) == needed else None
