"""From the plan to the list: cultivation, reports, recommendations."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from graph_model.arrays import Ints
from loaders.fictional.cast import Cast
from loaders.fictional.columns import (
    between,
    chance,
    day,
    days,
    flags,
    money,
    numbered,
    table,
    weighted,
    words,
    years,
    years_of,
)
from loaders.fictional.geography import HOME, geography
from loaders.fictional.lists import Lists, pull
from loaders.fictional.rounds import CATEGORIES, CITY, FACTORY, NATIONAL, PRODUCT, PROVINCIAL, SUPPLY_CHAIN, TIERS

_PLAN_YEARS = (2023, 2024, 2025, 2026)
_STANDARDS = ("GB/T 36132-2018", "绿色工业园区评价要求", "绿色供应链管理评价要求", "GB/T 36132-2025")
_NEW_STANDARD, _NEW_STANDARD_SINCE = 3, date(2025, 12, 31)


def reports(cast: Cast, lists: Lists) -> pa.Table:
    """Return the reports behind the listings, then those refused and those still waiting."""
    return pa.concat_tables([_accepted(cast, lists), _others(cast, lists)]).unify_dictionaries().combine_chunks()


def _accepted(cast: Cast, lists: Lists) -> pa.Table:
    rng = cast.draw("reports")
    row = np.flatnonzero(lists.has_report)
    issued = lists.issued[row]
    submitted = issued + rng.integers(3, 45, len(row), dtype=np.int32)
    decided = submitted + rng.integers(15, 60, len(row), dtype=np.int32)
    number = lists.report_no.take(pa.array(row))
    unit, category, tier, agency = (lists.unit[row], lists.category[row], lists.tier[row], lists.agency[row])
    return table(
        "reports",
        _columns(cast, rng, unit, category, tier, agency, issued)
        | _dates(rng, issued, submitted)
        | {
            "report_no": number,
            "outcome": words(("accepted",), np.zeros(len(row), dtype=np.int32)),
            "outcome_on": days(decided, chance(rng, len(row), 0.1)),
        },
    )


def _others(cast: Cast, lists: Lists) -> pa.Table:
    """Return reports on factories that stand on no list: two in five refused, the others pending since this spring."""
    rng = cast.draw("other reports")
    listed = np.zeros(cast.units, dtype=bool)
    listed[lists.unit] = True
    free = np.flatnonzero(cast.local & cast.manufacturer & ~listed)
    size = min(max(6, len(lists) // 9), len(free))
    unit = rng.choice(free, size, replace=False).astype(np.int32)
    refused = chance(rng, size, 0.4)
    old = between(rng, size, date(2021, 2, 1), date(2025, 10, 31))
    submitted = np.where(refused, old, between(rng, size, date(2026, 2, 20), date(2026, 6, 20))).astype(np.int32)
    issued = submitted - rng.integers(3, 45, size, dtype=np.int32)
    agency = np.where(chance(rng, size, 0.3), -1, weighted(rng, size, pull(cast)))
    decided = submitted + rng.integers(15, 60, size, dtype=np.int32)
    number = numbered("LP", years_of(issued), len(lists) + 1 + np.arange(size))
    tier = np.where(chance(rng, size, 0.6), CITY, PROVINCIAL)
    return table(
        "reports",
        _columns(cast, rng, unit, np.zeros(size, dtype=np.int32), tier, agency, issued)
        | _dates(rng, issued, submitted)
        | {
            "report_no": number,
            "outcome": words(("refused",), np.where(refused, 0, -1)),
            "outcome_on": days(decided, ~refused | chance(rng, size, 0.1)),
        },
    )


def _columns(
    cast: Cast, rng: np.random.Generator, unit: Ints, category: Ints, tier: Ints, agency: Ints, issued: Ints
) -> dict[str, pa.Array]:
    """Return what every report says: about whom, by whom, how good."""
    size = len(unit)
    # Most use the new standard from its first day on, some are late.
    renewed = (category == FACTORY) & (issued >= day(_NEW_STANDARD_SINCE)) & chance(rng, size, 0.8)
    of_fifty = (category == FACTORY) & chance(rng, size, 0.3)
    score = np.where(of_fifty, rng.normal(31, 6, size), rng.normal(86, 5, size))
    return {
        "unit": cast.names(unit),
        "uscc": cast.codes_of(rng, unit, 0.75),
        "category": words(CATEGORIES, category),
        "tier": words(TIERS, tier, chance(rng, size, 0.02)),
        "mode": words(("self", "third_party"), np.where(agency < 0, 0, 1), chance(rng, size, 0.04)),
        "agency": words(cast.agencies, agency),
        "standard": words(_STANDARDS, np.where(renewed, _NEW_STANDARD, category), chance(rng, size, 0.05)),
        "score": pa.array(np.round(np.clip(score, 12, np.where(of_fifty, 50, 100)), 1), mask=chance(rng, size, 0.05)),
        "score_max": pa.array(np.where(of_fifty, 50.0, 100.0), mask=chance(rng, size, 0.05)),
        "basic_ok": flags(chance(rng, size, 0.985), chance(rng, size, 0.05)),
    }


def _dates(rng: np.random.Generator, issued: Ints, submitted: Ints) -> dict[str, pa.Array]:
    """Return the two days of a report; one report in a hundred has neither."""
    neither = chance(rng, len(issued), 0.01)
    return {
        "issued_on": days(issued, neither | chance(rng, len(issued), 0.05)),
        "submitted_on": days(submitted, neither | chance(rng, len(issued), 0.06)),
    }


class _Plans(NamedTuple):
    """Rows of the cultivation pool."""

    unit: Ints
    category: Ints
    target: Ints
    year: Ints


def _plans(cast: Cast, lists: Lists, year: int) -> _Plans:
    """Return the pool of one plan year: half of those evaluated in it, hopefuls, and some leaders."""
    rng = cast.draw(f"plans {year}")
    row = np.flatnonzero((years_of(lists.issued) == year) & (lists.category != PRODUCT) & (lists.tier >= CITY))
    row = row[chance(rng, len(row), 0.5)]
    row = row[np.unique(lists.unit[row] * 4 + lists.category[row], return_index=True)[1]]
    hopefuls = np.flatnonzero(cast.local & cast.manufacturer & cast.above_scale)
    size = max(8, len(row) // 2 if len(row) else len(lists) // 40)
    fresh = np.setdiff1d(rng.choice(hopefuls, min(size, len(hopefuls)), replace=False), lists.unit[row])
    leaders = cast.leaders[chance(rng, len(cast.leaders), 0.12)]
    leaders = np.setdiff1d(leaders, lists.unit[row[lists.category[row] == SUPPLY_CHAIN]])
    sizes = (len(fresh), len(leaders))
    return _Plans(
        np.concatenate([lists.unit[row], fresh, leaders]).astype(np.int32),
        np.concatenate([lists.category[row], np.repeat((FACTORY, SUPPLY_CHAIN), sizes)]),
        np.concatenate([lists.tier[row], np.repeat((CITY, PROVINCIAL), sizes)]),
        np.full(len(row) + sum(sizes), year),
    )


def cultivation(cast: Cast, lists: Lists) -> pa.Table:
    """Return the pool of all plan years; leaders and parks sponsor some factories."""
    plans = _Plans(*map(np.concatenate, zip(*(_plans(cast, lists, year) for year in _PLAN_YEARS), strict=True)))
    rng = cast.draw("cultivation")
    size = len(plans.unit)
    first = np.array([day(date(year, 1, 1)) for year in range(_PLAN_YEARS[0], _PLAN_YEARS[-1] + 2)])
    begins, ends = first[plans.year - _PLAN_YEARS[0]], first[plans.year - _PLAN_YEARS[0] + 1] + 90
    undated = chance(rng, size, 0.6)
    return table(
        "cultivation",
        {
            "unit": cast.names(plans.unit),
            "uscc": cast.codes_of(rng, plans.unit, 0.7),
            "category": words(CATEGORIES, plans.category),
            "target_tier": words(TIERS, plans.target, chance(rng, size, 0.05)),
            "plan_year": years(plans.year),
            "level": words(TIERS, np.maximum(plans.target - 1, 0), chance(rng, size, 0.3)),
            "start": days(begins + rng.integers(0, 75, size), undated),
            "end": days(ends, undated | chance(rng, size, 0.2)),
            "reported_on": days(begins + rng.integers(60, 100, size), chance(rng, size, 0.1)),
            "sponsor": cast.names(_sponsors(cast, rng, plans.unit, plans.category)),
        },
    )


def _sponsors(cast: Cast, rng: np.random.Generator, unit: Ints, category: Ints) -> Ints:
    """Return a leader for one factory in nine, its park for one in twelve, else nobody."""
    size = len(unit)
    park = np.where(unit < cast.first_park, cast.ground.park_of[np.minimum(unit, cast.first_park - 1)], -1)
    leader = cast.leaders[rng.integers(0, len(cast.leaders), size)]
    by = np.where(chance(rng, size, 0.11) & (leader != unit), leader, -1)
    by = np.where((by < 0) & (park >= 0) & chance(rng, size, 0.085), cast.first_park + park, by)
    return np.where(category == FACTORY, by, -1)


def recommendations(cast: Cast, lists: Lists) -> pa.Table:
    """Return who was recommended since 2023: those listed, and some in vain; by cities, or by the province."""
    rng = cast.draw("recommendations")
    row = np.flatnonzero(
        (lists.published >= day(date(2023, 7, 1))) & (lists.tier >= PROVINCIAL) & (lists.category != PRODUCT)
    )
    never = np.setdiff1d(np.flatnonzero(cast.local & cast.manufacturer), lists.unit[lists.tier >= PROVINCIAL])
    vain = rng.choice(never, min(len(never), len(row) // 3), replace=False).astype(np.int32)
    unit = np.concatenate([lists.unit[row], vain])
    size = len(unit)
    tier = np.concatenate([lists.tier[row], np.full(len(vain), PROVINCIAL)])
    category = np.concatenate([lists.category[row], np.full(len(vain), FACTORY)])
    batch_year = np.concatenate([years_of(lists.published[row]) - 1, rng.integers(2023, 2026, len(vain))])
    # Candidates are due by 31 July; one in twenty comes later.
    first = np.array([day(date(year, 6, 1)) for year in range(2023, 2026)])[batch_year - 2023]
    on = first + rng.integers(0, 61, size) + np.where(chance(rng, size, 0.05), 65, 0)
    offices = [f"{place}工业和信息化{'厅' if place == HOME else '局'}" for place in (HOME, *geography().cities)]
    asked = ("生态环境、应急管理、市场监管", "生态环境、应急管理", "生态环境")
    return table(
        "recommendations",
        {
            "unit": cast.names(unit),
            "uscc": cast.codes_of(rng, unit, 0.8),
            "category": words(CATEGORIES, category),
            "tier": words(TIERS, tier),
            "recommended_by": words(offices, np.where(tier == NATIONAL, 0, 1 + cast.city[unit])),
            "recommended_on": days(on, chance(rng, size, 0.03)),
            "consulted": words(asked, weighted(rng, size, (16, 2, 1)), chance(rng, size, 0.05)),
        },
    )


def costs() -> pa.Table:
    """Return what cultivating an enterprise is estimated to cost, by division of industry, and for all others."""
    return table(
        "costs",
        {
            "subject": pa.array([*_COSTS, "*"]),
            "cost": money(np.array([*_COSTS.values(), 25.0])),
        },
    )


_COSTS = {
    "13": 18.0,
    "17": 22.0,
    "22": 30.0,
    "26": 48.0,
    "30": 42.0,
    "31": 60.0,
    "34": 24.0,
    "36": 35.0,
    "38": 28.0,
    "39": 32.0,
}
"""Estimated cost in 万元 by division of industry: invented, like everything here."""
