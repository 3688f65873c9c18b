"""`audit`: standing duties and list hygiene (RULES), all rows but free texts; `duties.py` says how rows are read.

Reading:
* D-20, D-22.3 and P-17 name no window: a row for an older fact, or one without a day, may be there.
* D-22 of a unit is one row per severity: `act` for a fact that fails, `check` for one that is unknown; a fact that
  only warns, and a kind that nobody looked up, may give a check.
* D-21: a listing under a former name is one whose cells write names that a renaming by the day, or the own row, says
  are former ones of the unit; one that writes the present name, but was published before the renaming, may be told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

from tests.reference.adverse import begun, date_of, facts_of
from tests.reference.agency_card import CAP, evaluations, reports_of, together
from tests.reference.bans import day_of, exists, third_party
from tests.reference.day import Day
from tests.reference.deciding import banned, outcome_on
from tests.reference.duties import Audit, Duty, forms, holds, lists, recommendations
from tests.reference.eligibility import drawn_up
from tests.reference.lexicon import BOUNDARY_KINDS, GRADES, read
from tests.reference.negative import PROPAGATION, fact_parts, in_window, starts_by
from tests.reference.rulebook import window_start
from tests.reference.spot_check import exempt_until
from tests.reference.world import Row, normal

MAJOR = {"安全事故", "质量事故", "环境污染"}
FALSE = {"材料造假", "数据造假"}


def audit(day: Day, rules: str, propagation: str = "literal") -> list[Duty]:
    """Every row of the rules that the set holds."""
    asked = Audit(day, rules, propagation)
    rows = [row for find in FINDS for row in find(asked)]
    rows = [row for row in rows if holds(row.rule, asked) or row.rule == "P-18"]
    return [replace(row, certain=row.certain and ours(day, row.unit)) for row in rows]


def ours(day: Day, unit: str | None) -> bool:
    """Known to be outside the home province: whether the office audits it is left open."""
    kinds = [kind for kind in ("enterprise", "park") if unit in day.facts.kind_of[kind]]
    return all(day.inside(str(unit), kind) for kind in kinds)


def incidents(asked: Audit) -> Iterator[Duty]:
    """D-20 and D-22.3 of units on a list."""
    day = asked.day.day
    for row in asked.day.facts.table["incidents"]:
        if not any((kind, row["unit"]) in asked.listed() for kind in ("enterprise", "park")) or not begun(row, day):
            continue
        on = date_of(row)
        recent = on is not None and on >= window_start(day)
        kind, severity = read("kind", row["kind"]), read("severity", row["severity"])
        major = severity in GRADES and GRADES.index(severity) >= GRADES.index("重大")
        if kind in MAJOR and major:
            yield asked.duty("D-20", row["unit"], None, "act", certain=recent)
        if kind in MAJOR and (severity not in GRADES or not recent):
            yield asked.duty("D-20", row["unit"], None, "check", certain=False)
        if kind in FALSE:
            yield asked.duty("D-22.3", row["unit"], None, "act", certain=recent)
            yield asked.duty("D-22.3", row["unit"], None, "check", certain=False)


def negative(asked: Audit) -> Iterator[Duty]:
    """D-22: a listed unit with a D-18 fact, its own or (a park) its tenants'."""
    for kind, unit in sorted(asked.listed()):
        effects = list(effects_on(asked, unit, kind))
        for severity, effect in (("act", "fail"), ("check", "unknown")):
            if any(effect in ways for ways in effects):
                certain = any(ways == {effect} for ways in effects)
                yield asked.duty("D-22", unit, "park" if kind == "park" else None, severity, certain=certain)
        if any("warn" in ways for ways in effects):
            yield asked.duty("D-22", unit, "park" if kind == "park" else None, "check", certain=False)


def effects_on(asked: Audit, unit: str, kind: str) -> Iterator[frozenset[str]]:
    day = asked.day
    yield from (f.effect for f in facts_of(day, unit, kind) if not f.dated or f.counts(day.day))
    for row in day.facts.table["tenancies"] if kind == "park" else []:
        if row["park"] == unit and starts_by(row, day.day) and in_window(row, day.day):
            for rule in PROPAGATION[asked.propagation]:
                yield from (part.effect for part in fact_parts(day, row, rule, asked.propagation))


def complaints(asked: Audit) -> Iterator[Duty]:
    """D-25: named and waiting: check; verified: act; about anybody else: info. An anonymous one is outside."""
    listed = {unit for _, unit in asked.listed()}
    for row in asked.day.facts.table["complaints"]:
        unit, day = row["unit"], asked.day.day
        if row["received_on"] > day:
            continue
        verified = row["result"] if row["verified_on"] is not None and row["verified_on"] <= day else None
        sure = bool(row["named"]) and (row["result"] is None or row["verified_on"] is not None)
        if unit not in listed and unit not in asked.day.facts.kind_of["agency"]:
            yield asked.duty("D-25", unit, None, "info", certain=sure and verified != "unfounded")
            continue
        severity = {None: "check", "confirmed": "act"}.get(verified)
        for possible in ("act", "check", "info"):
            if severity == possible or not sure:
                yield asked.duty("D-25", unit, None, possible, certain=sure and severity == possible)


def failed_checks(asked: Audit) -> Iterator[Duty]:
    """P-17: a failed inspection of a listed unit."""
    listed = {unit for _, unit in asked.listed()}
    for row in asked.day.facts.table["inspections"]:
        if row["unit"] in listed and row["result"] == "problem" and row["checked_on"] <= asked.day.day:
            later = [r for r in asked.day.facts.table["inspections"] if r["unit"] == row["unit"]]
            last = row["checked_on"] == max(r["checked_on"] for r in later if r["checked_on"] <= asked.day.day)
            recent = row["checked_on"] >= window_start(asked.day.day)
            same = [r["published_on"] for r in asked.active() if r["unit"] == row["unit"] and fits(r, row)]
            sure = last and recent and row["checked_on"] >= min(same, default=date.max)
            yield asked.duty("P-17", row["unit"], None, "act", certain=sure)


def fits(listing: Row, check: Row) -> bool:
    return check["category"] in (None, listing["category"])


def plans(asked: Audit) -> Iterator[Duty]:
    """D-09.2, D-10.2: progress of what a park or a leader sponsors."""
    for row in asked.day.facts.table["cultivation"]:
        park = row["sponsor"] in asked.day.facts.kind_of["park"]
        known = asked.day.on_record("park" if park else "enterprise")
        if row["sponsor"] in known and drawn_up(row, asked.day):
            rule, category = ("D-09.2", "park") if park else ("D-10.2", None)
            sure = (park or row["sponsor"] in asked.day.leaders()) and is_open_work(row, asked.day)
            yield asked.duty(rule, row["sponsor"], category, "info", certain=sure)


def is_open_work(row: Row, day: Day) -> bool:
    """About another unit, a factory that is on no list yet, begun by the day."""
    first = row["start"] or date(row["plan_year"], 1, 1)
    other = row["unit"] != row["sponsor"] and row["category"] == "factory"
    return other and first <= day.day and not day.highest(row["unit"])


def banned_reports(asked: Audit) -> Iterator[Duty]:
    """D-24: an accepted report submitted inside a ban."""
    for row in asked.day.facts.table["reports"]:
        if row["unit"] is None or not exists(row, asked.day) or not third_party(row) or row["agency"] is None:
            continue
        if outcome_on(row, asked.day) == "accepted":
            told = banned(asked.day, row["unit"], "park" if row["category"] == "park" else "enterprise", row)
            severity = {"fail": "act", "unknown": "check"}.get(next(iter(told)))
            if severity:
                sure = day_of(row) is not None
                yield asked.duty("D-24", row["unit"], row["category"], severity, tier=row["tier"], certain=sure)
                yield asked.duty("D-24", row["unit"], row["category"], "check", tier=row["tier"], certain=False)


def changes(asked: Audit) -> Iterator[Duty]:
    """D-21: a listing under a former name; a change of scope, site or boundary after the listing."""
    for listing in asked.active():
        yield from renamed(asked, listing)
        for change in asked.day.facts.table["name_changes"]:
            on, concerned = change["changed_on"], listing["unit"] in (change["new_name"], change["old_name"])
            if change["kind"] in BOUNDARY_KINDS and concerned and (on is None or on <= asked.day.day):
                sure = on is not None and listing["published_on"] < on and listing["unit"] == change["new_name"]
                if sure or on is None or listing["published_on"] == on or listing["unit"] != change["new_name"]:
                    yield asked.duty("D-21", listing["unit"], listing["category"], "check", certain=sure)


def renamed(asked: Audit, listing: Row) -> Iterator[Duty]:
    unit, facts = listing["unit"], asked.day.facts
    present = normal(facts.name("park" if listing["category"] == "park" else "enterprise", unit))
    written = {normal(raw["name_written"]) for raw in listing["rows"]}
    if present in written and len(written) == 1:
        since = listing["published_on"]
        later = [c for c in facts.table["name_changes"] if c["kind"] in (None, "更名") and c["new_name"] == unit]
        if any(c["changed_on"] is None or since <= c["changed_on"] <= asked.day.day for c in later):
            yield asked.duty("D-21", unit, listing["category"], "info", certain=False)
        return
    renamings = [c for c in facts.table["name_changes"] if c["kind"] in (None, "更名") and c["new_name"] == unit]
    on_time = [c for c in renamings if c["changed_on"] is not None and c["changed_on"] <= asked.day.day]
    former = {normal(raw["old_written"]) for c in on_time for raw in c["rows"]}
    yield asked.duty("D-21", unit, listing["category"], "info", certain=written <= former - {present})


def agency_cap(asked: Audit) -> Iterator[Duty]:
    """A-15: an agency, or agencies with one legal representative together, with more than 15 national evaluations."""
    day = asked.day
    for agency in day.on_record("agency"):
        group = [agency, *together(day, agency)]
        years = {on.year for one in group for r in reports_of(day, one) if (on := day_of(r)) is not None}
        over = [year for year in years if sum(evaluations(day, one, year) for one in group) > CAP]
        if over:
            yield asked.duty("A-15", agency, None, "check", certain=day.day.year in over)


def exemptions(asked: Audit) -> Iterator[Duty]:
    """P-18: exempt after three clean checks in a row; by other sets than that of 2016 shown as earned under it."""
    for kind, unit in sorted(asked.listed()):
        ways = exempt_until(asked.day, unit)
        if any(ways):
            sure = all(ways) and asked.rules in ("js-2016", "js-draft")
            yield asked.duty("P-18", unit, "park" if kind == "park" else None, "info", certain=sure)


FINDS: list[Callable[[Audit], Iterator[Duty]]] = [
    lists, recommendations, forms, incidents, negative, complaints, failed_checks, plans, banned_reports, changes,
    agency_cap, exemptions,
]  # fmt: skip
