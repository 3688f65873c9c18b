"""D-24: a report of an agency that is banned where the unit lies, on the day the report was submitted, is not accepted.

A ban decided on D holds `[D, D + years)`. It does not touch self-evaluations, reports submitted before the ban, or
listings: those are reviewed (`ban-reach`). Another agency or a self-evaluation heals it, time does not: the day of
submission stays what it is. A ban whose authority cannot be read may bind anybody: unknown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from graph_model.bilingual import Bilingual
from queries.law.evaluation import BanOnAgency, ReportFact
from queries.law.rule import EVERYONE, Decision, Rule, draft, fails, not_applicable, passes, unknown

if TYPE_CHECKING:
    from queries.law.rules import Rules

CITATION = draft(
    24,
    "发现弄虚作假、评价报告质量较差或不具备基本条件的第三方机构，三年内不予受理其出具的评价报告",
    "reports of an agency that cheats, works badly or is unqualified are not accepted for three years",
    paragraph=1,
)


class BannedAgencyFacts(NamedTuple):
    """The report that decides, and the bans on its agency decided by the day."""

    report: ReportFact | None = None
    bans: tuple[BanOnAgency, ...] = ()


def decide(facts: BannedAgencyFacts, rules: Rules) -> Decision:
    """Fail on a ban that covers the unit and the day of the report; leave open one that may."""
    report = facts.report
    if not rules.report_needed:
        return not_applicable("本规则集不要求评价报告", "this rule set asks for no report")
    if report is None or report.mode == "self":
        return not_applicable("没有第三方评价报告", "no third-party report")
    holding = [ban for ban in facts.bans if ban.covers is not False and _holds(ban, report, rules)]
    bans = "；".join(f"{ban.authority} {ban.decided or '日期未知'} 认定" for ban in holding)
    number, agency = report.number, report.agency
    if any(ban.covers and report.day and ban.decided for ban in holding):
        return fails(
            f"报告 {number} 提交时机构 {agency} 在不予受理期内（{bans}）", f"{number} falls in a ban: {bans}", _OTHER
        )
    if holding or agency is None:
        return unknown(f"报告 {number} 是否在不予受理期内未知", f"not known whether {number} falls in a ban", _SUPPLY)
    return passes(f"报告 {number} 提交时该机构不在不予受理期内", f"the agency of {number} was not banned then")


def _holds(ban: BanOnAgency, report: ReportFact, rules: Rules) -> bool:
    """Return whether a ban may hold on the day of a report; it may where one of the two days is unknown."""
    return report.day is None or ban.decided is None or ban.decided <= report.day < rules.ban_end(ban.decided)


_OTHER = Bilingual("改由其他机构评价，或采取自评价", "be evaluated by another agency, or by itself")
_SUPPLY = Bilingual(
    "补充机构、提交日期、单位所在地区、认定地区和认定日期",
    "supply agency, day of submission, region of the unit, and region and day of the ban",
)

RULE = Rule("D-24", CITATION, EVERYONE, BannedAgencyFacts, decide, needs=("report_needed", "ban_years"))
