"""The dates of a step of the way up, year by year: the next one from a day on, the last one by a day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from graph_model.days import OPEN, number
from graph_model.tiers import Tier
from queries.duties.dates import due_on, in_year
from queries.planning.seasons import list_day

if TYPE_CHECKING:
    from graph_model.arrays import Ints64
    from queries.duties.dates import RealDates
    from queries.law.rules import Rules
    from queries.law.ruleset_model import RouteStep


YEARS_BACK: Final = 3
YEARS_AHEAD: Final = 60
"""No bar heals and no work lasts that long; a day beyond is told as none."""
NEVER: Final = -1
"""The year of a day that never comes."""


@dataclass(frozen=True)
class SeasonDates:
    """Dates in order, each with the year that it belongs to; none for a step that takes place on any day."""

    due: Ints64
    year: Ints64

    def following(self, ready: Ints64) -> Ints64:
        """Return the first date on or after each day, the day itself where there are no dates; `OPEN` stays open."""
        if not len(self.due):
            return ready
        at = np.searchsorted(self.due, ready)
        return np.append(self.due, OPEN)[at]

    def last_by(self, limit: Ints64) -> Ints64:
        """Return the last date on or before each day; the day itself where there are no dates; `OPEN` stays open."""
        if not len(self.due):
            return limit
        at = np.searchsorted(self.due, limit, side="right") - 1
        return np.where((at < 0) | (limit == OPEN), OPEN, self.due[at])

    def years(self, days: Ints64) -> Ints64:
        """Return the year to which each of its dates belongs, `NEVER` for a day that never comes."""
        at = np.minimum(np.searchsorted(self.due, days), len(self.due) - 1)
        return np.where(days == OPEN, NEVER, self.year[at])

    def of_year(self, year: int) -> int | None:
        """Return the date of a year; None where it has none."""
        at = np.flatnonzero(self.year == year)
        return int(self.due[at[0]]) if len(at) else None


ANY_DAY: Final = SeasonDates(np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64))


def step_dates(rules: Rules, step: RouteStep, real: RealDates) -> SeasonDates:
    """Return the dates of a step: those of its deadline while the set holds, or the general list days of its tier."""
    if step.on_list_day and step.tier is not None:
        return list_days(rules, Tier.of(step.tier))
    deadline = next((deadline for deadline in rules.deadlines if deadline.id == step.deadline), None)
    if deadline is None:
        return ANY_DAY
    dated = []
    for year in _years(rules):
        due = due_on(rules, deadline, year, real)
        begun = deadline.valid_from is None or deadline.valid_from <= due
        if begun and (deadline.valid_until is None or due <= deadline.valid_until) and rules.set.in_force(due):
            dated.append((number(due), year))
    return _ordered(dated)


def list_days(rules: Rules, tier: Tier) -> SeasonDates:
    """Return the days by which lists of a tier are out, whatever the set."""
    return _ordered([(number(in_year(list_day(tier), year)), year) for year in _years(rules)])


def _years(rules: Rules) -> range:
    return range(rules.day.year - YEARS_BACK, rules.day.year + YEARS_AHEAD)


def _ordered(dated: list[tuple[int, int]]) -> SeasonDates:
    due, year = np.array(sorted(dated), dtype=np.int64).reshape(-1, 2).T
    return SeasonDates(due, year)
