"""The way up the tiers, season by season: for every unit when each step can be done first, and when it must be done at last.

Forwards: a step is done on the day its own part can be ready and every step before it is done, or on the first of its dates from
then on. Backwards from the goal: on or before the last day of every step that waits for it. What is done is not done again; an
advised step (原则上) holds up nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np

from graph_model.bilingual import Bilingual
from graph_model.days import EPOCH, OPEN
from graph_model.errors import NotInRuleSetError
from graph_model.tiers import Tier
from queries.duties.dates import RealDates
from queries.planning.candidates import standing_of
from queries.planning.season_dates import NEVER, SeasonDates, list_days, step_dates
from queries.planning.season_steps import StepRecord, StepRecords

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from graph_model.arrays import Flags, Ints8, Ints64, Rows
    from graph_model.tiers import Category
    from graph_model.view import View
    from queries.law.rules import Rules
    from queries.law.ruleset_model import RouteStep
    from queries.planning.candidates import Standing


STATES: Final = ("done", "late", "unclear", "missed", "open", "not_needed")
"""Done; done after its date; done as far as is known; this year's date has passed; still to be done; passed over."""


@dataclass(frozen=True)
class SeasonRoute:
    """The way of some units to a tier; matrices have a row a unit and a column a step."""

    units: Standing
    goal: Tier
    steps: tuple[RouteStep, ...]
    dates: tuple[SeasonDates, ...]
    records: tuple[StepRecord, ...]
    reader: StepRecords

    @cached_property
    def advised(self) -> tuple[bool, ...]:
        """Which steps nothing waits for, by the rules in use."""
        rules = self.units.matrix.subjects.rules
        return tuple(
            step.advised and not (step.binding_by is not None and rules.value(step.binding_by)) for step in self.steps
        )

    @cached_property
    def done(self) -> Flags:
        """Which steps are done."""
        return np.column_stack([record.done for record in self.records])

    @cached_property
    def on_the_way(self) -> Flags:
        """Which steps are still to be done: the goal, and what comes before a step that is."""
        wanted = np.zeros(self.done.shape, dtype=bool)
        wanted[:, -1] = self.units.highest < self.goal
        for at in range(len(self.steps) - 1, -1, -1):
            wanted[:, at] &= ~(self.done[:, at] | self._reached(self.steps[at]))
            for before in self._before(at):
                wanted[:, before] |= wanted[:, at]
        return wanted

    @cached_property
    def first_day(self) -> Ints64:
        """The first day on which each step can be done; today for one that is, `OPEN` where none can be told."""
        today = self.units.view.facts.number
        first = np.full(self.done.shape, today, dtype=np.int64)
        for at, record in enumerate(self.records):
            ready = np.maximum(record.ready, today)
            for before in self._before(at):
                if not self.advised[before]:
                    ready = np.maximum(ready, first[:, before])
            first[:, at] = np.where(self.on_the_way[:, at], self.dates[at].following(ready), today)
        return first

    @cached_property
    def last_day(self) -> Ints64:
        """The last day on which each step still to be done leaves the goal in its first year; `OPEN` for the others."""
        last = np.full(self.done.shape, OPEN, dtype=np.int64)
        last[:, -1] = self._season_end()
        for at in range(len(self.steps) - 1, -1, -1):
            last[:, at] = np.where(self.on_the_way[:, at], self.dates[at].last_by(last[:, at]), OPEN)
            for before in self._before(at):
                last[:, before] = np.minimum(last[:, before], last[:, at])
        return last

    def _season_end(self) -> Ints64:
        """Return the day of the goal: its date, or the last day of the year's lists where it may be any day."""
        goal = self.first_day[:, -1]
        if len(self.dates[-1].due):
            return goal
        return list_days(self.units.matrix.subjects.rules, self.goal).following(goal)

    def first_year(self, tier: Tier) -> Ints64:
        """Return the first year in which a tier on the way can be reached, `NEVER` where none can be told or it is reached.

        Of who is recommended already and waits for the list, the year of the recommendation.
        """
        at = max((place for place, step in enumerate(self.steps) if step.tier == tier.id), default=-1)
        if at < 0:
            return np.full(len(self.done), NEVER, dtype=np.int64)
        rules = self.units.matrix.subjects.rules
        dates = self.dates[at] if len(self.dates[at].due) else list_days(rules, tier)
        since = self.records[at].done_on
        waiting = self.done[:, at] & (self.units.highest < tier) & (since != OPEN)
        years = (
            np.where(waiting, since, 0).astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64) + EPOCH.year
        )
        ahead = np.where(self.on_the_way[:, at], dates.years(self.first_day[:, at]), NEVER)
        return np.where(waiting, years, ahead)

    @cached_property
    def leads_to(self) -> Ints8:
        """The tier that each step leads to: its own, else the lowest behind it that is not reached."""
        tiers = np.full(self.done.shape, int(self.goal), dtype=np.int8)
        for at, step in enumerate(self.steps):
            if step.tier:
                tiers[:, at] = Tier.of(step.tier)
                continue
            for behind in self.steps[at + 1 :]:
                if behind.tier and at in self._closure[self.steps.index(behind)]:
                    tier = Tier.of(behind.tier)
                    lower = (self.units.highest < tier) & (tiers[:, at] > tier)
                    tiers[lower, at] = tier
        return tiers

    @cached_property
    def states(self) -> Ints8:
        """The state of each step as a place in `STATES`."""
        state = np.full(self.done.shape, STATES.index("not_needed"), dtype=np.int8)
        state[self.on_the_way] = STATES.index("open")
        state[self.on_the_way & self.missed] = STATES.index("missed")
        for at, record in enumerate(self.records):
            for name in ("done", "late", "unclear"):
                state[getattr(record, name), at] = STATES.index(name)
        return state

    @cached_property
    def missed(self) -> Flags:
        """Which steps to the next tier had a date this year that has passed."""
        view = self.units.view
        passed = np.zeros(self.done.shape, dtype=bool)
        for at, dates in enumerate(self.dates):
            due = dates.of_year(view.day.year)
            if due is not None and due < view.facts.number:
                passed[:, at] = self._to_next(at)
        return passed

    def _to_next(self, at: int) -> Flags:
        """Return who has reached every tier that must be reached before the one a step leads to."""
        reached = np.ones(len(self.done), dtype=np.bool_)
        for place, step in enumerate(self.steps):
            if step.shown_by == "list" and not self.advised[place]:
                reached &= self._reached(step) | (self.leads_to[:, at] <= Tier.of(step.tier or ""))
        return reached

    def _reached(self, step: RouteStep) -> Flags:
        """Return for whom a step that leads to a list is behind: listed at its tier or above."""
        if step.tier is None:
            return np.zeros(len(self.units.rows), dtype=np.bool_)
        reached: Flags = self.units.highest >= Tier.of(step.tier)
        return reached

    def _before(self, at: int) -> list[int]:
        return [place for place, step in enumerate(self.steps[:at]) if step.id in self.steps[at].needs]

    @cached_property
    def _closure(self) -> list[set[int]]:
        """Per step the steps that come before it, itself among them."""
        closures: list[set[int]] = []
        for at in range(len(self.steps)):
            closures.append({at}.union(*(closures[before] for before in self._before(at))))
        return closures

    def with_papers(self) -> SeasonRoute:
        """Return the way as it would be if every paper came today."""
        today = self.units.view.facts.number
        records = tuple(
            replace(record, ready=np.full_like(record.ready, today)) if step.shown_by == "papers" else record
            for step, record in zip(self.steps, self.records, strict=True)
        )
        return replace(self, records=records)


def steps_to(rules: Rules, goal: Tier) -> tuple[RouteStep, ...]:
    """Return the steps of a set that lead to a tier, in order; UsageError where the set tells no way to it."""
    ends = [step for step in rules.set.route if step.tier == goal.id]
    if not ends:
        raise NotInRuleSetError(rules.set.id, Bilingual(f"到{goal.zh}的路线（route）", f"route to the {goal.id} tier"))
    wanted = {ends[-1].id}
    for step in reversed(rules.set.route):
        if step.id in wanted:
            wanted |= set(step.needs)
    return tuple(step for step in rules.set.route if step.id in wanted)


def season_routes(
    view: View, rules: Rules, category: Category, goal: Tier, rows: Rows, real: RealDates | None = None
) -> Iterator[SeasonRoute]:
    """Yield the ways of units to a tier, those with the same next tier together: what is decided on them depends on it."""
    steps = steps_to(rules, goal)
    dates = tuple(step_dates(rules, step, real or RealDates()) for step in steps)
    highest = view.highest(category, category.unit)[rows]
    for tier, of_tier in _by_next_tier(steps, goal, highest):
        units = standing_of(view, replace(rules, tier=tier.id), category, tier, rows[of_tier])
        reader = StepRecords(units, rules.set.route)
        records = tuple(reader.of(step, on) for step, on in zip(steps, dates, strict=True))
        yield SeasonRoute(units, goal, steps, dates, records, reader)


def _by_next_tier(steps: Sequence[RouteStep], goal: Tier, highest: Ints8) -> Iterator[tuple[Tier, Rows]]:
    """Yield the tiers on the way, each with the units for which it is the next; who has reached the goal is with the goal."""
    lists = sorted({Tier.of(step.tier) for step in steps if step.tier})
    nexts = np.full(len(highest), int(goal))
    for tier in reversed(lists):
        nexts[highest < tier] = tier
    for tier in lists:
        at = np.flatnonzero(nexts == tier)
        if len(at):
            yield tier, at
