"""Who may be recommended, why not, and when: the rules of a day over the subjects of a category.

`assess` gives an `Assessment` of two answers: `findings`, one row per unit and rule, and `verdicts`, one row per unit.
Facts are gathered for all units at once and decided once per distinct combination, so all units take seconds, and one unit
alone gives the same findings.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

import numpy as np
from pydantic import BaseModel, ConfigDict

from graph_model.bilingual import Bilingual
from graph_model.errors import NotInRuleSetError, NotOnRecordError, UsageError, named_option
from graph_model.kinds import NODE_KINDS
from graph_model.tiers import CATEGORY_ZH, Category, Tier
from queries.asking.caveats import ViewCaveats, outside_note
from queries.asking.find_unit import find_leader, find_park
from queries.asking.options import CategoryOption, option
from queries.eligibility.assessment import Assessment
from queries.eligibility.assessment_table import AssessmentMatrix
from queries.eligibility.facts.looked_up import kinds_nobody_looked_up
from queries.eligibility.facts.subjects import Subjects
from queries.eligibility.handed_scores import handed_scores, scores_note
from queries.eligibility.judging import judged
from queries.law.negative_list import kind_words
from queries.law.rulebook import RULES
from queries.law.rules import Rules
from queries.law.ruleset import DRAFT_SINCE, RULESETS, ruleset_for
from queries.measures.parks import shown_parks

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from graph_model.view import View
    from queries.eligibility.evidence import Origins
    from queries.law.rule import Rule

PropagationOption = Literal["text", "literal", "serious", "off"]
AssessTier = Literal["city", "provincial", "national"]


class AssessOptions(BaseModel):
    """What is assessed, and by which rules."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    unit: str | None = option(
        None, "单位名称、统一社会信用代码或编号；不写为全部", "name, credit code or id; else all units"
    )
    category: CategoryOption = option("factory", "申报类别", "category applied for")
    tier: AssessTier = option("provincial", "申报层级", "tier applied for")
    rules: str | None = option(
        None,
        f"规则集：{'、'.join(RULESETS)}；不写时 {DRAFT_SINCE} 前为 js-2016，其后为 js-draft",
        f"rule set; else js-2016 before {DRAFT_SINCE} and js-draft from then on",
    )
    rules_file: str | None = option(None, "自己的规则集文件（YAML）", "a rule set file of your own (YAML)")
    scores: str | None = option(
        None,
        "评分结果（ask scheme 的 csv），代替评价报告所填的得分、满分和基本要求",
        "scores (a csv answer of scheme) in place of what the reports say of score, scale and basics",
    )
    park_propagation: PropagationOption | None = option(
        None,
        "园区内企业的情形计入园区：六项均计入、第二至六项计入、仅计重大及以上、不计入；不写时按规则集",
        "how facts of tenants reach their park; else as the rule set says",
    )


def assess(view: View, origins: Origins, snapshot: str, options: AssessOptions) -> Assessment:
    """Assess one unit or all of a category; UsageError for a unit, a category or rules that do not fit."""
    rules = rules_of(view, options)
    category = Category(options.category)
    table = NODE_KINDS[category.unit].table
    scores = handed_scores(view, table, options.scores) if options.scores else {}
    subjects = Subjects(view, subject_rows(view, category, options.unit), category, rules, scores)
    applied = rules_applied(rules, category)
    sheet = AssessmentMatrix(
        subjects, Tier.of(options.tier), tuple(judged(rule, subjects, options.tier) for rule in applied)
    )
    chosen = options.model_dump() | {"rules": rules.set.id, "park_propagation": rules.park_propagation}
    notes = [*_notes(view, rules, options), *([scores_note(scores)] if options.scores else [])]
    return Assessment(sheet, origins, snapshot, chosen, tuple(notes))


def rules_of(view: View, options: AssessOptions) -> Rules:
    """Return the rules that the options mean; UsageError for a set that is not in force or does not know the category."""
    rules = ruleset_for(view.day, options.rules, options.rules_file, options.park_propagation)
    rules = replace(rules, tier=options.tier)
    zh, en = CATEGORY_ZH[Category(options.category)], options.category
    if not rules.in_force:
        other = named_option("rules")
        raise UsageError(
            f"规则集 {rules.set.id} 在 {view.day} 不适用（{rules.set.valid_from} 起）；可用 {other} 指明别的规则集",
            f"the rule set {rules.set.id} is not in force on {view.day} (from {rules.set.valid_from}); name another with {other}",
        )
    if options.category not in rules.set.categories:
        raise NotInRuleSetError(rules.set.id, Bilingual(f"关于{zh}的规定", f"rule about {en}"), rules.set.categories)
    return rules


def rules_applied(rules: Rules, category: Category) -> list[Rule]:
    """Return the rules of a set that are about a category, in the order of the rule book."""
    return [rule for rule in RULES.values() if rule.id in rules.set.rules and category.value in rule.categories]


def subject_rows(view: View, category: Category, unit: str | None = None) -> NDArray[np.intp]:
    """Return the unit asked for, else every one on record that is not known to be outside."""
    if unit is not None:
        return np.array([find_subject(view, category, unit)], dtype=np.intp)
    if category is Category.PARK:
        return shown_parks(view)
    if category is Category.SUPPLY_CHAIN:
        return view.facts.leaders.astype(np.intp)
    return np.flatnonzero(view.facts.on_record("enterprises") & ~view.graph.outside("enterprises"))


def find_subject(view: View, category: Category, unit: str) -> int:
    """Return the row of a unit that may apply in a category; UsageError where it is not on record, or of another kind."""
    if category is Category.PARK:
        return find_park(view, unit)
    if category is Category.SUPPLY_CHAIN:
        return find_leader(view, unit)
    row = _enterprise(view, unit)
    if not view.facts.on_record("enterprises")[row]:
        raise NotOnRecordError(Bilingual("企业", "enterprise"), unit, view.day)
    return row


def _enterprise(view: View, unit: str) -> int:
    """Return the row of an enterprise; the UsageError says so where the name is a park's."""
    try:
        return view.graph.find(unit, "enterprises")
    except UsageError as unknown:
        try:
            view.graph.find(unit, "parks")
        except UsageError:
            raise unknown from None
        category = f"{named_option('category')} park"
        raise UsageError(f"“{unit}”是园区，请加 {category}", f"{unit!r} is a park: add {category}") from None


def _notes(view: View, rules: Rules, options: AssessOptions) -> list[Bilingual]:
    mark = rules.set.mark
    notes = [Bilingual(f"规则集：{mark.zh}", f"rule set: {mark.en}"), *_nobody_looked_up(view, rules)]
    if conditions := rules.set.by_person.get(options.category):
        zh, en = "；".join(each.zh for each in conditions), "; ".join(each.en for each in conditions)
        notes.append(Bilingual(f"需人工核对：{zh}。", f"for a person to check: {en}."))
    if options.unit is None:
        notes += outside_note(ViewCaveats(view), NODE_KINDS[Category(options.category).unit].table)
    return notes


def _nobody_looked_up(view: View, rules: Rules) -> list[Bilingual]:
    """Say once which kinds of the negative list nobody has on record and nobody looked up."""
    if not rules.in_force:
        return []
    kinds = [kind_words(kind) for kind in kinds_nobody_looked_up(view, rules)]
    if not kinds:
        return []
    zh, en = "、".join(kind[0] for kind in kinds), ", ".join(kind[1] for kind in kinds)
    return [
        Bilingual(
            f"未载入、也未核查的情形：{zh}。载入相应名录，或在“核查记录”中登记查询日期；在此之前相关各条均为未知。",
            f"kinds neither loaded nor looked up: {en}. Load records of them, or an attestation that they were looked up; until "
            "then the rules about them are unknown.",
        )
    ]
