"""Who is planned by several sponsors? One row per unit and category."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from graph_model.bilingual import Bilingual
from graph_model.kinds import NODE_KINDS
from graph_model.tiers import CATEGORIES, TIER_ZH, Tier
from queries.answers.columns import columns
from queries.answers.frame import categories, city_names, flags, tiers, unit_column
from queries.asking.question import EVERY_FILTER, Question
from queries.measures.plan_rows import LEADER, PARK, plan_rows, sponsors

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from graph_model.view import View
    from queries.asking.question import Options

COLUMNS = columns(
    "unit_id", "unit", "uscc", "city", "category", "sponsor_count", "sponsors", "plan_years", "target_tiers", "at_once",
    "highest@any",
)  # fmt: skip
BETWEEN = "、"
_DEPARTMENT = "主管部门"
_KEYS = ["unit_id", "category_code"]


def in_memory(view: View, _options: Options) -> pd.DataFrame:
    """Gather every plan row of a unit that is not known to be outside, with its sponsor and its tier."""
    return pd.concat([_of_kind(view, unit) for unit in ("enterprise", "park")], ignore_index=True)


def _of_kind(view: View, unit: str) -> pd.DataFrame:
    graph, plans, table = view.graph, view.graph["cultivation"], NODE_KINDS[unit].table
    rows = plan_rows(view, unit)
    rows = rows[~graph.outside(table)[plans[unit][rows]]]
    units, category = plans[unit][rows], plans["category"][rows]
    kinds, at, _ = sponsors(view, rows)
    highest = np.zeros(len(rows), dtype=np.int8)
    for of_unit in sorted(set(category.tolist())):
        highest[category == of_unit] = view.highest(CATEGORIES[of_unit], unit)[units[category == of_unit]]
    no_code = pd.Series([None] * len(rows), dtype="str")
    return pd.DataFrame(
        {
            "unit_id": unit_column(graph, table, "id", units),
            "unit": unit_column(graph, table, "name", units),
            "uscc": no_code if unit == "park" else unit_column(graph, table, "uscc", units),
            "city": city_names(graph, table, units),
            "category_code": category,
            "plan_year": plans["plan_year"][rows],
            "sponsor": kinds.astype(np.int64) << 32 | (at + 1),
            "sponsor_name": _sponsor_names(view, kinds, at),
            "target": plans["target_tier"][rows],
            "start": plans["start"][rows],
            "end": plans["end"][rows],
            "highest": highest,
        }
    )


def _sponsor_names(view: View, kinds: NDArray[np.int8], at: NDArray[np.int32]) -> pd.Series[Any]:
    """Return the names of sponsors; the department where nobody on record is one."""
    names = np.full(len(kinds), _DEPARTMENT, dtype=object)
    for kind, table in ((PARK, "parks"), (LEADER, "enterprises")):
        names[kinds == kind] = view.graph[table].texts("name", at[kinds == kind]).to_pylist()
    return pd.Series(names, dtype="str")


def conclude(facts: pd.DataFrame, _options: Options) -> pd.DataFrame:
    """Keep who has two sponsors or more: those of plans that run at once first, then the most sponsors."""
    facts = facts[facts.groupby(_KEYS)["sponsor"].transform("nunique") > 1]
    groups = facts.groupby(_KEYS, sort=True)
    table = groups[["unit", "uscc", "city", "highest"]].first()
    table["sponsor_count"] = groups["sponsor"].nunique()
    plans = [plans_of_unit for _, plans_of_unit in groups]
    table["sponsors"] = [_in_words(of_unit["sponsor_name"]) for of_unit in plans]
    table["plan_years"] = [_in_words(of_unit["plan_year"][of_unit["plan_year"] >= 0]) for of_unit in plans]
    table["target_tiers"] = [_tiers_in_words(of_unit["target"]) for of_unit in plans]
    table["at_once"] = [_run_at_once(of_unit) for of_unit in plans]
    order = ["at_once", "sponsor_count", *_KEYS]
    table = table.reset_index().sort_values(order, ascending=[False, False, True, True], kind="stable")
    table = table.reset_index(drop=True)
    texts = ("sponsors", "plan_years", "target_tiers", "uscc", "city")
    table = table.assign(
        category=categories(table["category_code"].to_numpy()),
        highest=tiers(table["highest"].to_numpy()),
        at_once=flags(table["at_once"].to_numpy(dtype=np.int8)),
        **{name: table[name].astype("str") for name in texts},
    )
    return table[[column.name for column in COLUMNS]]


def _run_at_once(plans: pd.DataFrame) -> bool:
    """Return whether plans of two sponsors hold on one day."""
    sponsor, start, end = (plans[name].to_numpy() for name in ("sponsor", "start", "end"))
    meet = (start[:, None] < end[None, :]) & (start[None, :] < end[:, None])
    return bool((meet & (sponsor[:, None] != sponsor[None, :])).any())


def _in_words(values: pd.Series[Any]) -> str | None:
    """Return distinct values in order, joined; null for none."""
    return BETWEEN.join(str(value) for value in sorted(set(values))) or None


def _tiers_in_words(codes: pd.Series[Any]) -> str | None:
    """Return the tiers that are aimed at, from low to high; null where nobody names one."""
    return BETWEEN.join(TIER_ZH[Tier(code)] for code in sorted(set(codes)) if code) or None


def question(options: type[Options]) -> Question[Any]:
    """Return the table."""
    return Question(
        name="pool",
        title=Bilingual("培育库：多主体培育", "planned by several sponsors"),
        definition=Bilingual(
            "同一类别由两个及以上主体（主管部门、园区、龙头企业）列入培育计划的单位，一家一类别一行；注明各计划是否同时进行。",
            "units that two or more sponsors (the department, parks, leaders) plan in one category: one row each, and whether "
            "their plans run at the same time.",
        ),
        columns=COLUMNS,
        clause_ids=("D-07", "D-13"),
        options=options,
        row_id="unit_id",
        filters=EVERY_FILTER,
        in_memory=in_memory,
        conclude=conclude,
    )
