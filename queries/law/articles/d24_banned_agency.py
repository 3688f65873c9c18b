"""D-24: a report of an agency that is banned where the unit lies, on the day the report was submitted, is not accepted.

A ban decided on D holds `[D, D + years)`. It does not touch self-evaluations, reports submitted before the ban, or
listings: those are reviewed (`ban-reach`). Another agency or a self-evaluation heals it, time does not: the day of
submission stays what it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from graph_model.bilingual import Bilingual
from graph_model.days import years_later
from queries.law.evaluation import BanOnAgency, ReportFact
from queries.law.rule import EVERYONE, Citation, Decision, Rule, SourceDocument, fails, not_applicable, passes, unknown

if TYPE_CHECKING:
    from queries.law.rules import Rules

CITATION = Citation(
    SourceDocument.DRAFT,
    24,
    None,
    Bilingual("三年内不予受理该机构的评价报告", "reports of the agency are not accepted for three years"),
)


class BannedAgencyFacts(NamedTuple):
    """The latest report, and the bans on its agency decided by the day."""

    report: ReportFact | None = None
    bans: tuple[BanOnAgency, ...] = ()


def decide(facts: BannedAgencyFacts, rules: Rules) -> Decision:
    """Fail on a ban that covers the unit and the day of the report; leave open one that may."""
    report = facts.report
    if report is None or report.mode == "self":
        return not_applicable("没有第三方评价报告", "no third-party report")
    holding = [ban for ban in facts.bans if ban.covers is not False and _holds(ban, report, rules.value("ban_years"))]
    told = "；".join(f"{ban.decided} {ban.authority}" for ban in holding)
    number, agency = report.number, report.agency
    if any(ban.covers and report.day for ban in holding):
        return fails(f"报告 {number} 的机构 {agency} 被不予受理：{told}", f"{number} falls in a ban: {told}", _OTHER)
    if holding or agency is None:
        return unknown(f"报告 {number} 是否在不予受理期内未知", f"not known whether {number} falls in a ban", _SUPPLY)
    return passes(f"报告 {number} 的机构当时未被不予受理", f"the agency of {number} was not banned then")


def _holds(ban: BanOnAgency, report: ReportFact, years: int) -> bool:
    """Return whether a ban may hold on the day of a report; it may where that day is unknown."""
    return report.day is None or ban.decided <= report.day < years_later(ban.decided, years)


_OTHER = Bilingual("改由其他机构评价，或自评价", "be evaluated by another agency, or by itself")
_SUPPLY = Bilingual("补充机构、提交日期和单位所在地区", "supply agency, day of submission and region of the unit")

RULE = Rule("D-24", CITATION, EVERYONE, BannedAgencyFacts, decide, needs=("ban_years",))
