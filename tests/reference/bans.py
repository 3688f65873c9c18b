"""SPEC 6.3: what the ban on an agency reaches, and what would change if the reviewed factory listings were
struck.

Reading:
* The agency columns of a `hint` row are those of the banned agency; the other agency stands in the path.
* A listing whose report is third-party without a known agency rests on no agency, whatever its own agency
  cell says.
* A 分公司 is an agency whose shown name begins with its parent's and ends with 分公司.
* A report number that rows give to two units is a report on an unknown unit: it reaches nobody.
* A hypothetical ban on an agency that no row names is refused; one that is named only later is not.
* `path` is free in its words; the reference leaves it out.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from tests.reference import places
from tests.reference.coverage import tier_coverage
from tests.reference.day import NO, UNKNOWN, YES, Day
from tests.reference.leader_ratio import leader_ratio
from tests.reference.park_share import park_share
from tests.reference.places import EVERYWHERE
from tests.reference.shares import null_first
from tests.reference.world import TIERS, Refused, Row, normal, years_later

CLASSES = ["blocked", "review", "older", "hint", "unknown"]


@dataclass(frozen=True)
class Ban:
    agency: str
    decided: date
    regions: frozenset[str | None]
    """None: an authority that cannot be read."""

    @property
    def end(self) -> date:
        return years_later(self.decided, 3)


def bans(day: Day, options: dict[str, Any]) -> list[Ban]:
    """Every recorded ban with D <= as_of < D + 3y, or the hypothetical one; decisions of one day are one ban."""
    if options["agency"] is not None:
        agency = the_agency(day, options["agency"])
        found = [(agency, options["on"], places.authority(options["authority"]))]
    else:
        rows = day.facts.table["agency_bans"]
        found = [(row["agency"], row["decided_on"], places.authority(row["authority"])) for row in rows]
        found = [(a, d, r) for a, d, r in found if d <= day.day < years_later(d, 3)]
    more = {places.HOME} if options["jurisdiction"] == "province" else set()
    return [
        Ban(agency, decided, frozenset({r for a, d, r in found if (a, d) == (agency, decided)} | more))
        for agency, decided in sorted({(a, d) for a, d, _ in found})
    ]


def the_agency(day: Day, text: str) -> str:
    agency = day.facts.who.kinds["agency"].find(text)
    if agency not in day.facts.kind_of["agency"]:
        raise Refused("an agency nobody names")
    return agency


def reached(place: str | None, regions: frozenset[str | None]) -> str:
    """Whether a unit lies in J; unknown when its region is not known as finely as J needs, or J itself is not."""
    known = [r for r in regions if r is not None]
    if EVERYWHERE in known or (place and any(places.contains(r, place) for r in known)):
        return YES
    if place is None or None in regions or any(places.contains(place, r) for r in known):
        return UNKNOWN
    return NO


def third_party(report: Row) -> bool:
    """SPEC 4: a report with blank mode that names an agency is third-party."""
    return report["mode"] == "third_party" or (report["mode"] is None and report["agency"] is not None)


def day_of(report: Row) -> date | None:
    """The date s of a report is its submission date, else its issue date."""
    s: date | None = report["submitted_on"] or report["issued_on"]
    return s


def exists(report: Row, day: Day) -> bool:
    """A report exists from s on."""
    s = day_of(report)
    return s is None or s <= day.day


def report_of(listing: Row, day: Day) -> Row | None:
    """The report a listing rests on: its `report_no` on record for that unit."""
    return next(
        (
            r
            for r in day.facts.table["reports"]
            if r["report_no"] == listing["report_no"] and r["unit"] == listing["unit"] and exists(r, day)
        ),
        None,
    )


def rests_on(listing: Row, day: Day) -> tuple[str | None, date | None, Row | None]:
    """Agency, date and report of a listing; a self-evaluation has no agency."""
    report = report_of(listing, day)
    if report is None:
        return listing["agency"], listing["published_on"], None
    return (report["agency"] if third_party(report) else None), day_of(report), report


def active_listings(day: Day) -> list[Row]:
    rows = day.facts.table["listings"]
    return [row for row in rows if any(row is one for one in day.listings(row["unit"], row["category"]))]


def pending(report: Row, day: Day) -> bool:
    """SPEC 8: without outcome on as_of, and no active listing rests on it."""
    counted = report["outcome_on"] or report["submitted_on"] or report["issued_on"]
    decided = report["outcome"] is not None and (counted is None or counted <= day.day)
    return not decided and not any(report_of(listing, day) is report for listing in active_listings(day))


def class_of_report(report: Row, ban: Ban, day: Day, lookback: int) -> str | None:
    s = day_of(report)
    if s is None:
        return "unknown"
    if ban.decided <= s < ban.end:
        return "blocked"
    if s < ban.decided and pending(report, day):
        return "review" if s >= years_later(ban.decided, -lookback) else "older"
    return None


def class_of_listing(s: date | None, report: Row | None, ban: Ban, lookback: int) -> str | None:
    if s is None:
        return "unknown"
    if s < years_later(ban.decided, -lookback):
        return "older"
    return "review" if report is None or s < ban.end else None


def related(one: str, other: str, day: Day) -> bool:
    """Another agency with the same non-blank legal representative, or its 分公司 or parent by name."""
    heads = {a: day.facts.agency.get(a, {}).get("legal_representative") for a in (one, other)}
    if heads[one] is not None and heads[one] == heads[other]:
        return True
    names = [normal(day.facts.name("agency", a)) for a in (one, other)]
    return any(a != b and b.startswith(a) and b.endswith("分公司") for a, b in (names, names[::-1]))


def ban_rows(ban: Ban, day: Day, lookback: int) -> list[Row]:
    rows: list[Row | None] = []
    for report in [r for r in day.facts.table["reports"] if r["unit"] is not None]:
        if report["agency"] == ban.agency and third_party(report) and exists(report, day):
            kind = class_of_report(report, ban, day, lookback)
            rows.append(reach_row(kind, report, day_of(report), ban, day, None))
    for listing in active_listings(day):
        agency, s, basis = rests_on(listing, day)
        kind = None
        if agency == ban.agency:
            kind = class_of_listing(s, basis, ban, lookback)
        elif agency is not None and related(ban.agency, agency, day):
            kind = "hint"
        rows.append(reach_row(kind, listing, s, ban, day, listing))
    return [row for row in rows if row is not None]


def reach_row(kind: str | None, fact: Row, s: date | None, ban: Ban, day: Day, listing: Row | None) -> Row | None:
    """A unit outside J gives no row, one of a region not known finely enough gives its row as `unknown`."""
    unit_kind = "park" if fact["category"] == "park" else "enterprise"
    inside = reached(day.place(fact["unit"], unit_kind), ban.regions)
    if kind is None or inside == NO:
        return None
    return {
        "ban_id": f"{ban.agency}@{ban.decided.isoformat()}",
        "agency_id": ban.agency,
        "agency": day.facts.name("agency", ban.agency),
        "class": kind if inside == YES else "unknown",
        "unit_id": fact["unit"],
        "unit": day.facts.name(unit_kind, fact["unit"]),
        "unit_kind": unit_kind,
        "category": fact["category"],
        "tier": fact["tier"],
        "city": day.city(fact["unit"], unit_kind),
        "report_no": fact["report_no"],
        "date": s,
        "window_start": ban.decided,
        "window_end": ban.end,
        "clause": "D-24",
        "listing": listing,
    }


def ban_reach(day: Day, options: dict[str, Any]) -> list[Row]:
    rows = [row for ban in bans(day, options) for row in ban_rows(ban, day, options["lookback_years"])]
    return sorted(rows, key=reach_order)


def reach_order(row: Row) -> tuple[Any, ...]:
    tier = -1 if row["tier"] is None else TIERS.index(row["tier"])
    first = (row["ban_id"], CLASSES.index(row["class"]), row["unit_id"], null_first(row["category"]), tier)
    return (*first, null_first(row["report_no"]), (row["date"] is not None, row["date"] or date.min))


def ban_effects(day: Day, options: dict[str, Any]) -> list[Row]:
    """If every factory listing of class `review` were struck, what changes."""
    struck = frozenset(
        id(row["listing"])
        for row in ban_reach(day, options)
        if row["class"] == "review" and row["listing"] is not None and row["category"] == "factory"
    )
    after = Day(day.facts, day.day, struck)
    rows = [row for kind in ("park", "leader", "city") for row in changes(kind, day, after, options["tier"])]
    order = ["park", "leader", "city"]
    return sorted(rows, key=lambda r: (order.index(r["kind"]), r["change"], r["id"]))


def measured(kind: str, day: Day, tier: str) -> dict[str, Row]:
    """The rows of 6.1, 6.2 and 6.4 by city (the thirteen cities only), default options but `tier`."""
    base = {"tier": tier, "base": "above_scale", "threshold": None}
    if kind == "park":
        rows = park_share(day, base)
        return {r["park_id"]: view(r["park"], r["base"], r["green"], r["share"]) for r in rows}
    if kind == "leader":
        links = {"tier": tier, "depth": 1, "scope": "mainland", "key_only": False, "max_age": 2}
        rows = leader_ratio(day, links)
        return {r["leader_id"]: view(r["leader"], r["suppliers"], r["green"], r["ratio"]) for r in rows}
    rows = tier_coverage(day, {"by": "city", "category": "factory", **base})
    cities = [r for r in rows if r["region_id"] in places.CITIES]
    return {r["region_id"]: view(r["region"], r["base"], green_of(r), r["share"]) for r in cities}


def green_of(row: Row) -> int:
    return int((row["share"] or 0) * row["base"])


def view(name: str, base: int, green: int, share: Any) -> Row:
    return {"name": name, "base": base, "green": green, "share": share}


def changes(kind: str, day: Day, after: Day, tier: str) -> list[Row]:
    old, new = measured(kind, day, tier), measured(kind, after, tier)
    return [
        {
            "kind": kind,
            "id": unit,
            "name": old[unit]["name"],
            "base": old[unit]["base"],
            "before_green": old[unit]["green"],
            "after_green": new[unit]["green"],
            "before": old[unit]["share"],
            "after": new[unit]["share"],
            "change": new[unit]["share"] - old[unit]["share"],
        }
        for unit in old
        if old[unit]["green"] != new[unit]["green"]
    ]
