"""D-11: an application rests on an evaluation report, by the unit itself or by a third party, which then is named.

The 2016 plan asks for a third party qualified by then; the national round of 2025 asks for no report. It does not say that the
report must have been accepted already (D-17.1), nor who may not evaluate (D-24).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from graph_model.bilingual import Bilingual
from queries.law.evaluation import MODES, ReportFact
from queries.law.rule import EVERYONE, Citation, Decision, Rule, SourceDocument, fails, not_applicable, passes, unknown

if TYPE_CHECKING:
    from queries.law.rules import Rules

CITATION = Citation(
    SourceDocument.DRAFT,
    11,
    None,
    Bilingual("自评价或委托第三方评价，形成评价报告", "a report, by self-evaluation or by a third party"),
)


class ReportFacts(NamedTuple):
    """The latest report in the category, and whether anybody's is on record."""

    report: ReportFact | None = None
    reports_loaded: bool = True


def decide(facts: ReportFacts, rules: Rules) -> Decision:
    """Ask for a report in a mode of the set; a third party is named and, where asked for, qualified by the day of the report."""
    report = facts.report
    if not rules.value("report_needed"):
        return not_applicable("本规则集不要求评价报告", "this rule set asks for no report")
    if report is None:
        return _NO_REPORT if facts.reports_loaded else _NOT_LOADED
    if report.mode is None or (report.mode == "third_party" and report.agency is None):
        return unknown(
            f"报告 {report.number} 评价方式或机构未知", f"mode or agency of {report.number} unknown", _COMPLETE
        )
    mode = MODES[report.mode]
    if report.mode not in rules.value("report_modes"):
        return fails(f"报告 {report.number} 为{mode.zh}", f"{report.number} is by {mode.en}", _THIRD_PARTY)
    if report.mode == "third_party" and rules.value("agency_qualified"):
        return _qualified(report)
    return passes(f"报告 {report.number}，{mode.zh}", f"report {report.number}, by {mode.en}")


def _qualified(report: ReportFact) -> Decision:
    """Decide on the qualification of the agency by the day of the report."""
    since, day = report.agency_qualified_on, report.day
    if since is None or day is None:
        return unknown(f"机构 {report.agency} 当时是否有资质未知", "qualification of the agency unknown", _COMPLETE)
    if since > day:
        return fails(
            f"机构 {report.agency} 至 {since} 才有资质", f"the agency is qualified only since {since}", _THIRD_PARTY
        )
    return passes(f"报告 {report.number}，机构当时有资质", f"report {report.number} by an agency qualified by then")


_COMPLETE = Bilingual(
    "补充评价方式、机构、报告日期和机构资质日期", "supply mode, agency, day of the report and of the qualification"
)
_THIRD_PARTY = Bilingual("由具备资质的第三方机构评价", "have a qualified third party evaluate")
_NO_REPORT = fails("没有评价报告", "no report", Bilingual("完成评价并提交报告", "evaluate and submit a report"))
_NOT_LOADED = unknown("未载入任何评价报告", "no reports are on record", Bilingual("载入评价报告", "load the reports"))

RULE = Rule("D-11", CITATION, EVERYONE, ReportFacts, decide, needs=("report_needed", "report_modes"))
