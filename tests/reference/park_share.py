"""SPEC 6.1: the green-factory share within parks, and its tenants one a row.

Reading: `start` of a tenant is null when one of its active tenancies has no start (it always was, which is
earliest).
"""

from __future__ import annotations

from fractions import Fraction
from math import ceil
from typing import Any

from tests.reference.adverse import kinds_shown
from tests.reference.day import NO, UNKNOWN, YES, Day
from tests.reference.shares import bounds, descending, ranked, share
from tests.reference.world import Row

OUTPUT = ["output_known", "output_base", "output_green", "output_share"]


def counts(day: Day, units: list[str], options: dict[str, Any], park: str | None = None) -> Row:
    """Base, greens, share and bounds of a set of enterprises, or of the tenants of a park."""
    pairs = {u: (member_in(day, u, options["base"], park), day.green(u, options["tier"])) for u in units}
    base = [u for u in units if pairs[u][0] == YES]
    green = [u for u in base if pairs[u][1] == YES]
    low, high = bounds(pairs.values())
    return {
        "base": len(base),
        "base_unknown": sum(member == UNKNOWN for member, _ in pairs.values()),
        "green": len(green),
        "green_unknown": sum(pairs[u][1] == UNKNOWN for u in base),
        "listed_outside_base": sum(member in (NO, UNKNOWN) and g == YES for member, g in pairs.values()),
        "share": share(len(green), len(base)),
        "share_low": low,
        "share_high": high,
        **outputs(day, base, green),
    }


def member_in(day: Day, unit: str, base: str, park: str | None) -> str:
    """SPEC 8: a tenant whose end cannot be read is of unknown membership where he would be in the base."""
    member = day.membership(unit, base)
    stays = [] if park is None else [row for row in day.tenancies(park) if row["name"] == unit]
    may_have_left = bool(stays) and all(row["end_unknown"] for row in stays)
    return UNKNOWN if may_have_left and member == YES else member


def outputs(day: Day, base: list[str], green: list[str]) -> Row:
    """Base units with known output; sums over those."""
    known = [u for u in base if day.output(u) is not None]
    total = sum((day.output(u) or 0 for u in known), Fraction(0))
    of_green = sum((day.output(u) or 0 for u in known if u in green), Fraction(0))
    return {
        "output_known": len(known),
        "output_base": total,
        "output_green": of_green,
        "output_share": share(of_green, total),
    }


def official(day: Day, scope: str, green: int) -> Row:
    count = day.facts.official(scope, day.day.year)
    return {"official_base": count, "official_share": share(green, count)}


def short(green: int, base: int, threshold: Fraction | None) -> int | None:
    """Smallest k with (green + k) / base >= threshold; SPEC 8: null where base is 0."""
    if threshold is None or base == 0:
        return None
    return max(0, ceil(threshold * base) - green)


def park_share(day: Day, options: dict[str, Any]) -> list[Row]:
    rows = []
    for park in day.on_record("park"):
        if not day.inside(park, "park"):
            continue
        tenants = day.tenants(park)
        row = {
            "park_id": park,
            "park": day.facts.name("park", park),
            "level": day.facts.park.get(park, {}).get("level"),
            "city": day.city(park, "park"),
            "tenants": len(tenants) if any_begun(day, park) else None,
            **counts(day, tenants, options, park),
        }
        row |= official(day, park, row["green"])
        row["units_short"] = short(row["green"], row["base"], options["threshold"])
        rows.append(row)
    ranked(rows, "share")
    ranked(rows, "green", "count_rank")
    return sorted(rows, key=lambda r: (descending(r["share"]), -r["green"], r["park_id"]))


def any_begun(day: Day, park: str) -> bool:
    """SPEC 8: `tenants` is null for every park without a tenancy begun by the day."""
    return any(
        row["park"] == park and (row["start"] is None or row["start"] <= day.day)
        for row in day.facts.table["tenancies"]
    )


def unit_row(day: Day, unit: str, tier: str) -> Row:
    """The columns that `park-tenants` and `leader-suppliers` share."""
    output = day.output(unit)
    return {
        "unit_id": unit,
        "unit": day.facts.name("enterprise", unit),
        "uscc": unit.removeprefix("uscc:") if unit.startswith("uscc:") else None,
        "city": day.city(unit),
        "identity": day.identity(unit),
        "green": day.green(unit, tier),
        "highest": day.highest(unit),
        "since": day.since(unit),
        "in_pool": day.in_pool(unit),
        "incidents": kinds_shown(day, unit),
        "output": output,
    }


def park_tenants(day: Day, park: str, options: dict[str, Any]) -> list[Row]:
    rows = []
    for unit in day.tenants(park):
        starts = [row["start"] for row in day.tenancies(park) if row["name"] == unit]
        start = None if None in starts else min(starts)
        rows.append(
            unit_row(day, unit, options["tier"])
            | {"in_base": member_in(day, unit, options["base"], park), "start": start}
        )
    return rows
