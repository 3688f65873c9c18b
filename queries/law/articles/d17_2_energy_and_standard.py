"""D-17.2: factories with energy use at the benchmark are preferred, evaluated by the standard that held on the day of the report.

优先 bars nobody: another level, or none on record, is a warning. It does not name standards of single industries.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from graph_model.bilingual import Bilingual
from queries.law.evaluation import ReportFact
from queries.law.rule import FACTORY, Citation, Decision, Rule, SourceDocument, passes, warns

if TYPE_CHECKING:
    from queries.law.rules import Rules

CITATION = Citation(
    SourceDocument.DRAFT,
    17,
    2,
    Bilingual("优先推荐能效达到标杆水平、先进值或 1 级的工厂", "factories at the energy benchmark are preferred"),
)


class EnergyAndStandardFacts(NamedTuple):
    """Energy level, and the latest report."""

    energy_level: str | None = None
    report: ReportFact | None = None


def decide(facts: EnergyAndStandardFacts, rules: Rules) -> Decision:
    """Warn on the level, on the standard, or on both."""
    level, report = facts.energy_level, facts.report
    zh, en = [], []
    if level not in rules.value("energy_levels"):
        zh.append(f"能效水平{'未填' if level is None else f'为 {level}'}，不在优先之列")
        en.append(f"energy level {level or 'not given'} is not a preferred one")
    wanted = rules.value("standard", on=report.day) if report and report.day else None
    if report and (wanted is None or not report.follows(wanted)):
        zh.append(
            f"报告 {report.number} 所依标准为 {report.standard or '未填'}，当时应为 {wanted or '（报告日期未知）'}"
        )
        en.append(f"{report.number} follows {report.standard or 'no standard given'}, not {wanted or '(day unknown)'}")
    return warns("；".join(zh), "; ".join(en)) if zh else passes(f"能效水平 {level}", f"energy level {level}")


RULE = Rule("D-17.2", CITATION, (FACTORY,), EnergyAndStandardFacts, decide, needs=("energy_levels", "standard"))
