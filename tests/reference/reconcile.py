"""`reconcile`: the flow of lists between two days (RULES, SPEC 8 "reconcile").

Reading: a unit is on a list by an own active listing of the category and tier; derived ones do not count. A listing
of which nobody knows whether it still holds leaves the numbers of its row open.
"""

from __future__ import annotations

from typing import Any

from tests.reference.day import Day
from tests.reference.world import TIERS, Row, years_later


def reconcile(day: Day, options: dict[str, Any]) -> list[Row]:
    before = Day(day.facts, options["since"] or years_later(day.day, -1))
    listings = day.facts.table["listings"]
    kinds = {(r["category"], r["tier"]) for r in listings if r["published_on"] <= day.day}
    order = sorted(kinds, key=lambda k: (k[0], TIERS.index(k[1])))
    return [flow(before, day, category, tier) for category, tier in order]


def on_list(day: Day, category: str, tier: str) -> set[str]:
    units = {r["unit"] for r in day.facts.table["listings"] if (r["category"], r["tier"]) == (category, tier)}
    return {u for u in units if any(r["tier"] == tier for r in day.listings(u, category))}


def flow(before: Day, after: Day, category: str, tier: str) -> Row:
    first, last = on_list(before, category, tier), on_list(after, category, tier)
    rows = [r for r in after.facts.table["listings"] if (r["category"], r["tier"]) == (category, tier)]
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
        "open": any(r["end_unknown"] for r in rows),
    }
