"""D-18 for one unit: its own facts, what was looked up, and what reaches a park from its tenants.

Reading:
* A tenant whose tenancy has no day in the window neither reaches the park nor needs to be looked up.
* A park of which no tenancy at all is on record: whether its tenants are clean is left open.
* A kind is on record for anybody by a row that has begun by the day, an undated one included.
* A heal date that stands beside something unknown may be told or not.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain

from tests.reference import places
from tests.reference.adverse import ALWAYS, GRADED, ITEM, NEVER, Adverse, begun, facts_of, no_time
from tests.reference.day import Day
from tests.reference.lexicon import GRADES, read
from tests.reference.rulebook import NEGATIVE, Outcome, only, window_start, worst
from tests.reference.world import Row, normal, years_later

PROPAGATION = {
    "text": NEGATIVE,
    "literal": NEGATIVE[1:],
    "serious": ["D-18.2"],
    "off": [],
}


@dataclass(frozen=True)
class Part:
    """One thing that a D-18 finding rests on; `heals` is the day on which time heals it, if it fails."""

    effect: Outcome
    heals: date | None = None


def negative_parts(day: Day, unit: str, unit_kind: str, rule: str, propagation: str) -> list[Part]:
    parts = own_parts(day, unit, unit_kind, rule)
    if unit_kind == "park":
        parts += tenant_parts(day, unit, rule, propagation)
    return parts


def own_parts(day: Day, unit: str, unit_kind: str, rule: str) -> list[Part]:
    mine = [f for f in facts_of(day, unit, unit_kind) if f.rule == rule and (not f.dated or f.counts(day.day))]
    parts = [Part(f.effect, f.heals(day.day) if f.dated else None) for f in mine]
    return parts + [coverage(day, kind, unit, unit_kind) for kind in kinds_of(rule)]


def kinds_of(rule: str) -> list[str]:
    return [kind for kind, item in ITEM.items() if item == rule]


def coverage(day: Day, kind: str, unit: str, unit_kind: str) -> Part:
    """No row is a pass only where the kind is on record for anybody, or was looked up for the unit."""
    recorded = on_record_for_anybody(day, kind)
    return Part(only("pass") if "pass" not in recorded and attested(day, kind, unit, unit_kind) else recorded)


def on_record_for_anybody(day: Day, kind: str) -> Outcome:
    rows = [r for r in day.facts.table["incidents"] if read("kind", r["kind"]) == kind and begun(r, day.day)]
    listings = day.facts.table["listings"] if kind == "移出名单" else []
    removed = [r for r in listings if r["removed_on"] is not None and r["removed_on"] <= day.day]
    if rows or any(not no_time(r) and r["published_on"] <= day.day for r in removed):
        return only("pass")
    perhaps = removed or any(r["end_unknown"] and r["published_on"] <= day.day for r in listings)
    return only("pass", "unknown") if perhaps else only("unknown")


def attested(day: Day, kind: str, unit: str, unit_kind: str) -> bool:
    """Looked up on or before the day and at most a year before it, for the unit, its region or everybody."""
    return any(
        (row["kind"] == "全部" or read("kind", row["kind"]) == kind)
        and years_later(day.day, -1) <= row["checked_on"] <= day.day
        and in_scope(day, row.get("scope"), unit, unit_kind)
        for row in day.facts.world.get("attestations", [])
    )


def in_scope(day: Day, scope: str | None, unit: str, unit_kind: str) -> bool:
    if scope is None:
        return True
    register = day.facts.who.kinds[unit_kind]
    if register.find(scope) == unit:
        return True
    region, place = places.place_of_text(scope), day.place(unit, unit_kind)
    return bool(region and place and places.contains(region, place)) and normal(scope) in places.WHOLE_NAMES


def tenant_parts(day: Day, park: str, rule: str, propagation: str) -> list[Part]:
    if rule not in PROPAGATION[propagation] and not (propagation == "serious" and rule != "D-18.1"):
        return []
    rows = [r for r in day.facts.table["tenancies"] if r["park"] == park and starts_by(r, day.day)]
    if not rows:
        return [Part(only("pass", "unknown"))] if rule in PROPAGATION[propagation] else []
    near = [r for r in rows if in_window(r, day.day)]
    facts = chain.from_iterable(fact_parts(day, row, rule, propagation) for row in near)
    return [*facts, *chain.from_iterable(looked_up_parts(day, row, rule, propagation) for row in near)]


def starts_by(row: Row, day: date) -> bool:
    return row["start"] is None or row["start"] <= day


def in_window(tenancy: Row, day: date) -> bool:
    return tenancy["end"] is None or tenancy["end"] > window_start(day)


def fact_parts(day: Day, tenancy: Row, rule: str, propagation: str) -> list[Part]:
    """Facts of a tenant that share a day with the window and the tenancy; an end after the day is not known yet."""
    start = tenancy["start"] or ALWAYS
    left = tenancy["end"] is not None and tenancy["end"] <= day.day
    end = tenancy["end"] - timedelta(days=1) if left else NEVER
    facts = [f for f in facts_of(day, tenancy["name"], "enterprise") if f.rule == rule]
    reaching = [(f, effect_on_park(f, propagation)) for f in facts]
    return [
        Part(softened(effect, tenancy), f.heals(day.day, end) if f.dated else None)
        for f, effect in reaching
        if effect and (not f.dated or f.counts(day.day, start, end))
    ]


def looked_up_parts(day: Day, tenancy: Row, rule: str, propagation: str) -> list[Part]:
    """A tenant for whom a kind was not looked up makes the park unknown."""
    kinds = [kind for kind in kinds_of(rule) if propagation != "serious" or kind in GRADED]
    return [Part(softened(coverage(day, kind, tenancy["name"], "enterprise").effect, tenancy)) for kind in kinds]


def effect_on_park(fact: Adverse, propagation: str) -> Outcome | None:
    """Under `serious` an ungraded kind and a lower grade do not reach the park; a blank grade is unknown."""
    if propagation != "serious":
        return fact.effect
    if not fact.kind:
        return only("unknown", "pass")
    if fact.kind not in GRADED:
        return None
    if fact.severity not in GRADES:
        return only("unknown")
    return fact.effect if GRADES.index(fact.severity) >= GRADES.index("重大") else None


def softened(effect: Outcome, tenancy: Row) -> Outcome:
    """Where the end of the tenancy cannot be read, the tenant may have left before."""
    return effect | {"pass", "unknown"} if tenancy["end_unknown"] else effect


def outcome_of(parts: list[Part]) -> Outcome:
    return worst([part.effect for part in parts])


def heals_of(parts: list[Part]) -> set[date | None]:
    """The first day on which no failing part is left; None where an act is needed."""
    failing = [part.heals for part in parts if "fail" in part.effect]
    dates = [heals for heals in failing if heals is not None]
    certain: set[date | None] = {None if len(dates) < len(failing) else max(dates, default=None)}
    unsure = any("unknown" in part.effect for part in parts) or any(len(part.effect) > 1 for part in parts)
    return certain | {None} if unsure else certain
