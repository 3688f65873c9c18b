"""Answers in words: labels, coded values, yes and no, in Chinese or in English.

Two forms. `labelled` keeps numbers as numbers (workbooks, data frames for people); `shown` makes every cell
the text that a terminal or a notebook prints. Data (csv, json) never passes through here: it keeps its ids.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from graph_model.tiers import CATEGORY_ZH, TIER_ZH, TIERS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from queries.answers.column import Column

TIER_WORDS: dict[str, tuple[str, str]] = {tier.id: (TIER_ZH[tier], tier.id) for tier in TIERS}
CATEGORY_WORDS: dict[str, tuple[str, str]] = {
    category.value: (zh, category.value.replace("_", " ")) for category, zh in CATEGORY_ZH.items()
}
OPTION_WORDS: dict[str, dict[str, tuple[str, str]]] = {
    "tier": TIER_WORDS,
    "category": CATEGORY_WORDS,
    "base": {
        "above_scale": ("规上", "above scale"),
        "manufacturer": ("制造业", "manufacturers"),
        "above_scale_manufacturer": ("规上制造业", "above-scale manufacturers"),
        "all": ("全部", "all"),
    },
    "scope": {
        "mainland": ("境内", "mainland"),
        "all": ("全部", "all"),
        "province": ("省内", "in the province"),
        "national": ("全国", "national"),
    },
    "jurisdiction": {"recorded": ("按认定地区", "as recorded"), "province": ("全省", "the whole province")},
    "park_propagation": {
        "text": ("六项均计入", "all six items"),
        "literal": ("第二至六项计入", "items 2 to 6"),
        "serious": ("仅计重大及以上", "severe ones only"),
        "off": ("不计入", "none"),
    },
    "by": {"city": ("设区市", "city"), "province": ("全省", "province"), "county": ("县（市、区）", "county")},
}
"""Values of options in words, by the name of the option."""

FLAG_WORDS = {True: ("是", "yes"), False: ("否", "no")}
UNKNOWN = ("未知", "unknown")
LANGUAGES = ("zh", "en")


def labelled(table: pd.DataFrame, columns: Sequence[Column], lang: str = "zh") -> pd.DataFrame:
    """Return `table` with labels, coded values in words and days as ISO text; numbers stay numbers."""
    cells = {label(column, lang): _worded(table, column, lang) for column in columns}
    return pd.DataFrame(cells, index=table.index)


def shown(table: pd.DataFrame, columns: Sequence[Column], lang: str = "zh") -> pd.DataFrame:
    """Return `table` as the text a person reads: shares in percent, 1,234 for 万元, blank for null."""
    return pd.DataFrame(
        {label(column, lang): _text(table, column, lang) for column in columns},
        index=table.index,
        dtype=object,
    )


def spoken(columns: Sequence[Column], lang: str = "zh") -> tuple[Column, ...]:
    """Return the columns that a reader of one language needs: of a text and its English, only the one in that language."""
    names = {column.name for column in columns}
    pairs = {name: f"{name}_en" for name in names if f"{name}_en" in names}
    left_out = set(pairs.values()) if lang == "zh" else set(pairs)
    return tuple(column for column in columns if column.name not in left_out)


def label(column: Column, lang: str = "zh") -> str:
    """Return the head of a column, money with its unit."""
    if lang == "en":
        return f"{column.en} (10k yuan)" if column.kind == "money" else column.en
    return f"{column.zh}（万元）" if column.kind == "money" and "万元" not in column.zh else column.zh


def code_words(column: Column, code: str, lang: str = "zh") -> str:
    """Return a coded value of a column in words; parts joined by `+` are worded one by one, an unknown one as it is."""
    parts = [column.codes[part].in_(lang) if part in column.codes else part for part in code.split("+")]
    return "＋".join(parts) if lang == "zh" else " + ".join(parts)


def _worded(table: pd.DataFrame, column: Column, lang: str) -> pd.Series[Any]:
    """Return the cells of one column, coded ones in words."""
    cells = table[column.name]
    place = LANGUAGES.index(lang)
    if column.kind == "flag":
        return _flags(table, column, place)
    if column.kind == "day":
        return _each(cells, _iso)
    if column.kind == "tier":
        return _looked_up(cells, TIER_WORDS, place)
    if column.kind == "category":
        return _looked_up(cells, CATEGORY_WORDS, place)
    if column.kind == "code":
        return _each(cells, lambda code: code_words(column, str(code), lang))
    return cells


def _text(table: pd.DataFrame, column: Column, lang: str) -> pd.Series[Any]:
    """Return the cells of one column as text."""
    cells = _worded(table, column, lang)
    places = 2 if column.kind == "money" and (cells.dropna() % 1 != 0).any() else 0
    formats: dict[str, Callable[[Any], str]] = {
        "share": lambda value: f"{value:.2%}",
        "money": lambda value: f"{value:,.{places}f}",
        "count": lambda value: f"{int(value):,}",
        "number": lambda value: f"{value:.6g}",
        "rank": lambda value: str(int(value)),
        "year": lambda value: str(int(value)),
    }
    return _each(cells, formats.get(column.kind, str)).fillna("")


def _flags(table: pd.DataFrame, column: Column, place: int) -> pd.Series[Any]:
    """Return yes, no and unknown in words; None where the flag is not asked."""
    words = {value: pair[place] for value, pair in FLAG_WORDS.items()}
    cells = table[column.name].astype(object)
    answers = cells.map(lambda value: UNKNOWN[place] if pd.isna(value) else words[bool(value)])
    if column.answered_where is not None:
        other, value = column.answered_where
        answers = answers.where(table[other] == value, None)
    return answers


def _looked_up(cells: pd.Series[Any], words: Mapping[str, tuple[str, str]], place: int) -> pd.Series[Any]:
    return _each(cells, lambda code: words[code][place] if code in words else str(code))


def _each(cells: pd.Series[Any], word: Callable[[Any], str]) -> pd.Series[Any]:
    """Return `word` of every cell, None where it is null; each distinct value is worded once."""
    held = cells.dropna()
    words = {value: word(value) for value in held.unique()}
    return cells.astype(object).map(words, na_action="ignore").astype(object).where(cells.notna(), None)


def _iso(day: Any) -> str:
    return str(day.isoformat())[:10] if hasattr(day, "isoformat") else str(day)[:10]
