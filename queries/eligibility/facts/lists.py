"""Facts of lists and pools: city and provincial lists, national factories, sponsors of suppliers, places of parks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from graph_model.regions import UNKNOWN
from graph_model.tiers import CATEGORIES, Category, Tier
from queries.answers.shares import ranks, share
from queries.eligibility.facts.subjects import FactColumn, day_of
from queries.law.evaluation import ListingFact, ParkStanding
from queries.measures.parks import park_tally, shown_parks

if TYPE_CHECKING:
    from collections.abc import Hashable

    from numpy.typing import NDArray

    from queries.eligibility.facts.subjects import Subjects


def city_listings(subjects: Subjects) -> FactColumn:
    """Return the listings of each subject on a city list of the category that were published by the day, by publication."""
    listings = subjects.view.graph["listings"]
    on_city_list = _published(subjects) & (listings["tier"] == Tier.CITY) & (listings[subjects.unit] >= 0)
    rows = np.flatnonzero(on_city_list)
    rows = rows[np.argsort(listings["published_on"][rows], kind="stable")]
    reasons = listings.texts("removal_reason", rows).to_pylist()
    source = np.full(len(subjects.rows), -1, dtype=np.intp)
    found: dict[int, tuple[ListingFact, ...]] = {}
    for row, place, reason in zip(
        rows.tolist(), subjects.place[listings[subjects.unit][rows]].tolist(), reasons, strict=True
    ):
        if place >= 0:
            fact = ListingFact() if subjects.view.listed[row] else _ended(subjects, row, reason)
            found[place] = (*found.get(place, ()), fact)
            source[place] = row
    perhaps = subjects.view.facts.unread("listings", subjects.category, subjects.unit)[subjects.rows] >= Tier.CITY
    for place in np.flatnonzero(perhaps).tolist():  # A row that nobody can read may be of the city's list.
        found[place] = (*found.get(place, ()), ListingFact(active=None))
    hashable: dict[int, Hashable] = dict(found)
    return subjects.objects(hashable, (), (("listings", source),))


def _ended(subjects: Subjects, row: int, reason: str | None) -> ListingFact:
    """Return a listing that has ended by the day, or of which nobody can read whether it has."""
    active = None if subjects.view.facts.listing_unsure[row] else False
    return ListingFact(active, day_of(subjects.view.graph["listings"]["removed_on"][row]), reason)


def city_keeps_list(subjects: Subjects) -> FactColumn:
    """Return whether anybody in its city has been; unknown where its city is, unless nobody has been anywhere."""
    graph = subjects.view.graph
    listings = graph["listings"]
    rows = _published(subjects) & (listings["tier"] == Tier.CITY)
    regions = graph[subjects.table]["region"]
    units = listings[subjects.unit][rows]
    codes = np.concatenate([listings["region"][rows], regions[units[units >= 0]]])
    keeping = np.unique(codes[codes % 10000 != 0] // 100)
    own = regions[subjects.rows]
    somewhere = -1 if rows.any() else 0
    return subjects.flag(np.where((own == UNKNOWN) | (own % 10000 == 0), somewhere, np.isin(own // 100, keeping)))


def provincial_listed(subjects: Subjects) -> FactColumn:
    """Return whether an active listing of the category counts as provincial, its own or a national one (D-16).

    Unknown where no provincial list of the category is on record; for a factory also where no register knows the name.
    """
    view, listings = subjects.view, subjects.view.graph["listings"]
    rows = view.listed & (listings["category"] == subjects.category_code) & (listings["tier"] >= Tier.PROVINCIAL)
    loaded = bool((_published(subjects) & (listings["tier"] >= Tier.PROVINCIAL)).any())
    found = _listed(subjects, rows)
    if subjects.category is Category.FACTORY:
        absent = view.green(Tier.PROVINCIAL)[subjects.rows]
    else:
        absent = np.where(view.unsure(subjects.category, subjects.unit)[subjects.rows] >= Tier.PROVINCIAL, -1, 0)
    answer = np.where(found.codes == 2, 1, absent if loaded else -1)
    return FactColumn(answer + 1, found.values, found.sources)


def national_factory(subjects: Subjects) -> FactColumn:
    """Return whether it is a national green factory on the day; unknown where neither a list nor a register knows it."""
    view, listings = subjects.view, subjects.view.graph["listings"]
    rows = np.zeros(len(listings), dtype=bool)
    rows[view.factory_listings(Tier.NATIONAL)] = True
    found = _listed(subjects, rows)
    return FactColumn(view.green(Tier.NATIONAL)[subjects.rows].astype(np.int64) + 1, found.values, found.sources)


def supplier_plan(subjects: Subjects) -> FactColumn:
    """Return whether a plan of factories about another enterprise, reported or begun by the day, names it as sponsor.

    Unknown where no plan of factories is on record by the day.
    """
    plans, day = subjects.view.graph["cultivation"], subjects.view.facts.number
    sponsor = plans["sponsor_enterprise"]
    drawn_up = (plans["start"] <= day) | (plans["reported_on"] <= day)
    drawn_up &= plans["category"] == CATEGORIES.index(Category.FACTORY)
    rows = np.flatnonzero(drawn_up & (sponsor >= 0) & (plans["enterprise"] >= 0) & (plans["enterprise"] != sponsor))
    places = subjects.place[sponsor[rows]]
    source = np.full(len(subjects.rows), -1, dtype=np.intp)
    source[places[places >= 0]] = rows[places >= 0]
    return FactColumn(
        np.where(source >= 0, 2, 1 if drawn_up.any() else 0), [None, False, True], (("cultivation", source),)
    )


def in_pool(subjects: Subjects) -> FactColumn:
    """Return whether it is in the pool of the category on the day; unknown where a row that cannot be read may say so."""
    return subjects.flag(subjects.view.facts.pooled(subjects.category, subjects.unit)[subjects.rows], own_row=False)


def standing(subjects: Subjects) -> FactColumn:
    """Return the place of a park among those of the province by `park-share` with its default options."""
    view = subjects.view
    parks = shown_parks(view)
    tally = park_tally(view, "above_scale", Tier.CITY)
    green, base = tally.green[parks], tally.base[parks]
    shares = share(green, base)
    known = ~np.isnan(shares)
    if not known.any():
        return subjects.same(None)
    below = shares < np.median(shares[known])
    rank, count_rank = ranks(shares), ranks(green)
    found = {
        int(subjects.place[park]): ParkStanding(
            int(green[at]), int(base[at]), int(rank[at]), int(count_rank[at]), int(known.sum()), bool(below[at])
        )
        for at, park in enumerate(parks.tolist())
        if known[at] and subjects.place[park] >= 0
    }
    return subjects.objects(dict(found), None)


def _published(subjects: Subjects) -> NDArray[np.bool_]:
    """Return the listings of the category that have been published by the day."""
    listings = subjects.view.graph["listings"]
    found: NDArray[np.bool_] = listings["category"] == subjects.category_code
    return found & (listings["published_on"] <= subjects.view.facts.number)


def _listed(subjects: Subjects, rows: NDArray[np.bool_]) -> FactColumn:
    """Return whether a subject has one of the listings `rows`, and which (the last in the table)."""
    listings = subjects.view.graph["listings"]
    at = np.flatnonzero(rows & (listings[subjects.unit] >= 0))
    places = subjects.place[listings[subjects.unit][at]]
    source = np.full(len(subjects.rows), -1, dtype=np.intp)
    source[places[places >= 0]] = at[places >= 0]
    return FactColumn(np.where(source >= 0, 2, 1), [None, False, True], (("listings", source),))
