"""Days: the spellings of SPEC 4; a month or a year alone means its first day, with a hint."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

import pyarrow as pa

from graph_model.values.kind import NOTHING, Kind, ParsedValue, Remark, compact, says_nothing, warning

_TIME = r"(?:T?\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?"
_SPELLINGS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(\d{{4}})-(\d{{1,2}})-(\d{{1,2}}){_TIME}",
        rf"(\d{{4}})/(\d{{1,2}})/(\d{{1,2}}){_TIME}",
        r"(\d{4})\.(\d{1,2})\.(\d{1,2})",
        r"(\d{4})年(\d{1,2})月(\d{1,2})[日号]",
        r"(\d{4})(\d{2})(\d{2})",
        r"(\d{4})年(\d{1,2})月(?:份)?",
        r"(\d{4})-(\d{1,2})",
        r"(\d{4})/(\d{1,2})",
        r"(\d{4})\.(\d{2})",
        r"(\d{4})(?:年|年度)?",
    )
)
_COARSE: Final = {1: Remark("hint", "day_from_year"), 2: Remark("hint", "day_from_month"), 3: None}


def day(text: str) -> ParsedValue:
    """Read a day."""
    # Whitespace is gone after `compact`, so a time of day stands directly behind its date.
    cell = compact(text)
    if says_nothing(cell):
        return NOTHING
    found = next(filter(None, (spelling.fullmatch(cell) for spelling in _SPELLINGS)), None)
    return _from_parts([int(part) for part in found.groups()]) if found else warning("day_unreadable")


def _from_parts(parts: list[int]) -> ParsedValue:
    year, month, day_of_month = [*parts, 1, 1][:3]
    try:
        value = date(year, month, day_of_month)
    except ValueError:
        return warning("day_unreadable")
    if not 1900 <= year <= 2200:
        return warning("day_unreadable")
    return ParsedValue(value, _COARSE[len(parts)])


DAY: Final = Kind("day", pa.date32(), day)
