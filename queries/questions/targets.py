"""Which published goals are reached, and how many are short? One row per goal."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from graph_model.bilingual import Bilingual
from graph_model.column_types import UNKNOWN_MONEY
from graph_model.days import number
from graph_model.tiers import CATEGORIES, Category, Tier
from queries.answers.columns import columns
from queries.answers.frame import counts, days, flags, money
from queries.answers.shares import share
from queries.asking.options import option
from queries.asking.question import Options, Question
from queries.law.goals.goals import Goal, read_goals, shipped_goals
from queries.measures.tally import membership, outputs

if TYPE_CHECKING:
    from graph_model.view import View

COLUMNS = columns(
    "goal_id", "goal", "category", "tier@goal", "by", "counted_on", "target_count", "count", "short", "target_share",
    "share@goal", "output_known", "output_base", "output_green", "attained", "source", "verified",
)  # fmt: skip
YES, NO, UNKNOWN = 1, 0, -1


class TargetsOptions(Options):
    """Goals of one's own beside the published ones."""

    goals: str | None = option(None, "自己的目标文件（YAML）", "a file of your own goals (YAML), beside the published")


def goals_of(options: TargetsOptions) -> dict[str, Goal]:
    """Return the published goals, and the user's own; an own goal of the same id takes the place of the published."""
    return shipped_goals() | (read_goals(options.goals) if options.goals else {})


def in_memory(view: View, options: TargetsOptions) -> pd.DataFrame:
    """Count for every goal on its own day once that has passed, else on the day asked."""
    rows = []
    for id, goal in goals_of(options).items():
        on = view if goal.by >= view.day else view.on(goal.by)
        measured = _by_count(on, goal) if goal.output_share is None else _by_output(on, goal)
        rows.append({"goal_id": id, "goal": goal.what.zh, "on": number(on.day), **_said(goal), **measured})
    return pd.DataFrame(rows)


def _said(goal: Goal) -> dict[str, Any]:
    return {
        "category": goal.category,
        "tier": goal.tier,
        "by": number(goal.by),
        "target_count": -1 if goal.count is None else goal.count,
        "target_share": np.nan if goal.output_share is None else goal.output_share / 100,
        "source": goal.source,
        "verified": int(goal.verified),
    }


def _by_count(view: View, goal: Goal) -> dict[str, Any]:
    """Count the units of the province on a list of the tier or above; of products, the listings."""
    category, tier = Category(goal.category), Tier.of(goal.tier)
    if category is Category.PRODUCT:
        count = _product_listings(view, tier)
    else:
        unit, table = ("park", "parks") if category is Category.PARK else ("enterprise", "enterprises")
        listed = (view.highest(category, unit) >= tier) & ~view.graph.outside(table)
        count = int(listed.sum())
    assert goal.count is not None
    known = count >= goal.count or _has_list(view, category, tier)
    attained = (YES if count >= goal.count else NO) if known else UNKNOWN
    none = {"output_known": -1, "output_base": 0, "output_green": 0}
    return {"count": count, "short": max(goal.count - count, 0), "attained": attained, **none}


def _product_listings(view: View, tier: Tier) -> int:
    listings = view.graph["listings"]
    rows = view.listed & (listings["category"] == CATEGORIES.index(Category.PRODUCT)) & (listings["tier"] >= tier)
    outside = np.append(view.graph.outside("enterprises"), False)[listings["enterprise"]]
    return int((rows & ~outside).sum())


def _has_list(view: View, category: Category, tier: Tier) -> bool:
    """Return whether any list of the category at the tier or above is on record by the day: else nothing is known."""
    listings = view.graph["listings"]
    rows = (listings["category"] == CATEGORIES.index(category)) & (listings["tier"] >= tier)
    return bool((rows & (listings["published_on"] <= view.facts.number)).any())


def _by_output(view: View, goal: Goal) -> dict[str, Any]:
    """Hold the output of green manufacturers against that of all manufacturers of the province with known output."""
    shown = np.flatnonzero(view.facts.on_record("enterprises") & ~view.graph.outside("enterprises"))
    member, green = membership(view, "manufacturer")[shown], view.green(Tier.of(goal.tier))[shown]
    found = outputs(np.zeros(len(shown), dtype=np.int64), 1, member, green, view.facts.output[shown])
    base, part = int(found.base[0]), int(found.green[0])
    assert goal.output_share is not None
    wanted = Fraction(str(goal.output_share)) / 100 * base
    reached = part > wanted if goal.above else part >= wanted
    known = base > 0 and base != UNKNOWN_MONEY
    return {
        "count": -1,
        "short": -1,
        "attained": (YES if reached else NO) if known else UNKNOWN,
        "output_known": int(found.known[0]),
        "output_base": base,
        "output_green": part,
    }


def conclude(facts: pd.DataFrame, _options: TargetsOptions) -> pd.DataFrame:
    """Compute shares; order by the goal's day and id."""
    facts = facts.sort_values(["by", "goal_id"], kind="stable").reset_index(drop=True)
    whole = {name: facts[name].to_numpy(dtype=np.int64) for name in ("target_count", "count", "short", "output_known")}
    base, green = (facts[name].to_numpy(dtype=np.int64) for name in ("output_base", "output_green"))
    by_output = whole["output_known"] >= 0
    table = facts.assign(
        **{name: counts(values, values >= 0) for name, values in whole.items()},
        by=days(facts["by"].to_numpy(dtype=np.int64)),
        counted_on=days(facts["on"].to_numpy(dtype=np.int64)),
        share=np.where(by_output, share(green, base), np.nan),
        output_base=money(base, by_output),
        output_green=money(green, by_output),
        attained=flags(facts["attained"].to_numpy(dtype=np.int8)),
        verified=flags(facts["verified"].to_numpy(dtype=np.int8)),
    )
    return table[[column.name for column in COLUMNS]]


def notes(_view: View, _options: TargetsOptions) -> list[Bilingual]:
    """Say what the counts rest on."""
    return [
        Bilingual(
            "目标日已过的按目标日计数，否则按所问日期；没有载入所需名单或产值的，是否达到为空。产品按名单条目计。",
            "a goal whose day has passed is counted on that day, else on the day asked; where no list or output is on record "
            "to tell by, attained is null. Products are counted by listing.",
        ),
        Bilingual(
            "产值占比只用产值已知的制造业企业（早于当年最近一年），各级绿色工厂合计",
            "the share of output is over manufacturers with known output (latest earlier year), green factories of all tiers",
        ),
    ]


QUESTION = Question(
    name="targets",
    title=Bilingual("目标完成情况", "goals"),
    definition=Bilingual(
        "公布的目标（及自己给出的目标）逐项对照：按类别、层级（及以上，国家级视同省级）在榜的省内单位数，或绿色工厂产值占制造业产值的比重。",
        "each published goal (and your own): units of the province on a list of the category at the tier or above (national ones "
        "count as provincial), or the share of manufacturing output by green factories.",
    ),
    columns=COLUMNS,
    clause_ids=("D-16",),
    options=TargetsOptions,
    row_id="goal_id",
    filters=frozenset(),
    in_memory=in_memory,
    conclude=conclude,
    notes_in_memory=notes,
    place=140,
)
