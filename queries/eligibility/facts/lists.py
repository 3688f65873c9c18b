"""Facts of lists and pools: city and provincial lists, national factories, sponsors of suppliers, places of parks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from graph_model.regions import UNKNOWN
from graph_model.tiers import Category, Tier
from queries.answers.shares import ranks, share
from queries.eligibility.facts.subjects import FactColumn
from queries.law.evaluation import ParkStanding
from queries.measures.parks import park_tally, shown_parks

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from queries.eligibility.facts.subjects import Subjects


def city_listed(subjects: Subjects) -> FactColumn:
    """Return whether it has been put on a city list of the category by the day."""
    return _listed(subjects, _published(subjects) & (subjects.view.graph["listings"]["tier"] == Tier.CITY))


def city_keeps_list(subjects: Subjects) -> FactColumn:
    """Return whether anybody in its city has been; unknown where its city is."""
    graph = subjects.view.graph
    listings = graph["listings"]
    rows = _published(subjects) & (listings["tier"] == Tier.CITY)
    regions = graph[subjects.table]["region"]
    units = listings[subjects.unit][rows]
    codes = np.concatenate([listings["region"][rows], regions[units[units >= 0]]])
    keeping = np.unique(codes[codes % 10000 != 0] // 100)
    own = regions[subjects.rows]
    return subjects.flag(np.where((own == UNKNOWN) | (own % 10000 == 0), -1, np.isin(own // 100, keeping)))


def provincial_listed(subjects: Subjects) -> FactColumn:
    """Return whether an active listing of the category counts as provincial, its own or a national one (D-16).

    Unknown where no provincial list of the category is on record; for a factory also where no register knows the name.
    """
    view, listings = subjects.view, subjects.view.graph["listings"]
    rows = view.listed & (listings["category"] == subjects.category_code) & (listings["tier"] >= Tier.PROVINCIAL)
    loaded = bool((_published(subjects) & (listings["tier"] >= Tier.PROVINCIAL)).any())
    found = _listed(subjects, rows)
    absent = 0 if subjects.category is not Category.FACTORY else view.green(Tier.PROVINCIAL)[subjects.rows]
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
    """Return whether a cultivation row begun by the day names it as sponsor; unknown where none names any enterprise."""
    plans = subjects.view.graph["cultivation"]
    rows = np.flatnonzero((plans["sponsor_enterprise"] >= 0) & (plans["start"] <= subjects.view.facts.number))
    places = subjects.place[plans["sponsor_enterprise"][rows]]
    source = np.full(len(subjects.rows), -1, dtype=np.intp)
    source[places[places >= 0]] = rows[places >= 0]
    return FactColumn(np.where(source >= 0, 2, 1 if len(rows) else 0), [None, False, True], (("cultivation", source),))


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
    rank = ranks(shares)
    found = {
        int(subjects.place[park]): ParkStanding(
            int(green[at]), int(base[at]), int(rank[at]), int(known.sum()), bool(below[at])
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
