"""Who was looked up for which kinds of the negative list: attestations (核查记录). RULES D-18.

No row of a kind clears a unit where the kind is on record for anybody, or where an attestation says that it was looked up, on
or before the day and at most `looked_up_years` before it: for everybody, for the unit, or for a region the unit lies in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from graph_model.days import OPEN, number, years_later
from graph_model.regions import UNKNOWN, within
from queries.eligibility.facts.subjects import FactColumn
from queries.eligibility.tenant_reach import tenants_in_window
from queries.law.adverse import TenantsUnchecked
from queries.law.negative_list import REMOVED, is_graded, items, kinds_of
from queries.measures.incident_days import incident_days

if TYPE_CHECKING:
    from collections.abc import Hashable

    from numpy.typing import NDArray

    from graph_model.arrays import Flags, Rows
    from graph_model.view import View
    from queries.eligibility.facts.subjects import Subjects
    from queries.law.rules import Rules


EVERY_KIND = "全部"


def unchecked(subjects: Subjects, item: str) -> FactColumn:
    """Return the kinds of an item that nobody looked up for each subject, and that are on record for nobody."""
    missing = missing_kinds(subjects.view, kinds_of(item))
    covering = [_covering(subjects, subjects.table, subjects.rows, kind) for kind in missing]
    found: dict[int, Hashable] = {}
    for place in np.flatnonzero(np.any([rows < 0 for rows in covering], axis=0) if covering else []).tolist():
        found[place] = tuple(kind for kind, rows in zip(missing, covering, strict=True) if rows[place] < 0)
    return subjects.objects(found, (), tuple(("attestations", rows) for rows in covering))


def tenants_unchecked(subjects: Subjects, item: str) -> FactColumn:
    """Return how many tenants of each park, of some day of the window, nobody looked up for the item."""
    missing = missing_kinds(subjects.view, kinds_of(item))
    if subjects.unit != "park" or not missing:
        return subjects.same(TenantsUnchecked())
    parks, tenants = tenants_in_window(subjects.view, subjects.rules.window_start)
    places = subjects.place[parks]
    parks, tenants, places = parks[places >= 0], tenants[places >= 0], places[places >= 0]
    counts = [
        np.bincount(places[_any_open(subjects, tenants, kinds)], minlength=len(subjects.rows))
        for kinds in (missing, tuple(kind for kind in missing if is_graded(kind)))
    ]
    found: dict[int, Hashable] = {
        place: TenantsUnchecked(int(counts[0][place]), int(counts[1][place]))
        for place in np.flatnonzero(counts[0]).tolist()
    }
    return subjects.objects(found, TenantsUnchecked())


def open_kinds_of_tenants(subjects: Subjects, item: str) -> dict[int, tuple[str, ...]]:
    """Return, per park (place) of which nobody looked some tenant up for an item, the kinds that are open for some tenant."""
    missing = missing_kinds(subjects.view, kinds_of(item))
    if subjects.unit != "park" or not missing:
        return {}
    parks, tenants = tenants_in_window(subjects.view, subjects.rules.window_start)
    places = subjects.place[parks]
    tenants, places = tenants[places >= 0], places[places >= 0]
    found: dict[int, tuple[str, ...]] = {}
    for kind in missing:
        for place in np.unique(places[_any_open(subjects, tenants, (kind,))]).tolist():
            found[place] = (*found.get(place, ()), kind)
    return found


def kinds_nobody_looked_up(view: View, rules: Rules) -> tuple[str, ...]:
    """Return the kinds that are on record for nobody, and for which no attestation of anybody is in force."""
    kinds = tuple(kind for kind, item in items().items() if item in rules.set.rules)
    return tuple(kind for kind in missing_kinds(view, kinds) if not len(_in_force(view, rules, kind)))


def _any_open(subjects: Subjects, tenants: Rows, kinds: tuple[str, ...]) -> Flags:
    """Return which tenants nobody looked up for some of the kinds."""
    open_ = np.zeros(len(tenants), dtype=bool)
    for kind in kinds:
        open_ |= _covering(subjects, "enterprises", tenants, kind) < 0
    return open_


def missing_kinds(view: View, kinds: tuple[str, ...]) -> tuple[str, ...]:
    """Return those of some kinds that are on record for nobody by the day."""
    incidents, day = view.graph["incidents"], view.facts.number
    codes, words = incidents.words("kind")
    on = incident_days(view.graph)
    begun = (on <= day) | (on == OPEN)
    present = {words[code] for code in np.unique(codes[begun & (codes >= 0)]).tolist()}
    listings = view.graph["listings"]
    # What has not been published by the day has not been removed by it either.
    if ((listings["published_on"] <= day) & (listings["removed_on"] <= day)).any():
        present.add(REMOVED)
    return tuple(kind for kind in kinds if kind not in present)


def _in_force(view: View, rules: Rules, kind: str) -> Rows:
    """Return the attestations of a kind that are in force on the day, as rows."""
    table = view.graph["attestations"]
    codes, words = table.words("kind")
    of_kind = np.array([word in (kind, EVERY_KIND) for word in words] + [False])[codes]
    since = number(years_later(view.day, -rules.value("looked_up_years")))
    on = table["checked_on"]
    return np.flatnonzero(of_kind & (since <= on) & (on <= view.facts.number))


def _covering(subjects: Subjects, table: str, rows: NDArray[Any], kind: str) -> Rows:
    """Return for units at `rows` an attestation in force that covers each for a kind (the nearest scope), -1 for none."""
    view, attested = subjects.view, subjects.view.graph["attestations"]
    in_force = _in_force(view, subjects.rules, kind)
    everybody = in_force[attested.words("scope")[0][in_force] < 0]
    covering = np.full(len(rows), everybody[-1] if len(everybody) else -1, dtype=np.intp)
    regions, places = view.graph[table]["region"][rows], attested["region"][in_force]
    for place in np.unique(places[places != UNKNOWN]).tolist():
        covering[within(regions, place)] = in_force[places == place][-1]
    named = attested["park" if table == "parks" else "enterprise"][in_force]
    by_unit = np.full(len(view.graph[table]), -1, dtype=np.intp)
    by_unit[named[named >= 0]] = in_force[named >= 0]
    own: Rows = np.where(by_unit[rows] >= 0, by_unit[rows], covering)
    return own
