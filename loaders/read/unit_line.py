"""The line of units below a header: 万元, （千元）, % under the columns they measure, or 单位：千元 for all of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from graph_model.values import compact
from graph_model.values.numbers import fen_of, is_foreign

_OTHER: Final = re.compile(
    r"%|[万千亿]?(家|个|户|项|人|吨|千克|公斤|件|台|套|平方米|亩|度|千瓦时|吨标准?煤)|年|月|日|天|分|年月日|k?wh|kg|t|tce",
    re.IGNORECASE,
)
_WHOLE: Final = re.compile(r"[(\[【]?(?:金额|计量)?单位[::]?([^:()\[\]【】]+)[)\]】]?")
_LABEL: Final = frozenset({"单位", "计量单位", "单位:"})
_BRACKETS: Final = re.compile(r"^[(\[【](.+)[)\]】]$")


def units_below(cells: Sequence[str | None]) -> dict[int, str] | None:
    """Return the unit under each column of a line that holds nothing but units; None where it is no such line."""
    filled = {index: compact(cell) for index, cell in enumerate(cells) if cell and compact(cell)}
    whole = [_WHOLE.fullmatch(text) for text in filled.values()]
    if len(whole) == 1 and whole[0] is not None and _is_unit(whole[0][1]):
        return dict.fromkeys(range(len(cells)), whole[0][1])
    units = {index: _BRACKETS.sub(r"\1", text) for index, text in filled.items() if text not in _LABEL}
    if not units or not all(_is_unit(text) for text in units.values()):
        return None
    return units


def _is_unit(text: str) -> bool:
    return fen_of(text) is not None or is_foreign(text) or _OTHER.fullmatch(text) is not None
