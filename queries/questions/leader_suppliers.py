"""Who are the suppliers of one chain leader, and which of them are green? One row per supplier. SPEC 6.2."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from graph_model.bilingual import Bilingual
from graph_model.tiers import Tier
from queries.answers.columns import columns
from queries.answers.frame import counts, flags, in_order, money
from queries.asking.caveats import lacking_lists, lacking_tables
from queries.asking.cypher_facts import CypherFacts, cypher
from queries.asking.fact_kinds import COUNT, FLAG, MONEY
from queries.asking.find_unit import find_leader
from queries.asking.options import LinkOptions, option
from queries.asking.question import Question
from queries.eligibility.server_units import UNIT_FACTS, with_kinds_that_count
from queries.eligibility.unit_facts import unit_facts
from queries.measures.leaders import amounts, in_scope

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from graph_model.view import View
    from queries.asking.caveats import Caveats
    from queries.asking.server_protocol import Server


class LeaderSuppliersOptions(LinkOptions):
    """Which leader; the rest as in `leader-ratio`."""

    leader: str = option(
        ...,
        "龙头企业（链主）：名称、统一社会信用代码或编号",
        "the leader: name, credit code or id",
        examples=["虚构戊装备集团有限公司"],
    )


*_BEFORE, KEY, SPEND = columns(
    "unit_id", "unit", "uscc", "city", "identity", "green@flag", "highest", "since", "in_pool", "incidents", "output",
    "hop", "in_scope", "key", "spend",
)  # fmt: skip
# Only the first hop is a link of the leader itself.
COLUMNS = (*_BEFORE, replace(KEY, answered_where=("hop", 1)), SPEND)

FACTS = {**UNIT_FACTS, "hop": COUNT, "in_scope": FLAG, "key": FLAG, "spend": MONEY}


def in_memory(view: View, options: LeaderSuppliersOptions) -> pd.DataFrame:
    """Gather everyone reached upstream of the leader, in scope or not, in id order."""
    leader = find_leader(view, options.leader)
    links = view.facts.links(options.max_age, options.key_only)
    hops = links.suppliers.hops(leader, options.depth)
    rows = np.flatnonzero(hops > 0)
    key, spend = _direct(view, leader, options)
    table = unit_facts(view, rows, Tier.of(options.tier))
    table["hop"] = counts(hops[rows])
    table["in_scope"] = flags(in_scope(view.graph, options.scope)[rows])
    table["key"] = flags(key[rows])
    table["spend"] = money(spend[rows], ~np.isnan(spend[rows]))
    return pd.DataFrame(table)


def _direct(view: View, leader: int, options: LeaderSuppliersOptions) -> tuple[NDArray[np.int8], NDArray[np.float64]]:
    """Return key (yes if any link is, else unknown if any is) and spend in 分 over the links from the leader itself."""
    count = len(view.graph["enterprises"])
    links = view.facts.links(options.max_age, options.key_only)
    _, rows = links.rows.of(np.array([leader], dtype=np.int32))
    supplier, keys = view.graph["supplies"]["supplier"][rows], view.graph["supplies"]["key"][rows]
    # Among yes 1, no 0, unknown -1 the order wanted is yes, unknown, no.
    weight: NDArray[Any] = np.array([0, 2, 1], dtype=np.int8)[keys]
    heaviest = np.full(count, -1, dtype=np.int8)
    np.maximum.at(heaviest, supplier, weight)
    amount = amounts(view, rows)
    stated = ~np.isnan(amount)
    spend = np.full(count, np.nan)
    spend[supplier[stated]] = 0.0
    np.add.at(spend, supplier[stated], amount[stated])
    return np.array([0, -1, 1, -1], dtype=np.int8)[heaviest], spend


def conclude(facts: pd.DataFrame, _options: LeaderSuppliersOptions) -> pd.DataFrame:
    """Return the rows in id order; there is nothing to compute."""
    return in_order(facts, ["unit_id"], COLUMNS)


def notes(caveats: Caveats, options: LeaderSuppliersOptions) -> list[Bilingual]:
    """Say which lists and tables are missing."""
    needed = lacking_tables(caveats, "enterprises", "annual_figures")
    return [*lacking_lists(caveats, "factory", options.tier), *needed]


def leader_id(server: Server, options: LeaderSuppliersOptions) -> dict[str, str]:
    """Return the leader by its id."""
    return {"leader": server.leader(options.leader)}


QUESTION = Question(
    name="leader-suppliers",
    title=Bilingual("龙头企业（链主）供应商明细", "suppliers of one chain leader"),
    definition=Bilingual(
        "一家龙头企业（链主）当前（或向上若干级）的供应商，一家一行；“在范围内”为“是”的家数等于其绿色供应商占比的分母，"
        "其中绿色为“是”的等于分子。",
        "the current suppliers of one leader, one a row; those in scope are the suppliers of leader-ratio, and of them the "
        "green ones its green.",
    ),
    columns=COLUMNS,
    clause_ids=("D-17d", "D-29", "D-18"),
    options=LeaderSuppliersOptions,
    row_id="unit_id",
    filters=frozenset({"city", "park"}),
    in_memory=in_memory,
    conclude=conclude,
    notes=notes,
    on_server=CypherFacts(cypher(__file__), FACTS, ("scope", "key_only", "max_age"), leader_id, with_kinds_that_count),
    place=40,
)
