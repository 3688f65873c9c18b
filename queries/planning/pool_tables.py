"""Tables of planned units: counted per group, or one unit a row with the reason. For `pool` and `progress`. SPEC 9.5."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from graph_model.bilingual import Bilingual
from graph_model.days import OPEN, day
from queries.answers.columns import columns
from queries.answers.frame import categories, city_names, counts, days, flags, tiers, unit_column, words
from queries.answers.shares import share
from queries.planning.pool_fates import FATES, FateOptions, fated_units

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from graph_model.view import View
    from queries.planning.pool_fates import FatedUnits


GROUP_COLUMNS: Final = columns("category", "target_tier", "plan_year")
COUNT_COLUMNS: Final = columns(
    "planned", "already", "listed@fate", "late@fate", "barred", "open", "lapsed", "evaluated", "recommended", "conversion"
)  # fmt: skip
UNIT_COLUMNS: Final = columns(
    "unit_id", "unit", "uscc", "city", "start@plan", "end@plan", "fate", "reason@fate", "reason_en@fate", "bars@failing",
    "listed_on", "evaluated@flag", "recommended@flag",
)  # fmt: skip
"""What is told of one planned unit, behind the columns of its group."""
SUMS: Final = Bilingual(
    "列入计划 = 计划前已列入 + 按期列入 + 逾期列入 + 受限 + 在培 + 期满未列入；"
    "转化率 =（按期 + 逾期列入）÷（列入计划 - 计划前已列入）。",
    "planned = already + listed + late + barred + open + lapsed; conversion = (listed + late) / (planned - already).",
)
"""How the counts of a group add up, in words."""
_COUNTED: Final = ("planned", *FATES, "evaluated", "recommended")


def planned_facts(view: View, options: FateOptions, *, by_sponsor: bool = False) -> pd.DataFrame:
    """Return every planned unit as codes: its group, region, sponsor and fate; with `units` all that is told of it too."""
    parts = fated_units(view, options, by_sponsor=by_sponsor)
    frames = [_codes(part) for part in parts]
    if options.units:
        frames = [pd.concat([frame, _told(part)], axis=1) for frame, part in zip(frames, parts, strict=True)]
    return pd.concat(frames, ignore_index=True)


def _codes(part: FatedUnits) -> pd.DataFrame:
    planned = part.planned
    return pd.DataFrame(
        {
            "region": part.view.graph[part.table]["region"][planned.unit],
            "category": planned.category,
            "target_tier": planned.target_tier,
            "plan_year": planned.plan_year,
            "sponsor": planned.sponsor,
            "sponsor_row": planned.sponsor_row,
            "fate_code": part.fate,
            "evaluated": planned.evaluated,
            "recommended": planned.recommended,
        }
    )


def _told(part: FatedUnits) -> pd.DataFrame:
    """Return what is told of each planned unit by itself."""
    graph, planned = part.view.graph, part.planned
    no_code = pd.Series([None] * len(planned.unit), dtype="str")
    reasons = _reasons(part)
    return pd.DataFrame(
        {
            "unit_id": unit_column(graph, part.table, "id", planned.unit),
            "unit": unit_column(graph, part.table, "name", planned.unit),
            "uscc": no_code if part.unit == "park" else unit_column(graph, part.table, "uscc", planned.unit),
            "city": city_names(graph, part.table, planned.unit),
            "start": days(planned.start),
            "end": days(planned.end),
            "fate": words(part.fate.astype(np.int64), list(FATES)),
            "reason": pd.Series([reason.zh for reason in reasons], dtype="str"),
            "reason_en": pd.Series([reason.en for reason in reasons], dtype="str"),
            "bars": words(part.bar, [ids for ids, _ in part.bars]),
            "listed_on": days(planned.first_listed),
        }
    )


def _reasons(part: FatedUnits) -> list[Bilingual]:
    """Return why each planned unit has its fate, in words; alike reasons are worded once."""
    planned, worded = part.planned, dict[tuple[int, ...], Bilingual]()
    keys = zip(
        part.fate.tolist(),
        planned.start.tolist(),
        planned.end.tolist(),
        planned.first_listed.tolist(),
        part.bar.tolist(),
        strict=True,
    )
    return [worded[key] if key in worded else worded.setdefault(key, _reason(part, *key)) for key in keys]


def _reason(part: FatedUnits, fate: int, start: int, end: int, listed: int, bar: int) -> Bilingual:
    name = list(FATES)[fate]
    if name == "barred":
        return part.bars[bar][1]
    until = "—" if end == OPEN else day(end).isoformat()
    if name == "already":
        since = day(start).isoformat()
        return Bilingual(f"计划开始（{since}）前一日已达目标层级", f"at the target tier the day before {since}")
    if name in ("listed", "late"):
        on = day(listed).isoformat()
        zh, en = ("计划期内", "within the plan") if name == "listed" else (f"计划已于 {until} 期满", f"after {until}")
        return Bilingual(f"{on} 公布列入，{zh}", f"published on {on}, {en}")
    if name == "open":
        return Bilingual(f"计划至 {until}，尚未列入", f"the plan runs until {until}; not listed yet")
    return Bilingual(f"计划已于 {until} 期满，未列入", f"the plan ended on {until} without a listing")


def counted(facts: pd.DataFrame, keys: Sequence[str]) -> pd.DataFrame:
    """Return per group how many units are planned and what became of them, in the order of the keys."""
    of_fate = {name: (facts["fate_code"] == place).astype(np.int64) for place, name in enumerate(FATES)}
    numbers = {name: facts[name].astype(np.int64) for name in ("evaluated", "recommended")}
    table = facts[list(keys)].assign(planned=1, **of_fate, **numbers)
    table = table.groupby(list(keys), as_index=False)[list(_COUNTED)].sum()
    done = (table["listed"] + table["late"]).to_numpy()
    return table.assign(conversion=share(done, (table["planned"] - table["already"]).to_numpy()))


def one_by_one(facts: pd.DataFrame, keys: Sequence[str]) -> pd.DataFrame:
    """Return the planned units in the order of the keys, then of their ids."""
    table = facts.sort_values([*keys, "unit_id"], kind="stable").reset_index(drop=True)
    return table.assign(
        **{name: flags(table[name].to_numpy().astype(np.int8)) for name in ("evaluated", "recommended")}
    )


def plan_words(table: pd.DataFrame) -> dict[str, Any]:
    """Return the columns of a group in words: category, target tier, year of the plan."""
    years: NDArray[Any] = table["plan_year"].to_numpy()
    return {
        "category": categories(table["category"].to_numpy()),
        "target_tier": tiers(table["target_tier"].to_numpy()),
        "plan_year": counts(years, years >= 0),
    }
