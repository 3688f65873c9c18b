"""Who has done what a date of the calendar asks, as far as the data say.

For every deadline the parties (the thirteen cities, the listed units, the province) and the first day on which each did it. Which
year an act belongs to is its plan or batch year, where it has one, never the day on which it appeared. An act without a day is not
known to be done in time. Where the data hold nothing of the kind for anybody, nothing is known: absence proves a miss only
beside somebody's presence.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from graph_model.days import OPEN, number
from graph_model.kinds import NODE_KINDS
from graph_model.regions import UNKNOWN
from graph_model.tiers import CATEGORIES, Tier
from queries.duties.duty_findings import UNIT_KINDS
from queries.duties.forms import owing
from queries.duties.recommenders import office_places, recommended_by_province
from queries.measures.batches import NO_YEAR, batch_years

if TYPE_CHECKING:
    from collections.abc import Callable

    from graph_model.arrays import Flags, RowIndex
    from graph_model.columns import Columns
    from graph_model.view import View


@dataclass(frozen=True)
class Doings:
    """Parties of a deadline by name, and what each did: the first known day (`OPEN` none), and whether undated or told as late."""

    names: list[str]
    first: RowIndex
    undated: Flags
    told_late: Flags

    def done(self, due: int) -> Flags:
        """Return who is known to have done it in time."""
        done: Flags = self.first <= due
        return done

    def open(self, due: int) -> Flags:
        """Return who did it on a day that is not known, so that it may have been in time."""
        return self.undated & ~self.done(due) & ~self.told_late

    def late(self, due: int) -> Flags:
        """Return who is known to have done it after the deadline."""
        late: Flags = ~self.done(due) & ~self.open(due) & (self.told_late | (self.first != OPEN))
        return late

    @property
    def missing(self) -> Flags:
        """Return who has not done it, as far as is on record."""
        missing: Flags = (self.first == OPEN) & ~self.undated & ~self.told_late
        return missing


def plans(view: View, year: int) -> Doings | None:
    """Return the cities with a plan of their own for the year: cultivation rows without a sponsor, by the day of report."""
    rows = view.graph["cultivation"]
    own = (rows["sponsor_enterprise"] < 0) & (rows["sponsor_park"] < 0)
    on = rows["reported_on"]
    begun = np.where(on == OPEN, rows["start"] <= view.facts.number, on <= view.facts.number)
    return _cities(view, _unit_city(view, rows), on, begun, (rows["plan_year"] == year) & own)


def recommendations(tier: Tier) -> Callable[[View, int], Doings | None]:
    """Return what tells the cities that recommended for a tier in a year."""

    def cities(view: View, year: int) -> Doings | None:
        """Return the cities by their own office, else by the city of the unit; what the province recommends is its own."""
        rows = view.graph["recommendations"]
        office, on = office_places(view), rows["recommended_on"]
        city = np.where(office == UNKNOWN, _unit_city(view, rows), office)
        made = (rows["tier"] == tier) & ~recommended_by_province(view)
        return _cities(view, city, on, on <= view.facts.number, made & _in_year(on, year))

    return cities


def national_recommendation(view: View, year: int) -> Doings | None:
    """Return the province, by what its own office recommended for the national tier in the year."""
    rows = view.graph["recommendations"]
    on = rows["recommended_on"]
    dated = on <= view.facts.number
    made = dated & recommended_by_province(view) & (rows["tier"] == Tier.NATIONAL)
    return _province(view, on[made & _in_year(on, year)], False) if dated.any() else None


def provincial_lists(view: View, year: int) -> Doings | None:
    """Return the province, by the publication of its own lists of the year's batch; a batch without year may be the year's."""
    rows = view.graph["listings"]
    known = rows["published_on"] <= view.facts.number
    if not known.any():
        return None
    published, of_batch = known & (rows["tier"] == Tier.PROVINCIAL), batch_years(view)
    own = rows["published_on"][published & (of_batch == year)]
    return _province(view, own, not len(own) and bool((published & (of_batch == NO_YEAR)).any()))


def passed_reports(view: View, year: int) -> Doings | None:
    """Return the cities of whose units an accepted report was submitted in the year."""
    rows = view.graph["reports"]
    codes, words = rows.words("outcome")
    accepted = np.array([word == "accepted" for word in words] + [False])[codes]
    accepted &= (rows["outcome_on"] <= view.facts.number) | (rows["outcome_on"] == OPEN)
    on = rows["submitted_on"]
    return _cities(view, _unit_city(view, rows), on, on <= view.facts.number, accepted & _in_year(on, year))


def forms(view: View, year: int) -> Doings | None:
    """Return the units that owe the form of the year before, one per unit and category, by when they filed."""
    table = view.graph["dynamic_forms"]
    codes, words = table.words("status")
    late, filed = (np.array([word == status for word in words] + [False])[codes] for status in ("late", "filed"))
    filed |= (codes < 0) & (table["filed_on"] != OPEN)
    known = (table["year"] == year - 1) & ((table["filed_on"] <= view.facts.number) | (table["filed_on"] == OPEN))
    if not known.any():
        return None
    parts = [_forms_of(view, kind, year - 1, known & filed, known & late) for kind in UNIT_KINDS]
    names = [name for part in parts for name in part.names]
    columns = (np.concatenate([getattr(part, of) for part in parts]) for of in ("first", "undated", "told_late"))
    return Doings(names, *columns)


def _forms_of(view: View, kind: Any, reporting_year: int, filed: Flags, late: Flags) -> Doings:
    table, width = view.graph["dynamic_forms"], len(CATEGORIES) + 1
    units = NODE_KINDS[kind].table
    stands = owing(view, kind, reporting_year)
    keys = np.unique(stands.unit.astype(np.int64) * width + stands.category + 1)
    size = len(view.graph[units]) * width

    def of_party(chosen: Flags, on: RowIndex) -> RowIndex:
        """Return per party the least day among the chosen forms; one without a category speaks for all of the unit's."""
        rows = np.flatnonzero(chosen & (table[kind] >= 0))
        first = np.full(size, OPEN, dtype=np.int64)
        np.minimum.at(first, table[kind][rows].astype(np.int64) * width + table["category"][rows] + 1, on[rows])
        return np.minimum(first[keys], first[keys // width * width])

    zero = np.zeros(len(table), dtype=np.int64)
    undated = of_party(filed & (table["filed_on"] == OPEN), zero) == 0
    return Doings(
        view.graph[units].texts("name", keys // width).to_pylist(),
        of_party(filed & (table["filed_on"] != OPEN), table["filed_on"]),
        undated,
        of_party(late, zero) == 0,
    )


def _cities(view: View, city: RowIndex, on: RowIndex, known: Flags, asked: Flags) -> Doings | None:
    """Return the first day of each of the thirteen cities; None where nothing of the kind, asked or not, is known by the day."""
    if not known.any():
        return None
    made, regions = known & asked, view.graph.regions
    first, undated = dict.fromkeys(regions.cities, OPEN), dict.fromkeys(regions.cities, False)
    for code, day in zip(city[made].tolist(), on[made].tolist(), strict=True):
        if code in first:
            first[code] = min(first[code], day)
            undated[code] |= day == OPEN
    names = [regions.name(code) or "" for code in first]
    return Doings(
        names,
        np.array(list(first.values()), dtype=np.int64),
        np.array(list(undated.values()), dtype=bool),
        np.zeros(len(names), dtype=bool),
    )


def _province(view: View, on: RowIndex, undated: bool) -> Doings:
    name = view.graph.regions.name(view.graph.regions.home) or ""
    first = np.array([on.min() if len(on) else OPEN], dtype=np.int64)
    return Doings([name], first, np.array([undated]), np.array([False]))


def _in_year(on: RowIndex, year: int) -> RowIndex:
    return (number(date(year, 1, 1)) <= on) & (on <= number(date(year, 12, 31)))


def _unit_city(view: View, rows: Columns) -> RowIndex:
    region = np.zeros(len(rows), dtype=np.int64)
    for kind in UNIT_KINDS:
        has = rows[kind] >= 0
        region[has] = view.graph[NODE_KINDS[kind].table]["region"][rows[kind][has]]
    return np.where(region % 10000 == 0, UNKNOWN, region // 100 * 100)


ACTS: dict[str, Callable[[View, int], Doings | None]] = {
    "pool": plans,
    "creation_list": plans,
    "dynamic_forms": forms,
    "national_candidates": recommendations(Tier.NATIONAL),
    "provincial_candidates": recommendations(Tier.PROVINCIAL),
    "national_recommendation": national_recommendation,
    "passed_reports": passed_reports,
    "provincial_lists": provincial_lists,
}
"""Who did what a deadline asks in a year, by the deadline's id; a deadline of a user's own has no parties."""
