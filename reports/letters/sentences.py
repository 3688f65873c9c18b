"""Numbers in sentences, as an office writes them; what is not known is called unknown, never nought."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pandas as pd

if TYPE_CHECKING:
    from datetime import date

UNKNOWN: Final = "未知"


def count(number: Any) -> str:
    """Return a whole number."""
    return UNKNOWN if pd.isna(number) else f"{int(number):,}"


def share(fraction: Any) -> str:
    """Return a share in percent."""
    return UNKNOWN if pd.isna(fraction) else f"{fraction:.2%}"


def amount(money: Any) -> str:
    """Return an amount in 万元."""
    return UNKNOWN if pd.isna(money) else f"{money:,.2f}"


def text(value: Any) -> str:
    """Return a text as it stands in a table."""
    return UNKNOWN if value is None or pd.isna(value) else str(value)


def yes_or_no(value: Any) -> str:
    """Return a yes or no, or that it is not known."""
    return UNKNOWN if pd.isna(value) else "是" if value else "否"


def chinese_day(day: date) -> str:
    """Return a day as 2026年6月30日."""
    return f"{day.year}年{day.month}月{day.day}日"


def coverage_sentences(row: pd.Series[Any]) -> tuple[str, ...]:
    """Return how many enterprises there are and how many of them are green, by tier, with the bounds where they differ."""
    opening = (
        f"{row['region']}共有规模以上工业企业{count(row['base'])}家"
        + (f"（另有{count(row['base_unknown'])}家是否规上未知）" if row["base_unknown"] else "")
        + f"，其中列入市级及以上绿色工厂名单的{count(row['at_least_city'])}家，占{share(row['share'])}"
    )
    bounds = ""
    if pd.notna(row["share_low"]) and row["share_low"] != row["share_high"]:
        bounds = f"；计入未知情形，占比在{share(row['share_low'])}至{share(row['share_high'])}之间"
    tiers = (
        f"按最高层级分，国家级{count(row['national'])}家、省级{count(row['provincial'])}家、市级{count(row['city'])}家、"
        f"区县级{count(row['district'])}家；在库培育{count(row['pool'])}家，无法判断的{count(row['unknown'])}家。"
    )
    return f"{opening}{bounds}。", tiers


def output_sentence(row: pd.Series[Any]) -> str:
    """Return how much of the output is from green factories, of those whose output is known."""
    if not row["output_known"]:
        return "工业总产值没有载入，绿色工厂产值占比未知。"
    return (
        f"产值已知的{count(row['output_known'])}家企业中，绿色工厂产值{amount(row['output_green'])}万元，"
        f"占{share(row['output_share'])}。"
    )


def park_sentence(table: pd.DataFrame) -> str:
    """Return how many parks there are, how many of them have a share, and which is the highest."""
    stated = table[table["share"].notna().to_numpy()]
    if not len(table):
        return "没有在册的园区。"
    unknown = len(table) - len(stated)
    without = f"，{count(unknown)}个没有可计算的占比（未载入入园企业或没有规上企业）" if unknown else ""
    if not len(stated):
        return f"在册园区{count(len(table))}个{without}。"
    best = stated.iloc[0]
    of_base = f"{count(best['base'])}家规上企业中有绿色工厂{count(best['green'])}家，占{share(best['share'])}"
    if len(table) == 1:
        return f"{best['park']}{of_base}。"
    return f"园区{count(len(table))}个{without}；占比最高的是{best['park']}，{of_base}。"


def leader_sentence(table: pd.DataFrame) -> str:
    """Return how many leaders there are, and the ratio of the highest; of a single one its own."""
    if not len(table):
        return "没有在册的龙头企业（链主）。"
    stated = table[table["ratio"].notna().to_numpy()]
    if not len(stated):
        return f"龙头企业（链主）{count(len(table))}家，均没有载入供应商清单，占比未知。"
    best = stated.iloc[0]
    lead = (
        f"{best['leader']}在范围内的{count(best['suppliers'])}家供应商中有绿色工厂{count(best['green'])}家，占{share(best['ratio'])}，"
        f"另有{count(best['unknown'])}家无法判断"
    )
    if len(table) == 1:
        return f"{lead}。"
    without = len(table) - len(stated)
    unknown = f"，其中{count(without)}家没有供应商清单，占比未知" if without else ""
    return f"龙头企业（链主）{count(len(table))}家{unknown}；占比最高的{lead}。"
