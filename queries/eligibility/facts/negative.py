"""What is held against units and, for parks, against their tenants on the date of the fact."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from graph_model.days import OPEN
from queries.eligibility.facts.subjects import FactColumn, day_of
from queries.law.adverse import REMOVED, AdverseFact, items

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator

    from numpy.typing import NDArray

    from graph_model.view import View
    from queries.eligibility.facts.subjects import Subjects


class HeldRows(NamedTuple):
    """Facts held against units, with the unit of each (row, -1 for none) and its day."""

    enterprise: NDArray[np.int32]
    park: NDArray[np.int32]
    on: NDArray[np.int32]
    facts: list[AdverseFact]


def held(subjects: Subjects, item: str) -> FactColumn:
    """Return what is held against each subject under an item of the negative list."""
    rows = held_rows(subjects.view, item)
    found: defaultdict[int, list[AdverseFact]] = defaultdict(list)
    places = subjects.place[rows.park if subjects.unit == "park" else rows.enterprise]
    for at in np.flatnonzero(places >= 0).tolist():
        found[int(places[at])].append(rows.facts[at])
    if subjects.unit == "park":
        for place, one in _of_tenants(subjects, rows):
            found[place].append(one)
    whole: dict[int, Hashable] = {place: tuple(facts) for place, facts in found.items()}
    return subjects.objects(whole, ())


def never_loaded(subjects: Subjects, item: str) -> FactColumn:
    """Return the kinds of an item that are on record for nobody by the day."""
    on_record = {fact.kind for fact in held_rows(subjects.view, item).facts}
    return subjects.same(tuple(kind for kind, of in items().items() if of == item and kind not in on_record))


def held_rows(view: View, item: str, only: tuple[str, NDArray[Any]] | None = None) -> HeldRows:
    """Return all that is held under an item by the day, in the order of the tables.

    It is held against anybody, or against `only` the enterprises or parks ("enterprise" or "park", and their rows).
    """
    incidents, listings = view.graph["incidents"], view.graph["listings"]
    codes, words = incidents.words("kind")
    of_item = np.array([items().get(word) == item for word in words] + [False])[codes]
    on = np.where(incidents["occurred_on"] == OPEN, incidents["decided_on"], incidents["occurred_on"])
    at = np.flatnonzero(of_item & ((on <= view.facts.number) | (on == OPEN)))
    removed = listings["removed_on"]
    gone = np.flatnonzero(removed <= view.facts.number) if items()[REMOVED] == item else np.empty(0, dtype=np.intp)
    if only is not None:
        unit, rows = only
        at, gone = at[np.isin(incidents[unit][at], rows)], gone[np.isin(listings[unit][gone], rows)]
    return HeldRows(
        np.append(incidents["enterprise"][at], listings["enterprise"][gone]),
        np.append(incidents["park"][at], listings["park"][gone]),
        np.append(on[at], removed[gone]),
        [*_incidents(view, at), *_removals(view, gone)],
    )


def _incidents(view: View, rows: NDArray[np.intp]) -> Iterator[AdverseFact]:
    incidents = view.graph["incidents"]
    ended = np.where(incidents["ended_on"] > view.facts.number, OPEN, incidents["ended_on"])
    on = np.where(incidents["occurred_on"] == OPEN, incidents["decided_on"], incidents["occurred_on"])
    kinds = incidents.texts("kind", rows).to_pylist()
    severities = incidents.texts("severity", rows).to_pylist()
    for row, kind, severity in zip(rows.tolist(), kinds, severities, strict=True):
        since, until, due = (day_of(days[row]) for days in (on, ended, incidents["due_on"]))
        yield AdverseFact(kind, since, until, due, severity, row=("incidents", row))


def _removals(view: View, rows: NDArray[np.intp]) -> Iterator[AdverseFact]:
    listings = view.graph["listings"]
    reasons = listings.texts("removal_reason", rows).to_pylist()
    for row, reason in zip(rows.tolist(), reasons, strict=True):
        yield AdverseFact(REMOVED, day_of(listings["removed_on"][row]), reason=reason, row=("listings", row))


def _of_tenants(subjects: Subjects, rows: HeldRows) -> Iterator[tuple[int, AdverseFact]]:
    """Yield facts of tenants with the place of the park in which the tenant sat on the date of the fact.

    An undated fact may have been on any day of the tenancy, so it reaches every park the tenant has been in.
    """
    graph = subjects.view.graph
    tenancies = graph["tenancies"]
    by_tenant: defaultdict[int, list[int]] = defaultdict(list)
    for at in np.flatnonzero(rows.enterprise >= 0).tolist():
        by_tenant[int(rows.enterprise[at])].append(at)
    places = subjects.place[tenancies["park"]]
    begun = (places >= 0) & (tenancies["start"] <= subjects.view.facts.number)
    near = np.flatnonzero(begun & np.isin(tenancies["enterprise"], list(by_tenant)))
    names = graph["enterprises"].texts("name", tenancies["enterprise"][near]).to_pylist()
    reached: dict[tuple[int, int], str] = {}
    for row, name in zip(near.tolist(), names, strict=True):
        for at in by_tenant[int(tenancies["enterprise"][row])]:
            on = rows.on[at]
            if on == OPEN or tenancies["start"][row] <= on < tenancies["end"][row]:
                reached[int(places[row]), at] = name
    for (place, at), name in sorted(reached.items()):
        yield place, rows.facts[at].of_tenant(name)
