"""D-12 and D-15: a provincial listing wants a city listing before it, a national one an own provincial listing before it.

D-12 is soft (原则上) and asks only where the city keeps such a list. D-15 asks only of listings published since a rule set that
asks for it is applied, and only if a provincial list of the category existed by then.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from graph_model.days import OPEN, number
from graph_model.kinds import NODE_KINDS
from graph_model.regions import UNKNOWN
from graph_model.tiers import CATEGORIES, Tier
from graph_model.values.coded import REMOVAL_REASONS
from queries.duties.applied import asked_since
from queries.duties.duty_findings import UNIT_KINDS, AuditContext, Finding, Kind
from queries.duties.sentences import sentence
from queries.duties.standing import StandingListings, day_words, listing_words, standing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph_model.arrays import Flags, Rows
    from graph_model.view import View


def find(case: AuditContext) -> Iterator[Finding]:
    """Yield provincial listings without an earlier city listing, and national ones without an own provincial one."""
    for kind in UNIT_KINDS:
        if "D-12" in case.rules.set.duties:
            yield _without_city(case, kind)
        if "D-15" in case.rules.set.duties:
            yield _without_province(case, kind)


def cities_without_region(view: View) -> int:
    """Return how many provincial listings have a unit of unknown city: whether D-12 asks of them is not known."""
    count = 0
    for kind in UNIT_KINDS:
        stands = standing(view, kind)
        count += int((_city(view, kind, stands.unit[stands.tier == Tier.PROVINCIAL]) == UNKNOWN).sum())
    return count


def _without_city(case: AuditContext, kind: Kind) -> Finding:
    stands = standing(case.view, kind)
    stands = stands.at(stands.tier == Tier.PROVINCIAL)
    since = _city_lists_since(case.view)
    city = _city(case.view, kind, stands.unit)
    keeping = np.array([since.get(key, OPEN) for key in zip(city.tolist(), stands.category.tolist(), strict=True)])
    lacking = (keeping != OPEN) & (city != UNKNOWN) & ~_listed_before(case, kind, stands, Tier.CITY)
    stands, city, keeping = stands.at(lacking), city[lacking], keeping[lacking]
    names = [case.view.graph.regions.name(code) for code in city.tolist()]
    return Finding(
        "D-12",
        "check",
        kind,
        stands.unit,
        [sentence("city_first", city=name) for name in names],
        [
            f"{words}；{name}最早的同类市级名单{day_words(day)}公布"
            for words, name, day in zip(listing_words(case.view, stands.row), names, keeping.tolist(), strict=True)
        ],
        stands.evidence,
        stands.category,
        stands.tier,
    )


def _without_province(case: AuditContext, kind: Kind) -> Finding:
    stands = standing(case.view, kind)
    first = np.append(_provincial_lists_since(case.view), OPEN)[stands.category]
    asked = (stands.tier == Tier.NATIONAL) & (stands.since >= number(asked_since(case.rules, "D-15")))
    asked &= first <= stands.since
    stands = stands.at(asked & ~_listed_before(case, kind, stands, Tier.PROVINCIAL))
    return Finding(
        "D-15",
        "check",
        kind,
        stands.unit,
        [sentence("province_first")] * len(stands.unit),
        listing_words(case.view, stands.row),
        stands.evidence,
        stands.category,
        stands.tier,
    )


def _listed_before(case: AuditContext, kind: Kind, stands: StandingListings, tier: Tier) -> Rows:
    """Return which entries were on an own list of `tier` published before; one removed for a fault by then does not count."""
    listings = case.view.graph["listings"]
    width = len(CATEGORIES)
    rows = np.flatnonzero((listings[kind] >= 0) & (listings["tier"] == tier))
    key = listings[kind][rows].astype(np.int64) * width + listings["category"][rows]
    published, removed = listings["published_on"][rows], listings["removed_on"][rows]
    blamed = removed_for_fault(case, rows)
    wanted = stands.unit.astype(np.int64) * width + stands.category
    order = np.argsort(key, kind="stable")
    first, last = (np.searchsorted(key[order], wanted, side=side) for side in ("left", "right"))
    before = np.zeros(len(wanted), dtype=bool)
    for place, (start, end, since) in enumerate(zip(first.tolist(), last.tolist(), stands.since.tolist(), strict=True)):
        of_unit = order[start:end]
        stood = (published[of_unit] < since) & ~(blamed[of_unit] & (removed[of_unit] <= since))
        before[place] = stood.any()
    return before


def removed_for_fault(case: AuditContext, rows: Rows) -> Flags:
    """Return which listings were removed for another reason than one without fault."""
    listings = case.view.graph["listings"]
    codes, words = listings.words("removal_reason")
    reasons = case.rules.value("without_fault") or ()
    faultless = np.array([REMOVAL_REASONS.meaning(word) in reasons for word in words] + [False])[codes[rows]]
    blamed: Flags = (listings["removed_on"][rows] != OPEN) & ~faultless
    return blamed


def _city_lists_since(view: View) -> dict[tuple[int, int], int]:
    """Return the first publication of a city list per city and category, of those published by the day."""
    listings = view.graph["listings"]
    rows = np.flatnonzero((listings["tier"] == Tier.CITY) & (listings["published_on"] <= view.facts.number))
    since: dict[tuple[int, int], int] = {}
    for kind in UNIT_KINDS:
        of_kind = rows[listings[kind][rows] >= 0]
        city = _city(view, kind, listings[kind][of_kind])
        own = listings["region"][of_kind] // 100 * 100
        city = np.where((city == UNKNOWN) & (own % 10000 != 0), own, city)
        columns = (city, listings["category"][of_kind], listings["published_on"][of_kind])
        for code, category, on in zip(*(column.tolist() for column in columns), strict=True):
            since[code, category] = min(on, since.get((code, category), OPEN))
    return {key: on for key, on in since.items() if key[0] != UNKNOWN}


def _provincial_lists_since(view: View) -> Rows:
    """Return per category the first publication of a provincial list, `OPEN` where there is none."""
    listings = view.graph["listings"]
    rows = np.flatnonzero((listings["tier"] == Tier.PROVINCIAL) & (listings["published_on"] <= view.facts.number))
    since = np.full(len(CATEGORIES), OPEN, dtype=np.int64)
    np.minimum.at(since, listings["category"][rows], listings["published_on"][rows])
    return since


def _city(view: View, kind: Kind, units: Rows) -> Rows:
    """Return the city of units, 0 where their region is not known that finely."""
    region = view.graph[NODE_KINDS[kind].table]["region"][units]
    return np.where(region % 10000 == 0, UNKNOWN, region // 100 * 100)
