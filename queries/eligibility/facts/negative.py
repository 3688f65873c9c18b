"""What is held against units and, for parks, against their tenants."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import numpy as np

from graph_model.days import OPEN
from graph_model.regions import NATION
from queries.eligibility.facts.subjects import FactColumn, day_of
from queries.eligibility.tenant_reach import parks_reached
from queries.law.adverse import AdverseFact
from queries.law.negative_list import REMOVED, incident_kinds, items
from queries.measures.incident_days import incident_days

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator

    from numpy.typing import NDArray

    from graph_model.regions import Regions
    from graph_model.view import View
    from queries.eligibility.facts.subjects import Subjects

    FoundBy = Literal["state", "lower"]


class HeldRows(NamedTuple):
    """Facts held against units, with the unit of each (row, -1 for none) and its day."""

    enterprise: NDArray[np.int32]
    park: NDArray[np.int32]
    on: NDArray[np.int32]
    facts: list[AdverseFact]


def held(subjects: Subjects, item: str) -> FactColumn:
    """Return what is held against each subject under an item of the negative list; a park's tenants' facts are its own."""
    rows = held_rows(subjects.view, item)
    found: defaultdict[int, list[AdverseFact]] = defaultdict(list)
    places = subjects.place[rows.park if subjects.unit == "park" else rows.enterprise]
    for at in np.flatnonzero(places >= 0).tolist():
        found[int(places[at])].append(rows.facts[at])
    if subjects.unit == "park":
        for place, fact in _of_tenants(subjects, rows):
            found[place].append(fact)
    whole: dict[int, Hashable] = {place: tuple(facts) for place, facts in found.items()}
    return subjects.objects(whole, ())


def _of_tenants(subjects: Subjects, rows: HeldRows) -> Iterator[tuple[int, AdverseFact]]:
    """Yield facts of tenants with the place of each park that they reach, by park and in the order of the facts."""
    reached = parks_reached(subjects.view, subjects.rules.window_start, rows.enterprise, rows.facts)
    names = subjects.view.graph["enterprises"].texts("name", rows.enterprise[reached.fact]).to_pylist()
    places = subjects.place[reached.park]
    for place, at, name, left in zip(places.tolist(), reached.fact.tolist(), names, reached.left.tolist(), strict=True):
        if place >= 0:
            yield place, rows.facts[at].of_tenant(name, day_of(left))


def held_rows(view: View, item: str, only: tuple[str, NDArray[Any]] | None = None) -> HeldRows:
    """Return all that is held under an item by the day, in the order of the tables; what is of unknown kind is under each.

    It is held against anybody, or against `only` the enterprises or parks ("enterprise" or "park", and their rows).
    """
    incidents, listings = view.graph["incidents"], view.graph["listings"]
    codes, words = incidents.words("kind")
    of_item = np.array([word not in incident_kinds() or items().get(word) == item for word in words] + [True])[codes]
    on = incident_days(view.graph)
    at = np.flatnonzero(of_item & ((on <= view.facts.number) | (on == OPEN)))
    removed = listings["removed_on"]
    # A removal whose day nobody can read is held, and undated.
    begun = listings["published_on"] <= view.facts.number
    struck = (begun & (removed <= view.facts.number)) | view.facts.listing_unsure
    gone = np.flatnonzero(struck) if items()[REMOVED] == item else np.empty(0, dtype=np.intp)
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
    on = incident_days(view.graph)
    kinds = [kind if kind in incident_kinds() else None for kind in incidents.texts("kind", rows).to_pylist()]
    severities = incidents.texts("severity", rows).to_pylist()
    codes, sources = incidents.words("source")
    found_by = [*(_found_by(view.graph.regions, source) for source in sources), None]
    for row, kind, severity in zip(rows.tolist(), kinds, severities, strict=True):
        since, until, due = (day_of(days[row]) for days in (on, ended, incidents["due_on"]))
        yield AdverseFact(kind, since, until, due, severity, found_by=found_by[codes[row]], row=("incidents", row))


def _found_by(regions: Regions, source: str) -> FoundBy | None:
    """Return whether a source is the state or an authority below, None where its name does not tell."""
    reading = regions.read_authority(source)
    if reading.doubt is not None:
        return None
    return "state" if reading.code == NATION else "lower"


def _removals(view: View, rows: NDArray[np.intp]) -> Iterator[AdverseFact]:
    listings = view.graph["listings"]
    reasons = listings.texts("removal_reason", rows).to_pylist()
    for row, reason in zip(rows.tolist(), reasons, strict=True):
        yield AdverseFact(REMOVED, day_of(listings["removed_on"][row]), reason=reason, row=("listings", row))
