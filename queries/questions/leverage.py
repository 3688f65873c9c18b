"""Who moves the most by becoming green alone? One row per enterprise not yet green that is a member somewhere. SPEC 9.2."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from graph_model.bilingual import Bilingual
from graph_model.tiers import Category, Tier
from queries.answers.columns import columns
from queries.answers.frame import city_names, days, unit_column, words
from queries.asking.caveats import lacking_lists, outside_note
from queries.asking.options import BaseOption, base_option, option
from queries.asking.question import EVERY_FILTER, Options, Question
from queries.eligibility.assess import AssessOptions, rules_of
from queries.eligibility.assessment_table import VERDICTS
from queries.planning.candidates import standing
from queries.planning.member_gains import descending, member_gains
from queries.planning.places import places_of
from queries.planning.plan_options import PlanTier

if TYPE_CHECKING:
    from graph_model.view import View
    from queries.asking.caveats import Caveats


class LeverageOptions(Options):
    """Which green, which members, by which rules the verdict."""

    tier: PlanTier = option("city", "至少达到的层级", "at least this tier counts as green")
    base: BaseOption = base_option()
    rules: str | None = option(None, "规则集，不写时按日期", "rule set; else the one of the day")
    rules_file: str | None = option(None, "自己的规则集文件（YAML）", "a rule set file of your own (YAML)")


COLUMNS = columns(
    "unit_id", "unit", "uscc", "city", "park_count", "leader_count", "park_gain", "leader_gain", "gain@leverage",
    "verdict", "earliest@leverage",
)  # fmt: skip


def in_memory(view: View, options: LeverageOptions) -> pd.DataFrame:
    """Gather who is a member where, what each membership is worth, and the verdict on the day."""
    tier = Tier.of(options.tier)
    asked = AssessOptions(tier=options.tier, rules=options.rules, rules_file=options.rules_file)
    units = standing(view, rules_of(view, asked), Category.FACTORY, tier, options.base)
    places = places_of(view, options.base, tier)
    shown = view.facts.on_record("enterprises") & ~view.graph.outside("enterprises") & (view.green(tier) != 1)
    moved = member_gains(places, shown)
    rows = moved.rows
    at = units.place[rows]
    return pd.DataFrame(
        {
            "unit_id": unit_column(view.graph, "enterprises", "id", rows),
            "unit": unit_column(view.graph, "enterprises", "name", rows),
            "uscc": unit_column(view.graph, "enterprises", "uscc", rows),
            "city": city_names(view.graph, "enterprises", rows),
            "park_count": moved.park_count,
            "leader_count": moved.leader_count,
            "park_gain": [float(gain) for gain in moved.park_gain],
            "leader_gain": [float(gain) for gain in moved.leader_gain],
            "gain": [float(gain) for gain in moved.gain],
            "verdict": words(units.matrix.verdicts[at], VERDICTS),
            "earliest": days(units.matrix.earliest[at]),
            "place": descending(moved.gain),
        }
    )


def conclude(facts: pd.DataFrame, _options: LeverageOptions) -> pd.DataFrame:
    """Order by gain, then by id."""
    ordered = facts.sort_values(["place", "unit_id"], kind="stable")
    return ordered[[column.name for column in COLUMNS]].reset_index(drop=True)


def notes(caveats: Caveats, options: LeverageOptions) -> list[Bilingual]:
    """Say which lists are missing and how many enterprises are left out as outside."""
    return [*lacking_lists(caveats, "factory", options.tier), *outside_note(caveats, "enterprises")]


QUESTION = Question(
    name="leverage",
    title=Bilingual("培育带动力", "leverage of cultivation"),
    definition=Bilingual(
        "尚未达到所问层级、且为某园区口径内企业或某龙头企业供应商的企业；带动 = 仅其一家成为绿色工厂时，各园区占比（1 ÷ 基数）"
        "与各龙头企业占比（1 ÷ 供应商数）提高之和。",
        "enterprises not yet green at the tier that are tenants in the base of a park or suppliers of a leader; gain = by how much "
        "all shares together rise if it alone becomes green: 1 / base of each park and 1 / suppliers of each leader.",
    ),
    columns=COLUMNS,
    clause_ids=("D-17c", "D-17d", "D-29"),
    options=LeverageOptions,
    row_id="unit_id",
    filters=EVERY_FILTER,
    in_memory=in_memory,
    conclude=conclude,
    notes=notes,
    place=50,
)
