"""Counts per chain leader: suppliers in scope, the green ones, what is left out, and spend. SPEC 6.2."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from graph_model.column_types import UNKNOWN_MONEY
from graph_model.days import ALWAYS, OPEN
from graph_model.regions import UNKNOWN
from queries.measures.tally import Tally, exact_sums, tally

if TYPE_CHECKING:
    from graph_model.arrays import Floats, Ints, Ints8
    from graph_model.graph_tables import GraphTables
    from graph_model.reach import Reach
    from graph_model.tiers import Tier
    from graph_model.view import View


Scope = Literal["mainland", "all", "province"]

LONG_CONTRACT = 366
"""A row of more days than this counts its amount for one year only: amount x 365 / days."""
_YEAR = 365


@dataclass(frozen=True)
class Spend:
    """Spend per leader over its direct links: suppliers with a known amount, and sums in 分 (long contracts make fractions)."""

    known: Ints
    total: Floats
    green: Floats


def in_scope(graph: GraphTables, scope: Scope) -> Ints8:
    """Return for every enterprise whether it counts as supplier: 1 yes, 0 no, -1 for an unknown region in scope `province`."""
    if scope == "province":
        nowhere = (graph["enterprises"]["region"] == UNKNOWN) & ~graph.outside("enterprises")
        return np.where(graph.home, 1, np.where(nowhere, -1, 0)).astype(np.int8)
    if scope == "mainland":
        return np.where(graph.abroad, 0, 1).astype(np.int8)
    return np.ones(len(graph["enterprises"]), dtype=np.int8)


def leader_tally(
    view: View, tier: Tier, scope: Scope = "mainland", depth: int = 1, key_only: bool = False, max_age: int = 2
) -> tuple[Tally, Ints]:
    """Return the tally of every leader's suppliers, in the order of `view.facts.leaders`, and how many are out of scope."""
    leaders = view.facts.leaders
    member, green = in_scope(view.graph, scope), view.green(tier)
    links = view.facts.links(max_age, key_only)
    if depth > 1:
        return _reached(links.reach, leaders, depth, member, green)
    owners, suppliers = links.suppliers.of(leaders)
    others = suppliers != leaders[owners]
    owners, suppliers = owners[others], suppliers[others]
    left_out = np.bincount(owners[member[suppliers] == 0], minlength=len(leaders))
    return tally(owners, len(leaders), member[suppliers], green[suppliers]), left_out


def _reached(reach: Reach, leaders: Ints, depth: int, member: Ints8, green: Ints8) -> tuple[Tally, Ints]:
    cells = [(member == in_base) & (green == is_green) for in_base in (1, -1) for is_green in (1, -1, 0)]
    table = reach.counts(leaders, depth, [*cells, member == 0])
    inside, maybe, left_out = table[:, :3], table[:, 3:6], table[:, 6]
    tallied = Tally(
        units=table.sum(axis=1),
        base=inside.sum(axis=1),
        base_unknown=maybe.sum(axis=1),
        green=inside[:, 0],
        green_unknown=inside[:, 1],
        listed_outside_base=maybe[:, 0],
        maybe_green=maybe[:, 0],
        maybe_open=maybe[:, 1],
        maybe_not=maybe[:, 2],
    )
    return tallied, left_out


def amounts(view: View, rows: Ints) -> Floats:
    """Return what rows of `supplies` count for in 分, NaN where unknown; rows of more than 366 days count one year's part."""
    supplies = view.graph["supplies"]
    amount, start, end = (supplies[name][rows] for name in ("amount", "start", "end"))
    bounded = (start != ALWAYS) & (end != OPEN)
    days = np.where(bounded, end.astype(np.int64) - start, 1)
    stated = np.where(amount == UNKNOWN_MONEY, np.nan, amount.astype(np.float64))
    return np.where(days > LONG_CONTRACT, stated * _YEAR / days, stated)


def leader_spend(view: View, tier: Tier, scope: Scope, key_only: bool, max_age: int) -> Spend:
    """Sum what every leader spends on its direct suppliers in scope."""
    graph, leaders = view.graph, view.facts.leaders
    count = len(leaders)
    owners, rows = view.facts.links(max_age, key_only).rows.of(leaders)
    suppliers = graph["supplies"]["supplier"][rows]
    amount = amounts(view, rows)
    counted = (suppliers != leaders[owners]) & (in_scope(graph, scope)[suppliers] == 1) & ~np.isnan(amount)
    owners, suppliers, amount = owners[counted], suppliers[counted], amount[counted]
    first = np.ones(len(owners), dtype=bool)
    first[1:] = (owners[1:] != owners[:-1]) | (suppliers[1:] != suppliers[:-1])
    is_green = view.green(tier)[suppliers] == 1
    return Spend(
        np.bincount(owners[first], minlength=count),
        _sums(owners, amount, count),
        _sums(owners[is_green], amount[is_green], count),
    )


def _sums(groups: Ints, amount: Floats, count: int) -> Floats:
    """Sum whole 分 exactly, and what long contracts leave of a 分 beside them."""
    whole = np.floor(amount)
    rest = np.bincount(groups, weights=amount - whole, minlength=count)
    return exact_sums(groups, whole.astype(np.int64), count).astype(np.float64) + rest
