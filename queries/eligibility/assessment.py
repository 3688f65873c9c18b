"""An assessment as two answers: findings, one row per unit and rule, and verdicts, one row per unit."""

from __future__ import annotations

from dataclasses import dataclass
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
    "逐条判定：通过、不符合、提醒（原则上、优先等）、未知（缺少所需事实，绝不视为通过）、不适用。没有“不符合”也没有“未知”的单位可以推荐；"
    "“最早日期”是时间能消除的不符合项全部消除的第一天，有须办理的事项时为空。",
    "each rule decides pass, fail, warn (soft words), unknown (a needed fact is missing: never a pass) or not applicable. A "
    "unit may be recommended when nothing fails and nothing is unknown; `earliest` is the first day on which all failures "
    "that time heals are healed, null where some failure needs an act.",
)
_UNIT = ("unit_id", "unit", "uscc", "city", "category", "tier")
FINDING_COLUMNS = columns(
    *_UNIT, "rule", "clause", "outcome", "reason@finding", "reason_en", "evidence@finding", "earliest", "act", "act_en"
)
VERDICT_COLUMNS = columns(
    *_UNIT, "rules@set", "recommended", "blocking", "unclear", "warnings", "earliest@verdict", "act", "act_en"
)


@dataclass(frozen=True)
class Assessment:
    """What the rules of a day decide on the units of a category. Each table is made when first asked for."""

    sheet: AssessmentMatrix
    origins: Origins
    snapshot: str
    options: Mapping[str, object]
    notes: tuple[Bilingual, ...]

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
            cited=tuple(_clause(rule, subjects.rules) for rule in applied),
        )


def _clause(rule: Rule, rules: Rules) -> Clause:
    verified = not rules.set.draft and all(entry.verified for name in rule.needs if (entry := rules.entry(name)))
    words, source = rule.citation.words, rule.place(rules)
    return Clause(id=rule.id, zh=words.zh, en=words.en, source=source, verified=verified)
