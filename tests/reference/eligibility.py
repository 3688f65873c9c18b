"""`assess`: every rule of a set for a unit, category, tier and day, and the verdict (RULES, "Eligibility").

A finding's outcome is a set: one outcome where the contract decides, several where it is silent.

Reading:
* The producing site is the unit's region as SPEC 3 finds it. A park without an own row has no known share or plan.
* D-10.2: the list on record is the plans of leaders for factories, reported or begun by the day; where only plans of
  others are on record it is left open.
* D-12: a city keeps a list when a city listing of the category was published for a unit that lies there, or with that
  region. D-17.3: a park with a share lies below the median of the shares of all rows of park-share.
* D-15: where national lists alone are on record, whether the provincial list is on record is left open.
* A listing of which nobody knows whether it still holds leaves D-12, D-17.4 and the verdict `listed` open.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from statistics import median_high, median_low
from typing import Any

from tests.reference import places
from tests.reference.day import Day
from tests.reference.deciding import Report, d11, d24, d171, d172, deciding
from tests.reference.facts import begun
from tests.reference.lexicon import WITHOUT_FAULT, read, several
from tests.reference.negative import heals_of, negative_parts, outcome_of
from tests.reference.park_share import park_share
from tests.reference.rulebook import NEGATIVE, Outcome, default_rules, only, rules_for

YES_NO = {True: "pass", False: "fail", None: "unknown"}


@dataclass(frozen=True)
class Finding:
    outcome: Outcome
    heals: frozenset[date | None] = frozenset({None})


@dataclass(frozen=True)
class Question:
    """Who is assessed for what, on which day, by which set."""

    day: Day
    unit: str
    category: str
    tier: str
    rules: str
    propagation: str = "literal"

    @property
    def unit_kind(self) -> str:
        return "park" if self.category == "park" else "enterprise"

    @property
    def place(self) -> str | None:
        return self.day.place(self.unit, self.unit_kind)

    @property
    def reports(self) -> list[Report]:
        return deciding(self.day, self.unit, self.category)


def assess(day: Day, unit: str, category: str, tier: str, rules: str | None = None, **more: Any) -> dict[str, Finding]:
    """A finding for every rule that the set holds for the category."""
    asked = Question(day, unit, category, tier, rules or default_rules(day.day), more.get("propagation") or "literal")
    return {rule: finding(asked, rule) for rule in rules_for(category, asked.rules)}


def finding(asked: Question, rule: str) -> Finding:
    if rule in NEGATIVE:
        parts = negative_parts(asked.day, asked.unit, asked.unit_kind, rule, asked.propagation)
        return Finding(outcome_of(parts), frozenset(heals_of(parts)))
    outcome = DECIDES[rule](asked)
    return Finding(outcome)


def verdict(asked: Question, outcomes: dict[str, str], heals: dict[str, date | None]) -> tuple[str, date | None]:
    """listed, no (something fails), unclear (something is unknown) or yes; and the first day all is healed."""
    if asked.day.at_least(asked.unit, asked.category, asked.tier):
        return "listed", None
    failing = [rule for rule, outcome in outcomes.items() if outcome == "fail"]
    unknown = [rule for rule, outcome in outcomes.items() if outcome == "unknown"]
    if failing:
        days = [heals[rule] for rule in failing]
        known = [day for day in days if day is not None]
        return "no", None if unknown or len(known) < len(days) else max(known)
    return ("unclear", None) if unknown else ("yes", asked.day.day)


def all_of(*parts: str) -> Outcome:
    return only(next((bad for bad in ("fail", "unknown") if bad in parts), "pass"))


def at_home(place: str | None) -> str:
    return "unknown" if place is None else "fail" if places.is_outside(place) else "pass"


def in_jiangsu(asked: Question) -> Outcome:
    """Registered and producing in Jiangsu; blank = unknown."""
    own = asked.day.facts.enterprise.get(asked.unit, {})
    return all_of(at_home(places.place_of_text(own.get("registered_province"))), at_home(asked.place))


def manufacturer(asked: Question) -> Outcome:
    return only({"yes": "pass", "no": "fail"}.get(asked.day.manufacturer(asked.unit), "unknown"))


def industrial_park(asked: Question) -> Outcome:
    """In Jiangsu; value_added_share strictly > 50; legal_boundary and management_body yes."""
    own = asked.day.facts.park.get(asked.unit, {})
    share = own.get("value_added_share")
    share_ok = None if share is None else share > 50
    flags = [YES_NO[share_ok], YES_NO[own.get("legal_boundary")], YES_NO[own.get("management_body")]]
    return all_of(at_home(asked.place), *flags)


def plan_published(asked: Question) -> Outcome:
    """A plan that is published after the day is not published on it: whether it fails or is not known is left open."""
    on = asked.day.facts.park.get(asked.unit, {}).get("plan_published_on")
    if on is None:
        return only("unknown")
    return only("pass") if on <= asked.day.day else only("fail", "unknown")


def park_level(asked: Question) -> Outcome:
    level = read("level", asked.day.facts.park.get(asked.unit, {}).get("level"))
    if level is None:
        return only("unknown")
    return only("pass" if level in ("national", "provincial") else "fail")


def supplier_plan(asked: Question) -> Outcome:
    """A cultivation row of category factory with this leader as sponsor, about another, reported or begun by the day."""
    rows = [r for r in asked.day.facts.table["cultivation"] if r["category"] == "factory" and drawn_up(r, asked.day)]
    if any(r["sponsor"] == asked.unit != r["unit"] for r in rows):
        return only("pass")
    if any(r["sponsor"] in asked.day.facts.kind_of["enterprise"] for r in rows):
        return only("fail")
    return only("fail", "unknown") if rows else only("unknown")


def drawn_up(row: dict[str, Any], day: Day) -> bool:
    reported = row["reported_on"]
    return begun(row) <= day.day or (reported is not None and reported <= day.day)


def city_first(asked: Question) -> Outcome:
    """D-12: soft; not applicable where the city keeps no list of the category."""
    if asked.tier != "provincial":
        return only("not_applicable")
    listings = [r for r in asked.day.facts.table["listings"] if (r["category"], r["tier"]) == (asked.category, "city")]
    begun_by = [r for r in listings if r["published_on"] <= asked.day.day]
    mine = [r for r in begun_by if r["unit"] == asked.unit]
    if mine:
        return own_city_listing(mine, asked.day.day)
    return only("warn") if city_keeps_list(asked, begun_by) == {True} else unlisted_in_city(asked, begun_by)


def own_city_listing(mine: list[dict[str, Any]], day: date) -> Outcome:
    left = [r for r in mine if r["removed_on"] is not None and r["removed_on"] <= day]
    fine = [r for r in left if read("reason", r["removal_reason"]) in WITHOUT_FAULT]
    if fine or any(r not in left and not r["end_unknown"] for r in mine):
        return only("pass")
    return only("pass", "warn", "unknown") if any(r["end_unknown"] for r in mine) else only("warn")


def city_keeps_list(asked: Question, rows: list[dict[str, Any]]) -> set[bool]:
    """By where the listed units lie, and by the region that the listings name: usually one answer."""
    city = places.up_to(asked.place, "city")
    lying = {places.up_to(asked.day.place(r["unit"], asked.unit_kind), "city") for r in rows}
    named = {places.up_to(places.place_of_text(raw.get("region")), "city") for r in rows for raw in r["rows"]}
    return {city in lying, city in named} if city else {False}


def unlisted_in_city(asked: Question, rows: list[dict[str, Any]]) -> Outcome:
    known = places.up_to(asked.place, "city") is not None
    if not rows or (known and city_keeps_list(asked, rows) == {False}):
        return only("not_applicable")
    return only("warn", "not_applicable") if known else only("warn", "not_applicable", "unknown")


def province_first(asked: Question) -> Outcome:
    """D-15: an active provincial listing of the category, own or derived."""
    if asked.tier != "national":
        return only("not_applicable")
    day, rows = asked.day, asked.day.facts.table["listings"]
    if day.at_least(asked.unit, asked.category, "provincial"):
        return only("pass")
    tiers = {r["tier"] for r in rows if r["category"] == asked.category and r["published_on"] <= day.day}
    unregistered = asked.category == "factory" and not day.registered(asked.unit)
    unsure = day.unsure(asked.unit, asked.category, "provincial")
    if unsure or unregistered or not tiers & {"provincial", "national"}:
        return only("unknown")
    return only("fail") if "provincial" in tiers else only("fail", "unknown")


def focus_tag(asked: Question) -> Outcome:
    """Information: a tag that is read by meaning, or none."""
    tags = several("focus", asked.day.facts.enterprise.get(asked.unit, {}).get("tags"))
    return only("pass" if tags and asked.unit_kind == "enterprise" else "not_applicable")


def park_rank(asked: Question) -> Outcome:
    """Information; a warning below the median of the province."""
    rows = park_share(asked.day, {"tier": "city", "base": "above_scale", "threshold": None})
    shares = {row["park_id"]: row["share"] for row in rows if row["share"] is not None}
    share = shares.get(asked.unit)
    if share is None:
        return only("pass", "not_applicable", "warn")
    if median_low(shares.values()) <= share < median_high(shares.values()):
        return only("pass", "warn")
    return only("warn" if share < median_low(shares.values()) else "pass")


def national_factory(asked: Question) -> Outcome:
    if asked.day.at_least(asked.unit, "factory", "national"):
        return only("pass")
    return only("warn", "unknown") if asked.day.unsure(asked.unit, "factory", "national") else only("warn")


def complaint(asked: Question) -> Outcome:
    """A verified complaint shows as a warning, with its act; one that is not verified, named or of Art. 25 is open."""
    rows = [
        r for r in asked.day.facts.table["complaints"] if r["unit"] == asked.unit and r["received_on"] <= asked.day.day
    ]
    verified = [
        r for r in rows if r["result"] == "confirmed" and r["verified_on"] and r["verified_on"] <= asked.day.day
    ]
    if any(r["named"] for r in verified) and asked.day.is_listed(asked.unit, asked.unit_kind):
        return only("warn")
    return only("pass", "not_applicable", "warn") if rows else only("pass", "not_applicable")


def no_report_needed(asked: Question) -> bool:
    """`cn-2025` national: D-11 and D-24 are not applicable, D-17.1 and D-17.2 only where a report is on record."""
    return asked.rules == "cn-2025" and asked.tier == "national"


def by_report(decide: Callable[[Question, Report], Outcome]) -> Callable[[Question], Outcome]:
    def decided(asked: Question) -> Outcome:
        return frozenset().union(*(decide(asked, report) for report in asked.reports))

    return decided


def if_needed(decide: Callable[[Question], Outcome]) -> Callable[[Question], Outcome]:
    return lambda asked: only("not_applicable") if no_report_needed(asked) else decide(asked)


def if_there(decide: Callable[[Question], Outcome]) -> Callable[[Question], Outcome]:
    def decided(asked: Question) -> Outcome:
        none = no_report_needed(asked) and asked.reports[0].row is None
        return only("not_applicable") if none else decide(asked)

    return decided


DECIDES: dict[str, Callable[[Question], Outcome]] = {
    "D-08.1": in_jiangsu,
    "D-08.2": manufacturer,
    "D-09.1": industrial_park,
    "D-09.2": plan_published,
    "P-07": park_level,
    "D-10.1": in_jiangsu,
    "D-10.2": supplier_plan,
    "D-11": if_needed(by_report(lambda asked, report: d11(asked.day, report, asked.rules))),
    "D-12": city_first,
    "D-15": province_first,
    "D-17.1": if_there(by_report(lambda asked, report: d171(report, asked.category, asked.rules))),
    "D-17.2": if_there(by_report(lambda asked, report: d172(asked.day, asked.unit, report))),
    "D-07": focus_tag,
    "D-17.3": park_rank,
    "D-17.4": national_factory,
    "D-24": if_needed(by_report(lambda asked, report: d24(asked.day, asked.unit, asked.unit_kind, report))),
    "D-25": complaint,
}
