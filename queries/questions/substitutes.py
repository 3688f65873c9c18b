"""Who could take the place of a struck factory at the leaders that it supplies? One row per leader and green supplier."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph_model.bilingual import Bilingual
from graph_model.tiers import Tier
from queries.asking.caveats import ViewCaveats, lacking_lists
from queries.asking.find_unit import find_leader, find_on_record
from queries.asking.options import option
from queries.asking.question import Options, Question
from queries.planning.plan_options import PlanTier
from queries.planning.stand_ins import COLUMNS, DEFINITION, TITLE, StandIns, notes_on, stand_in_rules, stand_ins

if TYPE_CHECKING:
    import pandas as pd

    from graph_model.view import View


class SubstitutesOptions(Options):
    """Whom to replace, where, and by whose rules somebody is no substitute."""

    unit: str = option(
        ...,
        "被替换的企业：名称、统一社会信用代码或编号",
        "the factory to be replaced: name, code or id",
        examples=["虚构甲精工有限公司"],
    )
    tier: PlanTier = option("city", "至少达到的层级", "at least this tier counts as green")
    leader: str | None = option(None, "只看供应这家龙头企业的", "at this leader only")
    count: int | None = option(None, "每家龙头企业最多列几家；不写为全部", "at most so many per leader; else all", ge=1)
    rules: str | None = option(None, "规则集（负面清单、不予受理）；不写为 js-draft", "rule set; else js-draft")
    rules_file: str | None = option(None, "自己的规则集文件（YAML）", "a rule set file of your own (YAML)")


def found(view: View, options: SubstitutesOptions) -> StandIns:
    """Look for substitutes by the rules of the options."""
    rules = stand_in_rules(view.day, options.rules, options.rules_file)
    unit = find_on_record(view, options.unit, "enterprises")
    leader = None if options.leader is None else find_leader(view, options.leader)
    return stand_ins(view, unit, Tier.of(options.tier), rules, leader, options.count)


def in_memory(view: View, options: SubstitutesOptions) -> pd.DataFrame:
    """Gather the substitutes, leader by leader, in order."""
    return found(view, options).table


def conclude(facts: pd.DataFrame, _options: SubstitutesOptions) -> pd.DataFrame:
    """Return the rows as they are: what a leader would be without its factory is counted with them."""
    return facts[[column.name for column in COLUMNS]]


def notes(view: View, options: SubstitutesOptions) -> list[Bilingual]:
    """Say who is left out, whom nobody could be found for, and which lists are missing."""
    return [*notes_on(found(view, options)), *lacking_lists(ViewCaveats(view), "factory", options.tier)]


QUESTION = Question(
    name="substitutes",
    title=TITLE,
    definition=DEFINITION,
    columns=COLUMNS,
    clause_ids=("D-17d", "D-18", "D-24"),
    options=SubstitutesOptions,
    row_id="unit_id",
    filters=frozenset({"city", "park"}),
    in_memory=in_memory,
    conclude=conclude,
    notes_in_memory=notes,
    place=52,
)
