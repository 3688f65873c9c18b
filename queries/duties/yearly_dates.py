"""Who has done what a date of the calendar asks, as far as the data say.

For every deadline the parties (the thirteen cities, the listed units, the province) and the first day on which each did it. Where
the data hold nothing of the kind for anybody, nothing is known: absence proves a miss only beside somebody's presence.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from graph_model.days import ALWAYS, OPEN, day, number
from graph_model.kinds import NODE_KINDS
from graph_model.regions import UNKNOWN
from graph_model.tiers import CATEGORIES, Tier
from queries.duties.dates import RealDates, due_on
from queries.duties.duty_findings import UNIT_KINDS
from queries.duties.standing import standing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from graph_model.columns import Columns
    from graph_model.view import View
    from queries.law.rules import Rules
    from queries.law.ruleset_model import Deadline

    Rows = NDArray[Any]


@dataclass(frozen=True)
class Doings:
    """Parties of a deadline by name, and the first day on which each did what is asked: `OPEN` never, `ALWAYS` day unknown."""

    names: list[str]
    first: Rows


@dataclass(frozen=True)
class DatedDuty:
    """A deadline of a year: its day, whether that is a real date given as data, and who did what (None: nothing on record)."""

    deadline: Deadline
    rules: Rules
    due: date
    is_real: bool
    source: str
    doings: Doings | None


def calendar(view: View, rules: Rules, year: int, dates: RealDates) -> Iterator[DatedDuty]:
    """Yield every deadline of a rule set in a year that was in force on its day."""
    for deadline in rules.deadlines:
        due = due_on(rules, deadline, year, dates)
        real = dates.of(rules.set.id, deadline.id, year)
        began, ended = deadline.valid_from or date.min, deadline.valid_until or date.max
        if rules.set.in_force(due) and began <= due <= ended:
            doings = _WHO[deadline.id](view, year) if deadline.id in _WHO else None
            source = real.source if real else deadline.source
            yield DatedDuty(deadline, rules, due, real is not None, source, doings)


def _pools(view: View, year: int) -> Doings | None:
    """Return the cities with a cultivation row of the plan year; its day is that of the report, where known."""
    rows = view.graph["cultivation"]
    told = np.where(rows["reported_on"] == OPEN, ALWAYS, rows["reported_on"])
    seen = (rows["plan_year"] == year) & np.where(told == ALWAYS, rows["start"] <= view.facts.number, True)
    return _cities(view, _unit_city(view, rows), told, seen)


def _recommended(tier: Tier) -> Callable[[View, int], Doings | None]:
    def cities(view: View, year: int) -> Doings | None:
        """Return the cities that recommended for a tier in the year; who did is read from the office, else from the unit's city."""
        rows = view.graph["recommendations"]
        office, unit = _office_city(view, rows), _unit_city(view, rows)
        city = np.where(office == view.graph.regions.home, UNKNOWN, np.where(office == UNKNOWN, unit, office))
        return _cities(
            view, city, rows["recommended_on"], (rows["tier"] == tier) & _in_year(rows["recommended_on"], year)
        )

    return cities


def _national_recommendation(view: View, year: int) -> Doings | None:
    """Return the province, by what its own office recommended for the national tier in the year."""
    rows = view.graph["recommendations"]
    mine = (_office_city(view, rows) == view.graph.regions.home) & (rows["tier"] == Tier.NATIONAL)
    return _province(view, rows["recommended_on"], mine, year)


def _provincial_lists(view: View, year: int) -> Doings | None:
    """Return the province, by the own provincial listings it published in the year."""
    rows = view.graph["listings"]
    return _province(view, rows["published_on"], rows["tier"] == Tier.PROVINCIAL, year)


def _passed_reports(view: View, year: int) -> Doings | None:
    """Return the cities of whose units an accepted report was submitted in the year."""
    rows = view.graph["reports"]
    codes, words = rows.words("outcome")
    accepted = np.array([word == "accepted" for word in words] + [False])[codes]
    accepted &= (rows["outcome_on"] <= view.facts.number) | (rows["outcome_on"] == OPEN)
    on = rows["submitted_on"]
    return _cities(view, _unit_city(view, rows), on, accepted & _in_year(on, year))


def _forms(view: View, year: int) -> Doings | None:
    """Return the units on a list on 31 December of the year before, one per unit and category, by when they filed."""
    forms = view.graph["dynamic_forms"]
    codes, words = forms.words("status")
    filed = np.array([word in ("filed", "late") for word in words] + [False])[codes]
    filed |= (codes < 0) & (forms["filed_on"] != OPEN)
    of_year = (forms["year"] == year - 1) & ((forms["filed_on"] <= view.facts.number) | (forms["filed_on"] == OPEN))
    if not of_year.any():
        return None
    names: list[str] = []
    firsts = []
    width = len(CATEGORIES) + 1
    for kind in UNIT_KINDS:
        stands = standing(view, kind, min(number(date(year - 1, 12, 31)), view.facts.number))
        keys = np.unique(stands.unit.astype(np.int64) * width + stands.category + 1)
        rows = np.flatnonzero(of_year & filed & (forms[kind] >= 0))
        first = np.full(len(view.graph[NODE_KINDS[kind].table]) * width, OPEN, dtype=np.int64)
        on = np.where(forms["filed_on"][rows] == OPEN, ALWAYS, forms["filed_on"][rows])
        np.minimum.at(first, forms[kind][rows].astype(np.int64) * width + forms["category"][rows] + 1, on)
        firsts.append(np.minimum(first[keys], first[keys // width * width]))
        names += view.graph[NODE_KINDS[kind].table].texts("name", keys // width).to_pylist()
    return Doings(names, np.concatenate(firsts))


def _cities(view: View, city: Rows, on: Rows, seen: Rows) -> Doings | None:
    """Return the first day of each of the thirteen cities, None where the data hold nothing for any."""
    seen = seen & ((on <= view.facts.number) | (on == ALWAYS))
    if not (seen & (city != UNKNOWN)).any():
        return None
    regions = view.graph.regions
    first = dict.fromkeys(regions.cities, OPEN)
    for code, one in zip(city[seen].tolist(), on[seen].tolist(), strict=True):
        if code in first:
            first[code] = min(first[code], one)
    return Doings([regions.name(code) or "" for code in first], np.array(list(first.values()), dtype=np.int64))


def _province(view: View, on: Rows, mine: Rows, year: int) -> Doings | None:
    if not len(on):
        return None
    seen = on[mine & _in_year(on, year) & (on <= view.facts.number)]
    name = view.graph.regions.name(view.graph.regions.home) or ""
    return Doings([name], np.array([seen.min() if len(seen) else OPEN], dtype=np.int64))


def _in_year(on: Rows, year: int) -> Rows:
    return (number(date(year, 1, 1)) <= on) & (on <= number(date(year, 12, 31)))


def _unit_city(view: View, rows: Columns) -> Rows:
    region = np.zeros(len(rows), dtype=np.int64)
    for kind, table in (("enterprise", "enterprises"), ("park", "parks")):
        has = rows[kind] >= 0
        region[has] = view.graph[table]["region"][rows[kind][has]]
    return np.where(region % 10000 == 0, UNKNOWN, region // 100 * 100)


def _office_city(view: View, rows: Columns) -> Rows:
    """Return the city (or the province) of the office that recommended, 0 where the text names neither."""
    codes, words = rows.words("recommended_by")
    regions = view.graph.regions
    found = []
    for word in words:
        reading = regions.read_authority(word)
        code = reading.code if reading.doubt is None else UNKNOWN
        found.append(code if code == regions.home else code // 100 * 100 if code % 10000 else UNKNOWN)
    return np.array([*found, UNKNOWN])[codes]


def first_day(doings: Doings, place: int) -> date | None:
    """Return the day on which a party did it, None where it is not known or not done."""
    first = int(doings.first[place])
    return None if first in (ALWAYS, OPEN) else day(first)


_WHO: dict[str, Callable[[View, int], Doings | None]] = {
    "pool": _pools,
    "creation_list": _pools,
    "dynamic_forms": _forms,
    "national_candidates": _recommended(Tier.NATIONAL),
    "provincial_candidates": _recommended(Tier.PROVINCIAL),
    "national_recommendation": _national_recommendation,
    "passed_reports": _passed_reports,
    "provincial_lists": _provincial_lists,
}
