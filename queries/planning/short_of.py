"""Who is one paper short this season: everything else passes, and the paper, had today, still leads to the next list in time.

A paper is what one hand can bring: the evaluation report (whatever is wrong with it), what another rule asks for, the lookup of
one unknown bar, or the consultations of a recommendation that was made without them. A failing bar is no paper, and neither is
a list that must come first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from graph_model.days import OPEN
from queries.planning.route_table import StepRows
from queries.planning.season_steps import LACKING

if TYPE_CHECKING:
    from graph_model.arrays import Flags, Ints64
    from queries.planning.season_route import SeasonRoute


def one_paper_short(route: SeasonRoute) -> StepRows:
    """Return per unit that is one paper short the step where it is missing, with the days as if it came today."""
    papers = _papers(route)
    able = (papers.sum(axis=1) == 1) & ~route.units.failing.any(axis=1) & _lists_before(route)
    today = route.with_papers()
    able &= (route.units.highest < route.goal) & (today.first_day[:, -1] < OPEN)
    units = np.flatnonzero(able)
    return StepRows(today, units, papers[units].argmax(axis=1), usual=route)


def _papers(route: SeasonRoute) -> Ints64:
    """Return how many papers each unit lacks at each step."""
    lacking = np.zeros(route.done.shape, dtype=np.int64)
    named = {rule for step in route.steps if step.shown_by == "papers" for rule in step.rules}
    seen = np.zeros(len(route.reader.rule_ids), dtype=bool)
    for at, (step, record) in enumerate(zip(route.steps, route.records, strict=True)):
        fresh = record.missing & ~seen
        if step.shown_by == "papers" and step.rules:
            lacking[:, at] = fresh.any(axis=1)
            seen |= np.array([id in named for id in route.reader.rule_ids], dtype=bool)
        elif step.shown_by in ("conditions", "papers"):
            lacking[:, at] = fresh.sum(axis=1)
        elif step.shown_by == "recommendation":
            lacking[:, at] = route.on_the_way[:, at] & route.reader.recommended_without(step, LACKING)
    return lacking


def _lists_before(route: SeasonRoute) -> Flags:
    """Return who stands on every list that must come before the goal's."""
    passed = np.ones(len(route.done), dtype=np.bool_)
    for at, step in enumerate(route.steps[:-1]):
        if step.shown_by == "list" and not route.advised[at]:
            passed &= ~route.on_the_way[:, at]
    return passed
