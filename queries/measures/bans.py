"""How a ban on an agency reaches reports and lists: shared by `ban-reach` and `ban-effects`. SPEC 6.3, clause D-24.

Invariants: a ban reaches only reports and lists of its own agency and, as a hint, those of agencies tied to it by legal
representative or branch; it reaches units of its jurisdiction only; it never removes a listing; self-evaluations are never
touched; a reached unit does not reach any other.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from graph_model.bilingual import Bilingual
from graph_model.days import OPEN, day, number, years_later
from graph_model.errors import DoesNotFitError, NotInRuleSetError
from graph_model.names import normal_form
from graph_model.regions import NATION, UNKNOWN, contains, within
from graph_model.tiers import CATEGORIES, Category
from queries.law.ruleset import ruleset_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from graph_model.arrays import Flags, Ints8, Rows
    from graph_model.regions import Regions
    from graph_model.view import View
    from queries.asking.options import BanOptions, Jurisdiction
    from queries.asking.server_protocol import Server
    from queries.law.rules import Rules


CLASSES = ("blocked", "review", "older", "hint", "unknown")


@dataclass(frozen=True)
class Ban:
    """A decision on an agency of one day, over the union of the regions that decided so."""

    agency: int
    decided: date
    end: date
    """The first day on which reports are accepted again, by the rules in use."""
    regions: frozenset[int]
    """`UNKNOWN` among them: a decision whose authority cannot be read, which may bind any unit."""


@dataclass(frozen=True)
class ReachedRows:
    """Rows reached by one ban in one class: listings or reports, by row number, with the agency they rest on."""

    ban: Ban
    what: Literal["listing", "report"]
    name: str
    rows: Rows
    agency: Rows


def ban_rules(day: date, options: BanOptions) -> Rules:
    """Return the rules that say how long a ban lasts: those asked for, else the draft, in whose Art. 24 it stands."""
    rules = ruleset_for(day, options.rules or (None if options.rules_file else "js-draft"), options.rules_file)
    if rules.value("ban_years") is None:
        raise NotInRuleSetError(
            rules.set.id, Bilingual("不予受理机构报告的规定", "article by which reports of an agency are refused")
        )
    return rules


def bans_asked(view: View, options: BanOptions) -> list[Ban]:
    """Return the hypothetical ban of the options, else every recorded ban in force on the day."""
    rules = ban_rules(view.day, options)
    if options.agency and options.on and options.authority:
        return [supposed_ban(view, options.agency, options.on, options.authority, options.jurisdiction, rules)]
    return recorded_bans(view, options.jurisdiction, rules)


def ban_parameters(server: Server, options: BanOptions) -> dict[str, object]:
    """Return what the Cypher of bans needs beyond options: the hypothetical ban by ids, and how long a ban lasts."""
    supposed: dict[str, object] = {"agency": None, "on": options.on, "region": None}
    if options.agency is not None and options.authority is not None:
        supposed["region"] = read_authority(server.regions, options.authority)
        supposed["agency"] = server.agency(options.agency)
    return {**supposed, "ban_years": ban_rules(server.day, options).value("ban_years")}


def recorded_bans(view: View, jurisdiction: Jurisdiction, rules: Rules, past: bool = False) -> list[Ban]:
    """Return the bans in force on the day by the rules in use (with `past` those that are over too).

    Decisions on one agency of one day are one ban.
    """
    rows = view.graph["agency_bans"]
    regions: dict[tuple[int, int], set[int]] = {}
    for row in np.flatnonzero(rows["decided_on"] <= view.facts.number).tolist():
        regions.setdefault((int(rows["agency"][row]), int(rows["decided_on"][row])), set()).add(
            int(rows["region"][row])
        )
    bans = [
        Ban(agency, day(decided), rules.ban_end(day(decided)), _reach(view, of, jurisdiction))
        for (agency, decided), of in regions.items()
    ]
    return [ban for ban in bans if past or view.day < ban.end]


def supposed_ban(view: View, agency: str, on: date, authority: str, jurisdiction: Jurisdiction, rules: Rules) -> Ban:
    """Return the ban that would be if `authority` decided on `agency` on day `on`."""
    region = read_authority(view.graph.regions, authority)
    return Ban(view.graph.find(agency, "agencies"), on, rules.ban_end(on), _reach(view, {region}, jurisdiction))


def read_authority(regions: Regions, authority: str) -> int:
    """Return the region over which an authority decides; UsageError where its name tells none."""
    reading = regions.read_authority(authority)
    if reading.doubt is not None:
        raise DoesNotFitError(
            "authority",
            authority,
            Bilingual("应以地区名开头，或为全国、部委", "it begins with a region's name, or is 全国 or a ministry"),
        )
    return reading.code


def _reach(view: View, regions: set[int], jurisdiction: Jurisdiction) -> frozenset[int]:
    return frozenset(regions | {view.graph.regions.home} if jurisdiction == "province" else regions)


class AgencyEvidence:
    """What rests on which agency since when, on the day of a view: reports and active listings, as vectors."""

    def __init__(self, view: View) -> None:
        self._view = view
        reports, listings = view.graph["reports"], view.graph["listings"]
        self.report_day = np.where(reports["submitted_on"] == OPEN, reports["issued_on"], reports["submitted_on"])
        self.report_agency = np.where(self._third_party, reports["agency"], -1)
        self.report_exists = (self.report_day <= view.facts.number) | (self.report_day == OPEN)
        report = listings["report"]
        self.by_report = (report >= 0) & self.report_exists[report] if len(reports) else report >= 0
        from_report = np.where(self.by_report, report, -1)
        self.listing_day = np.where(self.by_report, _at(self.report_day, from_report, OPEN), listings["published_on"])
        self.listing_agency = np.where(self.by_report, _at(self.report_agency, from_report, -1), listings["agency"])

    @cached_property
    def _third_party(self) -> Flags:
        modes, words = self._view.graph["reports"].words("mode")
        third_party: Flags = np.array([word == "third_party" for word in words] + [True])[modes]
        return third_party

    @cached_property
    def pending(self) -> Flags:
        """Which reports have no outcome by the day, and no active listing resting on them."""
        reports, listings = self._view.graph["reports"], self._view.graph["listings"]
        since = reports["submitted_on"]
        settled_on = np.where(reports["outcome_on"] == OPEN, since, reports["outcome_on"])
        settled_on = np.where(settled_on == OPEN, reports["issued_on"], settled_on)
        undated = settled_on == OPEN
        has_outcome = reports.words("outcome")[0] >= 0
        settled = has_outcome & (undated | (settled_on <= self._view.facts.number))
        rested_on = np.zeros(len(reports), dtype=bool)
        rested_on[listings["report"][self._view.listed & self.by_report]] = True
        pending: Flags = ~settled & ~rested_on
        return pending

    def reached(self, ban: Ban, lookback_years: int) -> Iterator[ReachedRows]:
        """Yield what a ban reaches, class by class; the regions of units are not looked at yet."""
        start, end = number(ban.decided), number(ban.end)
        look = number(years_later(ban.decided, -lookback_years))
        of_agency = (self.report_agency == ban.agency) & self.report_exists
        day, waiting = self.report_day, of_agency & self.pending
        recent, before = (look <= day) & (day < start), day < look
        yield self._reports(ban, "blocked", of_agency & (start <= day) & (day < end))
        yield self._reports(ban, "review", waiting & recent)
        yield self._reports(ban, "older", waiting & before)
        yield self._reports(ban, "unknown", of_agency & (day == OPEN))
        held = self._view.listed & (self.listing_agency == ban.agency)
        day = self.listing_day
        recent, before = (look <= day) & (day < np.where(self.by_report, end, OPEN)), day < look
        yield self._listings(ban, "review", held & recent)
        yield self._listings(ban, "older", held & before)
        yield self._listings(ban, "unknown", held & (day == OPEN))
        yield self._listings(
            ban, "hint", self._view.listed & np.isin(self.listing_agency, relatives(self._view, ban.agency))
        )

    def _reports(self, ban: Ban, name: str, mask: Flags) -> ReachedRows:
        rows = np.flatnonzero(mask)
        return ReachedRows(ban, "report", name, rows, self.report_agency[rows])

    def _listings(self, ban: Ban, name: str, mask: Flags) -> ReachedRows:
        rows = np.flatnonzero(mask)
        return ReachedRows(ban, "listing", name, rows, self.listing_agency[rows])


def jurisdiction_of(view: View, table: str, regions: frozenset[int], rows: Rows | slice = slice(None)) -> Ints8:
    """Return for enterprises or parks, all or those at `rows`, whether they lie in the regions of a ban.

    1 is yes, 0 no, -1 not known finely enough.
    """
    codes = view.graph[table]["region"][rows]
    if NATION in regions:
        return np.ones(len(codes), dtype=np.int8)
    # Whom an authority that cannot be read binds is not known of anybody.
    inside, coarse = np.zeros(len(codes), dtype=bool), (codes == UNKNOWN) | (UNKNOWN in regions)
    for region in regions - {UNKNOWN}:
        inside |= within(codes, region)
        around = [int(code) for code in np.unique(codes) if code != region and contains(int(code), region)]
        coarse |= np.isin(codes, around)
    nowhere_near = view.graph.outside(table)[rows] & (codes == UNKNOWN)
    return np.where(inside, 1, np.where(coarse & ~nowhere_near, -1, 0)).astype(np.int8)


def relatives(view: View, agency: int) -> list[int]:
    """Return the agencies with the same legal representative, the branches (分公司) of this one, and its parents."""
    agencies = view.graph["agencies"]
    codes, _ = agencies.words("legal_representative")
    names = [normal_form(name) for name in agencies.texts("name").to_pylist()]
    own_name = names[agency]
    return [
        relative
        for relative, name in enumerate(names)
        if relative != agency
        and (
            (codes[agency] >= 0 and codes[relative] == codes[agency])
            or is_branch(name, own_name)
            or is_branch(own_name, name)
        )
    ]


def is_branch(name: str, of: str) -> bool:
    """Return whether `name` is a 分公司 of `of`, both in normal form."""
    return name.startswith(of) and name != of and name.endswith("分公司")


def _at(values: NDArray[Any], rows: Rows, missing: int) -> NDArray[Any]:
    return np.append(values, missing)[rows]


def listings_under_review(view: View, options: BanOptions) -> Rows:
    """Return the factory listings of class `review` of all bans asked for, as row numbers."""
    listings, evidence = view.graph["listings"], AgencyEvidence(view)
    review = np.zeros(len(listings), dtype=bool)
    for ban in bans_asked(view, options):
        for reached in evidence.reached(ban, options.lookback_years):
            if reached.what == "listing" and reached.name == "review":
                rows = reached.rows[listings["enterprise"][reached.rows] >= 0]
                inside = jurisdiction_of(view, "enterprises", ban.regions, listings["enterprise"][rows])
                review[rows[inside == 1]] = True
    return np.flatnonzero(review & (listings["category"] == CATEGORIES.index(Category.FACTORY)))
