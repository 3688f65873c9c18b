"""`spot-check`: who may be drawn, who is exempt (RULES, P-18), and the draw anybody can repeat (docs/rulebook-files.md).

Reading:
* The checks of a unit are one row, whatever their category. Of several checks of one day the worst counts.
* A check of unknown result breaks the row; whether it ends an exemption already earned is left open.
* Units known to be outside the home province are not its to check.
"""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from typing import Any

from tests.reference import places
from tests.reference.day import Day
from tests.reference.world import TIERS, Row, years_later

ROW, YEARS = 3, 5
WORST = ["problem", None, "clean"]


def exempt_until(day: Day, unit: str) -> set[date | None]:
    """The first day on which the unit may be checked again; None: it is not exempt. Several where it is open."""
    rows = [r for r in day.facts.table["inspections"] if r["unit"] == unit and r["checked_on"] <= day.day]
    by_day: dict[date, list[str | None]] = {}
    for row in rows:
        by_day.setdefault(row["checked_on"], []).append(row["result"])
    single = [(on, min(results, key=WORST.index)) for on, results in sorted(by_day.items())]
    double = [(on, result) for on, results in sorted(by_day.items()) for result in sorted(results, key=str)]
    ways = {earned(checks, ended) for checks in (single, double) for ended in (True, False)}
    return {until if until is not None and until > day.day else None for until in ways}


def earned(checks: list[tuple[date, str | None]], unknown_ends: bool) -> date | None:
    row, until = 0, None
    for on, result in checks:
        row = row + 1 if result == "clean" else 0
        if result == "problem" or (result is None and unknown_ends):
            until = None
        elif row >= ROW:
            until = years_later(on, YEARS)
    return until


def spot_check(day: Day, options: dict[str, Any]) -> list[Row]:
    """Units on a list of at least the tier, products apart, by unit_id."""
    rows = [checked_row(day, kind, unit, options) for kind, unit in on_lists(day, options)]
    draw(rows, options)
    return sorted(rows, key=lambda row: row["unit_id"])


def categories(options: dict[str, Any]) -> list[str]:
    return [options["category"]] if options["category"] else ["factory", "park", "supply_chain"]


def on_lists(day: Day, options: dict[str, Any]) -> list[tuple[str, str]]:
    listed = {
        ("park" if row["category"] == "park" else "enterprise", row["unit"])
        for row in day.facts.table["listings"]
        if row["category"] in categories(options)
        and day.inside(row["unit"], "park" if row["category"] == "park" else "enterprise")
        and any(row is one for one in day.listings(row["unit"], row["category"]))
        and TIERS.index(row["tier"]) >= TIERS.index(options["tier"])
    }
    return sorted(listed)


def checked_row(day: Day, kind: str, unit: str, options: dict[str, Any]) -> Row:
    fitting = [c for c in categories(options) if (c == "park") == (kind == "park") and day.highest(unit, c)]
    dates = [
        r["checked_on"] for r in day.facts.table["inspections"] if r["unit"] == unit and r["checked_on"] <= day.day
    ]
    until = exempt_until(day, unit)
    return {
        "unit_id": unit,
        "unit": day.facts.name(kind, unit),
        "unit_kind": kind,
        "city": day.city(unit, kind),
        "highest": max((day.highest(unit, c) or "district" for c in fitting), key=TIERS.index),
        "last_checked": max(dates, default=None),
        "exempt_until": next(iter(until)),
        "eligible": until == {None},
        "open": len(until) > 1,
        "region": places.up_to(day.place(unit, kind), "city") or "",
    }


def draw(rows: list[Row], options: dict[str, Any]) -> None:
    """n x eligible of the city / all eligible, rounded down; the rest by largest remainder; the lowest digests."""
    eligible = [row for row in rows if row["eligible"]]
    for row in rows:
        row["drawn"] = False
        row["digest"] = (
            sha256((str(options["seed"]) + row["unit_id"]).encode()).hexdigest() if options["seed"] else None
        )
    n = min(options["n"], len(eligible))
    regions = sorted({row["region"] for row in eligible})
    exact = {r: n * sum(row["region"] == r for row in eligible) for r in regions}
    quota = {r: exact[r] // len(eligible) for r in regions}
    rest = sorted(regions, key=lambda r: (-(exact[r] % len(eligible)), r))[: n - sum(quota.values())]
    for r in regions:
        lowest = sorted((row for row in eligible if row["region"] == r), key=lambda row: str(row["digest"]))
        for row in lowest[: quota[r] + (r in rest)]:
            row["drawn"] = True
