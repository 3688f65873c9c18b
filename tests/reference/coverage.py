"""SPEC 6.4: tiered cultivation coverage by region, and the ladder of every enterprise.

Reading: the row 未知 holds something when a unit is in it at all, member of the base or not.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.reference import places
from tests.reference.day import NO, UNKNOWN, YES, Day
from tests.reference.facts import begun
from tests.reference.park_share import OUTPUT, official, outputs
from tests.reference.shares import bounds, share
from tests.reference.world import TIERS, Row

Unit = str


def units_of(day: Day, category: str) -> list[Unit]:
    """All enterprises (parks, leaders) on record that are not known to be outside."""
    kind = "park" if category == "park" else "enterprise"
    units = day.leaders() if category == "supply_chain" else day.on_record(kind)
    return [unit for unit in units if day.inside(unit, kind)]


def tier_coverage(day: Day, options: dict[str, Any]) -> list[Row]:
    """The rows of the level in code order, 未知 just before the province."""
    kind = "park" if options["category"] == "park" else "enterprise"
    by: dict[str | None, list[Unit]] = {}
    for unit in units_of(day, options["category"]):
        by.setdefault(places.up_to(day.place(unit, kind), options["by"]), []).append(unit)
    everyone = [unit for units in by.values() for unit in units]
    rows = []
    if options["by"] != "province":
        regions = places.CITIES if options["by"] == "city" else [c for c in places.COUNTIES if c in by]
        rows = [region_row(day, code, by.get(code, []), options) for code in regions]
        rows += [region_row(day, None, by[None], options)] if None in by else []
    return [*rows, region_row(day, places.HOME, everyone, options)]


def region_row(day: Day, code: str | None, units: list[Unit], options: dict[str, Any]) -> Row:
    category, tier = options["category"], options["tier"]
    factory = category == "factory"
    member = {u: day.membership(u, options["base"]) if factory else YES for u in units}
    listed = [u for u in units if day.at_least(u, category, tier)]
    base = [u for u in units if member[u] == YES]
    green = [u for u in base if u in listed]
    place = [step(day, u, category) for u in base]
    low, high = bounds((member[u], standing(day, u, options)) for u in units)
    if factory and not any(day.registered(u) for u in units if member[u] != NO):
        base_share = low = high = None  # SPEC 8 "No register": the base would be the lists themselves
    else:
        base_share = share(len(green), len(base))
    row = {
        "region_id": code,
        "region": places.NAME[code] if code else "未知",
        "base": len(base),
        "base_unknown": list(member.values()).count(UNKNOWN),
        **{name: place.count(name) for name in ["national", "provincial", "city", "district"]},
        **{name: place.count(name) for name in ["pool", "none", "unknown"]},
        "at_least_provincial": place.count("national") + place.count("provincial"),
        "at_least_city": sum(place.count(name) for name in ["national", "provincial", "city"]),
        "listed_outside_base": sum(member[u] in (NO, UNKNOWN) for u in listed),
        "share": base_share,
        "share_low": low,
        "share_high": high,
    }
    if not factory:
        return row | dict.fromkeys([*OUTPUT, "official_base", "official_share"])
    return row | outputs(day, base, green) | official(day, code or "", len(green))


def step(day: Day, unit: Unit, category: str) -> str:
    """The highest active tier of the category, else pool, else none (registered; parks and leaders), else unknown."""
    highest = day.highest(unit, category)
    if highest:
        return highest
    if day.unsure(unit, category, "district"):
        return "unknown"  # SPEC 8: neither on a list nor off it
    if day.in_pool(unit, category):
        return "pool"
    return "none" if category != "factory" or day.registered(unit) else "unknown"


def standing(day: Day, unit: Unit, options: dict[str, Any]) -> str:
    """Green of an enterprise; for parks and leaders identity plays no part."""
    if options["category"] == "factory":
        return day.green(unit, options["tier"])
    if day.at_least(unit, options["category"], options["tier"]):
        return YES
    return UNKNOWN if day.unsure(unit, options["category"], options["tier"]) else NO


def enterprise_ladder(day: Day, options: dict[str, Any]) -> list[Row]:
    """One row per enterprise counted in `base` of the province row, by enterprise_id."""
    units = [u for u in units_of(day, "factory") if day.membership(u, options["base"]) == YES]
    return [ladder_row(day, unit) for unit in sorted(units)]


def ladder_row(day: Day, unit: Unit) -> Row:
    own = {
        tier: min((d for t, basis, d in day.standing(unit, "factory") if (t, basis) == (tier, "own")), default=None)
        for tier in TIERS
    }
    derived = min((d for _, basis, d in day.standing(unit, "factory") if basis == "derived"), default=None)
    parks = sorted({p for p in day.on_record("park") if unit in day.tenants(p)})
    return {
        "enterprise_id": unit,
        "enterprise": day.facts.name("enterprise", unit),
        "uscc": unit.removeprefix("uscc:") if unit.startswith("uscc:") else None,
        "city": day.city(unit),
        "county": places.NAME.get(places.up_to(day.place(unit), "county") or ""),
        "parks": "、".join(day.facts.name("park", p) for p in parks) or None,
        "pool_years": "、".join(map(str, pool_years(day, unit))) or None,
        "district_on": own["district"],
        "city_on": own["city"],
        "provincial_on": own["provincial"] or derived,
        "provincial_basis": basis_of(own["provincial"], derived),
        "national_on": own["national"],
        "highest": day.highest(unit),
        "next_tier": next_tier(day, unit),
    }


def basis_of(own: date | None, derived: date | None) -> str | None:
    return "own" if own else "derived" if derived else None


def pool_years(day: Day, unit: Unit) -> list[int]:
    """SPEC 8: plan years of the (factory) rows begun by the day."""
    return sorted(
        {
            row["plan_year"]
            for row in day.facts.table["cultivation"]
            if (row["unit"], row["category"]) == (unit, "factory") and begun(row) <= day.day
        }
    )


def next_tier(day: Day, unit: Unit) -> str | None:
    """One step above highest, `city` where listed nowhere or at district, null at national or unregistered unlisted."""
    highest = day.highest(unit)
    if highest is None:
        return "city" if day.registered(unit) else None
    return {"district": "city", "city": "provincial", "provincial": "national", "national": None}[highest]
