"""An assessment as two answers: findings, one row per unit and rule, and verdicts, one row per unit."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from graph_model.bilingual import Bilingual
from graph_model.tiers import CATEGORY_ZH, TIER_ZH
from queries.answers.answer import Answer
from queries.answers.clauses import Clause
from queries.answers.columns import columns
from queries.eligibility.assessment_table import findings_table, verdicts_table

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from queries.answers.column import Column
    from queries.eligibility.assessment_table import AssessmentMatrix
    from queries.eligibility.evidence import Origins
    from queries.law.rule import Rule
    from queries.law.rules import Rules


FINDINGS = Bilingual("申报条件逐条核对", "findings, rule by rule")
VERDICTS = Bilingual("可否推荐", "who may be recommended")
DEFINITION = Bilingual(
    "逐条判定：通过、不符合、提醒（原则上、优先等）、未知（缺少所需事实，绝不视为通过）、不适用。结论：已列入（当日已在该类别本级或更高层级名单内）；"
    "可以推荐（没有不符合也没有未知）；待补资料（没有不符合，但有未知）；不可推荐（有不符合）。“最早日期”是随时间消除的不符合项全部消除的第一天；"
    "有须办理的事项、有未知或已列入时为空。",
    "each rule decides pass, fail, warn (soft words), unknown (a needed fact is missing: never a pass) or not applicable. The "
    "verdict is listed (on a list of the category at the tier or above on the day), yes (nothing fails, nothing is unknown), "
    "unclear (something is unknown, nothing fails) or no. `earliest` is the first day on which all failures that time heals are "
    "healed; null where one needs an act, where something is unknown, and for who is listed.",
)
_UNIT = ("unit_id", "unit", "uscc", "city", "category", "tier")
FINDING_COLUMNS = columns(
    *_UNIT, "rule", "clause", "outcome", "reason@finding", "reason_en", "evidence@finding", "earliest", "act", "act_en"
)
VERDICT_COLUMNS = columns(
    *_UNIT, "rules@set", "verdict", "blocking", "unclear", "warnings", "earliest@verdict", "act", "act_en"
)


@dataclass(frozen=True)
class Assessment:
    """What the rules of a day decide on the units of a category. Each table is made when first asked for."""

    sheet: AssessmentMatrix
    origins: Origins
    snapshot: str
    options: Mapping[str, object]
    notes: tuple[Bilingual, ...]
    sources: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def findings(self) -> Answer:
        """Return one row per unit and rule."""
        return self._answer(FINDINGS, findings_table(self.sheet, self.origins), FINDING_COLUMNS)

    @cached_property
    def verdicts(self) -> Answer:
        """Return one row per unit."""
        return self._answer(VERDICTS, verdicts_table(self.sheet), VERDICT_COLUMNS)

    def _repr_html_(self) -> str:
        return self.verdicts._repr_html_() + self.findings._repr_html_()

    def _answer(self, title: Bilingual, table: pd.DataFrame, columns: tuple[Column, ...]) -> Answer:
        subjects, tier = self.sheet.subjects, self.sheet.tier
        applied = [one.rule for one in self.sheet.judged]
        zh = f"{TIER_ZH[tier]}{CATEGORY_ZH[subjects.category]}{title.zh}"
        return Answer(
            question="assess",
            title=Bilingual(zh, f"{title.en}: {tier.id} {subjects.category.value}"),
            table=table,
            columns=columns,
            definition=DEFINITION,
            clause_ids=tuple(rule.id for rule in applied),
            notes=self.notes,
            as_of=subjects.view.day,
            snapshot=self.snapshot,
            options=self.options,
            cited=tuple(_clause(rule, subjects.rules, subjects.category.value) for rule in applied),
            sources=self.sources,
        )


def _clause(rule: Rule, rules: Rules, category: str) -> Clause:
    verified = not rules.set.draft and all(entry.verified for name in rule.needs if (entry := rules.entry(name)))
    words = rule.words(rules, category)
    return Clause(id=rule.id, zh=words.zh, en=words.en, source=rule.place(rules, category), verified=verified)
