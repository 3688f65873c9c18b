"""What becomes of what was planned? One row per city, category, target tier, plan year and kind of sponsor. SPEC 9.5.

Three other tables open it: `units` (one planned unit a row), `overlaps` (planned by several) and `missed` (by nobody).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from graph_model.bilingual import Bilingual
from graph_model.regions import UNKNOWN
from queries.answers.columns import columns
from queries.answers.frame import words
from queries.asking.options import option
from queries.asking.question import EVERY_FILTER, Question
from queries.planning.pool_fates import SPONSOR_KINDS, FateOptions, fate_notes
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
from queries.questions.pool import missed, overlaps

if TYPE_CHECKING:
    from typing import Any

    from graph_model.view import View


class PoolOptions(FateOptions):
    """By which rules a bar fails, and which table."""

    overlaps: bool = option(False, "列出由多个主体培育的单位", "units planned by several sponsors")
    missed: bool = option(False, "列出处于多条产业链、无人培育的单位", "units in several chains that nobody plans")
    chains: int = option(3, "与 missed 合用：至少几条产业链", "with missed: at least so many chains", ge=1)


KEYS = ("elsewhere", "code", "category", "target_tier", "plan_year", "sponsor")
"""The order of rows: cities by code and 未知 last, null target tiers first."""
REGION_COLUMNS = columns("region_id", "region")
KIND_COLUMN = columns("sponsor_kind")
COLUMNS = (*REGION_COLUMNS, *GROUP_COLUMNS, *KIND_COLUMN, *COUNT_COLUMNS)


def in_memory(view: View, options: PoolOptions) -> pd.DataFrame:
    """Gather every planned unit of every group with what became of it, by the city it lies in."""
    facts = planned_facts(view, options)
    region = facts["region"].to_numpy()
    code = np.where(region % 10000 == 0, UNKNOWN, region // 100 * 100)
    return facts.assign(code=code, elsewhere=code == UNKNOWN)


def conclude(facts: pd.DataFrame, _options: PoolOptions) -> pd.DataFrame:
    """Count per group."""
    table = counted(facts, KEYS)
    return table.assign(**_worded(table))[[column.name for column in COLUMNS]]


def conclude_units(facts: pd.DataFrame, _options: PoolOptions) -> pd.DataFrame:
    """Return the units one by one, in the order of their groups."""
    table = one_by_one(facts, KEYS)
    return table.assign(**_worded(table))[[column.name for column in UNITS.columns]]


def _worded(table: pd.DataFrame) -> dict[str, Any]:
    """Return the columns of a group in words."""
    from graph_model.regions import jiangsu

    codes, regions = table["code"].tolist(), jiangsu()
    return {
        "region_id": pd.Series([str(code) if code else None for code in codes], dtype="str"),
        "region": pd.Series([regions.name(code) or "未知" for code in codes], dtype="str"),
        **plan_words(table),
        "sponsor_kind": words(table["sponsor"].to_numpy(), list(SPONSOR_KINDS)),
    }


UNITS = Question(
    name="pool",
    title=Bilingual("培育库成效：逐家", "the cultivation pool, unit by unit"),
    definition=Bilingual(
        "列入计划的单位一家一行，结果取最先成立的一项并写明原因；各组家数与培育库成效一致。",
        "one planned unit a row, with what became of it (the first that fits) and why; they add up to the groups of the pool.",
    ),
    columns=(*REGION_COLUMNS, *GROUP_COLUMNS, *KIND_COLUMN, *UNIT_COLUMNS),
    clause_ids=("D-07", "D-13"),
    options=PoolOptions,
    row_id="unit_id",
    filters=EVERY_FILTER,
    in_memory=in_memory,
    conclude=conclude_units,
    notes_in_memory=fate_notes,
)

QUESTION = Question(
    name="pool",
    title=Bilingual("培育库成效", "what becomes of the cultivation pool"),
    definition=SUMS,
    columns=COLUMNS,
    clause_ids=("D-07", "D-13"),
    options=PoolOptions,
    row_id="region_id",
    filters=frozenset({"city"}),
    in_memory=in_memory,
    conclude=conclude,
    notes_in_memory=fate_notes,
    place=51,
    tables={"units": UNITS, "overlaps": overlaps.question(PoolOptions), "missed": missed.question(PoolOptions)},
)
