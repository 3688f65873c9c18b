"""The one report that decides D-11, D-17.1, D-17.2 and D-24 (RULES, "D-17.1"), and what these four say of it.

Reading:
* The tier of a report plays no part; its category does. A report without any date is the earliest of all.
* Of two reports of one day: if one of them is left over by its outcome it decides, else what they say is left open.
* Without a report: D-17.1 is unknown, D-24 not applicable. D-17.2 then speaks of the energy level alone.
* A score stands beside basic_ok: each of the two may fail alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tests.reference import places
from tests.reference.bans import EVERYWHERE, day_of, exists, third_party
from tests.reference.day import Day
from tests.reference.lexicon import folded, read
from tests.reference.rulebook import Outcome, only
from tests.reference.world import Row, years_later

EDITION_CHANGE = date(2025, 12, 31)
KEY_FIELDS = {"25", "26", "30", "31", "32"}
"""工业重点领域 by division: oil, chemistry, building materials, steel, other metals."""
OTHER_FIELDS = {"13", "36", "43", "46", "51"}


@dataclass(frozen=True)
class Report:
    """The deciding report on the day: None where there is none; `listed` says if any of the category is on record."""

    row: Row | None
    listed: bool
    pending: bool


def deciding(day: Day, unit: str, category: str) -> list[Report]:
    """The latest by the day that was not refused; of several of one day each may be it."""
    rows = [r for r in day.facts.table["reports"] if r["category"] == category and r["unit"] and exists(r, day)]
    left = [r for r in rows if r["unit"] == unit and outcome_on(r, day) != "refused"]
    latest = max((day_of(r) or date.min for r in left), default=None)
    deciders = [r for r in left if (day_of(r) or date.min) == latest]
    found = [Report(r, True, outcome_on(r, day) is None) for r in deciders]
    return found or [Report(None, bool(rows), False)]


def outcome_on(report: Row, day: Day) -> str | None:
    """SPEC 4, 8: an outcome counts from its day, else from the submission date, else from the issue date."""
    counted = report["outcome_on"] or report["submitted_on"] or report["issued_on"]
    outcome: str | None = report["outcome"] if counted is None or counted <= day.day else None
    return outcome


def mode(row: Row) -> str | None:
    """SPEC 4: a report with blank mode that names an agency is third-party."""
    return "third_party" if third_party(row) else row["mode"]


def d11(day: Day, report: Report, rules: str) -> Outcome:
    """A report with mode known; third-party needs an agency."""
    row = report.row
    if row is None:
        return only("fail" if report.listed else "unknown")
    if mode(row) is None:
        return only("unknown")
    if mode(row) == "self":
        return only("fail" if rules == "js-2016" else "pass")
    if row["agency"] is None:
        return only("unknown")
    return qualified(day, row) if rules == "js-2016" else only("pass")


def qualified(day: Day, row: Row) -> Outcome:
    """`js-2016`: by an agency qualified on or before the report's day (submission, else issue)."""
    since, s = day.facts.agency.get(row["agency"], {}).get("qualified_on"), day_of(row)
    if since is None or s is None:
        return only("unknown")
    return only("pass" if since <= s else "fail")


def d171(report: Report, category: str, rules: str) -> Outcome:
    row = report.row
    if row is None or report.pending:
        return only("unknown")
    parts = [{True: "pass", False: "fail", None: "unknown"}[row["basic_ok"]]]
    if rules == "js-2016":
        parts.append(scored(row, category))
    return only(next((bad for bad in ("fail", "unknown") if bad in parts), "pass"))


def scored(row: Row, category: str) -> str:
    """factory >= 20 when score_max = 50 (another score_max: unknown), park >= 80, leader >= 80."""
    if row["score"] is None or (category == "factory" and row["score_max"] != 50):
        return "unknown"
    return "pass" if row["score"] >= (20 if category == "factory" else 80) else "fail"


def d172(day: Day, unit: str, report: Report) -> Outcome:
    """The energy level is a preferred one, and the edition of GB/T 36132 fits the report's day."""
    own = day.facts.enterprise.get(unit, {})
    level, standard = read("energy", own.get("energy_level")), report.row and report.row["standard"]
    energy = preferred(level, own.get("industry_code"))
    fits = only("pass") if report.row is None else edition(standard, day_of(report.row))
    if energy == {"pass"}:
        return fits
    return only("warn") if energy == {"warn"} or fits == {"warn"} else only("pass", "warn")


def preferred(level: str | None, industry_code: str | None) -> Outcome:
    """In the key fields of industry 标杆水平 is preferred, elsewhere 先进值 or 1级 (标杆水平 too)."""
    if level is None:
        return only("warn")
    division = (industry_code or "").lstrip("ABCDEFGHIJKLMNOPQRST")[:2]
    if level == "标杆" or division in OTHER_FIELDS:
        return only("pass")
    return only("warn") if division in KEY_FIELDS else only("pass", "warn")


def edition(standard: str | None, s: date | None) -> Outcome:
    """GB/T 36132-2018 to 2025-12-30, -2025 from 2025-12-31; a sector's own standard (绿色工厂评价) is information."""
    text = folded(standard or "")
    for number, fits in (
        ("36132-2018", lambda on: on < EDITION_CHANGE),
        ("36132-2025", lambda on: on >= EDITION_CHANGE),
    ):
        if number in text:
            return only("pass", "warn") if s is None else only("pass" if fits(s) else "warn")
    return only("pass") if "绿色工厂评价" in text and "36132" not in text else only("pass", "warn")


def d24(day: Day, unit: str, unit_kind: str, report: Report) -> Outcome:
    """Not by an agency banned at its submission date in the unit's jurisdiction."""
    row = report.row
    if row is None or mode(row) is None:
        return only("not_applicable") if row is None else only("not_applicable", "unknown")
    if mode(row) == "self":
        return only("not_applicable", "pass")
    if row["agency"] is None:
        return only("not_applicable", "unknown")
    return banned(day, unit, unit_kind, row)


def banned(day: Day, unit: str, unit_kind: str, row: Row) -> Outcome:
    """fail in a ban's region, unknown where its authority, the unit's region or the report's day is not known."""
    s, bans = day_of(row), [b for b in day.facts.table["agency_bans"] if b["agency"] == row["agency"]]
    told = {
        reaches(b["authority"], day.place(unit, unit_kind), s is not None)
        for b in bans
        if b["decided_on"] <= day.day and (s is None or b["decided_on"] <= s < years_later(b["decided_on"], 3))
    }
    return only(next((bad for bad in ("fail", "unknown") if bad in told), "pass"))


def reaches(authority: str, place: str | None, dated: bool) -> str:
    region = places.authority(authority)
    if region is None:
        return "unknown"
    inside = region == EVERYWHERE or bool(place and places.contains(region, place))
    if not inside:
        return "unknown" if place is None or places.contains(place, region) else "pass"
    return "fail" if dated else "unknown"
