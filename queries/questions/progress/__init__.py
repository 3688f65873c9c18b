"""How far has each plan come? One row per plan of a city, park or leader: the sums of the pool, sponsor by sponsor.

A plan is what one sponsor planned for a year in a category; rows without a sponsor on record are the plan of the city that the
unit lies in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from graph_model.bilingual import Bilingual
from graph_model.regions import UNKNOWN, jiangsu
from queries.answers.columns import columns
from queries.answers.frame import city_names, unit_column, words
from queries.asking.question import EVERY_FILTER, Question
from queries.measures.plan_rows import DEPARTMENT, LEADER, PARK
from queries.planning.pool_fates import FateOptions, fate_notes
from queries.planning.pool_tables import (
    COUNT_COLUMNS,
    GROUP_COLUMNS,
    SUMS,
    UNIT_COLUMNS,
    counted,
    one_by_one,
    plan_words,
    planned_facts,
)

if TYPE_CHECKING:
    from typing import Any

    from numpy.typing import NDArray

    from graph_model.view import View

PLAN_KINDS = ("city", "park", "leader")
SPONSOR_COLUMNS = columns("sponsor_kind@plan", "sponsor_id", "sponsor", "sponsor_city")
COLUMNS = (*SPONSOR_COLUMNS, *GROUP_COLUMNS, *COUNT_COLUMNS)
KEYS = ("kind", "elsewhere", "sponsor_id", "category", "plan_year", "target_tier")
"""The order of rows: cities by code and 未知 last, parks, leaders; of each its plans by category and year."""


class ProgressOptions(FateOptions):
    """By which rules a bar fails, and whether units are told one by one."""


def in_memory(view: View, options: ProgressOptions) -> pd.DataFrame:
    """Gather every planned unit of every plan with what became of it, and whose plan it is."""
    facts = planned_facts(view, options, by_sponsor=True)
    kind, at, region = (facts[name].to_numpy() for name in ("sponsor", "sponsor_row", "region"))
    city = np.where(region % 10000 == 0, UNKNOWN, region // 100 * 100)
    return facts.assign(
        kind=kind,
        elsewhere=(kind == DEPARTMENT) & (city == UNKNOWN),
        **_sponsors(view, kind, at, city),
    )


def _sponsors(
    view: View, kind: NDArray[Any], at: NDArray[Any], city: NDArray[Any]
) -> dict[str, NDArray[Any] | pd.Series[Any]]:
    """Return id, name and city of the sponsor of every planned unit; the id of 未知 is empty."""
    regions = jiangsu()
    names = {code: regions.name(code) or "未知" for code in np.unique(city).tolist()}
    ids: NDArray[Any] = np.array([str(code) if code else "" for code in city.tolist()], dtype=object)
    sponsor: NDArray[Any] = np.array([names[code] for code in city.tolist()], dtype=object)
    lies_in = sponsor.copy()
    for of_kind, table in ((PARK, "parks"), (LEADER, "enterprises")):
        mine = kind == of_kind
        ids[mine] = unit_column(view.graph, table, "id", at[mine])
        sponsor[mine] = unit_column(view.graph, table, "name", at[mine])
        lies_in[mine] = city_names(view.graph, table, at[mine])
    return {"sponsor_id": ids, "sponsor_name": sponsor, "sponsor_city": pd.Series(lies_in, dtype="str")}


def conclude(facts: pd.DataFrame, _options: ProgressOptions) -> pd.DataFrame:
    """Count per plan."""
    table = counted(facts, KEYS)
    about = facts.drop_duplicates(["kind", "sponsor_id"])[["kind", "sponsor_id", "sponsor_name", "sponsor_city"]]
    table = table.merge(about, on=["kind", "sponsor_id"], how="left")
    return table.assign(**_worded(table))[[column.name for column in COLUMNS]]


def conclude_units(facts: pd.DataFrame, _options: ProgressOptions) -> pd.DataFrame:
    """Return the units one by one, plan by plan."""
    table = one_by_one(facts, KEYS)
    return table.assign(**_worded(table))[[column.name for column in UNITS.columns]]


def _worded(table: pd.DataFrame) -> dict[str, Any]:
    """Return the columns of a plan in words."""
    ids = [id or None for id in table["sponsor_id"]]
    return {
        "sponsor_kind": words(table["kind"].to_numpy(), PLAN_KINDS),
        "sponsor_id": pd.Series(ids, dtype="str"),
        "sponsor": table["sponsor_name"].astype("str"),
        **plan_words(table),
    }


UNITS = Question(
    name="progress",
    title=Bilingual("培育计划进展：逐家", "progress of plans, unit by unit"),
    definition=Bilingual(
        "各培育计划的单位一家一行，结果取最先成立的一项并写明原因；各计划家数与培育计划进展一致。",
        "one planned unit a row, plan by plan, with what became of it (the first that fits) and why; they add up to each plan.",
    ),
    columns=(*SPONSOR_COLUMNS, *GROUP_COLUMNS, *UNIT_COLUMNS),
    clause_ids=("D-09.2", "D-10.2", "D-13"),
    options=ProgressOptions,
    row_id="unit_id",
    filters=EVERY_FILTER,
    in_memory=in_memory,
    conclude=conclude_units,
    notes_in_memory=fate_notes,
)

QUESTION = Question(
    name="progress",
    title=Bilingual("培育计划进展", "progress of cultivation plans"),
    definition=Bilingual(
        "一个主体（设区市、园区、龙头企业）一个年度、一个类别、一个目标层级的培育计划一行；未写主体的计划归单位所在设区市。"
        + SUMS.zh,
        "one row per plan of a city, park or leader for a year, category and target tier; a plan without a sponsor is that of the "
        "unit's city. " + SUMS.en,
    ),
    columns=COLUMNS,
    clause_ids=("D-09.2", "D-10.2", "D-13"),
    options=ProgressOptions,
    row_id="sponsor_id",
    filters=EVERY_FILTER,
    in_memory=in_memory,
    conclude=conclude,
    notes_in_memory=fate_notes,
    place=52,
    tables={"units": UNITS},
)
