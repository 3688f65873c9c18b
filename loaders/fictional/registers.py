"""The registers: enterprises, parks, agencies, name changes, annual figures and totals."""

from __future__ import annotations

from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from graph_model.arrays import Flags, Floats, Ints
from loaders.fictional.cast import NEVER, Cast
from loaders.fictional.codes import credit_codes
from loaders.fictional.columns import between, chance, days, flags, money, table, weighted, words, years
from loaders.fictional.geography import HOME, OTHER_PROVINCES, geography
from loaders.fictional.industries import CHAINS, INDUSTRIES
from loaders.fictional.names import COUNTRIES, person_names

FIGURE_YEARS = (2022, 2023, 2024, 2025)
_TAGS = ("节水型", "能效水效领跑者", "专精特新小巨人", "智能工厂/车间", "专精特新小巨人、智能工厂/车间")
_ENERGY_LEVELS = ("标杆水平", "先进值", "1级", "2级", "3级", "基准水平")
_PROVINCES = (HOME, *OTHER_PROVINCES)


def enterprises(cast: Cast) -> pa.Table:
    """Return the register of enterprises, with cells left blank as people leave them."""
    rng = cast.draw("enterprises")
    size = cast.enterprises
    unit = np.arange(size, dtype=np.int32)
    city, county = cast.city[unit], cast.ground.county[unit]
    away = city < 0
    country = cast.country[unit]
    province = np.where(away, rng.integers(1, len(_PROVINCES), size), 0)
    registered = np.where(chance(rng, size, 0.01), rng.integers(1, len(_PROVINCES), size), province)
    no_place = chance(rng, size, 0.015)
    industry = cast.industry[unit]
    chain = np.full(size, -1, dtype=np.int32)
    chain[cast.leaders] = rng.integers(0, len(CHAINS), len(cast.leaders))
    return table(
        "enterprises",
        {
            "uscc": cast.codes_of(rng, unit, 0.98),
            "name": cast.names(unit),
            "former_names": words(cast.pool, np.where(chance(rng, size, 0.7), cast.former[unit], -1)),
            "province": words(_PROVINCES, province, chance(rng, size, 0.02) | (country >= 0)),
            "city": words(geography().cities, city, no_place),
            "county": _counties(county, no_place | chance(rng, size, 0.04)),
            "registered_province": words(_PROVINCES, registered, chance(rng, size, 0.1) | (country >= 0)),
            "country": words(("CN", *COUNTRIES), country + 1, (country < 0) & chance(rng, size, 0.7)),
            "industry_code": words([line.code for line in INDUSTRIES], industry, chance(rng, size, 0.03)),
            "industry": words([line.name for line in INDUSTRIES], industry, chance(rng, size, 0.05)),
            "above_scale": flags(cast.above_scale[unit], chance(rng, size, 0.04)),
            "manufacturer": flags(cast.manufacturer[unit], chance(rng, size, 0.06)),
            "chain": words(CHAINS, chain, chance(rng, size, 0.06)),
            "legal_representative": pc.if_else(pa.array(chance(rng, size, 0.9)), person_names(rng, size), None),
            "tags": words(_TAGS, weighted(rng, size, (4, 1, 4, 3, 1)), chance(rng, size, 0.93)),
            "energy_level": words(_ENERGY_LEVELS, weighted(rng, size, (1, 2, 2, 4, 2, 3)), chance(rng, size, 0.85)),
        },
    )


def _counties(county: Ints, unknown: Flags) -> pa.Array:
    # Two cities have a 鼓楼区: as texts the two are one word.
    return words(geography().counties, county, unknown).cast(pa.string())


def parks(cast: Cast) -> pa.Table:
    """Return the register of parks; some have a short name, some facts are blank."""
    rng = cast.draw("parks")
    unit = cast.parks
    size = len(unit)
    alias = pc.binary_join_element_wise(cast.park_places, "开发区", "")
    planned = between(rng, size, date(2022, 1, 10), date(2026, 3, 30))
    return table(
        "parks",
        {
            "name": cast.names(unit),
            "aliases": pc.if_else(pa.array(chance(rng, size, 0.3)), alias, None),
            "level": words(("国家级", "省级", "市级"), weighted(rng, size, (2, 6, 2)), chance(rng, size, 0.05)),
            "city": words(geography().cities, cast.city[unit]),
            "county": _counties(cast.ground.county[unit], chance(rng, size, 0.06)),
            "value_added_share": pa.array(
                np.round(np.clip(rng.normal(61, 11, size), 28, 92), 1), mask=chance(rng, size, 0.1)
            ),
            "legal_boundary": flags(chance(rng, size, 0.92), chance(rng, size, 0.06)),
            "management_body": flags(chance(rng, size, 0.95), chance(rng, size, 0.06)),
            "plan_published_on": days(planned, chance(rng, size, 0.35)),
        },
    )


def agencies(cast: Cast) -> pa.Table:
    """Return the register of agencies: two share their legal representative, one is a branch of another."""
    rng = cast.draw("agencies")
    size = len(cast.agencies)
    chief = np.arange(size)
    chief[-1] = 1
    chief[size // 2] = 3
    first_code = len(cast.codes) + 1_000
    people = person_names(rng, size)
    return table(
        "agencies",
        {
            "name": pa.array(cast.agencies),
            "uscc": pc.if_else(
                pa.array(chance(rng, size, 0.85)),
                credit_codes(np.arange(first_code, first_code + size), cast.seed),
                None,
            ),
            "legal_representative": pc.if_else(
                pa.array(chance(rng, size, 0.9) | (chief != np.arange(size))), people.take(pa.array(chief)), None
            ),
            "city": words(geography().cities, rng.integers(0, 13, size), chance(rng, size, 0.2)),
            "qualified_on": days(qualified_on(cast), chance(rng, size, 0.05)),
        },
    )


def qualified_on(cast: Cast) -> Ints:
    """Return the day on which each agency was qualified: the best known ones first."""
    rng = cast.draw("qualified")
    late = np.sort(between(rng, len(cast.agencies), date(2018, 3, 1), date(2023, 6, 30)))
    early = between(rng, len(cast.agencies), date(2016, 9, 1), date(2017, 4, 30))
    return np.where(np.arange(len(cast.agencies)) < 6, early, late)


def name_changes(cast: Cast) -> pa.Table:
    """Return renames, and changes of scope, site or boundary under an unchanged name."""
    rng = cast.draw("name_changes")
    renamed = np.flatnonzero(cast.changed_on < NEVER).astype(np.int32)
    changing = rng.choice(cast.enterprises, max(3, cast.enterprises // 250), replace=False).astype(np.int32)
    changing = np.setdiff1d(changing, renamed)
    unit = np.concatenate([renamed, changing])
    old = np.concatenate([cast.former[renamed], changing])
    kind = np.where(np.arange(len(unit)) < len(renamed), 0, rng.integers(1, 5, len(unit)))
    on = np.where(kind == 0, cast.changed_on[unit], between(rng, len(unit), date(2020, 1, 1), date(2026, 5, 31)))
    return table(
        "name_changes",
        {
            "uscc": cast.codes_of(rng, unit, 0.8),
            "old_name": words(cast.pool, old),
            "new_name": cast.names(unit),
            "changed_on": days(on),
            "kind": words(
                ("更名", "经营范围", "生产地址", "组织边界", "合并"),
                kind,
                (kind == 0) & chance(rng, len(unit), 0.15),
            ),
        },
    )


def output(cast: Cast, year: int) -> Floats:
    """Return the true output of every unit in one year, in 万元; enterprises grow at their own pace."""
    pace = cast.draw("pace").normal(0.045, 0.12, cast.units)
    return np.round(np.exp(cast.size + pace * (year - FIGURE_YEARS[0])), 2)


def annual_figures(cast: Cast) -> pa.Table:
    """Return output and revenue by year; about one enterprise in fourteen is missing each year."""
    rng = cast.draw("figures")
    parts = []
    for year in FIGURE_YEARS:
        unit = np.flatnonzero(chance(rng, cast.enterprises, 0.93) & (cast.city[: cast.enterprises] >= 0))
        unit = unit.astype(np.int32)
        made = output(cast, year)[unit]
        sold = made * rng.normal(0.96, 0.06, len(unit)).clip(0.6, 1.3)
        parts.append(
            table(
                "annual_figures",
                {
                    "uscc": cast.codes_of(rng, unit, 0.9),
                    "name": cast.names(unit),
                    "year": years(np.full(len(unit), year)),
                    "output": money(made, chance(rng, len(unit), 0.03)),
                    "revenue": money(sold, chance(rng, len(unit), 0.05)),
                },
            )
        )
    return pa.concat_tables(parts).unify_dictionaries().combine_chunks()


def totals(cast: Cast) -> pa.Table:
    """Return what the statistics say of cities, the province and parks: near the register, never quite equal."""
    rng = cast.draw("totals")
    parks = cast.pool.slice(cast.first_park, len(cast.park_places))
    scopes = pa.concat_arrays([pa.array([*geography().cities, HOME]), parks])
    parts = []
    for year in FIGURE_YEARS[1:]:
        counted, summed = _sums(cast, output(cast, year))
        size = len(scopes)
        count = np.maximum(1, np.round(counted * rng.normal(1.01, 0.01, size))).astype(np.int64)
        columns = {
            "scope": scopes,
            "year": years(np.full(size, year)),
            "above_scale_count": pa.array(count),
            "output": money(summed * rng.normal(1.02, 0.01, size), chance(rng, size, 0.06)),
        }
        parts.append(table("totals", columns))
    return pa.concat_tables(parts).unify_dictionaries().combine_chunks()


def _sums(cast: Cast, made: Floats) -> tuple[Ints, Floats]:
    """Return how many above-scale enterprises, and their output, in each city, the province and each park."""
    unit = np.flatnonzero(cast.local & cast.above_scale)
    city, park, made = cast.city[unit], cast.ground.park_of[unit], made[unit]
    parks, tenants = len(cast.park_places), park >= 0
    counted = (np.bincount(city, minlength=13), [len(unit)], np.bincount(park[tenants], minlength=parks))
    summed = (
        np.bincount(city, made, minlength=13),
        [made.sum()],
        np.bincount(park[tenants], made[tenants], minlength=parks),
    )
    return np.concatenate(counted), np.concatenate(summed)
