"""Which way leads a unit up to a tier, season by season? Without a unit: who is one paper short this season, by what it moves.

The steps, who acts and the dates are the rule set's (`route` and `deadlines` of its file), real dates of a year win. Nothing is
skipped: a step waits for those before it, but not for one that is only advised (原则上).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from graph_model.bilingual import Bilingual
from graph_model.tiers import Category, Tier
from queries.asking.caveats import ViewCaveats, outside_note
from queries.asking.options import CategoryOption, option
from queries.asking.question import EVERY_FILTER, ExtraOutput, Options, Question
from queries.duties.dates import read_dates
from queries.eligibility.assess import AssessOptions, find_subject, rules_of
from queries.law.duty_clauses import deadline_clause
from queries.measures.regions import units_of
from queries.planning.choice import NOTHING
from queries.planning.member_gains import descending, member_gains
from queries.planning.places import places_of
from queries.planning.plan_options import PlanTier
from queries.planning.route_table import COLUMNS, StepRows
from queries.planning.season_route import season_routes, steps_to
from queries.planning.short_of import one_paper_short

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction

    from graph_model.view import View
    from queries.answers.clauses import Clause
    from queries.law.rules import Rules
    from queries.planning.season_route import SeasonRoute


class RouteOptions(Options):
    """Whose way, to which tier, by which rules and dates."""

    unit: str | None = option(
        None,
        "单位名称、统一社会信用代码或编号；不写为本轮只缺一份材料的全部单位",
        "name, credit code or id; else every unit that is one paper short this season",
    )
    category: CategoryOption = option("factory", "培育类别", "category to cultivate")
    tier: PlanTier = option("provincial", "要达到的层级", "tier to be reached")
    rules: str | None = option(None, "规则集，不写时按日期", "rule set; else the one of the day")
    rules_file: str | None = option(None, "自己的规则集文件（YAML）", "a rule set file of your own (YAML)")
    dates: str | None = option(
        None, "实际截止日期（csv：rules,id,year,date,source）", "real dates (csv: rules,id,year,date,source)"
    )


def in_memory(view: View, options: RouteOptions) -> pd.DataFrame:
    """Gather every step of one unit's way, or the step of every unit that is one paper short; with what the unit moves."""
    frames = [_steps(route, options).frame() for route in _routes(view, options)]
    table = pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=_NAMES)
    return table.assign(**_gains(view, options, table))


_NAMES = ["row", *(column.name for column in COLUMNS if column.name != "gain")]


def _routes(view: View, options: RouteOptions) -> Iterator[SeasonRoute]:
    category = Category(options.category)
    if options.unit is None:
        rows = units_of(view, category, "all").rows.astype(np.intp)
    else:
        rows = np.array([find_subject(view, category, options.unit)], dtype=np.intp)
    rules, real = _rules(view, options), read_dates(options.dates)
    return season_routes(view, rules, category, Tier.of(options.tier), rows, real)


def _rules(view: View, options: RouteOptions) -> Rules:
    asked = AssessOptions(
        category=options.category, tier=options.tier, rules=options.rules, rules_file=options.rules_file
    )
    return rules_of(view, asked)


def _steps(route: SeasonRoute, options: RouteOptions) -> StepRows:
    if options.unit is None:
        return one_paper_short(route)
    steps = np.arange(len(route.steps))
    return StepRows(route, np.zeros(len(steps), dtype=np.intp), steps)


def _gains(view: View, options: RouteOptions, table: pd.DataFrame) -> dict[str, Any]:
    """Return by how much all shares rise if a unit alone becomes green, null for who moves none, and its place among gains."""
    moved: dict[int, Fraction] = {}
    if options.category == "factory":
        tier = Tier.of(options.tier)
        gains = member_gains(places_of(view, "above_scale", tier), view.green(tier) != 1)
        moved = dict(zip(gains.rows.tolist(), gains.gain, strict=True))
    own = [moved.get(int(row)) for row in table["row"]]
    ranks = descending([gain or NOTHING for gain in own])
    return {"gain": pd.Series([None if gain is None else float(gain) for gain in own], dtype="float64"), "rank": ranks}


def conclude(facts: pd.DataFrame, _options: RouteOptions) -> pd.DataFrame:
    """Order by what a unit moves, then by unit, then by step."""
    table = facts.sort_values(["rank", "unit_id", "place"], kind="stable").reset_index(drop=True)
    return table[[column.name for column in COLUMNS]]


def cited(view: View, options: RouteOptions) -> tuple[Clause, ...]:
    """Return the clauses of the dates on the way, as the rule set in use says them."""
    rules = _rules(view, options)
    on_the_way = {step.deadline for step in steps_to(rules, Tier.of(options.tier))}
    dates = {deadline.clause: deadline for deadline in rules.deadlines if deadline.id in on_the_way}
    return tuple(deadline_clause(rules, deadline) for deadline in dates.values())


def notes(view: View, options: RouteOptions) -> list[Bilingual]:
    """Say which rules were used, what the first year is, and who is left out."""
    mark = _rules(view, options).set.mark
    used = [Bilingual(f"所用规则集：{mark.zh}", f"rule set used: {mark.en}"), _FIRST_YEAR]
    if options.unit is not None:
        return used
    table = Category(options.category).unit + "s"
    return [*used, _SHORT, *outside_note(ViewCaveats(view), table)]


_FIRST_YEAR = Bilingual(
    "最早年度按各步骤的截止日和所缺材料的通常月数推算，含推荐等前置步骤，可能晚于培育计划（plan）只看名单期限的最早年度",
    "the first year keeps the dates of every step before the list, recommendations too, and the usual months of missing papers; it "
    "may be later than that of `plan`, which looks at the day of the list alone",
)
_SHORT = Bilingual(
    "最早日期、最后日期按这份材料当日补齐推算；最早年度按通常月数推算",
    "first and last day are told as if the paper came today; the first year takes its usual months",
)

QUESTION = Question(
    name="route",
    title=Bilingual("逐级推进路线", "the way up the tiers"),
    definition=Bilingual(
        "写明单位的：从当日起到所问层级的每一步，由谁办、最迟哪一天、是否已完成、缺什么材料，各层级最早哪一年可以列入；步骤和日期取自规则集，"
        "截止日当日仍算按时，本年截止日已过而未办的为本年已错过，前置步骤未完成的不跳过，原则上要求的不因此等待。"
        "不写单位的：尚未列入、没有不符合的限制性条款、只缺一份材料的单位，按带动力从大到小。加 --ics 文件名 可另存为日历文件。",
        "with a unit: every step from the day to the tier asked: who acts, the last day, whether it is done, the paper missing, "
        "and the first year of each tier; steps and dates are the rule set's. The deadline day is in time; a step whose date of "
        "this year has passed undone is missed. No step that must come first is skipped; nothing waits for one asked for in "
        "principle. Without a unit: units not listed, without a failing bar, that lack one paper only, by what they move. --ics "
        "FILE also writes a calendar file.",
    ),
    columns=COLUMNS,
    clause_ids=("D-13", "D-14", "D-15", "P-16.1", "P-16.2", "P-16.4"),
    options=RouteOptions,
    row_id="unit_id",
    filters=EVERY_FILTER,
    in_memory=in_memory,
    conclude=conclude,
    cited=cited,
    notes_in_memory=notes,
    place=53,
    outputs=(ExtraOutput("ics", Bilingual("另存为日历文件（iCalendar）", "also write an iCalendar file")),),
)
