"""`reconcile`: the flow of lists between two days (RULES, SPEC 8 "reconcile").

Reading: a unit is on a list by an own active listing of the category and tier; derived ones do not count. A listing
of which nobody knows whether it still holds leaves the numbers of its row open, and so does one of a unit whose region
is not known: only units of the home province are counted.
"""

from __future__ import annotations

from typing import Any

from tests.reference import places
from tests.reference.adverse import no_time
from tests.reference.day import Day
from tests.reference.world import TIERS, Row, active, years_later


def reconcile(day: Day, options: dict[str, Any]) -> list[Row]:
    before = Day(day.facts, options["since"] or years_later(day.day, -1))
    listings = [r for r in day.facts.table["listings"] if r["published_on"] <= day.day and at_home(day, r) is not False]
    kinds = {(r["category"], r["tier"]) for r in listings}
    order = sorted(kinds, key=lambda k: (k[0], TIERS.index(k[1])))
    return [flow(before, day, category, tier) for category, tier in order]


def at_home(day: Day, listing: Row) -> bool | None:
    place = day.place(listing["unit"], "park" if listing["category"] == "park" else "enterprise")
    return None if place is None else not places.is_outside(place)


def flow(before: Day, after: Day, category: str, tier: str) -> Row:
    rows = [r for r in after.facts.table["listings"] if (r["category"], r["tier"]) == (category, tier)]
    rows = [r for r in rows if at_home(after, r) is not False]
    first, last = on_list(before, rows), on_list(after, rows)
    listed = [r for r in rows if before.day < r["published_on"] <= after.day]
    struck = [r for r in rows if r["removed_on"] is not None and before.day < r["removed_on"] <= after.day]
    return {
        "category": category,
        "tier": tier,
        "before_count": len(first),
        "added": len(last - first),
        "removed": len(first - last),
        "after_count": len(last),
        "listed": len(listed),
        "struck": len(struck),
        "open": not (first or last or listed or struck)
        or any(r["end_unknown"] or no_time(r) or at_home(after, r) is None for r in rows),
    }


def on_list(day: Day, rows: list[Row]) -> set[str]:
    return {r["unit"] for r in rows if active(r["published_on"], r["removed_on"], day.day)}
