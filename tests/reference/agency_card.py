"""`agency-card`: what an agency evaluated, and the cap of its national evaluations (RULES, A-15).

Reading:
* A national evaluation is a third-party report for the national tier, of the year of its day s; a national listing that
  names the agency may be another. The cap is that of `cn-2024`, for the years it holds in.
* Decisions of one day are one ban. A row of one year speaks of the reports of that year; what else it holds is open.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.reference.adverse import no_time
from tests.reference.bans import day_of, exists, pending, rests_on, third_party
from tests.reference.day import Day
from tests.reference.deciding import outcome_on
from tests.reference.world import TIERS, Refused, Row, years_later

CAP, CAP_SINCE = 15, 2024


def agency_card(day: Day, options: dict[str, Any]) -> list[Row]:
    """One row per agency of all years; with `agency` a row per year too."""
    agencies = day.on_record("agency")
    if options["agency"] is None:
        return [card(day, agency, None, options) for agency in agencies]
    agency = day.facts.who.kinds["agency"].find(options["agency"])
    if agency not in agencies:
        raise Refused("an agency not on record")
    years = {on.year for r in reports_of(day, agency) if (on := day_of(r)) is not None}
    return [card(day, agency, year, options) for year in (None, *sorted(years))]


def reports_of(day: Day, agency: str) -> list[Row]:
    return [r for r in day.facts.table["reports"] if r["agency"] == agency and r["unit"] and exists(r, day)]


def card(day: Day, agency: str, year: int | None, options: dict[str, Any]) -> Row:
    reports = [r for r in reports_of(day, agency) if year is None or (day_of(r) and day_of(r).year == year)]
    load_year = year or options["load_year"] or day.day.year
    group = together(day, agency)
    load = [evaluations(day, one, load_year) for one in (agency, *group)]
    cap = CAP if load_year >= CAP_SINCE else None
    return {
        "agency_id": agency,
        "agency": day.facts.name("agency", agency),
        "year": year,
        "reports": len(reports),
        "third_party": sum(third_party(r) for r in reports),
        "self_evaluation": sum(r["mode"] == "self" for r in reports),
        **{f"reports_{tier}": sum(r["tier"] == tier for r in reports) for tier in reversed(TIERS)},
        "reports_unknown": sum(r["tier"] is None for r in reports),
        **{o: sum(outcome_on(r, day) == o for r in reports) for o in ("accepted", "refused")},
        "pending": sum(pending(r, day) for r in reports),
        **clients(day, agency),
        "load_year": load_year,
        "load": load[0],
        "load_together": sum(load),
        "cap": cap,
        "over_cap": None if cap is None else sum(load) > cap,
        **banned(day, agency),
    }


def evaluations(day: Day, agency: str, year: int) -> int:
    national = [r for r in reports_of(day, agency) if third_party(r) and r["tier"] == "national"]
    return sum((on := day_of(r)) is not None and on.year == year for r in national)


def together(day: Day, agency: str) -> list[str]:
    """The other agencies with the same non-blank legal representative."""
    head: Callable[[str], Any] = lambda a: day.facts.agency.get(a, {}).get("legal_representative")  # noqa: E731
    return [a for a in day.on_record("agency") if a != agency and head(agency) and head(a) == head(agency)]


def clients(day: Day, agency: str) -> Row:
    resting = [r for r in day.facts.table["listings"] if r["published_on"] <= day.day and rests_on(r, day)[0] == agency]
    active = {r["unit"] for r in resting if any(r is one for one in day.listings(r["unit"], r["category"]))}
    gone = {r["unit"] for r in resting if r["removed_on"] is not None and r["removed_on"] <= day.day}
    open_removal = any(no_time(r) for r in day.facts.table["listings"])
    return {"clients_listed": len(active)} | ({} if open_removal else {"clients_removed": len(gone)})


def banned(day: Day, agency: str) -> Row:
    rows = [b for b in day.facts.table["agency_bans"] if b["agency"] == agency]
    days = {b["decided_on"] for b in rows if b["decided_on"] <= day.day}
    running = [end for d in days if (end := years_later(d, 3)) > day.day]
    return {"bans": len(days), "banned_until": max(running, default=None)}
