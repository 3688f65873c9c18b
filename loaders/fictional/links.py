"""Who sits in which park, and who supplies whom.

Suppliers and buyers both follow a power law: a few leaders buy from hundreds, a few hubs sell to hundreds, most
firms know one or two. Seven in ten purchases stay within the buyer's industry, which makes chains of several tiers,
and now and then a circle.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa

from graph_model.arrays import Floats, Ints
from graph_model.errors import UsageError
from loaders.fictional.cast import Cast
from loaders.fictional.columns import between, chance, day, days, flags, money, table, weighted, words, years
from loaders.fictional.industries import INDUSTRIES
from loaders.fictional.names import COUNTRIES

_GOODS = tuple(goods for industry in INDUSTRIES for goods in industry.goods)
_LEADERS_PART = 0.2
_LAST_LISTS = (2022, 2023, 2024, 2025, 2026)
_LAST_LIST_WEIGHTS = (0.05, 0.08, 0.2, 0.55, 0.12)


def default_links(enterprises: int) -> int:
    """Return how many supply rows a province of this size usually has: two per enterprise at 200, ten at a million."""
    return round(enterprises * float(np.clip(1.6 + 2.3 * np.log10(enterprises / 100), 2, 10)))


def tenancies(cast: Cast) -> pa.Table:
    """Return who sits where: some in two parks, some gone, some moved on, some of unknown start."""
    rng = cast.draw("tenancies")
    park_of = cast.ground.park_of
    tenant = np.flatnonzero(park_of >= 0).astype(np.int32)
    # Those that only other tables name are in a park register now and then, too.
    tenant = tenant[(tenant < cast.enterprises) | chance(rng, len(tenant), 0.2)]
    start = between(rng, len(tenant), date(1998, 1, 1), date(2025, 9, 30))
    left = chance(rng, len(tenant), 0.05)
    end = np.minimum(start + rng.integers(400, 4_000, len(tenant)), day(date(2026, 6, 15)))
    second = np.flatnonzero(chance(rng, len(tenant), 0.025))
    parks = len(cast.park_places)
    second_park = (park_of[tenant[second]] + rng.integers(1, parks, len(second))) % parks
    moved = left[second] | chance(rng, len(second), 0.15)
    left[second] |= moved
    again = np.where(moved, end[second], between(rng, len(second), date(2012, 1, 1), date(2025, 12, 31)))
    unit = np.concatenate([tenant, tenant[second]])
    gone = np.concatenate([left, np.zeros(len(second), dtype=bool)])
    order = np.argsort(unit, kind="stable")
    park = np.concatenate([park_of[tenant], second_park])[order]
    return table(
        "tenancies",
        {
            "uscc": cast.codes_of(rng, unit[order], 0.8),
            "name": cast.names(unit[order]),
            "park": cast.names(cast.first_park + park),
            "start": days(np.concatenate([start, again])[order], (chance(rng, len(unit), 0.07) & ~gone)[order]),
            "end": days(np.concatenate([end, end[second]])[order], ~gone[order]),
        },
    )


@dataclass(frozen=True)
class _Rows:
    """Supply rows: the pair each belongs to, and its list year, 0 for a contract."""

    buyer: Ints
    supplier: Ints
    pair: Ints
    year: Ints


def supplies(cast: Cast, links: int) -> pa.Table:
    """Return exactly `links` rows of who supplied whom, ordered by buyer."""
    rows = _rows(cast, links)
    rng = cast.draw("supplies")
    size = len(rows.pair)
    buyer, supplier = rows.buyer[rows.pair], rows.supplier[rows.pair]
    pairs = len(rows.buyer)
    goods = cast.industry[rows.supplier] * 3 + rng.integers(0, 3, pairs)
    key, key_unknown = chance(rng, pairs, 0.13), chance(rng, pairs, 0.24)
    start = between(rng, size, date(2018, 1, 1), date(2026, 5, 31))
    open_end = chance(rng, size, 0.15)
    end = start + rng.integers(180, 1_100, size, dtype=np.int32)
    dated = rows.year == 0
    country = cast.country[supplier] + 1
    home = country == 0
    amount = np.exp(rng.normal(4.6, 1.3, size) + 0.22 * (cast.size[buyer] - 8.9))
    return table(
        "supplies",
        {
            "buyer": cast.names(buyer),
            "buyer_uscc": cast.codes_of(rng, buyer, 0.85),
            "supplier": cast.names(supplier),
            "supplier_uscc": cast.codes_of(rng, supplier, 0.65),
            "year": years(rows.year, dated),
            "start": days(start, ~dated),
            "end": days(end, ~dated | open_end),
            "amount": money(amount, chance(rng, size, 0.1)),
            "category": words(_GOODS, goods[rows.pair], chance(rng, pairs, 0.05)[rows.pair]),
            "key": flags(key[rows.pair], key_unknown[rows.pair]),
            "country": words(("CN", *COUNTRIES), country, home & chance(rng, size, 0.55)),
        },
    )


def _rows(cast: Cast, links: int) -> _Rows:
    """Draw pairs until their lists and contracts make enough rows, then strike the surplus by lot."""
    wanted = links / 1.25 + 40
    # Beyond a twentieth of all pairs hardly a draw is new.
    attempts = 6 if links * 20 <= cast.enterprises**2 else 0
    for attempt in range(attempts):
        rng = cast.draw(f"pairs {attempt}")
        buyer, supplier = _pairs(cast, rng, round(wanted))
        pair, year = _by_list_or_contract(cast, rng, buyer)
        surplus = len(pair) - links
        if surplus >= 0:
            distinct = np.ones(len(pair), dtype=bool)
            distinct[rng.choice(len(pair), surplus, replace=False, shuffle=False)] = False
            return _Rows(buyer, supplier, pair[distinct], year[distinct])
        wanted *= min(2.0, 1 + 1.3 * max(0.03, -surplus / len(pair)))
    raise UsageError(
        f"{cast.enterprises} 家企业之间放不下 {links} 条供应关系，请减少关系数或增加企业数",
        f"{cast.enterprises} enterprises cannot have {links} supply links: ask for fewer links or more enterprises",
    )


def _pairs(cast: Cast, rng: np.random.Generator, count: int) -> tuple[Ints, Ints]:
    """Return different pairs of buyer and supplier, ordered by buyer."""
    units = cast.first_park
    buying = np.zeros(units)
    ordinary = (cast.city[:units] >= 0) & (np.arange(units) < cast.enterprises) & chance(rng, units, 0.35)
    ordinary[cast.leaders] = False
    firms = np.flatnonzero(ordinary)
    buying[firms] = _power_law(rng, len(firms), 1.6, 60)
    buying[cast.leaders] = _power_law(rng, len(cast.leaders), 1.2, 25)
    buying[firms] *= (1 - _LEADERS_PART) / buying[firms].sum()
    buying[cast.leaders] *= _LEADERS_PART / buying[cast.leaders].sum()
    buyer = np.repeat(np.arange(units), rng.multinomial(count, buying)).astype(np.int32)
    selling = _power_law(rng, units, 1.15, 1_500)
    selling[cast.leaders] *= 0.4
    supplier = _suppliers(cast, rng, buyer, selling)
    # Hardly anybody lists itself; two firms do.
    between_two = np.flatnonzero(supplier != buyer)
    own = rng.choice(buyer, 2)
    buyer, supplier = np.concatenate([buyer[between_two], own]), np.concatenate([supplier[between_two], own])
    pair = np.unique(buyer.astype(np.int64) * units + supplier)
    return (pair // units).astype(np.int32), (pair % units).astype(np.int32)


def _power_law(rng: np.random.Generator, size: int, slope: float, most: float) -> Floats:
    return np.minimum(rng.pareto(slope, size) + 1, most)


def _suppliers(cast: Cast, rng: np.random.Generator, buyer: Ints, selling: Floats) -> Ints:
    """Return a supplier for each purchase: mostly of the buyer's industry, in proportion to what it sells."""
    industry = cast.industry[: cast.first_park]
    order = np.argsort(industry, kind="stable").astype(np.int32)
    reach = np.concatenate([[0.0], np.cumsum(selling[order])])
    edges = reach[np.searchsorted(industry[order], np.arange(len(INDUSTRIES) + 1))]
    near = chance(rng, len(buyer), 0.7)
    low = np.where(near, edges[industry[buyer]], 0.0)
    high = np.where(near, edges[industry[buyer] + 1], reach[-1])
    place = np.searchsorted(reach, low + rng.random(len(buyer)) * (high - low), side="right") - 1
    return np.asarray(order[np.minimum(place, len(order) - 1)])


def _by_list_or_contract(cast: Cast, rng: np.random.Generator, buyer: Ints) -> tuple[Ints, Ints]:
    """Return rows as (pair, list year): leaders and a quarter of the others keep yearly lists, the rest contracts."""
    units = cast.first_park
    lists = chance(rng, units, 0.25)
    lists[cast.leaders] = True
    last = np.array(_LAST_LISTS)[weighted(rng, units, _LAST_LIST_WEIGHTS)]
    kept_years = rng.integers(1, 4, units)
    listed = lists[buyer]
    pair = [np.flatnonzero(~listed).astype(np.int32)]
    year = [np.zeros(len(pair[0]), dtype=np.int32)]
    for ago in range(3):
        on_list = listed & (ago < kept_years[buyer]) & chance(rng, len(buyer), 0.85)
        found = np.flatnonzero(on_list).astype(np.int32)
        pair.append(found)
        year.append((last[buyer[found]] - ago).astype(np.int32))
    rows, when = np.concatenate(pair), np.concatenate(year)
    order = np.argsort(rows, kind="stable")
    return rows[order], when[order]
