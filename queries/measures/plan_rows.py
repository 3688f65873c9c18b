"""Cultivation rows as planned units, one per unit and group, with what lists, reports and recommendations say. SPEC 9.5."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from graph_model.days import OPEN
from graph_model.tiers import CATEGORIES, Category, Tier

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from graph_model.columns import Columns
    from graph_model.view import View

DEPARTMENT, PARK, LEADER = range(3)
PRODUCT: Final = CATEGORIES.index(Category.PRODUCT)
REFUSED: Final = "refused"


@dataclass(frozen=True)
class Planned:
    """Units of one kind planned by the day, each once per group of category, target tier, plan year and kind of sponsor."""

    unit: NDArray[np.int32]
    category: NDArray[np.int8]
    target_tier: NDArray[np.int8]
    plan_year: NDArray[np.int32]
    sponsor: NDArray[np.int8]
    sponsor_row: NDArray[np.int32]
    """The park or enterprise that sponsors, where plans are told apart by it; else, and for the department, -1."""
    start: NDArray[np.int32]
    """Earliest start and latest end of its rows in the group."""
    end: NDArray[np.int32]
    already: NDArray[np.bool_]
    """Listed at the target tier or above on the day before the start."""
    first_listed: NDArray[np.int32]
    """First publication of such a listing from the start on and by the day, `OPEN` where none is."""
    evaluated: NDArray[np.bool_]
    recommended: NDArray[np.bool_]
    unknown_sponsors: int = 0

    def at(self, rows: NDArray[Any]) -> Planned:
        """Return some of the units."""
        vectors = {
            field.name: getattr(self, field.name)[rows] for field in fields(self) if field.name != "unknown_sponsors"
        }
        return replace(self, **vectors)


def plan_rows(view: View, unit: str) -> NDArray[np.intp]:
    """Return the rows of plans for enterprises or parks; a plan reported by the day counts though it has not begun."""
    plans, today = view.graph["cultivation"], view.facts.number
    made = (plans["start"] <= today) | (plans["reported_on"] <= today)
    return np.flatnonzero(made & (plans[unit] >= 0) & (plans["category"] >= 0) & (plans["category"] != PRODUCT))


def planned_units(view: View, unit: str, *, by_sponsor: bool = False) -> Planned:
    """Return the planned enterprises or parks, each once per group; with `by_sponsor` each sponsor is a group of its own."""
    plans, rows = view.graph["cultivation"], plan_rows(view, unit)
    sponsor, sponsor_row, unknown = sponsors(view, rows)
    sponsor_row = sponsor_row if by_sponsor else np.full(len(rows), -1, dtype=np.int32)
    of_group = ("category", "target_tier", "plan_year")
    keys = np.stack(
        [plans[unit][rows], *(plans[name][rows] for name in of_group), sponsor, sponsor_row], dtype=np.int64
    )
    groups, at = np.unique(keys, axis=1, return_inverse=True)
    start = np.full(groups.shape[1], OPEN, dtype=np.int32)
    end = np.full(groups.shape[1], -(2**31), dtype=np.int32)
    np.minimum.at(start, at, plans["start"][rows])
    np.maximum.at(end, at, plans["end"][rows])
    planned = Planned(
        unit=groups[0].astype(np.int32),
        category=groups[1].astype(np.int8),
        target_tier=groups[2].astype(np.int8),
        plan_year=groups[3].astype(np.int32),
        sponsor=groups[4].astype(np.int8),
        sponsor_row=groups[5].astype(np.int32),
        start=start,
        end=end,
        already=np.zeros(len(start), dtype=bool),
        first_listed=np.full(len(start), OPEN, dtype=np.int32),
        evaluated=np.zeros(len(start), dtype=bool),
        recommended=np.zeros(len(start), dtype=bool),
        unknown_sponsors=unknown,
    )
    return _with_what_came(view, planned, unit)


def sponsors(view: View, rows: NDArray[Any]) -> tuple[NDArray[np.int8], NDArray[np.int32], int]:
    """Return the kind of each row's sponsor and its row: a park or an enterprise on record, else the department (-1).

    And how many rows name a sponsor that is not on record.
    """
    plans = view.graph["cultivation"]
    kinds = np.full(len(rows), DEPARTMENT, dtype=np.int8)
    at = np.full(len(rows), -1, dtype=np.int32)
    named = np.zeros(len(rows), dtype=bool)
    for column, table, kind in (("sponsor_park", "parks", PARK), ("sponsor_enterprise", "enterprises", LEADER)):
        sponsor = plans[column][rows]
        named |= sponsor >= 0
        on_record = (sponsor >= 0) & np.append(view.facts.on_record(table), False)[sponsor] & (kinds == DEPARTMENT)
        kinds[on_record], at[on_record] = kind, sponsor[on_record]
    return kinds, at, int((named & (kinds == DEPARTMENT)).sum())


def _with_what_came(view: View, planned: Planned, unit: str) -> Planned:
    """Return planned units with what the lists, reports and recommendations say of them by the day."""
    already, first = _listings(view, planned, unit)
    return replace(
        planned,
        already=already,
        first_listed=first,
        evaluated=_evaluated(view, planned, unit),
        recommended=_recommended(view, planned, unit),
    )


def _listings(view: View, planned: Planned, unit: str) -> tuple[NDArray[np.bool_], NDArray[np.int32]]:
    """Return who was listed before the plan began, and the first publication from then on; one that is gone again counts."""
    listings = view.graph["listings"]
    at, row = _pairs(planned, listings, unit)
    day, gone, start = listings["published_on"][row], listings["removed_on"][row], planned.start[at]
    fits = (listings["tier"][row] >= _least_tier(planned)[at]) & (day <= view.facts.number)
    already = np.zeros(len(planned.unit), dtype=bool)
    already[at[fits & (day < start) & (start <= gone)]] = True
    first = np.full(len(planned.unit), OPEN, dtype=np.int32)
    came = fits & (day >= start)
    np.minimum.at(first, at[came], day[came])
    return already, first


def _evaluated(view: View, planned: Planned, unit: str) -> NDArray[np.bool_]:
    """Return who has a report of the category since the plan began that was not refused."""
    reports = view.graph["reports"]
    at, row = _pairs(planned, reports, unit)
    submitted, issued = reports["submitted_on"][row], reports["issued_on"][row]
    day = np.where(submitted == OPEN, issued, submitted)
    outcomes, vocabulary = reports.words("outcome")
    refused = np.array([word == REFUSED for word in vocabulary] + [False])[outcomes[row]]
    evaluated = np.zeros(len(planned.unit), dtype=bool)
    evaluated[at[(planned.start[at] <= day) & (day <= view.facts.number) & ~refused]] = True
    return evaluated


def _recommended(view: View, planned: Planned, unit: str) -> NDArray[np.bool_]:
    """Return who was recommended at the target tier or above since the plan began; undated ones do not count."""
    sent = view.graph["recommendations"]
    at, row = _pairs(planned, sent, unit)
    day, high = sent["recommended_on"][row], sent["tier"][row] >= _least_tier(planned)[at]
    recommended = np.zeros(len(planned.unit), dtype=bool)
    recommended[at[(planned.start[at] <= day) & (day <= view.facts.number) & high]] = True
    return recommended


def _least_tier(planned: Planned) -> NDArray[np.int8]:
    """Return the tier that counts; where none is aimed at, any does."""
    return np.maximum(planned.target_tier, np.int8(Tier.DISTRICT))


def _pairs(planned: Planned, table: Columns, unit: str) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return every pair of a planned unit and a row of a table about the same unit and category, as two vectors."""
    rows = np.flatnonzero((table[unit] >= 0) & (table["category"] >= 0))
    width = len(CATEGORIES)
    keys = table[unit][rows].astype(np.int64) * width + table["category"][rows]
    order = np.argsort(keys, kind="stable")
    keys, rows = keys[order], rows[order]
    wanted = planned.unit.astype(np.int64) * width + planned.category
    starts, ends = np.searchsorted(keys, wanted, "left"), np.searchsorted(keys, wanted, "right")
    lengths = ends - starts
    at = np.repeat(np.arange(len(wanted)), lengths)
    within = np.arange(len(at)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    return at, rows[np.repeat(starts, lengths) + within]
