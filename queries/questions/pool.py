"""What becomes of what was planned? One row per city, category, target tier, plan year and kind of sponsor. SPEC 9.5."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from graph_model.bilingual import Bilingual
from graph_model.days import OPEN
from graph_model.regions import UNKNOWN
from graph_model.tiers import CATEGORIES, Category, Tier
from queries.answers.column import Column
from queries.answers.columns import columns
from queries.answers.frame import categories, counts, tiers, words
from queries.answers.shares import share
from queries.asking.options import option
from queries.asking.question import Options, Question
from queries.eligibility.assess import AssessOptions, rules_of
from queries.measures.plan_rows import Planned, planned_units
from queries.planning.candidates import standing

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from graph_model.view import View

FATES: Final = ("already", "listed", "late", "barred", "open", "lapsed")
"""What may become of a planned unit; the first that fits counts."""
_COUNTED: Final = ("planned", *FATES, "evaluated", "recommended")


class PoolOptions(Options):
    """By which rules a bar fails."""

    rules: str | None = option(None, "规则集，不写时按日期", "rule set; else the one of the day")
    rules_file: str | None = option(None, "自己的规则集文件（YAML）", "a rule set file of your own (YAML)")


_SPONSORS: Final = {
    "department": Bilingual("主管部门", "department"),
    "park": Bilingual("园区", "park"),
    "leader": Bilingual("龙头企业", "chain leader"),
}


def _count(name: str, zh: str, meaning_zh: str, meaning: str) -> Column:
    return Column(name, zh, "count", Bilingual(meaning_zh, meaning))


COLUMNS = (
    *columns("region_id", "region", "category"),
    Column(
        "target_tier",
        "目标层级",
        "tier",
        Bilingual("计划列入的层级；空为任一层级", "tier aimed at; null: any tier counts"),
    ),
    Column("plan_year", "计划年度", "year", Bilingual("培育计划的年度", "year of the plan")),
    Column(
        "sponsor_kind",
        "培育主体",
        "code",
        Bilingual("主管部门、园区或龙头企业", "department, park or leader"),
        _SPONSORS,
    ),
    _count("planned", "列入计划", "列入计划的单位数", "units planned"),
    _count(
        "already",
        "计划前已列入",
        "计划开始前一日已达目标层级",
        "active at the target tier on the day before the plan began",
    ),
    _count("listed", "按期列入", "计划期内列入", "first published within the plan"),
    _count("late", "逾期列入", "计划期满后列入", "first published after the plan ended"),
    _count("barred", "受限", "当日有限制性条款不符合", "a bar fails on the day"),
    _count("open", "在培", "计划尚未期满", "the plan has not ended"),
    _count("lapsed", "期满未列入", "计划期满仍未列入", "the plan ended without a listing"),
    _count(
        "evaluated", "已评价", "计划开始后有未被退回的评价报告", "a report since the plan began that was not refused"
    ),
    _count(
        "recommended",
        "已推荐",
        "计划开始后已按目标层级或以上推荐",
        "recommended at the tier or above since the plan began",
    ),
    Column(
        "conversion",
        "转化率",
        "share",
        Bilingual("（按期＋逾期列入）÷（列入计划－计划前已列入）", "(listed + late) / (planned - already)"),
    ),
)


@dataclass(frozen=True)
class _Unit:
    """What is counted of the units planned for one kind of unit: a vector over the distinct units of each group."""

    frame: pd.DataFrame
    outside: int


def in_memory(view: View, options: PoolOptions) -> pd.DataFrame:
    """Gather every planned unit of every group with what became of it."""
    frames = [_of_kind(view, options, unit, table).frame for unit, table in _UNITS]
    return pd.concat(frames, ignore_index=True)


_UNITS: Final = (("enterprise", "enterprises"), ("park", "parks"))


def _of_kind(view: View, options: PoolOptions, unit: str, table: str) -> _Unit:
    planned = planned_units(view, unit)
    outside = view.graph.outside(table)[planned.unit]
    kept = planned.at(np.flatnonzero(~outside))
    region = view.graph[table]["region"][kept.unit]
    frame = pd.DataFrame(
        {
            "code": np.where(region % 10000 == 0, UNKNOWN, region // 100 * 100),
            "category": kept.category,
            "target_tier": kept.target_tier,
            "plan_year": kept.plan_year,
            "sponsor": kept.sponsor,
            "fate": _fates(view, options, kept, table),
            "evaluated": kept.evaluated,
            "recommended": kept.recommended,
            "unit": kept.unit.astype(np.int64) * 2 + (unit == "park"),
        }
    )
    return _Unit(frame, len(np.unique(planned.unit[outside])))


def _fates(view: View, options: PoolOptions, planned: Planned, table: str) -> NDArray[np.int8]:
    """Return per planned unit the place of the first of `FATES` that fits."""
    came = planned.first_listed < OPEN
    barred = _barred(view, options, planned, table)
    tests = (
        planned.already,
        came & (planned.first_listed < planned.end),
        came,
        barred,
        planned.end > view.facts.number,
    )
    fate = np.full(len(planned.unit), len(FATES) - 1, dtype=np.int8)
    for place in range(len(tests) - 1, -1, -1):
        fate[tests[place]] = place
    return fate


def _barred(view: View, options: PoolOptions, planned: Planned, table: str) -> NDArray[np.bool_]:
    """Return for whom a bar fails on the day, at the target tier; provincial where none is named, city for a district."""
    barred = np.zeros(len(planned.unit), dtype=bool)
    asked = np.where(planned.target_tier == Tier.NONE, Tier.PROVINCIAL, np.maximum(planned.target_tier, Tier.CITY))
    for category in (Category.FACTORY, Category.PARK, Category.SUPPLY_CHAIN):
        if (table == "parks") != (category is Category.PARK):
            continue
        for tier in (Tier.CITY, Tier.PROVINCIAL, Tier.NATIONAL):
            rows = np.flatnonzero((planned.category == CATEGORIES.index(category)) & (asked == tier))
            if len(rows):
                barred[rows] = _bars_fail(view, options, category, tier, planned.unit[rows])
    return barred


def _bars_fail(
    view: View, options: PoolOptions, category: Category, tier: Tier, units: NDArray[Any]
) -> NDArray[np.bool_]:
    asked = AssessOptions(category=category.value, tier=tier.id, rules=options.rules, rules_file=options.rules_file)
    decided = standing(view, rules_of(view, asked), category, tier, "all")
    failing = np.append(decided.failing.any(axis=1), False)
    result: NDArray[np.bool_] = failing[decided.place[units]]
    return result


def conclude(facts: pd.DataFrame, _options: PoolOptions) -> pd.DataFrame:
    """Count per group and order: cities by code and 未知 last, null target tiers first."""
    flags = {name: (facts["fate"] == place).astype(np.int64) for place, name in enumerate(FATES)}
    counted = facts.assign(planned=1, **flags)
    counted[["evaluated", "recommended"]] = counted[["evaluated", "recommended"]].astype(np.int64)
    keys = ["code", "category", "target_tier", "plan_year", "sponsor"]
    table = counted.groupby(keys, as_index=False)[list(_COUNTED)].sum()
    table = (
        table.assign(last=table["code"] == UNKNOWN).sort_values(["last", *keys], kind="stable").reset_index(drop=True)
    )
    return _worded(table)


def _worded(table: pd.DataFrame) -> pd.DataFrame:
    from graph_model.regions import jiangsu

    regions, codes = jiangsu(), table["code"].tolist()
    done = (table["listed"] + table["late"]).to_numpy()
    frame = pd.DataFrame(
        {
            "region_id": pd.Series([str(code) if code else None for code in codes], dtype="str"),
            "region": pd.Series([regions.name(code) or "未知" for code in codes], dtype="str"),
            "category": categories(table["category"].to_numpy()),
            "target_tier": tiers(table["target_tier"].to_numpy()),
            "plan_year": counts(table["plan_year"].to_numpy(), table["plan_year"].to_numpy() >= 0),
            "sponsor_kind": words(table["sponsor"].to_numpy(), list(_SPONSORS)),
            **{name: table[name].to_numpy() for name in _COUNTED},
            "conversion": share(done, (table["planned"] - table["already"]).to_numpy()),
        }
    )
    return frame[[column.name for column in COLUMNS]]


def notes(view: View, options: PoolOptions) -> list[Bilingual]:
    """Say who is left out, who is planned in several groups, and which sponsors are not known as park or enterprise."""
    said: list[Bilingual] = []
    parts = [_of_kind(view, options, unit, table) for unit, table in _UNITS]
    outside = sum(part.outside for part in parts)
    if outside:
        said.append(
            Bilingual(f"已知在省外、未列入的有 {outside} 家", f"{outside} units known to lie outside are left out")
        )
    several = sum(int((part.frame["unit"].value_counts() > 1).sum()) for part in parts)
    if several:
        said.append(
            Bilingual(
                f"{several} 家单位列入多项计划，在各项中分别计数", f"{several} units are planned in several groups"
            )
        )
    unknown = sum(int(planned_units(view, unit).unknown_sponsors) for unit, _ in _UNITS)
    if unknown:
        zh = f"{unknown} 行的培育主体当日尚未见于任何记录，按主管部门计"
        said.append(Bilingual(zh, f"{unknown} rows name a sponsor that is not on record and count as the department's"))
    return said


QUESTION = Question(
    name="pool",
    title=Bilingual("培育库成效", "what becomes of the cultivation pool"),
    definition=Bilingual(
        "列入计划 = 计划前已列入 + 按期列入 + 逾期列入 + 受限 + 在培 + 期满未列入；"
        "转化率 =（按期 + 逾期列入）÷（列入计划 - 计划前已列入）。",
        "planned = already + listed + late + barred + open + lapsed; conversion = (listed + late) / (planned - already).",
    ),
    columns=COLUMNS,
    clause_ids=("D-07", "D-13"),
    options=PoolOptions,
    row_id="region_id",
    filters=frozenset({"city"}),
    in_memory=in_memory,
    conclude=conclude,
    notes_in_memory=notes,
    place=51,
)
