"""Whose verdict flips between two rule sets, and which clause causes it? One row per unit and clause. RULES, "Rule sets"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from graph_model.bilingual import Bilingual
from graph_model.errors import UsageError
from graph_model.kinds import NODE_KINDS
from graph_model.tiers import Category, Tier
from queries.answers.columns import columns
from queries.answers.frame import city_names, unit_column
from queries.asking.caveats import ViewCaveats, outside_note
from queries.asking.options import CategoryOption, option
from queries.asking.question import EVERY_FILTER, Options, Question
from queries.eligibility.assess import AssessOptions, AssessTier, PropagationOption, rules_applied, rules_of
from queries.eligibility.facts.subjects import Subjects
from queries.eligibility.judging import judged
from queries.law.rule import Outcome
from queries.law.rulebook import RULES
from queries.measures.regions import units_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from graph_model.view import View
    from queries.eligibility.judging import RuleDecisions
    from queries.law.rules import Rules

COLUMNS = columns(
    "unit_id", "unit", "city", "category", "tier@applied", "verdict_a", "verdict_b", "rule@flip", "clause@flip", "outcome_a",
    "outcome_b", "reason_a", "reason_b",
)  # fmt: skip
VERDICTS = ("yes", "unclear", "no")
"""May be recommended; nothing fails but something is unknown; something fails."""
_RANK = {Outcome.UNKNOWN: 1, Outcome.FAIL: 2}


class RuleCompareOptions(Options):
    """The two sets, and what is applied for."""

    a: str | None = option("js-2016", "规则集甲", "the first rule set")
    a_file: str | None = option(None, "规则集甲的文件（YAML），代替 a", "a file for the first rule set, in place of a")
    b: str | None = option("js-draft", "规则集乙", "the second rule set")
    b_file: str | None = option(None, "规则集乙的文件（YAML），代替 b", "a file for the second rule set, in place of b")
    unit: str | None = option(None, "只看该单位", "only this unit")
    category: CategoryOption = option("factory", "申报类别", "category applied for")
    tier: AssessTier = option("provincial", "申报层级", "tier applied for")
    park_propagation: PropagationOption | None = option(
        None, "园区内企业的情形如何计入园区", "how facts of tenants count against their park"
    )


def sides(view: View, options: RuleCompareOptions) -> tuple[Rules, Rules]:
    """Return the two rule sets; UsageError where one is not in force on the day or does not know the category."""

    def one(id: str | None, file: str | None) -> Rules:
        return rules_of(
            view,
            AssessOptions(
                unit=options.unit,
                category=options.category,
                tier=options.tier,
                rules=None if file else id,
                rules_file=file,
                park_propagation=options.park_propagation,
            ),
        )

    return one(options.a, options.a_file), one(options.b, options.b_file)


def in_memory(view: View, options: RuleCompareOptions) -> pd.DataFrame:
    """Decide every rule on every unit by both sets, and keep what flips with what causes it."""
    category = Category(options.category)
    rows = _rows(view, category, options.unit)
    rules_a, rules_b = sides(view, options)
    of_a, of_b = (
        {decided.rule.id: decided for decided in _decided(view, rows, category, rules, options.tier)}
        for rules in (rules_a, rules_b)
    )
    rank_a, rank_b = (_ranks(decided, len(rows)) for decided in (of_a, of_b))
    verdict_a, verdict_b = (
        np.max([*ranks.values(), np.zeros(len(rows))], axis=0).astype(int) for ranks in (rank_a, rank_b)
    )
    worse = np.maximum(verdict_a, verdict_b)
    listed = view.highest(category, category.unit)[rows] >= Tier.of(options.tier)
    flips = (verdict_a != verdict_b) & ~listed  # Who is listed already is so under any rules.
    table = NODE_KINDS[category.unit].table
    parts = []
    for rule in [*of_a, *(id for id in of_b if id not in of_a)]:
        none = np.zeros(len(rows), dtype=np.int64)
        under_a, under_b = rank_a.get(rule, none), rank_b.get(rule, none)
        # The cause is a rule that gives the worse verdict its rank, and is better under the other set.
        causes = (
            flips
            & (under_a != under_b)
            & (np.maximum(under_a, under_b) == worse)
            & ((under_a > under_b) == (verdict_a > verdict_b))
        )
        at = np.flatnonzero(causes)
        told_a, told_b = _told(of_a.get(rule), at), _told(of_b.get(rule), at)
        parts.append(
            pd.DataFrame(
                {
                    "unit_id": unit_column(view.graph, table, "id", rows[at]),
                    "unit": unit_column(view.graph, table, "name", rows[at]),
                    "city": city_names(view.graph, table, rows[at]),
                    "category": category.value,
                    "tier": options.tier,
                    "verdict_a": np.array(VERDICTS, dtype=object)[verdict_a[at]],
                    "verdict_b": np.array(VERDICTS, dtype=object)[verdict_b[at]],
                    "rule": rule,
                    "clause": _words_of(rule, rules_a if rule in of_a else rules_b, category),
                    "outcome_a": told_a[0],
                    "outcome_b": told_b[0],
                    "reason_a": told_a[1],
                    "reason_b": told_b[1],
                }
            )
        )
    return pd.concat(parts, ignore_index=True)


def _rows(view: View, category: Category, unit: str | None) -> Any:
    """Return the units of a category that are on record and not outside, or the one asked for."""
    rows = units_of(view, category, "all").rows
    if unit is None:
        return rows
    unit_rows = rows[rows == view.graph.find(unit, NODE_KINDS[category.unit].table)]
    if not len(unit_rows):
        raise UsageError(
            f"“{unit}”在 {view.day} 不是这一类别的省内单位",
            f"{unit!r} is no unit of this category in the province on {view.day}",
        )
    return unit_rows


def _decided(view: View, rows: NDArray[Any], category: Category, rules: Rules, tier: str) -> list[RuleDecisions]:
    subjects = Subjects(view, rows, category, rules)
    return [judged(rule, subjects, tier) for rule in rules_applied(rules, category)]


def _ranks(decided: dict[str, RuleDecisions], size: int) -> dict[str, NDArray[np.int64]]:
    """Return per rule how it bars each unit: 2 fails, 1 unknown, 0 not."""
    ranks = {}
    for rule, decisions in decided.items():
        by_decision = np.array(
            [_RANK.get(decision.outcome, 0) for decision in decisions.decisions] or [0], dtype=np.int64
        )
        ranks[rule] = by_decision[decisions.codes] if size else np.zeros(0, dtype=np.int64)
    return ranks


def _told(one: RuleDecisions | None, at: NDArray[Any]) -> tuple[list[str | None], list[str | None]]:
    """Return outcome and reason of a rule on some units; a set without the rule says nothing."""
    if one is None:
        return [None] * len(at), [None] * len(at)
    decisions = [one.decisions[code] for code in one.codes[at].tolist()]
    return [decision.outcome.value for decision in decisions], [decision.reason.zh for decision in decisions]


def _words_of(rule: str, rules: Rules, category: Category) -> str:
    return f"{RULES[rule].place(rules, category.value)}：{RULES[rule].words(rules, category.value).zh}"


def conclude(facts: pd.DataFrame, _options: RuleCompareOptions) -> pd.DataFrame:
    """Order by unit and rule."""
    table = facts.sort_values(["unit_id", "rule"], kind="stable").reset_index(drop=True)
    return pd.DataFrame({column.name: table[column.name].astype("str") for column in COLUMNS})


def notes(view: View, options: RuleCompareOptions) -> list[Bilingual]:
    """Say which sets were compared."""
    a, b = (rules.set.mark for rules in sides(view, options))
    return [
        Bilingual(f"甲：{a.zh}；乙：{b.zh}", f"a: {a.en}; b: {b.en}"),
        *outside_note(ViewCaveats(view), NODE_KINDS[Category(options.category).unit].table),
    ]


QUESTION = Question(
    name="rule-compare",
    title=Bilingual("规则集对照", "two rule sets compared"),
    definition=Bilingual(
        "在甲、乙两个规则集下结论不同的单位，每个造成不同的条款一行。结论：可以推荐；待补资料（没有不符合，但有未知）；不可推荐（有不符合）；"
        "已列入的单位在哪个规则集下都已列入，不比较。造成不同的，是使较差结论成立、而在另一规则集下较好（或没有）的条款。",
        "units whose verdict differs between the sets a and b, one row per clause that causes it. Verdicts: yes may be "
        "recommended; unclear nothing fails but something is unknown; no something fails. The cause is a clause that makes the "
        "worse verdict and is better, or absent, under the other set.",
    ),
    columns=COLUMNS,
    clause_ids=(),
    options=RuleCompareOptions,
    row_id="unit_id",
    filters=EVERY_FILTER,
    in_memory=in_memory,
    conclude=conclude,
    notes_in_memory=notes,
    place=130,
)
