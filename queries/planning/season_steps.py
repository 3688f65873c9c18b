"""What is on record of every step of the way up: done and when, or what is missing and how soon it can be had.

The pool, recommendations and lists are told by rows; conditions and papers by what the rules decide: a step of papers is done
when none of its rules fails or is unknown. A recommendation counts for the year in which it is made, and on into the next as
long as no list has come out since its date.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from graph_model.days import OPEN, active, day, first_of_year, months_later, number
from graph_model.tiers import CATEGORIES, Tier
from queries.duties.offices import consulted
from queries.duties.recommenders import recommended_by_province

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from graph_model.arrays import Flags, Ints8, Ints64, Rows
    from queries.law.ruleset_model import RouteStep
    from queries.planning.candidates import Standing
    from queries.planning.season_dates import SeasonDates


COMPLETE, UNSAID, LACKING = range(3)
"""Whether the offices of Art. 13 were consulted: all of them, not said, not all."""


@dataclass(frozen=True)
class StepRecord:
    """A step of every unit: vectors over the units of a standing."""

    done: Flags
    done_on: Ints64
    """First day on which it was done, `OPEN` where that is not known."""
    late: Flags
    """Done, but after the date of its year."""
    unclear: Flags
    """Done as far as is known: something about it is not on record."""
    ready: Ints64
    """First day on which the unit itself can have done its part: today, where nothing is to be waited for."""
    missing: Flags
    """Per unit and rule, whether the rule is a paper of the step that is still missing."""

    def __post_init__(self) -> None:
        assert not (self.unclear & ~self.done).any()


@dataclass(frozen=True)
class StepRecords:
    """Reads what is on record of steps, for the units of a standing."""

    units: Standing
    steps: Sequence[RouteStep]

    def of(self, step: RouteStep, dates: SeasonDates) -> StepRecord:
        """Return what is on record of a step."""
        if step.shown_by == "conditions":
            return self._conditions()
        if step.shown_by == "papers":
            return self._papers(step)
        if step.shown_by == "pool":
            return self._pool(dates)
        if step.shown_by == "list":
            return self._list(step)
        recommended = self._recommended(step, dates)
        return self._or_listed(recommended, step) if step.office == "province" else recommended

    @property
    def today(self) -> int:
        """Return the day asked."""
        return self.units.view.facts.number

    @cached_property
    def rule_ids(self) -> list[str]:
        """The rules of the standing."""
        return [decided.rule.id for decided in self.units.matrix.judged]

    def _conditions(self) -> StepRecord:
        missing: Flags = np.logical_or(self.units.failing, self.units.unknown_bars)
        return self._by_rules(missing, self.units.healed_on)

    def _papers(self, step: RouteStep) -> StepRecord:
        named = {rule for other in self.steps for rule in other.rules}
        own = [id in step.rules if step.rules else id not in named for id in self.rule_ids]
        missing: Flags = np.logical_and(self.units.work, np.array(own, dtype=np.bool_))
        return self._by_rules(missing, self._months_later(missing))

    def _months_later(self, missing: Flags) -> Ints64:
        """Return the day on which the longest of each unit's missing papers is there; papers are prepared side by side."""
        rules = self.units.matrix.subjects.rules
        months = np.array(
            [0 if decided.rule.bar else rules.months(decided.rule.id) for decided in self.units.matrix.judged]
        )
        longest = np.where(missing, months, 0).max(axis=1, initial=0).astype(np.int64)
        days = {count: number(months_later(self.units.view.day, count)) for count in np.unique(longest).tolist()}
        return np.array([days[count] for count in longest.tolist()], dtype=np.int64)

    def _by_rules(self, missing: Flags, ready: Ints64) -> StepRecord:
        done: Flags = np.logical_not(missing.any(axis=1))
        nobody = np.zeros(len(done), dtype=np.bool_)
        return StepRecord(
            done, np.full(len(done), OPEN, dtype=np.int64), nobody, nobody, ready.astype(np.int64), missing
        )

    def _by_rows(self, done: Flags, done_on: Ints64, late: Flags, unclear: Flags) -> StepRecord:
        ready = np.full(len(done), self.today, dtype=np.int64)
        missing = np.zeros((len(done), len(self.rule_ids)), dtype=np.bool_)
        return StepRecord(done, done_on, done & late, done & unclear, ready, missing)

    def _places(self, table: str, rows: NDArray[Any]) -> Rows:
        """Return the place of the unit of each row of a table, -1 for another's."""
        subjects = self.units.matrix.subjects
        places: Rows = self.units.place[self.units.view.graph[table][subjects.unit][rows]]
        return places

    def _of_category(self, table: str) -> Flags:
        rows, subjects = self.units.view.graph[table], self.units.matrix.subjects
        mine: Flags = (rows["category"] == CATEGORIES.index(subjects.category)) & (rows[subjects.unit] >= 0)
        return mine

    def _first(self, places: Rows, on: Ints64) -> tuple[Flags, Ints64]:
        """Return who has a row, and the earliest day of them."""
        inside = places >= 0
        done = np.zeros(len(self.units.rows), dtype=np.bool_)
        done[places[inside]] = True
        first = np.full(len(done), OPEN, dtype=np.int64)
        np.minimum.at(first, places[inside], on[inside])
        return done, first

    def _pool(self, dates: SeasonDates) -> StepRecord:
        """Return who is in the pool on the day, or in a plan of the year; late where every report of it came after its date."""
        plans, this_year = self.units.view.graph["cultivation"], self.units.view.day.year
        made = (plans["start"] <= self.today) | (plans["reported_on"] <= self.today)
        counts = active(plans["start"], plans["end"], self.today) | (made & (plans["plan_year"] == this_year))
        rows = np.flatnonzero(counts & self._of_category("cultivation"))
        reported, years = plans["reported_on"][rows].astype(np.int64), plans["plan_year"][rows]
        due = {year: dates.of_year(year) for year in np.unique(years).tolist()}
        limit = np.array([OPEN if due[year] is None else due[year] for year in years.tolist()], dtype=np.int64)
        in_time = (reported == OPEN) | (reported <= limit)
        places = self._places("cultivation", rows)
        done, first = self._first(places, np.where(reported == OPEN, plans["start"][rows], reported))
        timely, _ = self._first(places[in_time], reported[in_time])
        return self._by_rows(done, first, ~timely, np.zeros(len(done), dtype=np.bool_))

    def _list(self, step: RouteStep) -> StepRecord:
        """Return who is on the list of the tier; a national listing is a provincial one too (D-16)."""
        tier = Tier.of(step.tier or "")
        listings = self.units.view.graph["listings"]
        tiers = (tier, Tier.NATIONAL) if tier is Tier.PROVINCIAL else (tier,)
        rows = np.flatnonzero(self.units.view.listed & np.isin(listings["tier"], tiers) & self._of_category("listings"))
        done, first = self._first(self._places("listings", rows), listings["published_on"][rows].astype(np.int64))
        nobody = np.zeros(len(done), dtype=np.bool_)
        return self._by_rows(done, first, nobody, nobody)

    def _recommended(self, step: RouteStep, dates: SeasonDates) -> StepRecord:
        """Return who is recommended for the tier by the office, with the consultations that the rules ask for."""
        sent = self.units.view.graph["recommendations"]
        tier = Tier.of(step.tier or "")
        made = self._of_category("recommendations") & (sent["tier"] == tier) & (sent["recommended_on"] <= self.today)
        made &= recommended_by_province(self.units.view) == (step.office == "province")
        rows = np.flatnonzero(made)
        on = sent["recommended_on"][rows].astype(np.int64)
        going_on = np.array([self._counts_still(date, tier, dates) for date in on.tolist()], dtype=np.bool_)
        asked = self._consultations(step, rows)
        good = going_on & (asked != LACKING)
        places = self._places("recommendations", rows)
        done, first = self._first(places[good], on[good])
        certain, _ = self._first(places[good & (asked == COMPLETE)], on[good & (asked == COMPLETE)])
        in_time = good & np.array([not self._after_its_date(date, dates) for date in on.tolist()], dtype=np.bool_)
        timely, _ = self._first(places[in_time], on[in_time])
        return self._by_rows(done, first, ~timely, ~certain)

    def _or_listed(self, recommended: StepRecord, step: RouteStep) -> StepRecord:
        """Return what the province recommends as done, too, by the list that it led to: no step of ours stands behind it."""
        listed = self._list(step)
        return replace(
            recommended,
            done=recommended.done | listed.done,
            done_on=np.where(listed.done, listed.done_on, recommended.done_on),
            late=recommended.late & ~listed.done,
            unclear=recommended.unclear & ~listed.done,
        )

    def _counts_still(self, on: int, tier: Tier, dates: SeasonDates) -> bool:
        """Return whether a recommendation is of this year, or of the last and no list of the tier has come out since its date."""
        this_year, year = self.units.view.day.year, day(on).year
        if year == this_year:
            return True
        due = dates.of_year(year)
        listings = self.units.view.graph["listings"]
        out = self._of_category("listings") & (listings["tier"] == tier) & (listings["published_on"] <= self.today)
        since = on if due is None else max(on, due)
        return year == this_year - 1 and not bool((out & (listings["published_on"] > since)).any())

    def _after_its_date(self, on: int, dates: SeasonDates) -> bool:
        due = dates.of_year(day(on).year)
        return due is not None and on > due

    def _consultations(self, step: RouteStep, rows: NDArray[Any]) -> Ints8:
        """Return per recommendation whether every office that the rules name was consulted."""
        asked = self.offices(step)
        if not asked:
            return np.full(len(rows), COMPLETE, dtype=np.int8)
        graph = self.units.view.graph
        codes, texts = graph["recommendations"].words("consulted")
        by_text = [COMPLETE if asked <= consulted(text, graph.regions) else LACKING for text in texts]
        offices: Ints8 = np.array([*by_text, UNSAID], dtype=np.int8)[codes[rows]]
        return offices

    def offices(self, step: RouteStep) -> frozenset[str]:
        """Return the offices to be consulted before a step: those that the rules name, before a provincial recommendation."""
        asked = self.units.matrix.subjects.rules.value("consulted")
        return (
            frozenset(asked or ()) if step.tier == "provincial" and step.shown_by == "recommendation" else frozenset()
        )

    def lacking_offices(self, step: RouteStep, at: int) -> tuple[str, ...]:
        """Return the offices that no recommendation of this year names as consulted, in the order of the rules."""
        rows = self._sent_this_year(step)
        rows = rows[self._places("recommendations", rows) == at]
        codes, texts = self.units.view.graph["recommendations"].words("consulted")
        asked, regions = self.offices(step), self.units.view.graph.regions
        heard = [consulted(texts[code], regions) for code in codes[rows].tolist() if code >= 0]
        best = max(heard, key=lambda offices: len(offices & asked), default=frozenset())
        order = self.units.matrix.subjects.rules.value("consulted") or ()
        return tuple(office for office in order if office in asked - best)

    def recommended_without(self, step: RouteStep, how: int) -> Flags:
        """Return who was recommended this year with consultations that are not said, or not all that the rules name."""
        rows = self._sent_this_year(step)
        places = self._places("recommendations", rows[self._consultations(step, rows) == how])
        without = np.zeros(len(self.units.rows), dtype=np.bool_)
        without[places[places >= 0]] = True
        return without

    def _sent_this_year(self, step: RouteStep) -> Rows:
        """Return the recommendations for the tier by the office of a step that were made this year, by the day."""
        view = self.units.view
        sent = view.graph["recommendations"]
        made = self._of_category("recommendations") & (sent["tier"] == Tier.of(step.tier or ""))
        made &= recommended_by_province(view) == (step.office == "province")
        made &= (sent["recommended_on"] >= first_of_year(view.day.year)) & (sent["recommended_on"] <= self.today)
        return np.flatnonzero(made)
