"""D-11: an application rests on an evaluation report, by the unit itself or by a third party, which then is named.

One report decides: the latest by the day that was not refused. The 2016 plan asks for a third party qualified by then; the
national round of 2025 asks for no report. Whether it was accepted is not asked here (D-17.1), nor who may not evaluate (D-24).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from graph_model.bilingual import Bilingual
from queries.law.evaluation import MODES, ReportFact
from queries.law.rule import EVERYONE, Decision, Rule, draft, fails, not_applicable, passes, unknown

if TYPE_CHECKING:
    from queries.law.rules import Rules

CITATION = draft(
    11,
    "可采取自评价或委托具备评价能力的第三方机构开展评价的方式，编写评价报告后通过管理平台提交",
    "a report, by self-evaluation or by a capable third party, submitted on the platform",
)


class ReportFacts(NamedTuple):
    """The report that decides, those that were refused, and whether anybody's of the category is on record."""

    report: ReportFact | None = None
    refused: tuple[str, ...] = ()
    reports_loaded: bool = True


def decide(facts: ReportFacts, rules: Rules) -> Decision:
    """Ask for a report in a mode of the set; a third party is named and, where asked for, qualified by the day of the report."""
    report = facts.report
    if not rules.report_needed:
        return not_applicable("本规则集不要求评价报告", "this rule set asks for no report")
    if report is None:
        return _without(facts)
    if report.mode is None or (report.mode == "third_party" and report.agency is None):
        return unknown(
            f"报告 {report.number} 评价方式或机构未知", f"mode or agency of {report.number} unknown", _COMPLETE
        )
    if report.mode not in rules.value("report_modes"):
        mode = MODES[report.mode]
        return fails(f"报告 {report.number} 为{mode.zh}", f"{report.number} is by {mode.en}", _THIRD_PARTY)
    if report.mode == "third_party" and rules.value("agency_qualified"):
        return _qualified(report)
    return _named(report, facts)


def _without(facts: ReportFacts) -> Decision:
    """Decide without a report: one that was refused is none."""
    if not facts.reports_loaded:
        return unknown("未载入任何评价报告", "no reports are on record", Bilingual("载入评价报告", "load the reports"))
    beside = _beside(facts)
    return fails(f"没有评价报告{beside.zh}", f"no report{beside.en}", _EVALUATE)


def _named(report: ReportFact, facts: ReportFacts) -> Decision:
    mode, beside = MODES[str(report.mode)], _beside(facts)
    return passes(f"报告 {report.number}，{mode.zh}{beside.zh}", f"report {report.number}, by {mode.en}{beside.en}")


def _beside(facts: ReportFacts) -> Bilingual:
    """Return the refused reports, which count as none."""
    if not facts.refused:
        return Bilingual("", "")
    return Bilingual(
        f"（{'、'.join(facts.refused)} 不予受理，不计）", f" ({', '.join(facts.refused)} refused: no report)"
    )


def _qualified(report: ReportFact) -> Decision:
    """Decide on the qualification of the agency by the day of the report."""
    since, day = report.agency_qualified_on, report.day
    if since is None or day is None:
        return unknown(
            f"机构 {report.agency} 当时是否符合资质要求未知", "qualification of the agency unknown", _COMPLETE
        )
    if since > day:
        return fails(
            f"机构 {report.agency} 自 {since} 起方有资质", f"the agency is qualified only since {since}", _THIRD_PARTY
        )
    return passes(
        f"报告 {report.number}，机构当时符合资质要求", f"report {report.number} by an agency qualified by then"
    )


_COMPLETE = Bilingual(
    "补充评价方式、机构、报告日期和机构资质日期", "supply mode, agency, day of the report and of the qualification"
)
_THIRD_PARTY = Bilingual("委托符合资质要求的评价机构评价", "have a qualified third party evaluate")
_EVALUATE = Bilingual("完成评价并提交报告", "evaluate and submit a report")

RULE = Rule("D-11", CITATION, EVERYONE, ReportFacts, decide, needs=("report_needed", "report_modes"))
