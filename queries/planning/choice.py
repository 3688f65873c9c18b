"""The choice itself: which candidates move which places by how much, and within which limits they may be chosen.

Every goal but coverage has one shape. A place has a *curve*: what its first, second, third … chosen member adds. A candidate
adds the next step of every place it is a member of, and what it is worth by itself. Sums are exact fractions, so that ties
are ties and a gain is what a recount of the questions gives.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Curve = tuple[Fraction, ...]
"""What the first, second … chosen member of a place adds; nothing beyond its end."""
NOTHING = Fraction(0)


@dataclass(frozen=True)
class PlanLimits:
    """How many may be chosen, for how much, and how many of each city; None is no limit."""

    count: int | None = None
    budget: Fraction | None = None
    city_min: Mapping[int, int] = field(default_factory=dict)
    city_max: Mapping[int, int] = field(default_factory=dict)

    @property
    def cities(self) -> frozenset[int]:
        """Return the cities that have a quota."""
        return frozenset(self.city_min) | frozenset(self.city_max)


@dataclass(frozen=True)
class Choice:
    """Candidates in the order of their ids, what they move, and the limits; candidates are numbered by position."""

    ids: Sequence[str]
    places: Sequence[tuple[int, ...]]
    """Per candidate the places it would count in."""
    curves: Sequence[Curve]
    """Per place what each further chosen member adds."""
    alone: Sequence[Fraction]
    """Per candidate what it is worth by itself: a bonus, or its part of output."""
    city: Sequence[int]
    """Per candidate its city, 0 for none of the home cities."""
    cost: Sequence[Fraction]
    limits: PlanLimits
    forced: tuple[int, ...] = ()
    """Candidates that must be chosen."""
    concave: bool = True
    """Whether every curve falls: then each further member adds less, and greedy choice has a guarantee."""

    def value(self, chosen: Iterable[int]) -> Fraction:
        """Return what a set of candidates is worth."""
        members: Counter[int] = Counter()
        total = NOTHING
        for candidate in chosen:
            members.update(self.places[candidate])
            total += self.alone[candidate]
        return total + sum((self.reached(place, count) for place, count in members.items()), NOTHING)

    def reached(self, place: int, count: int) -> Fraction:
        """Return what `count` chosen members of a place add together."""
        sums = self._sums[place]
        return sums[min(count, len(sums) - 1)]

    def step(self, place: int, count: int) -> Fraction:
        """Return what one more member adds to a place with `count` chosen ones."""
        curve = self.curves[place]
        return curve[count] if count < len(curve) else NOTHING

    @cached_property
    def _sums(self) -> list[list[Fraction]]:
        """Per place the running sums of its curve, from 0 members on."""
        sums = []
        for curve in self.curves:
            running = [NOTHING]
            for step in curve:
                running.append(running[-1] + step)
            sums.append(running)
        return sums

    @cached_property
    def groups(self) -> list[tuple[int, ...]]:
        """Return candidates that are alike in everything the choice looks at, each group in the order of ids."""
        alike: dict[tuple[object, ...], list[int]] = {}
        quotas, priced = self.limits.cities, self.limits.budget is not None
        forced = frozenset(self.forced)
        for candidate, places in enumerate(self.places):
            moved = tuple(place for place in places if self.curves[place])
            city = self.city[candidate] if self.city[candidate] in quotas else 0
            cost = self.cost[candidate] if priced else NOTHING
            key = (moved, self.alone[candidate], city, cost, candidate in forced)
            alike.setdefault(key, []).append(candidate)
        return [tuple(group) for group in alike.values()]


class Chosen:
    """A growing set of chosen candidates: members per place, and what may still be added."""

    def __init__(self, choice: Choice) -> None:
        self.choice = choice
        self.order: list[int] = []
        self.members: Counter[int] = Counter()
        self.per_city: Counter[int] = Counter()
        self.spent = NOTHING

    @classmethod
    def of(cls, choice: Choice, candidates: Iterable[int]) -> Chosen:
        """Return a set of candidates, chosen in their order."""
        chosen = cls(choice)
        for candidate in candidates:
            chosen.add(candidate)
        return chosen

    def copy(self) -> Chosen:
        """Return the same set, to grow on its own."""
        other = Chosen(self.choice)
        other.order, other.members = list(self.order), self.members.copy()
        other.per_city, other.spent = self.per_city.copy(), self.spent
        return other

    def add(self, candidate: int) -> None:
        """Choose a candidate."""
        self.order.append(candidate)
        self.members.update(self.choice.places[candidate])
        self.per_city[self.choice.city[candidate]] += 1
        self.spent += self.choice.cost[candidate]

    def gain(self, candidate: int) -> Fraction:
        """Return what one more candidate adds to those chosen."""
        choice = self.choice
        steps = (choice.step(place, self.members[place]) for place in choice.places[candidate])
        return sum(steps, choice.alone[candidate])

    def fits(self, candidate: int) -> bool:
        """Return whether a candidate breaks no maximum, not the budget, and leaves places enough for the minimums."""
        limits, city = self.choice.limits, self.choice.city[candidate]
        if city in limits.city_max and self.per_city[city] >= limits.city_max[city]:
            return False
        if limits.budget is not None and self.spent + self.choice.cost[candidate] > limits.budget:
            return False
        if limits.count is None:
            return True
        owed = sum(max(least - self.per_city[other], 0) for other, least in limits.city_min.items())
        owed -= 1 if self.per_city[city] < limits.city_min.get(city, 0) else 0
        return len(self.order) + 1 + owed <= limits.count
