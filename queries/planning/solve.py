"""The best choice that can be found, in the order that greedy would take it, and the bound that is proven on any choice."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from queries.planning.choice import NOTHING, Choice, Chosen, PlanLimits
from queries.planning.exact import MOST_GROUPS, TOLERANCE, Infeasible, Solved, relaxed_bound, solved
from queries.planning.greedy import greedy, in_greedy_order, open_bound
from queries.planning.plan_errors import InfeasiblePlanError
from queries.planning.rising import nearest_first

if TYPE_CHECKING:
    from collections.abc import Sequence

Method = Literal["exact", "bounded", "greedy"]


@dataclass(frozen=True)
class Solution:
    """Chosen candidates in order, their worth, what no choice can exceed, and how that is known."""

    order: tuple[int, ...]
    value: Fraction
    bound: Fraction
    method: Method


def solve(choice: Choice) -> Solution:
    """Return the best choice found; UsageError where no choice keeps the limits."""
    by_hand = grown(choice)
    if _is_proven(choice, by_hand):
        order = _ordered(choice, by_hand)
        return Solution(order, choice.value(order), choice.value(order), "exact")
    tried = _tried(choice) if len(choice.groups) <= MOST_GROUPS else None
    best = by_hand if tried is None or tried.chosen is None else max(by_hand, list(tried.chosen), key=choice.value)
    kept = without_idle(choice, best)
    order = _ordered(choice, kept)
    value = choice.value(order)
    if tried is not None and tried.proven and value >= choice.value(tried.chosen or ()):
        return Solution(order, value, value, "exact")
    return Solution(order, value, _bound(choice, by_hand, tried, value), "greedy" if tried is None else "bounded")


def _is_proven(choice: Choice, chosen: Sequence[int]) -> bool:
    """Return whether no solver is needed: the gains still open, or where nobody moves a place the relaxation, leave nothing.

    Without places and budget the limits are a count over cities, whose relaxation has whole answers.
    """
    if not choice.concave or not _is_kept(choice.limits, Chosen.of(choice, chosen)):
        return False
    value = choice.value(chosen)
    if open_bound(choice, chosen) == value:
        return True
    alone = choice.limits.budget is None and not any(choice.curves)
    return alone and relaxed_bound(choice) <= float(value) * (1 + TOLERANCE)


def _is_kept(limits: PlanLimits, chosen: Chosen) -> bool:
    """Return whether a choice keeps the count, the budget and every quota."""
    return (
        (limits.count is None or len(chosen.order) <= limits.count)
        and (limits.budget is None or chosen.spent <= limits.budget)
        and all(chosen.per_city[city] >= least for city, least in limits.city_min.items())
        and all(chosen.per_city[city] <= most for city, most in limits.city_max.items())
    )


def grown(choice: Choice) -> list[int]:
    """Return the choice that needs no solver: lazy greedy, or the nearest place first where curves rise."""
    if not choice.concave:
        return nearest_first(choice)
    chosen = greedy(choice)
    kept = without_idle(choice, chosen)
    while len(kept) < len(chosen):
        # A place taken by one that a later choice made idle is free again.
        chosen = greedy(_continued(choice, kept))
        kept, before = without_idle(choice, chosen), len(kept)
        if len(kept) <= before:
            break
    return kept


def _continued(choice: Choice, chosen: Sequence[int]) -> Choice:
    return replace(choice, forced=tuple(sorted({*choice.forced, *chosen})))


def _tried(choice: Choice) -> Solved | None:
    try:
        return solved(choice)
    except Infeasible:
        raise InfeasiblePlanError from None


def _bound(choice: Choice, by_hand: Sequence[int], tried: Solved | None, value: Fraction) -> Fraction:
    """Return the least bound that is proven, never below what was reached."""
    bounds = [open_bound(choice, by_hand)] if choice.concave else []
    proven = tried.bound if tried is not None else relaxed_bound(choice) if not choice.concave else float("inf")
    if proven != float("inf"):
        bounds.append(Fraction(proven))
    bounds.append(sum((sum(curve, NOTHING) for curve in choice.curves), NOTHING) + sum(choice.alone, NOTHING))
    return max(min(bounds), value)


def without_idle(choice: Choice, order: Sequence[int]) -> list[int]:
    """Return a choice without those that could be left out without loss, the last ones first.

    Forced ones stay, and those that a minimum of their city needs.
    """
    members = Counter(place for candidate in order for place in choice.places[candidate])
    per_city = Counter(choice.city[candidate] for candidate in order)
    forced, kept = set(choice.forced), list(order)
    for candidate in reversed(list(order)):
        city = choice.city[candidate]
        if candidate in forced or (
            per_city[city] <= choice.limits.city_min.get(city, 0) and city in choice.limits.city_min
        ):
            continue
        loss = choice.alone[candidate] + sum(
            (choice.step(place, members[place] - 1) for place in choice.places[candidate]), NOTHING
        )
        if not loss:
            kept.remove(candidate)
            per_city[city] -= 1
            members.subtract(choice.places[candidate])
    return kept


def _ordered(choice: Choice, chosen: Sequence[int]) -> tuple[int, ...]:
    """Return chosen candidates in greedy order, the forced ones first by the same rule."""
    forced = set(choice.forced)
    first = list(in_greedy_order(choice, [one for one in chosen if one in forced]))
    rest = in_greedy_order(choice, [one for one in chosen if one not in forced], behind=first)
    return (*first, *rest)
