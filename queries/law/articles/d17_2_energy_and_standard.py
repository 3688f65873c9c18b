"""D-17.2: factories with energy use at the benchmark are preferred, evaluated by the standard that held on the day of the report.

In the key fields of industry the benchmark (标杆水平) is preferred, elsewhere also the advanced value (先进值) or grade 1. 优先
bars nobody: another level, or none on record, is a warning. A standard of one industry (its name says 绿色工厂评价) is right for
that industry; of GB/T 36132 the edition has to fit the day of the report.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from graph_model.bilingual import Bilingual
from graph_model.values.coded import ENERGY_LEVELS
from queries.law.evaluation import GENERAL_STANDARD, ReportFact
from queries.law.rule import FACTORY, Decision, Rule, draft, not_applicable, passes, warns

if TYPE_CHECKING:
    from queries.law.rules import Rules

CITATION = draft(
    17,
    "工业重点领域优先推荐能效水平达到……标杆水平的工厂，其他行业优先推荐达到……先进值或1级水平的工厂",
    "preferred: in key fields the energy benchmark, elsewhere the advanced value or grade 1",
    paragraph=1,
)


class EnergyAndStandardFacts(NamedTuple):
    """Energy level, industry code, and the report that decides."""

    energy_level: str | None = None
    industry_code: str | None = None
    report: ReportFact | None = None


def decide(facts: EnergyAndStandardFacts, rules: Rules) -> Decision:
    """Warn on the level, on the standard, or on both."""
    if facts.report is None and not rules.report_needed:
        return not_applicable("没有评价报告，本规则集不要求", "no report, and this rule set asks for none")
    remarks = [remark for remark in (_level(facts, rules), _standard(facts.report, rules)) if remark is not None]
    zh, en = "；".join(remark.zh for remark in remarks), "; ".join(remark.en for remark in remarks)
    own = facts.report is not None and facts.report.standard_of_industry
    of_industry = ("，按行业标准评价（供参考）", ", by the standard of its industry") if own else ("", "")
    level = facts.energy_level
    return (
        warns(zh, en)
        if remarks
        else passes(f"能效水平{level}{of_industry[0]}", f"energy level {level}{of_industry[1]}")
    )


def _level(facts: EnergyAndStandardFacts, rules: Rules) -> Bilingual | None:
    """Return why the level is not preferred, None where it is."""
    meaning = ENERGY_LEVELS.meaning(facts.energy_level)
    fields = tuple(rules.value("key_fields") or ())
    code = (facts.industry_code or "").lstrip(_LETTERS)
    in_key_field = bool(code) and any(code.startswith(field) or field.startswith(code) for field in fields)
    wanted = rules.value("key_field_energy_levels" if in_key_field else "energy_levels")
    if meaning in wanted:
        return None
    level = facts.energy_level
    field = "（工业重点领域）" if in_key_field else ""
    return Bilingual(
        f"能效水平{'未填' if level is None else f'为{level}'}，不属优先推荐{field}",
        f"energy level {level or 'not given'} is not a preferred one{' in a key field' if in_key_field else ''}",
    )


def _standard(report: ReportFact | None, rules: Rules) -> Bilingual | None:
    """Return what is wrong with the standard, None where nothing is or there is no report."""
    if report is None or report.standard_of_industry:
        return None
    wanted = rules.value("standard", on=report.day) if report.day else None
    if wanted is not None and report.follows(wanted):
        return None
    given = report.standard or "未填"
    asked = f"当时应为 {wanted}" if wanted else f"报告日期未知，无法核对 {GENERAL_STANDARD} 的版本"
    return Bilingual(
        f"报告 {report.number} 的评价标准为 {given}，{asked}",
        f"{report.number} follows {report.standard or 'no standard given'}, not {wanted or '(day unknown)'}",
    )


_LETTERS = "ABCDEFGHIJKLMNOPQRST"

RULE = Rule(
    "D-17.2",
    CITATION,
    (FACTORY,),
    EnergyAndStandardFacts,
    decide,
    needs=("energy_levels", "key_field_energy_levels", "standard"),
)
