"""A sheet of values: a csv file with an indicator's id and its value per row, for one unit or for several."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from graph_model.bilingual import Bilingual
from graph_model.errors import FileFaultError
from graph_model.values import coded, says_nothing
from queries.law.schemes.model import Indicator
from queries.law.user_files import user_table

if TYPE_CHECKING:
    from pathlib import Path

    from queries.law.schemes.model import Scheme

Values = dict[str, Decimal | None]
"""Value per indicator id; None is unknown, yes is 1, no is 0."""

_UNIT, _INDICATOR, _VALUE = (
    ("unit", "单位", "单位名称", "企业名称"),
    ("indicator", "指标", "指标编号"),
    ("value", "值", "数值"),
)


def read_values(path: str | Path, scheme: Scheme) -> dict[str, Values]:
    """Read values by unit ('' where the sheet names none); UsageError names file, line, column and what was expected."""
    table = user_table(path, Bilingual("数值文件", "sheet of values"))
    heads = table.header
    unit = next((heads.index(name) for name in _UNIT if name in heads), None)
    indicator, value = (_column(path, heads, names) for names in (_INDICATOR, _VALUE))
    indicators = {each.id: each for each in scheme.indicators if each.weight} | basic_answers(scheme)
    by_unit: dict[str, Values] = {}
    for number, row in table.dicts():
        id, who = row[heads[indicator]], "" if unit is None else row[heads[unit]]
        if id not in indicators:
            raise _fault(path, number, f"没有指标“{id}”", f"the scheme has no indicator {id!r}")
        of_unit = by_unit.setdefault(who, {})
        if id in of_unit:
            raise _fault(path, number, f"指标 {id} 写了两次", f"the indicator {id} stands twice")
        of_unit[id] = _value(path, number, indicators[id], row[heads[value]])
    return by_unit


def basic_answers(scheme: Scheme) -> dict[str, Indicator]:
    """Return what a sheet may say of the basic requirements: one yes or no each, by its id."""
    return {
        indicator.basic_id: Indicator(
            id=indicator.basic_id,
            title=indicator.title,
            weight=Decimal(1),
            direction="yes_no",
            verified=indicator.verified,
        )
        for indicator in scheme.basics
    }


def checked(indicator: Indicator, value: Decimal) -> tuple[str, str] | None:
    """Return what is wrong with a value, in Chinese and English; None where nothing is."""
    if not value.is_finite() or value < 0:
        return "应为不小于 0 的数", "a number of at least 0 is expected"
    if indicator.direction == "points" and value > indicator.weight:
        return f"不能超过满分 {indicator.weight}", f"at most {indicator.weight} points are expected"
    if indicator.direction == "yes_no" and value not in (0, 1):
        return "应为 是 或 否", "yes or no is expected"
    return None


def _value(path: str | Path, line: int, indicator: Indicator, cell: str) -> Decimal | None:
    if says_nothing(cell):
        return None
    text = cell.strip().replace("％", "%").removesuffix("%").strip()
    if indicator.direction == "yes_no":
        flag = coded.FLAG.parse(cell).value
        if flag is None:
            raise _fault(path, line, f"{indicator.id} 应为 是 或 否", f"{indicator.id}: yes or no is expected")
        return Decimal(int(flag))
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise _fault(
            path, line, f"{indicator.id} 应为数，现为“{cell}”", f"{indicator.id}: a number, not {cell!r}"
        ) from None
    wrong = checked(indicator, value)
    if wrong is not None:
        raise _fault(path, line, f"{indicator.id} {wrong[0]}，现为 {value}", f"{indicator.id}: {wrong[1]}, not {value}")
    return value


def _column(path: str | Path, heads: list[str], names: tuple[str, ...]) -> int:
    place = next((heads.index(name) for name in names if name in heads), None)
    if place is None:
        raise _fault(path, 1, f"缺少列 {names[1]}（{names[0]}）", f"the column {names[0]} is missing")
    return place


def _fault(path: str | Path, line: int, zh: str, en: str) -> FileFaultError:
    return FileFaultError(path, line, Bilingual(zh, en))
