"""Lists that take units off a list: what their names say of the list, and of the day.

移出2021年度省级绿色工厂名单 names the list (batch 2021); 2023年移出… names the year of the removal; a year that may be either
(2021年度绿色工厂移出名单) is neither. SPEC 8, "Ends that cannot be read".
"""

from __future__ import annotations

import re
from typing import Any, Final, NamedTuple

from loaders.read.list_names import Context, Stop, first_word, removal_word, words_of
from loaders.read.periods import period_in, years_at

_BESIDE: Final = 8
"""Most letters between a year and the word of removal that it belongs to (2023年江苏省撤销…)."""
_OF_LIST = re.compile("名单|绿色|[国省市区县]级|批")


class Removal(NamedTuple):
    """What the names of a removal list say: the word, the year of the removal, year and round of the list it names."""

    word: str
    text: str
    year: int | None
    list_year: str | None
    list_round: str | None


def removal_of(context: Context) -> Removal | Stop | None:
    """Return what is removed, None for a list that adds; a stop where the names leave that open."""
    for text in context.near():
        word, added = removal_word(text), first_word("added", text)
        if word is not None and added is not None:
            return Stop("list_polarity_open", f"{added}、{word}", text)
        if word is not None:
            return _removal(word, text, context)
        if added is not None:
            return None
        if (word := first_word("unclear", text)) is not None:
            return Stop("list_polarity_open", word, text)
    return None


def _removal(word: str, text: str, context: Context) -> Removal:
    years: list[int] = []
    list_years: list[str] = []
    rounds: list[str] = []
    for name in context.near():
        inner = removal_word(name)
        if inner is None:
            if _OF_LIST.search(name) and (period := period_in(name)).year:
                list_years.append(period.year)
            rounds += filter(None, [period_in(name).round]) if _OF_LIST.search(name) else []
        else:
            found = _years(name, inner)
            years += [int(year) for year in found[0]]
            list_years += found[1]
            rounds += _rounds(name, inner)
    return Removal(word, text, _only(years), _only(list_years), _only(rounds))


def _years(text: str, word: str) -> tuple[list[str], list[str]]:
    """Return the years of the removal and those of the list, as they stand beside the word."""
    start = text.index(word)
    end = start + len(word)
    of_removal, of_list = [], []
    for year, first, last in years_at(text):
        if last <= start and _is_beside(text[last:start]):
            of_removal.append(year)
        elif first >= end and first - end <= 2:
            of_list.append(year)
    return of_removal, of_list


def _rounds(text: str, word: str) -> list[str]:
    """Return the round that stands behind the word; one in front of it may count removals."""
    behind = period_in(text[text.index(word) + len(word) :]).round
    return [behind] if behind else []


def _is_beside(gap: str) -> bool:
    return len(gap) <= _BESIDE and not _OF_LIST.search(gap)


def _only(named: list[Any]) -> Any:
    return named[0] if len(set(named)) == 1 else None


def status_of(text: str) -> str | None:
    """Return what a cell of 状态 or 备注 says: `removed`, `active`, or nothing of either."""
    statuses = words_of("statuses")
    for word in statuses["kept"]:
        if word in text:
            return "active"
    if any(word in text for word in statuses["removed"]):
        return "removed"
    return "active" if text in statuses["active"] else None
