"""Who may be chosen: units not yet listed whose bars are healed by the horizon. SPEC 9.1, RULES "Bars and work".

A *bar* is a rule that leaves a unit nothing to do but wait, or act on something that is no paper: where it lies, what it makes,
the negative list. Every other rule is *work*. A failing bar is healed on the first day its finding names; one that only an act
heals is not.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

import numpy as np

from graph_model.days import OPEN, months_later, number
from graph_model.tiers import Category, Tier
from queries.eligibility.assess import rules_applied
from queries.eligibility.assessment_table import OUTCOMES, AssessmentMatrix
from queries.eligibility.facts.subjects import Subjects
from queries.eligibility.judging import judged
from queries.law.rule import Outcome
from queries.measures.regions import units_of

if TYPE_CHECKING:
    from graph_model.arrays import Flags, Ints8, Ints64, Rows
    from graph_model.view import View
    from queries.eligibility.judging import KnownDecisions
    from queries.law.rules import Rules
    from queries.measures.tally import Base


UnknownBars = Literal["include", "exclude", "only"]
FAIL, UNKNOWN = OUTCOMES.index(Outcome.FAIL), OUTCOMES.index(Outcome.UNKNOWN)


@dataclass(frozen=True)
class Standing:
    """Every unit of 6.4 of a category, by its bars and its work; each vector runs over `matrix.subjects.rows`."""

    matrix: AssessmentMatrix
    member: Ints8
    """Membership in the base: 1 yes, 0 no, -1 unknown."""
    highest: Ints8

    @property
    def view(self) -> View:
        """Return the day they are looked at."""
        return self.matrix.subjects.view

    @property
    def rows(self) -> Rows:
        """Return the units as rows of their table, in the order of ids."""
        return self.matrix.subjects.rows

    @cached_property
    def place(self) -> Rows:
        """Return for every row of the table its place here, -1 for others."""
        return self.matrix.subjects.place

    @cached_property
    def is_bar(self) -> Flags:
        """Which rules are bars."""
        return np.array([decisions.rule.bar for decisions in self.matrix.judged], dtype=np.bool_)

    @cached_property
    def listed(self) -> Flags:
        """Which units are on a list of the category at the tier or above."""
        return self.highest >= self.matrix.tier

    @cached_property
    def failing(self) -> Flags:
        """Which bars fail, per unit and rule."""
        failing: Flags = (self.matrix.outcomes == FAIL) & self.is_bar
        return failing

    @cached_property
    def unknown_bars(self) -> Flags:
        """Which bars are unknown, per unit and rule."""
        unknown: Flags = (self.matrix.outcomes == UNKNOWN) & self.is_bar
        return unknown

    @cached_property
    def work(self) -> Flags:
        """Which rules are work to be done: they fail or are unknown and are no bars, per unit and rule."""
        outcomes = self.matrix.outcomes
        work: Flags = ((outcomes == FAIL) | (outcomes == UNKNOWN)) & ~self.is_bar
        return work

    @cached_property
    def healed_on(self) -> Ints64:
        """Return the day on which the last failing bar is healed: today if none fails, `OPEN` if an act is needed."""
        today = self.view.facts.number
        untils = [OPEN if one.until is None else number(one.until) for one in self.matrix.decisions]
        heals = np.where(self.failing, np.array(untils, dtype=np.int64)[self.matrix.codes], today)
        latest: Ints64 = heals.max(axis=1, initial=today)
        return latest

    def healed_by(self, horizon: int) -> Flags:
        """Return whose failing bars are all healed `horizon` months from the day; with 0, who has none."""
        if not horizon:
            return np.logical_not(self.failing.any(axis=1))
        healed: Flags = self.healed_on <= number(months_later(self.view.day, horizon))
        return healed

    def candidates(self, horizon: int, unknown: UnknownBars, *, ready: bool = False) -> Flags:
        """Return who may be chosen, before anybody is left out by name."""
        able = np.logical_and(~self.listed, self.healed_by(horizon))
        open_question = self.unknown_bars.any(axis=1)
        if unknown != "include":
            able &= open_question if unknown == "only" else ~open_question
        if ready:
            able &= ~self.work.any(axis=1)
        return np.asarray(able)

    def barred(self, horizon: int) -> Flags:
        """Return who is not listed and whose bars are not healed by the horizon."""
        return np.logical_and(~self.listed, ~self.healed_by(horizon))


def standing(
    view: View, rules: Rules, category: Category, tier: Tier, base: Base, known: KnownDecisions | None = None
) -> Standing:
    """Return the units of 6.4 of a category with everything that the rules decide on them; see `judged` for `known`."""
    units = units_of(view, category, base)
    return Standing(_decided(view, rules, category, tier, units.rows, known), units.member, units.highest)


def standing_of(view: View, rules: Rules, category: Category, tier: Tier, rows: Rows) -> Standing:
    """Return some units of a category, whatever their membership, with everything that the rules decide on them."""
    highest = view.highest(category, category.unit)[rows]
    return Standing(_decided(view, rules, category, tier, rows, None), np.ones(len(rows), dtype=np.int8), highest)


def _decided(
    view: View,
    rules: Rules,
    category: Category,
    tier: Tier,
    rows: Rows,
    known: KnownDecisions | None,
) -> AssessmentMatrix:
    subjects = Subjects(view, rows, category, rules)
    decided = tuple(judged(rule, subjects, tier.id, known) for rule in rules_applied(rules, category))
    return AssessmentMatrix(subjects, tier, decided)
