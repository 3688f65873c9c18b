"""The most even choice: the ascending vector of the cities' shares is lexicographically largest. SPEC 9.1 `coverage`.

A candidate moves its own city alone, so a choice is a level per city: how many of its countable candidates are chosen, the
cheapest first. The smallest share is raised as far as the limits allow; where not every city at it can be raised further, every
largest set of those that can is tried. Exact fractions throughout.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate, combinations
from math import inf
from typing import TYPE_CHECKING, Final

from queries.planning.choice import NOTHING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from queries.planning.choice import Choice

MOST_TRIALS: Final = 20_000
"""Sets of cities tried before the search keeps the best it has: then the plan is told as bounded, not as proven."""

Levels = dict[int, int]


@dataclass(frozen=True)
class CityCounts:
    """A city with a share: its base and its units listed before."""

    base: int
    listed: int

    def share(self, more: int) -> Fraction:
        """Return the share with so many more listed."""
        return Fraction(self.listed + more, self.base)


@dataclass(frozen=True)
class Even:
    """The most even choice, its ascending vector of shares, and whether the search was complete."""

    chosen: tuple[int, ...]
    vector: tuple[Fraction, ...]
    proven: bool


def most_even(choice: Choice, cities: Mapping[int, CityCounts], counts: Sequence[bool]) -> Even | None:
    """Return the most even choice within the limits, None where none keeps them; `counts` says who raises its city."""
    search = _Search(choice, cities, counts)
    start = dict.fromkeys(cities, 0)
    if not search.fits(start):
        return None
    levels = search.best(start, frozenset())
    candidates = [unit for city, level in levels.items() for unit in search.parts[city].chosen(level)]
    chosen = tuple(sorted({*candidates, *choice.forced, *search.elsewhere}))
    return Even(chosen, search.vector(levels), proven=search.trials <= MOST_TRIALS)


@dataclass(frozen=True)
class _City:
    """Candidates of a city: the forced ones, those that raise its share and the others, cheapest first, with running costs."""

    forced: tuple[int, ...]
    given: int
    """Forced ones that raise the share."""
    raising: tuple[int, ...]
    others: tuple[int, ...]
    raising_cost: tuple[Fraction, ...]
    others_cost: tuple[Fraction, ...]
    forced_cost: Fraction
    least: int
    """How many must be chosen, and `most` how many further raising ones may be."""
    most: int
    top: float
    """How many may be chosen in all."""

    def fill(self, level: int) -> int:
        """Return how many others the minimum needs beside `level` raising ones."""
        return max(self.least - len(self.forced) - level, 0)

    def possible(self, level: int) -> bool:
        """Return whether minimum and maximum can be kept with exactly `level` raising ones."""
        fill = self.fill(level)
        return level <= self.most and fill <= len(self.others) and len(self.forced) + level + fill <= self.top

    def used(self, level: int) -> tuple[int, Fraction]:
        """Return how many are chosen at a level, and what they cost."""
        fill = self.fill(level)
        return len(self.forced) + level + fill, self.forced_cost + self.raising_cost[level] + self.others_cost[fill]

    def cheapest_from(self, level: int) -> int | None:
        """Return the level from `level` on that uses least: while a minimum is open, one that raises may be cheaper."""
        possible = (at for at in range(level, min(level + self.fill(level), self.most) + 1) if self.possible(at))
        return min(possible, key=lambda at: (*self.used(at), -at), default=None)

    def chosen(self, level: int) -> tuple[int, ...]:
        """Return the candidates at a level."""
        return (*self.forced, *self.raising[:level], *self.others[: self.fill(level)])


class _Search:
    def __init__(self, choice: Choice, cities: Mapping[int, CityCounts], counts: Sequence[bool]) -> None:
        self.choice = choice
        self.cities = cities
        self.trials = 0
        forced = set(choice.forced)
        free: dict[tuple[int, bool], list[int]] = {}
        for candidate in sorted(
            set(range(len(choice.ids))) - forced, key=lambda one: (choice.cost[one], choice.ids[one])
        ):
            free.setdefault((choice.city[candidate], counts[candidate]), []).append(candidate)
        self.parts = {city: self._city(city, free, counts) for city in cities}
        self.elsewhere = tuple(self._owed_elsewhere(free))
        outside = {one for one in choice.forced if choice.city[one] not in cities} | set(self.elsewhere)
        self.outside = len(outside), sum((choice.cost[one] for one in outside), NOTHING)

    def _city(self, city: int, free: Mapping[tuple[int, bool], list[int]], counts: Sequence[bool]) -> _City:
        choice, limits = self.choice, self.choice.limits
        forced = tuple(unit for unit in choice.forced if choice.city[unit] == city)
        raising, others = free.get((city, True), []), free.get((city, False), [])
        room = [bound for bound in (limits.city_max.get(city), limits.count) if bound is not None]
        most = max(min([len(raising), *(bound - len(forced) for bound in room)]), 0)
        return _City(
            forced=forced,
            given=sum(counts[unit] for unit in forced),
            raising=tuple(raising[:most]),
            others=tuple(others),
            raising_cost=tuple(accumulate((choice.cost[unit] for unit in raising[:most]), initial=NOTHING)),
            others_cost=tuple(accumulate((choice.cost[unit] for unit in others), initial=NOTHING)),
            forced_cost=sum((choice.cost[unit] for unit in forced), NOTHING),
            least=limits.city_min.get(city, 0),
            most=most,
            top=limits.city_max.get(city, inf),
        )

    def _owed_elsewhere(self, free: Mapping[tuple[int, bool], list[int]]) -> Iterator[int]:
        """Yield what minimums of cities without a share need: the cheapest, since nobody there moves anything."""
        for city, least in self.choice.limits.city_min.items():
            if city not in self.cities:
                able = [*free.get((city, True), []), *free.get((city, False), [])]
                able.sort(key=self.choice.cost.__getitem__)
                yield from able[: max(least - self._forced_in(city), 0)]

    def _forced_in(self, city: int) -> int:
        return sum(self.choice.city[unit] == city for unit in self.choice.forced)

    def _quotas_hold_elsewhere(self) -> bool:
        """Return whether the quotas of cities without a share are kept by who was taken there."""
        limits = self.choice.limits
        for city in limits.cities - frozenset(self.cities):
            there = self._forced_in(city) + sum(self.choice.city[unit] == city for unit in self.elsewhere)
            if not limits.city_min.get(city, 0) <= there <= limits.city_max.get(city, inf):
                return False
        return True

    def fits(self, levels: Levels) -> bool:
        """Return whether levels keep count, budget and every minimum; each city takes the cheapest that is high enough."""
        if not self._quotas_hold_elsewhere():
            return False
        used, spent = self.outside
        for city, level in levels.items():
            at = self.parts[city].cheapest_from(level)
            if at is None:
                return False
            number, cost = self.parts[city].used(at)
            used += number
            spent += cost
        limits = self.choice.limits
        return (limits.count is None or used <= limits.count) and (limits.budget is None or spent <= limits.budget)

    def most(self, city: int) -> int:
        """Return the highest level of a city."""
        return self.parts[city].most

    def share(self, city: int, level: int) -> Fraction:
        """Return the share of a city at a level."""
        return self.cities[city].share(self.parts[city].given + level)

    def vector(self, levels: Levels) -> tuple[Fraction, ...]:
        """Return the ascending vector of shares."""
        return tuple(sorted(self.share(city, level) for city, level in levels.items()))

    def best(self, levels: Levels, closed: frozenset[int]) -> Levels:
        """Return the best levels from `levels` on, in which the cities `closed` stay where they are."""
        levels = {city: self._at(city, level) for city, level in levels.items()}
        open_cities = [city for city in levels if city not in closed]
        if not open_cities:
            return levels
        levels = self._raised(levels, open_cities)
        lowest = min(self.share(city, levels[city]) for city in open_cities)
        behind = sorted(city for city in open_cities if self.share(city, levels[city]) == lowest)
        tried = [
            self.best(higher, closed | (frozenset(behind) - frozenset(group)))
            for group, higher in self._largest_sets(levels, behind)
        ]
        return max(tried, key=self.vector)

    def _at(self, city: int, level: int) -> int:
        at = self.parts[city].cheapest_from(level)
        return level if at is None else at

    def _raised(self, levels: Levels, open_cities: Sequence[int]) -> Levels:
        """Return the levels at which the smallest share of the open cities is as high as it can be."""
        ceiling = min(self.share(city, self.most(city)) for city in open_cities)
        targets = sorted(
            {self.share(city, at) for city in open_cities for at in range(levels[city], self.most(city) + 1)}
        )
        targets = [target for target in targets if target <= ceiling]
        # `bisect_left` over "does not fit": the first target that is too high stands behind the highest that fits.
        at = bisect_left(targets, True, key=lambda target: not self.fits(self._reaching(levels, open_cities, target)))
        return self._reaching(levels, open_cities, targets[at - 1]) if at else levels

    def _reaching(self, levels: Levels, open_cities: Sequence[int], target: Fraction) -> Levels:
        """Return the lowest levels at which every open city has at least a share."""
        reached = dict(levels)
        for city in open_cities:
            counts = self.cities[city]
            needed = -(-target.numerator * counts.base // target.denominator) - counts.listed - self.parts[city].given
            reached[city] = max(levels[city], needed)
        return reached

    def _largest_sets(self, levels: Levels, behind: Sequence[int]) -> Iterator[tuple[tuple[int, ...], Levels]]:
        """Yield the largest sets of the cities furthest behind that can be raised together, with their levels."""
        able = [city for city in behind if levels[city] < self.most(city)]
        for size in range(len(able), -1, -1):
            fitting = False
            for group in combinations(able, size):
                self.trials += 1
                higher = levels | {city: levels[city] + 1 for city in group}
                if self.fits(higher):
                    fitting = True
                    yield group, higher
                    if self.trials > MOST_TRIALS:
                        return
            if fitting:
                return
