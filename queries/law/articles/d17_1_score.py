"""D-17.1: the report that decides (D-11) was accepted, meets the basic requirements, and reaches the score where one is set.

The 2016 plan sets scores: factories 20 of 50, parks 80, leaders 80 (20.0 itself passes). Scores of another scale are **not**
converted. The draft and the national measures name no score; an office may set one in a rules file, with its own source. A
report that waits for acceptance (评审中) decides nothing yet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from graph_model.bilingual import Bilingual
from queries.law.evaluation import ReportFact
from queries.law.rule import FACTORY, LEADER, PARK, Decision, Rule, draft, fails, not_applicable, passes, unknown

if TYPE_CHECKING:
    from queries.law.rules import Rules

CITATIONS = {
    FACTORY: draft(
        17,
        "已纳入工信部发布的绿色工厂建设标准清单……的行业，按照相应标准进行评价，"
        "不在清单范围的行业依据《绿色工厂评价通则》（GB/T 36132）进行评价",
        "evaluated by the standard of its industry, else by GB/T 36132",
        paragraph=1,
    ),
    PARK: draft(
        17, "依据《绿色工业园区评价要求》……进行评价", "evaluated by the requirements for green parks", paragraph=3
    ),
    LEADER: draft(
        17,
        "国家层面已发布绿色供应链管理企业行业指标体系的按照指标体系进行评价，"
        "未发布行业指标体系的依据《绿色供应链管理企业评价要求》……进行评价",
        "evaluated by the indicators of its industry, else by the requirements for leaders",
        paragraph=5,
    ),
}


class ScoreFacts(NamedTuple):
    """The category, the report that decides, and whether anybody's of the category is on record."""

    category: str = FACTORY
    report: ReportFact | None = None
    reports_loaded: bool = True


def decide(facts: ScoreFacts, rules: Rules) -> Decision:
    """Fail what is too low or lacks the basics; leave open what is missing, waits, or is of another scale."""
    report = facts.report
    if report is None:
        return _without(facts, rules)
    if not report.accepted:
        return unknown(f"报告 {report.number} 评审中", f"{report.number} is under review", _WAIT)
    if report.basic_ok is False:
        zh = f"报告 {report.number} 不满足基本要求{_source(report)}"
        return fails(zh, f"{report.number}: basic requirements not met{_source(report)}", _IMPROVE)
    measured = _measured(facts.category, report, rules)
    if measured is not None:
        return measured
    if report.basic_ok is None:
        return unknown(f"报告 {report.number} 基本要求未知", f"{report.number}: basic requirements unknown", _BASICS)
    return _met(report)


def _met(report: ReportFact) -> Decision:
    score = ("", "") if report.score is None else (f"，得分 {report.score:g}", f", score {report.score:g}")
    zh = f"报告 {report.number} 已受理，满足基本要求{score[0]}{_source(report)}"
    return passes(zh, f"{report.number} accepted, basics met{score[1]}{_source(report)}")


def _source(report: ReportFact) -> str:
    """Return where the score was read, where it was handed in beside the report."""
    return "" if report.score_from is None else f"（{report.score_from}）"


def _without(facts: ScoreFacts, rules: Rules) -> Decision:
    if not rules.report_needed:
        return not_applicable("没有评价报告，本规则集不要求", "no report, and this rule set asks for none")
    return unknown("没有已受理的评价报告", "no accepted report", _SUBMIT if facts.reports_loaded else _LOAD)


def _measured(category: str, report: ReportFact, rules: Rules) -> Decision | None:
    """Return why the score does not do, None where it does or no score is set."""
    floor = rules.entry(_FLOORS[category])
    scale = rules.value("factory_score_max") if category == FACTORY else None
    if floor is None:
        return None
    if report.score is None or (scale is not None and report.score_max != scale):
        zh = (
            f"报告 {report.number} 得分未填，或满分不是 {scale:g}，不能套用分值"
            if scale
            else f"报告 {report.number} 得分未填"
        )
        return unknown(zh, f"{report.number}: no score, or of another scale", _SCORES)
    if report.score >= floor.value:
        return None
    zh = f"报告 {report.number} 得分 {report.score:g}{_source(report)}，不足 {floor.value:g}（{floor.source}）"
    return fails(zh, f"{report.number}: score {report.score:g}, below {floor.value:g}", _IMPROVE)


_FLOORS = {FACTORY: "factory_score", PARK: "park_score", LEADER: "leader_score"}
_SUBMIT = Bilingual("提交评价报告，待受理", "submit a report and have it accepted")
_LOAD = Bilingual("载入评价报告", "load the reports")
_WAIT = Bilingual("待评审受理，补充受理结果", "wait for the review, supply its outcome")
_BASICS = Bilingual("补充基本要求核查结果", "supply whether the basic requirements are met")
_SCORES = Bilingual("补充得分和满分", "supply score and scale")
_IMPROVE = Bilingual("整改后重新评价", "improve and be evaluated again")

RULE = Rule("D-17.1", CITATIONS, (FACTORY, PARK, LEADER), ScoreFacts, decide)
