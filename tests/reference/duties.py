"""A row of `audit`, and the duties that speak of lists, recommendations and forms (RULES, "Standing duties").

A row is `certain` where the contract asks for it, else it may be there: the reasons stand beside each.

Reading:
* Audited are units with an active listing that is no product's. One row per (rule, unit, category, tier, severity).
* A row about somebody with several categories carries none: category and tier are then not compared.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import product
from typing import Any

from tests.reference import places
from tests.reference.day import Day
from tests.reference.lexicon import read, several
from tests.reference.rulebook import is_held
from tests.reference.world import TIERS, Row, active, normal

CATEGORIES = ["factory", "park", "supply_chain"]
OWING = {"city", "provincial", "national"}
BODIES = {"生态环境", "应急管理", "市场监管"}
ASKING_SINCE = date(2024, 3, 1)
"""Publications from this day on fall under `js-draft`, which asks for a provincial listing first."""
BINDING = {"js-draft": ASKING_SINCE, "cn-2024": date(2024, 1, 19), "cn-2025": date(2025, 10, 1), "js-2016": date.max}
"""Whether a set speaks of what was due or done before it held is left open."""


@dataclass(frozen=True)
class Duty:
    rule: str
    unit: str | None
    unit_name: str | None
    severity: str
    category: str | None = None
    tier: str | None = None
    certain: bool = True


@dataclass(frozen=True)
class Audit:
    day: Day
    rules: str
    propagation: str = "literal"

    def duty(self, rule: str, unit: str, category: str | None, severity: str, **more: Any) -> Duty:
        name = next(
            self.day.facts.name(kind, unit) for kind in kinds_first(category) if unit in self.day.facts.kind_of[kind]
        )
        return Duty(rule, unit, name, severity, category, **more)

    def active(self, category: str | None = None) -> list[Row]:
        """Own active listings, products apart."""
        return [
            row
            for row in self.day.facts.table["listings"]
            if row["category"] in ([category] if category else CATEGORIES)
            and any(row is one for one in self.day.listings(row["unit"], row["category"]))
        ]

    def listed(self) -> set[tuple[str, str]]:
        """(kind, unit) of everybody on a list."""
        return {("park" if r["category"] == "park" else "enterprise", r["unit"]) for r in self.active()}


def kinds_first(category: str | None) -> list[str]:
    return ["park", "enterprise", "agency"] if category == "park" else ["enterprise", "park", "agency"]


def lists(audit: Audit) -> Iterator[Duty]:
    """D-12 and D-15, twice: whether a listing that ended before it began was one is left open."""
    everything = audit.day.facts.table["listings"]
    real = [r for r in everything if r["removed_on"] is None or r["removed_on"] > r["published_on"]]
    for listing in audit.active():
        ask = {"provincial": without_city, "national": without_province}.get(listing["tier"])
        ways = [ask(audit, listing, *rows) for rows in product((everything, real), repeat=2)] if ask else []
        if any(way is not None for way in ways):
            rule = "D-12" if listing["tier"] == "provincial" else "D-15"
            yield audit.duty(
                rule, listing["unit"], listing["category"], "check", tier=listing["tier"], certain=all(ways)
            )
    yield from leaders(audit)


def earlier(rows: list[Row], listing: Row, tier: str) -> set[str]:
    """`before`, `same` (day), for own listings of the tier."""
    rows = [r for r in rows if (r["unit"], r["category"]) == (listing["unit"], listing["category"])]
    own = [r["published_on"] for r in rows if r["tier"] == tier]
    first = min(own, default=None)
    if first is None or first > listing["published_on"]:
        return set()
    return {"before"} if first < listing["published_on"] else {"same"}


def without_city(audit: Audit, listing: Row, mine: list[Row], everything: list[Row]) -> bool | None:
    """D-12: an own provincial listing without an earlier city listing, where the city keeps such a list: sure or not."""
    before = earlier(mine, listing, "city")
    if "before" in before:
        return None
    kind = "park" if listing["category"] == "park" else "enterprise"
    city = places.up_to(audit.day.place(listing["unit"], kind), "city")
    rows = [r for r in everything if (r["category"], r["tier"]) == (listing["category"], "city")]
    rows = [r for r in rows if r["published_on"] <= audit.day.day]
    lying = {places.up_to(audit.day.place(r["unit"], kind), "city") for r in rows}
    named = {places.up_to(places.place_of_text(raw.get("region")), "city") for r in rows for raw in r["rows"]}
    by_then = any(r["published_on"] < listing["published_on"] for r in rows)
    if rows and (city is None or city in lying | named):
        return city is not None and city in lying & named and not before and by_then
    return None


def without_province(audit: Audit, listing: Row, mine: list[Row], everything: list[Row]) -> bool | None:
    """D-15: published under a set that asks, a provincial list existed by then, no own provincial listing before."""
    on = listing["published_on"]
    lists = [r["published_on"] for r in everything if (r["category"], r["tier"]) == (listing["category"], "provincial")]
    before = earlier(mine, listing, "provincial")
    if on >= ASKING_SINCE and any(day <= on for day in lists) and "before" not in before:
        return any(day < on for day in lists) and not before and audit.rules in ("js-draft", "cn-2025")
    return None


def leaders(audit: Audit) -> Iterator[Duty]:
    """D-17.4: a national or provincial leader that is no national green factory."""
    day = audit.day
    for unit in {r["unit"] for r in audit.active("supply_chain")}:
        if day.at_least(unit, "supply_chain", "provincial") and not day.at_least(unit, "factory", "national"):
            unsure = day.unsure(unit, "factory", "national")
            yield audit.duty("D-17.4", unit, "supply_chain", "check", certain=not unsure)


def recommendations(audit: Audit) -> Iterator[Duty]:
    """D-13: without the three consultations (provincial), or after its deadline."""
    for row in audit.day.facts.table["recommendations"]:
        on, tier = row["recommended_on"], row["tier"]
        if (on is not None and on > audit.day.day) or tier not in ("provincial", "national"):
            continue
        by_province = tier == "provincial" or read("recommender", row["recommended_by"]) == "province"
        late = on is not None and (on.month, on.day) > ((7, 31) if by_province else (5, 31))
        if late or (tier == "provincial" and consulted(row["consulted"]) != BODIES):
            sure = on is None or on >= ASKING_SINCE
            yield audit.duty("D-13", row["unit"], row["category"], "check", tier=tier, certain=sure)


def consulted(text: str | None) -> set[str]:
    """Words are read whole: 未征求生态环境、…意见 is no consultation."""
    return set() if normal(text or "").startswith(("未", "非", "不")) else several("body", text)


def forms(audit: Audit) -> Iterator[Duty]:
    """D-19: the latest reporting year whose deadline has passed."""
    day = audit.day.day
    month_day = (3, 31) if audit.rules == "js-draft" else (4, 15)
    year = day.year - 1 if (day.month, day.day) > month_day else day.year - 2
    filed = [r for r in audit.day.facts.table["dynamic_forms"] if r["year"] == year and known(r, day)]
    due = date(year + 1, *month_day)
    rows = [] if filed else [Duty("D-19", None, None, "info")]
    for unit, category in sorted(owing(audit, year)) if filed else []:
        mine = [r for r in filed if r["unit"] == unit and r["category"] in (category, None)]
        rows += form_of(audit, unit, category, mine, due)
    yield from (replace(row, certain=row.certain and due >= BINDING[audit.rules]) for row in rows)


def known(row: Row, day: date) -> bool:
    return row["filed_on"] is None or row["filed_on"] <= day


def owing(audit: Audit, year: int) -> set[tuple[str, str]]:
    """Listed on 31 December, at the tiers city to national."""
    last = date(year, 12, 31)
    return {
        (r["unit"], r["category"])
        for r in audit.day.facts.table["listings"]
        if r["category"] in CATEGORIES
        and r["tier"] in OWING
        and (active(r["published_on"], r["removed_on"], last) and not r["end_unknown"])
    }


def form_of(audit: Audit, unit: str, category: str, mine: list[Row], due: date) -> Iterator[Duty]:
    """Silent: a listing that is gone by the day, a form without status and day, a late day without 迟报."""
    statuses = {r["status"] for r in mine}
    here = audit.day.highest(unit, category) in OWING
    if "refused" in statuses:
        yield audit.duty("D-19", unit, category, "act", certain=here and statuses == {"refused"})
        yield audit.duty("D-19", unit, category, "check", certain=False)
    elif statuses & {"late", "missing"} or not mine:
        yield audit.duty("D-19", unit, category, "check", certain=here and "filed" not in statuses)
    elif any(r["filed_on"] is None or r["filed_on"] > due for r in mine):
        yield audit.duty("D-19", unit, category, "check", certain=False)


def holds(rule: str, audit: Audit) -> bool:
    return is_held(rule, audit.rules)


def by_tier(tier: str | None) -> int:
    return TIERS.index(tier) if tier else -1
