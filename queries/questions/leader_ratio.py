"""What share of a chain leader's suppliers are green factories? One row per leader. SPEC 6.2, clauses D-17d and D-29."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from graph_model.bilingual import Bilingual
from graph_model.day_facts import BASIS
from graph_model.tiers import Tier
from queries.answers.columns import columns
from queries.answers.frame import city_names, counts, money, unit_column, words
from queries.answers.shares import bounds, ranks, share
from queries.asking.caveats import lacking_lists, lacking_tables, links_note, outside_note
from queries.asking.cypher_facts import CypherFacts, cypher
from queries.asking.fact_kinds import AMOUNT, COUNT, NUMBER, TEXT, of_kind
from queries.asking.options import DaysOptions, LinkOptions
from queries.asking.question import EVERY_FILTER, Question
from queries.measures.leaders import leader_spend, leader_tally

if TYPE_CHECKING:
    from graph_model.view import View
    from queries.asking.caveats import Caveats
    from queries.asking.server_protocol import Server


COLUMNS = columns(
    "leader_id", "leader", "city", "chain", "basis", "list_year", "suppliers", "outside_mainland", "region_unknown",
    "green", "unknown", "ratio", "ratio_low", "ratio_high", "spend_known", "spend_total", "spend_green", "spend_ratio",
    "rank", "count_rank",
)  # fmt: skip


FACTS = {
    **of_kind(TEXT, "leader_id leader city chain basis"),
    "list_year": COUNT,
    **of_kind(NUMBER, "suppliers outside_mainland region_unknown green unknown maybe_green maybe_open maybe_not"),
    "spend_known": NUMBER,
    **of_kind(AMOUNT, "spend_total spend_green"),
}


class LeaderRatioOptions(LinkOptions, DaysOptions):
    """Which green, which suppliers and links, and further days."""


def in_memory(view: View, options: LeaderRatioOptions) -> pd.DataFrame:
    """Count the suppliers of every leader, and what it spends on them."""
    graph, facts, leaders = view.graph, view.facts, view.facts.leaders
    tier = Tier.of(options.tier)
    tallied, left_out = leader_tally(view, tier, options.scope, options.depth, options.key_only, options.max_age)
    list_year = facts.links(options.max_age, options.key_only).list_year[leaders]
    chain, chains = graph["enterprises"].words("chain")
    table = pd.DataFrame(
        {
            "leader_id": unit_column(graph, "enterprises", "id", leaders),
            "leader": unit_column(graph, "enterprises", "name", leaders),
            "city": city_names(graph, "enterprises", leaders),
            "chain": words(chain[leaders], chains),
            "basis": words(facts.leader_basis[leaders].astype(np.int64), _BASIS_WORDS),
            "list_year": counts(list_year, list_year >= 0),
            "suppliers": tallied.base,
            "outside_mainland": left_out if options.scope == "mainland" else np.zeros_like(left_out),
            "region_unknown": tallied.base_unknown,
            "green": tallied.green,
            "unknown": tallied.green_unknown,
            "maybe_green": tallied.maybe_green,
            "maybe_open": tallied.maybe_open,
            "maybe_not": tallied.maybe_not,
        }
    )
    if options.depth > 1:
        return table
    spend = leader_spend(view, tier, options.scope, options.key_only, options.max_age)
    return table.assign(spend_known=spend.known, spend_total=spend.total, spend_green=spend.green)


def on_server(server: Server, options: LeaderRatioOptions) -> pd.DataFrame:
    """Count the same on a server; spend is of direct links only."""
    facts = _CYPHER(server, options)
    return facts if options.depth == 1 else facts.drop(columns=["spend_known", "spend_total", "spend_green"])


def conclude(facts: pd.DataFrame, options: LeaderRatioOptions) -> pd.DataFrame:
    """Compute ratios, bounds, ranks and order from the counts."""
    direct = options.depth == 1
    blank = np.zeros(len(facts), dtype=np.int64)
    spent = {
        name: facts[name].to_numpy() if direct else blank for name in ("spend_known", "spend_total", "spend_green")
    }
    shown = np.full(len(facts), direct)
    low, high = bounds(*(facts[name].to_numpy() for name in _FOR_BOUNDS))
    ratio = share(facts["green"].to_numpy(), facts["suppliers"].to_numpy())
    table = facts.assign(
        ratio=ratio,
        ratio_low=low,
        ratio_high=high,
        spend_known=counts(spent["spend_known"], shown),
        spend_total=money(spent["spend_total"], shown),
        spend_green=money(spent["spend_green"], shown),
        spend_ratio=share(spent["spend_green"], spent["spend_total"]),
        rank=ranks(ratio),
        count_rank=ranks(facts["green"].to_numpy()),
    )
    table = table.sort_values(
        ["ratio", "suppliers", "leader_id"], ascending=[False, False, True], na_position="last", kind="stable"
    )
    return table[[column.name for column in COLUMNS]].reset_index(drop=True)


def notes(caveats: Caveats, options: LeaderRatioOptions) -> list[Bilingual]:
    """Say which lists are missing, how many links have no leader, and how many enterprises are outside."""
    return [
        *lacking_lists(caveats, "factory", options.tier),
        *lacking_tables(caveats, "enterprises"),
        *links_note(caveats, options.max_age),
        *outside_note(caveats, "enterprises"),
    ]


_CYPHER = CypherFacts[LeaderRatioOptions](cypher(__file__), FACTS, ("scope", "key_only", "max_age"))
_FOR_BOUNDS = ("suppliers", "green", "unknown", "maybe_green", "maybe_open", "maybe_not")
_BASIS_WORDS = ["+".join(name for bit, name in enumerate(BASIS) if bits >> bit & 1) for bits in range(2 ** len(BASIS))]

QUESTION = Question(
    name="leader-ratio",
    title=Bilingual("龙头企业（链主）绿色供应商占比", "green-supplier ratio of chain leaders"),
    definition=Bilingual(
        "绿色供应商占比 = 范围内当前供应商中列入所问层级及以上有效绿色工厂名单的家数 ÷ 范围内当前供应商家数；"
        "当前供应关系指起止日期涵盖当日的，以及采购方最近一年的年度清单（早于所设年数的不用）。企业自称的“绿色供应商”"
        "不算，未知不作“否”处理。没有官方公式。",
        "ratio = current suppliers in scope with an active factory listing of at least the tier / current suppliers in scope; "
        "current are dated links active on the day and the buyer's latest by-year list. A company's own label is no listing; "
        "unknown is not no. No official formula exists.",
    ),
    columns=COLUMNS,
    clause_ids=("D-17d", "D-29", "D-16"),
    options=LeaderRatioOptions,
    row_id="leader_id",
    filters=EVERY_FILTER,
    in_memory=in_memory,
    conclude=conclude,
    notes=notes,
    on_server=on_server,
    place=30,
)
