"""D-17.1: the latest accepted report reaches the score of its category.

Factories: 20 of 50, with the basic requirements met; parks: 80; chain leaders: 80 (values of the rule set). The score
itself is enough (20.0 passes). Scores of another scale are **not** converted: whoever has a report out of 100 has to supply
the one out of 50. A report that waits for acceptance decides nothing yet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from graph_model.bilingual import Bilingual
from queries.law.evaluation import ReportFact
from queries.law.rule import EVERYONE, FACTORY, PARK, Citation, Decision, Rule, SourceDocument, fails, passes, unknown

if TYPE_CHECKING:
    from queries.law.rules import Rules

CITATION = Citation(
    SourceDocument.DRAFT, 17, 1, Bilingual("评价报告得分达到要求", "the report reaches the score of its category")
)


class ScoreFacts(NamedTuple):
    """The category, and the latest report in it that has been accepted by the day."""

    category: str = FACTORY
    accepted: ReportFact | None = None


def decide(facts: ScoreFacts, rules: Rules) -> Decision:
    """Fail what is too low or lacks the basics; leave open what is missing or of another scale."""
    report, of_factory, floor = facts.accepted, facts.category == FACTORY, _floor(facts, rules)
    if report is None:
        return unknown("没有已受理的评价报告", "no accepted report", _SUBMIT)
    if of_factory and report.basic_ok is False:
        return fails(f"报告 {report.number} 基本要求不符合", f"{report.number}: basic requirements not met", _IMPROVE)
    if of_factory and report.score_max != rules.value("factory_score_max"):
        return unknown(f"报告 {report.number} {_OTHER_SCALE.zh}", f"{report.number}: {_OTHER_SCALE.en}", _SCORES)
    if report.score is not None and report.score < floor:
        return fails(f"得分 {report.score:g}，不足 {floor:g}", f"score {report.score:g}, below {floor:g}", _IMPROVE)
    if report.score is None or (of_factory and report.basic_ok is None):
        return unknown(f"报告 {report.number} 得分或基本要求未知", f"{report.number}: score or basics unknown", _SCORES)
    return passes(f"得分 {report.score:g}", f"score {report.score:g}")


def _floor(facts: ScoreFacts, rules: Rules) -> float:
    """Return the least score of the category."""
    names = {FACTORY: "factory_score", PARK: "park_score"}
    return float(rules.value(names.get(facts.category, "leader_score")))


_SUBMIT = Bilingual("提交报告并等待受理", "submit a report and have it accepted")
_OTHER_SCALE = Bilingual(
    "的满分未填或与规则不同，不能套用分值", "score_max is missing or not the one of the rule: not applied"
)
_SCORES = Bilingual("补充得分、满分和基本要求", "supply score, scale and basic requirements")
_IMPROVE = Bilingual("整改后重新评价", "improve and be evaluated again")

RULE = Rule(
    "D-17.1",
    CITATION,
    EVERYONE,
    ScoreFacts,
    decide,
    needs=("factory_score", "factory_score_max", "park_score", "leader_score"),
)
