"""Who stands in several chains and is planned by nobody? One row per supplier."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from graph_model.bilingual import Bilingual
from graph_model.tiers import CATEGORIES, Category, Tier
from queries.answers.columns import columns
from queries.answers.frame import city_names, flags, tiers, unit_column
from queries.asking.question import EVERY_FILTER, Question
from queries.measures.plan_rows import plan_rows
from queries.planning.places import places_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from graph_model.view import View

COLUMNS = columns(
    "unit_id", "unit", "uscc", "city", "chain_count", "leader_count@chains", "chains", "highest", "planned_before"
)
BETWEEN = "、"


def in_memory(view: View, _options: Any) -> pd.DataFrame:
    """Gather every supplier of a leader that nobody plans on the day, with the chains it stands in."""
    graph, places = view.graph, places_of(view, "above_scale", Tier.CITY)
    leaders = np.flatnonzero(places.kind == "leader").astype(np.int32)
    owners, members = places.members.of(leaders)
    chain = _chains(view, places.row[leaders])
    planned, before = _planned(view)
    wanted = ~planned & view.facts.on_record("enterprises") & ~graph.outside("enterprises")
    wanted &= view.green(Tier.CITY) != 1
    pairs = pd.DataFrame({"row": members, "leader": owners, "chain": chain[owners]})[wanted[members]]
    groups = pairs.groupby("row", sort=True)
    table = pd.DataFrame(
        {
            "chain_count": groups["chain"].nunique(),
            "leader_count": groups["leader"].nunique(),
            "chains": groups["chain"].agg(lambda names: BETWEEN.join(sorted(set(names)))).astype("str"),
        }
    ).reset_index()
    rows = table["row"].to_numpy(dtype=np.intp)
    return table.assign(
        unit_id=unit_column(graph, "enterprises", "id", rows),
        unit=unit_column(graph, "enterprises", "name", rows),
        uscc=unit_column(graph, "enterprises", "uscc", rows),
        city=city_names(graph, "enterprises", rows),
        highest=tiers(view.highest(Category.FACTORY)[rows]),
        planned_before=flags(before[rows].astype(np.int8)),
    )


def _chains(view: View, leaders: NDArray[np.int64]) -> NDArray[Any]:
    """Return the chain of each leader by name, its own name where it has none."""
    enterprises = view.graph["enterprises"]
    chains, names = (enterprises.texts(column, leaders).to_pylist() for column in ("chain", "name"))
    return np.array([chain or name for chain, name in zip(chains, names, strict=True)], dtype=object)


def _planned(view: View) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return which enterprises a plan of factories that has not ended names, and which only one that has."""
    plans, count = view.graph["cultivation"], len(view.graph["enterprises"])
    rows = plan_rows(view, "enterprise")
    rows = rows[plans["category"][rows] == CATEGORIES.index(Category.FACTORY)]
    going_on = plans["end"][rows] > view.facts.number
    planned, ended = np.zeros(count, dtype=bool), np.zeros(count, dtype=bool)
    planned[plans["enterprise"][rows[going_on]]] = True
    ended[plans["enterprise"][rows[~going_on]]] = True
    return planned, ended & ~planned


def conclude(facts: pd.DataFrame, options: Any) -> pd.DataFrame:
    """Keep who stands in enough chains: the most chains first."""
    table = facts[facts["chain_count"] >= options.chains]
    order = ["chain_count", "leader_count", "unit_id"]
    table = table.sort_values(order, ascending=[False, False, True], kind="stable").reset_index(drop=True)
    answer: pd.DataFrame = table[[column.name for column in COLUMNS]]
    return answer


def question(options: Any) -> Question[Any]:
    """Return the table."""
    return Question(
        name="pool",
        title=Bilingual("培育库：多链未培育", "in several chains, planned by nobody"),
        definition=Bilingual(
            "在至少所问条数的产业链上供货（龙头企业占比所计的供应商）、尚不是市级及以上绿色工厂、"
            "当日不在任何未期满的绿色工厂培育计划内的企业。",
            "enterprises that supply at least so many chains (as counted in leader-ratio), are no green factory of the city "
            "tier or above, and stand in no plan of factories that has not ended.",
        ),
        columns=COLUMNS,
        clause_ids=("D-07", "D-10.2", "D-13"),
        options=options,
        row_id="unit_id",
        filters=EVERY_FILTER,
        in_memory=in_memory,
        conclude=conclude,
    )
