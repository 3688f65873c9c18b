"""The negative list on one day: which incidents and removals of the last three years count against a unit. RULES D-18.

The date of a fact is the day it occurred, else the day it was decided; a fact without either is unknown and does not count
here. What ended after the day had not ended yet.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np
import yaml

from graph_model.days import ALWAYS, OPEN, day, number, years_later
from queries.policy.clauses import clauses, value

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from graph_model.view import View

    Days = NDArray[Any]

REMOVED = "移出名单"


@cache
def how_kinds_count() -> dict[str, str]:
    """Return how each kind of incident counts (`negative_list.yaml`)."""
    text = files("queries.policy").joinpath("negative_list.yaml").read_text(encoding="utf-8")
    return {kind: entry["counts"] for kind, entry in yaml.safe_load(text).items()}


def counting_kinds(view: View, unit: str, rows: NDArray[Any]) -> list[str | None]:
    """Return, for enterprises or parks (`unit`) at `rows`, the kinds that count on the day, sorted and joined by `+`."""
    incidents, listings = view.graph["incidents"], view.graph["listings"]
    found: defaultdict[int, set[str]] = defaultdict(set)
    kinds, words = incidents.words("kind")
    for row in np.flatnonzero(counting_incidents(view) & np.isin(incidents[unit], rows)).tolist():
        found[int(incidents[unit][row])].add(words[kinds[row]])
    for row in np.flatnonzero(counting_removals(view) & np.isin(listings[unit], rows)).tolist():
        found[int(listings[unit][row])].add(REMOVED)
    return ["+".join(sorted(found[row])) if row in found else None for row in rows.tolist()]


def counting_incidents(view: View) -> NDArray[np.bool_]:
    """Return which rows of `incidents` count on the day."""
    incidents = view.graph["incidents"]
    occurred, decided = incidents["occurred_on"], incidents["decided_on"]
    dated = np.where(occurred == OPEN, decided, occurred)
    ended = np.where(incidents["ended_on"] > view.facts.number, OPEN, incidents["ended_on"])
    by_rule = {
        rule: test(view, dated, ended, incidents["due_on"]) & (dated <= view.facts.number)
        for rule, test in _TESTS.items()
    }
    kinds, words = incidents.words("kind")
    counts = np.zeros(len(incidents), dtype=bool)
    for index, word in enumerate(words):
        rule = how_kinds_count().get(word)
        if rule is not None:
            counts |= (kinds == index) & by_rule[rule]
    return counts


def counting_removals(view: View) -> NDArray[np.bool_]:
    """Return which rows of `listings` were removed in the window for a reason that is a fault."""
    listings = view.graph["listings"]
    removed = listings["removed_on"]
    reasons, words = listings.words("removal_reason")
    without_fault = clauses()["D-18"].words["without_fault"]
    faultless = np.array([word in without_fault for word in words] + [False])[reasons]
    counts: NDArray[np.bool_] = (_window_start(view) <= removed) & (removed <= view.facts.number) & ~faultless
    return counts


def _window_start(view: View) -> int:
    return number(years_later(view.day, -value("D-18", "window_years")))


def _gone(_view: View, dated: Days, _ended: Days, _due: Days) -> Any:
    return dated != OPEN


def _long_stop(view: View, dated: Days, ended: Days, _due: Days) -> Any:
    until = np.minimum(ended, view.facts.number)
    years = value("D-18", "stop_years")
    same_day = np.array([number(years_later(day(int(one)), years)) if ALWAYS < one < OPEN else OPEN for one in dated])
    return (same_day <= until) & (until >= _window_start(view))


def _while_open(_view: View, _dated: Days, ended: Days, _due: Days) -> Any:
    return ended == OPEN


def _in_window(view: View, dated: Days, _ended: Days, _due: Days) -> Any:
    return dated >= _window_start(view)


def _unrectified(view: View, dated: Days, ended: Days, due: Days) -> Any:
    late = np.where(due == OPEN, ended == OPEN, (np.minimum(ended, view.facts.number) > due))
    return _in_window(view, dated, ended, due) & late


def _overlaps(view: View, _dated: Days, ended: Days, _due: Days) -> Any:
    return ended >= _window_start(view)


_TESTS = {
    "gone": _gone,
    "long_stop": _long_stop,
    "while_open": _while_open,
    "in_window": _in_window,
    "unrectified": _unrectified,
    "overlaps": _overlaps,
}
