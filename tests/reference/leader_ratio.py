"""SPEC 6.2: the green-supplier ratio of chain leaders, and the suppliers one a row."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from tests.reference import places
from tests.reference.day import NO, UNKNOWN, YES, Day, flag
from tests.reference.park_share import unit_row
from tests.reference.shares import bounds, descending, ranked, share
from tests.reference.world import Row, active

SPEND = ["spend_known", "spend_total", "spend_green", "spend_ratio"]


def list_year(day: Day, buyer: str, max_age: int) -> int | None:
    """A buyer's latest list year Y <= year(d), if Y >= year(d) - max_age; SPEC 8: counts rows of any `key`."""
    years = [
        s["year"]
        for s in day.facts.table["supplies"]
        if s["buyer"] == buyer and s["year"] is not None and s["year"] <= day.day.year
    ]
    latest = max(years, default=None)
    return latest if latest is not None and latest >= day.day.year - max_age else None


def links(day: Day, buyer: str, options: dict[str, Any]) -> list[Row]:
    """Current links of a buyer: dated rows that are active, and the rows of its latest list year."""
    year = list_year(day, buyer, options["max_age"])
    found = []
    for s in day.facts.table["supplies"]:
        if s["buyer"] != buyer or (options["key_only"] and s["key"] is not True):
            continue
        if s["year"] == year if s["year"] is not None else active(s["start"], s["end"], day.day):
            found.append(s)
    return found


def hops(day: Day, leader: str, options: dict[str, Any]) -> dict[str, int]:
    """Distinct enterprises other than the leader, upstream over at most `depth` current links."""
    reached = {leader: 0}
    for hop in range(1, options["depth"] + 1):
        for buyer in [unit for unit, h in reached.items() if h == hop - 1]:
            for link in links(day, buyer, options):
                reached.setdefault(link["supplier"], hop)
    del reached[leader]
    return reached


def in_scope(day: Day, unit: str, scope: str) -> str:
    """`scope` applies to the suppliers found, not to the walk."""
    place = day.place(unit)
    if scope == "mainland":
        return NO if places.not_mainland(place, day.facts.country(unit)) else YES
    if scope == "province":
        return UNKNOWN if place is None else YES if places.contains(places.HOME, place) else NO
    return YES


def amount(link: Row) -> Fraction | None:
    """A row of more than 366 days counts amount x 365 / days; SPEC 8: an open end counts in full."""
    if link["amount"] is None:
        return None
    full = Fraction(link["amount"])
    if link["start"] is not None and link["end"] is not None:
        days: int = (link["end"] - link["start"]).days
        if days > 366:
            return full * Fraction(365, days)
    return full


def spend(day: Day, leader: str, supplier: str, options: dict[str, Any]) -> Fraction | None:
    """The sum of the known amounts of the links followed."""
    known = [amount(link) for link in links(day, leader, options) if link["supplier"] == supplier]
    amounts = [a for a in known if a is not None]
    return sum(amounts, Fraction(0)) if amounts else None


def spends(day: Day, leader: str, suppliers: list[str], options: dict[str, Any]) -> Row:
    """Spend columns are null when depth > 1."""
    if options["depth"] > 1:
        return dict.fromkeys(SPEND)
    by_unit = {unit: spend(day, leader, unit, options) for unit in suppliers}
    known = {unit: s for unit, s in by_unit.items() if s is not None}
    total = sum(known.values(), Fraction(0))
    green = sum((s for u, s in known.items() if day.green(u, options["tier"]) == YES), Fraction(0))
    return {
        "spend_known": len(known),
        "spend_total": total,
        "spend_green": green,
        "spend_ratio": share(green, total),
    }


def leader_ratio(day: Day, options: dict[str, Any]) -> list[Row]:
    rows = [leader_row(day, leader, options) for leader in day.leaders() if day.inside(leader)]
    ranked(rows, "ratio")
    ranked(rows, "green", "count_rank")
    return sorted(rows, key=lambda r: (descending(r["ratio"]), -r["suppliers"], r["leader_id"]))


def leader_row(day: Day, leader: str, options: dict[str, Any]) -> Row:
    scoped = {unit: in_scope(day, unit, options["scope"]) for unit in hops(day, leader, options)}
    suppliers = [unit for unit, scope in scoped.items() if scope == YES]
    greens = [day.green(unit, options["tier"]) for unit in suppliers]
    low, high = bounds((scope, day.green(unit, options["tier"])) for unit, scope in scoped.items())
    return {
        "leader_id": leader,
        "leader": day.facts.name("enterprise", leader),
        "city": day.city(leader),
        "chain": day.facts.enterprise.get(leader, {}).get("chain"),
        "basis": day.leader_basis(leader),
        "list_year": list_year(day, leader, options["max_age"]),
        "suppliers": len(suppliers),
        "outside_mainland": list(scoped.values()).count(NO) if options["scope"] == "mainland" else 0,
        "region_unknown": list(scoped.values()).count(UNKNOWN),
        "green": greens.count(YES),
        "unknown": greens.count(UNKNOWN),
        "ratio": share(greens.count(YES), len(suppliers)),
        "ratio_low": low,
        "ratio_high": high,
        **spends(day, leader, suppliers, options),
    }


def leader_suppliers(day: Day, leader: str, options: dict[str, Any]) -> list[Row]:
    rows = []
    for unit, hop in sorted(hops(day, leader, options).items()):
        keys = [flag(link["key"]) for link in links(day, leader, options) if link["supplier"] == unit]
        rows.append(
            unit_row(day, unit, options["tier"])
            | {
                "hop": hop,
                "in_scope": in_scope(day, unit, options["scope"]),
                "key": any_key(keys) if hop == 1 else None,
                "spend": spend(day, leader, unit, options) if hop == 1 else None,
            }
        )
    return rows


def any_key(keys: list[str]) -> str:
    """SPEC 8: yes if any is, else unknown if any is."""
    return next(value for value in (YES, UNKNOWN, NO) if value in keys)
