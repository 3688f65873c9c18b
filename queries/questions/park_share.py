"""What share of a park's enterprises are green factories? One row per park. SPEC 6.1, clause D-17c."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from graph_model.bilingual import Bilingual
from graph_model.tiers import Tier
from queries.answers.columns import columns
from queries.answers.frame import city_names, counts, money, unit_column, words
from queries.answers.shares import bounds, ranks, share, units_short
from queries.asking.caveats import lacking_lists, lacking_tables, outside_note
from queries.asking.cypher_facts import CypherFacts, cypher
from queries.asking.fact_kinds import COUNT, NUMBER, TEXT, of_kind
from queries.asking.options import BaseOption, DaysOptions, Threshold, TierOption, base_option, option, tier_option
from queries.asking.question import Question
from queries.measures.parks import park_outputs, park_tally, shown_parks
from queries.measures.tally import official_counts

if TYPE_CHECKING:
    from graph_model.view import View
    from queries.asking.caveats import Caveats


class ParkShareOptions(DaysOptions):
    """Which green, which enterprises, which threshold."""

    tier: TierOption = tier_option()
    base: BaseOption = base_option()
    threshold: Threshold = option(None, "门槛，如 10%；给出后计算尚缺家数", "threshold, such as 10%, for units_short")


COLUMNS = columns(
    "park_id", "park", "level", "city", "tenants", "base", "base_unknown", "green", "green_unknown",
    "listed_outside_base", "share", "share_low", "share_high", "output_known", "output_base", "output_green",
    "output_share", "official_base", "official_share", "units_short", "rank", "count_rank",
)  # fmt: skip


FACTS = {
    **of_kind(TEXT, "park_id park level city"),
    "tenants": COUNT,
    **of_kind(NUMBER, "base base_unknown green green_unknown listed_outside_base maybe_green maybe_open maybe_not"),
    **of_kind(NUMBER, "output_known output_base output_green official_base"),
}


def in_memory(view: View, options: ParkShareOptions) -> pd.DataFrame:
    """Count tenants, members and greens of every park on record that is not known to be outside."""
    graph, tier = view.graph, Tier.of(options.tier)
    parks = shown_parks(view)
    tallied, output = park_tally(view, options.base, tier), park_outputs(view, options.base, tier)
    level, levels = graph["parks"].words("level")
    official = official_counts(view, "park", parks)
    return pd.DataFrame(
        {
            "park_id": unit_column(graph, "parks", "id", parks),
            "park": unit_column(graph, "parks", "name", parks),
            "level": words(level[parks], levels),
            "city": city_names(graph, "parks", parks),
            "tenants": counts(tallied.units[parks], view.facts.parks_with_tenancies[parks]),
            "base": tallied.base[parks],
            "base_unknown": tallied.base_unknown[parks],
            "green": tallied.green[parks],
            "green_unknown": tallied.green_unknown[parks],
            "listed_outside_base": tallied.listed_outside_base[parks],
            "maybe_green": tallied.maybe_green[parks],
            "maybe_open": tallied.maybe_open[parks],
            "maybe_not": tallied.maybe_not[parks],
            "output_known": output.known[parks],
            "output_base": output.base[parks],
            "output_green": output.green[parks],
            "official_base": official,
        }
    )


def conclude(facts: pd.DataFrame, options: ParkShareOptions) -> pd.DataFrame:
    """Compute shares, bounds, ranks and order from the counts."""
    count = {name: facts[name].to_numpy() for name in facts.columns if name not in _TEXTS}
    low, high = bounds(*(count[name] for name in _FOR_BOUNDS))
    shares = share(count["green"], count["base"])
    table = facts.assign(
        share=shares,
        share_low=low,
        share_high=high,
        output_base=money(count["output_base"]),
        output_green=money(count["output_green"]),
        output_share=share(count["output_green"], count["output_base"]),
        official_base=counts(count["official_base"], count["official_base"] >= 0),
        official_share=share(count["green"], count["official_base"]),
        units_short=units_short(count["base"], count["green"], options.threshold),
        rank=ranks(shares),
        count_rank=ranks(count["green"]),
    )
    table = table.sort_values(
        ["share", "green", "park_id"], ascending=[False, False, True], na_position="last", kind="stable"
    )
    return table[[column.name for column in COLUMNS]].reset_index(drop=True)


def notes(caveats: Caveats, options: ParkShareOptions) -> list[Bilingual]:
    """Say which lists and tables are missing, and how many parks are left out as outside."""
    return [
        *lacking_lists(caveats, "factory", options.tier),
        *lacking_tables(caveats, "enterprises", "tenancies", "annual_figures", "totals"),
        *outside_note(caveats, "parks"),
    ]


_TEXTS = ("park_id", "park", "level", "city", "tenants")
_FOR_BOUNDS = ("base", "green", "green_unknown", "maybe_green", "maybe_open", "maybe_not")

QUESTION = Question(
    name="park-share",
    title=Bilingual("园区绿色工厂占比", "green-factory share within parks"),
    definition=Bilingual(
        "绿色工厂占比 = 当日在园、属于口径且列入所问层级及以上有效绿色工厂名单的企业数 ÷ 当日在园且属于口径的企业数；"
        "未知不作“否”处理，上下限为未知项取各种可能时的最小、最大值。没有官方公式。",
        "share = tenants of the base with an active factory listing of at least the tier / tenants of the base; unknown is "
        "not no, the bounds are the least and greatest share over every completion. No official formula exists.",
    ),
    columns=COLUMNS,
    clause_ids=("D-17c", "D-16"),
    options=ParkShareOptions,
    row_id="park_id",
    filters=frozenset({"city", "park"}),
    in_memory=in_memory,
    conclude=conclude,
    notes=notes,
    on_server=CypherFacts[ParkShareOptions](cypher(__file__), FACTS, ("base",)),
    place=10,
)
