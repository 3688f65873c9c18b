"""Lazy greedy choice, and the bound that its own gains prove.

For concave curves the value is monotone and submodular: greedy reaches at least 1 - 1/e of the best under a count
(Nemhauser, Wolsey, Fisher 1978); gains only fall, so an old gain bounds a new one and most need not be looked at again
(Minoux 1978); and at any point what was reached plus the best gains still open bounds the best of all (Leskovec et al. 2007).
Under a budget the better of greedy by gain and greedy by gain per cost is taken.
"""

from __future__ import annotations

from fractions import Fraction
from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING

from queries.planning.choice import NOTHING, Choice, Chosen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

Key = tuple[Fraction, str, int]
"""What greedy compares: the gain (per cost) with its sign turned, the id, the group."""


def greedy(choice: Choice) -> list[int]:
    """Return the candidates that greedy chooses, the forced ones first; none that adds nothing, unless a minimum needs it."""
    by_gain = grown(choice, lambda gain, _: gain)
    if choice.limits.budget is None:
        return by_gain
    by_price = grown(choice, lambda gain, candidate: gain / max(choice.cost[candidate], _SMALLEST))
    return max(by_gain, by_price, key=choice.value)


_SMALLEST = Fraction(1, 10**12)
"""What costs nothing is as good as anything can be, but still ordered by its gain."""


def grown(choice: Choice, worth: Callable[[Fraction, int], Fraction]) -> list[int]:
    """Return a greedy set by one measure of worth, reserving first what the minimums need at least."""
    chosen = Chosen.of(choice, in_greedy_order(choice, choice.forced))
    _grow(chosen, worth, _owed_groups(choice), only_owed=True)
    _grow(chosen, worth, choice.groups, only_owed=False)
    return chosen.order


def _owed_groups(choice: Choice) -> list[tuple[int, ...]]:
    owed = choice.limits.city_min
    return (
        [group for group in choice.groups if choice.city[group[0]] in owed] if choice.limits.budget is not None else []
    )


def _grow(
    chosen: Chosen,
    worth: Callable[[Fraction, int], Fraction],
    groups: Iterable[tuple[int, ...]],
    *,
    only_owed: bool,
) -> None:
    """Add what is worth most until nothing that fits adds anything; with `only_owed` only what a minimum still needs.

    A minimum under a budget is met by the cheapest first: whatever is left is then spent by worth.
    """
    taken = set(chosen.order)
    waiting = {at: [one for one in reversed(group) if one not in taken] for at, group in enumerate(groups)}
    heap: list[Key] = []
    for at, group in waiting.items():
        if group:
            heap.append(_key(chosen, worth, group[-1], at, only_owed))
    heapify(heap)
    while heap and not _is_full(chosen):
        _, _, at = heappop(heap)
        candidate = waiting[at][-1]
        key = _key(chosen, worth, candidate, at, only_owed)
        if heap and key > heap[0]:
            heappush(heap, key)
            continue
        if not _is_wanted(chosen, candidate, only_owed):
            continue
        chosen.add(candidate)
        waiting[at].pop()
        if waiting[at]:
            heappush(heap, _key(chosen, worth, waiting[at][-1], at, only_owed))


def _key(
    chosen: Chosen, worth: Callable[[Fraction, int], Fraction], candidate: int, group: int, only_owed: bool
) -> Key:
    value = -chosen.choice.cost[candidate] if only_owed else worth(chosen.gain(candidate), candidate)
    return (-value, chosen.choice.ids[candidate], group)


def _is_full(chosen: Chosen) -> bool:
    limit = chosen.choice.limits.count
    return limit is not None and len(chosen.order) >= limit


def _is_wanted(chosen: Chosen, candidate: int, only_owed: bool) -> bool:
    """Return whether a candidate fits, and adds something or is owed to its city."""
    city, limits = chosen.choice.city[candidate], chosen.choice.limits
    is_owed = chosen.per_city[city] < limits.city_min.get(city, 0)
    wanted = is_owed if only_owed else is_owed or chosen.gain(candidate) > 0
    return wanted and chosen.fits(candidate)


def in_greedy_order(choice: Choice, candidates: Iterable[int], behind: Sequence[int] = ()) -> Iterator[int]:
    """Yield candidates by the largest marginal gain next, ties by id, counted on top of those `behind`.

    Where curves fall an old gain bounds a new one, so that most need not be looked at again; where they rise all are.
    """
    chosen = Chosen.of(choice, behind)
    yield from (_lazily if choice.concave else _plainly)(chosen, list(candidates))


def _lazily(chosen: Chosen, left: list[int]) -> Iterator[int]:
    ids = chosen.choice.ids
    heap = [(-chosen.gain(candidate), ids[candidate], candidate) for candidate in left]
    heapify(heap)
    while heap:
        _, id, candidate = heappop(heap)
        now = (-chosen.gain(candidate), id, candidate)
        if heap and now > heap[0]:
            heappush(heap, now)
            continue
        chosen.add(candidate)
        yield candidate


def _plainly(chosen: Chosen, left: list[int]) -> Iterator[int]:
    ids = chosen.choice.ids
    while left:
        best = min(left, key=lambda candidate: (-chosen.gain(candidate), ids[candidate]))
        chosen.add(best)
        left.remove(best)
        yield best


def open_bound(choice: Choice, chosen_order: Sequence[int]) -> Fraction:
    """Return a bound on the best value from the gains still open, at the empty set and at the greedy one.

    Holds for concave curves only. At any set, no set within the limits is worth more than that set and the largest gains it
    leaves open, as many as the count allows or for as much as the budget buys.
    """
    return min(_bound_at(choice, ()), _bound_at(choice, chosen_order))


def _bound_at(choice: Choice, order: Sequence[int]) -> Fraction:
    chosen = Chosen.of(choice, order)
    taken = set(order)
    gains = []
    for group in choice.groups:
        free = [one for one in group if one not in taken]
        if free:
            gain = chosen.gain(free[0])
            gains.append((gain, choice.cost[free[0]], len(free)))
    limits = choice.limits
    bounds = [sum((gain * size for gain, _, size in gains), NOTHING)]
    if limits.count is not None:
        bounds.append(_largest(gains, limits.count))
    if limits.budget is not None:
        bounds.append(_affordable(gains, limits.budget))
    return choice.value(order) + min(bounds)


def _largest(gains: list[tuple[Fraction, Fraction, int]], count: int) -> Fraction:
    total, left = NOTHING, count
    for gain, _, size in sorted(gains, key=lambda step: -step[0]):
        taken = min(left, size)
        total += gain * taken
        left -= taken
        if not left:
            break
    return total


def _affordable(gains: list[tuple[Fraction, Fraction, int]], budget: Fraction) -> Fraction:
    """Return what a budget buys if the last unit could be bought in part."""
    total, left = NOTHING, budget
    for gain, cost, size in sorted(gains, key=lambda step: step[1] / step[0] if step[0] else Fraction(10**18)):
        if not cost:
            total += gain * size
            continue
        bought = min(Fraction(size), left / cost)
        total += gain * bought
        left -= bought * cost
    return total
