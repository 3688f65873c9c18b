"""Numbers: money, counts, years, scores, percentages.

Money is a whole number of 分 (1e-6 万元), rounded half to even, so that sums are exact and no two engines differ.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_EVEN, Decimal
from math import prod
from typing import Final

import pyarrow as pa

from graph_model.values.kind import NOTHING, Kind, ParsedValue, Remark, compact, says_nothing, warning

_TIMES: Final = {"十": 10, "百": 10**2, "千": 10**3, "万": 10**4, "亿": 10**8}
_UNIT_OF_MONEY = re.compile(r"(?:人民币|RMB|CNY|[¥￥])?([十百千万亿]{0,3})(?:元|圆)?(?:人民币|RMB|CNY)?", re.IGNORECASE)
_PER_YEAR = re.compile(r"(/年|每年)$")
_SAYS_UNIT = re.compile("[十百千万亿元圆]")
_FOREIGN = re.compile(
    r"(美|欧|日|港|澳|新台|台|英|韩|加|新加坡|卢|瑞士?)[元币圆镑布郎]|美金|英镑|欧元|日圆|韩元|卢布|卢比|法郎"
    r"|USD|EUR|JPY|HKD|TWD|GBP|KRW|RUB|MOP|SGD|AUD|CAD|CHF|US\$|HK\$|[$€£₩₽]",
    re.IGNORECASE,
)

MONEY_LIMIT: Final = 10**17
"""Largest amount in 分: 1,000 万亿元, several times the output of the country. Sums of such amounts still fit int64."""

_NUMBER = re.compile(r"[+-]?(\d+(,\d{3})*(\.\d*)?|\.\d+)(e[+-]?\d{1,3})?", re.IGNORECASE)
_AMOUNT = re.compile(r"(?:人民币|RMB|CNY|[¥￥])?(?P<number>[-+]?[\d.,]+(?:E[-+]?\d+)?)(?P<unit>\D.*)?", re.IGNORECASE)
_COUNTED = re.compile(r"(家|个|户|项)$")
_YEAR = re.compile(r"(\d{4})(\.0+)?(年|年度)?")
_DAY_IN_YEAR = re.compile(r"(\d{4})-\d{2}-\d{2}([ T]?00:00:00)?")
_FIRST_YEAR, _LAST_YEAR = 1949, 2100


def decimal(text: str) -> Decimal | None:
    """Return the decimal a compact text writes, None if it is none; thousands separators are allowed."""
    return Decimal(text.replace(",", "")) if _NUMBER.fullmatch(text) else None


def money(text: str, unit: str = "万元") -> ParsedValue:
    """Read an amount in `unit` (of the header; a unit in the cell goes before it) as whole 分."""
    cell = compact(text)
    if says_nothing(cell):
        return NOTHING
    if is_foreign(cell):
        return warning("money_unit_foreign")
    amount = _AMOUNT.fullmatch(cell)
    value = decimal(amount["number"]) if amount else None
    if amount is None or value is None:
        return warning("number_unreadable")
    fen = fen_of(amount["unit"] or unit)
    return _fen(value, fen) if fen else warning("money_unit_foreign" if is_foreign(unit) else "money_unit_unknown")


def is_foreign(text: str) -> bool:
    """Tell whether a text names money of another currency."""
    return _FOREIGN.search(text) is not None


def fen_of(unit: str) -> int | None:
    """Return how many 分 a unit of money is: 元, 千元, 万元, 百万, 亿, 人民币万元; None for what is none."""
    found = None if is_foreign(unit) else _UNIT_OF_MONEY.fullmatch(_PER_YEAR.sub("", unit))
    if found is None or not _SAYS_UNIT.search(unit):
        return None
    return prod((_TIMES[letter] for letter in found[1]), start=10**2)


def _fen(value: Decimal, fen: int) -> ParsedValue:
    if value < 0:
        return warning("number_negative")
    if value.adjusted() > 20 or value * fen > MONEY_LIMIT:
        return warning("number_too_large")
    # Whatever is that small rounds to nothing; quantize of 1e-999 would need a thousand digits.
    if value.adjusted() < -12:
        return ParsedValue(0)
    return ParsedValue(int((value * fen).quantize(Decimal(1), rounding=ROUND_HALF_EVEN)))


def number(text: str) -> ParsedValue:
    """Read a score."""
    cell = compact(text).removesuffix("分")
    if says_nothing(cell):
        return NOTHING
    value = decimal(cell)
    if value is None:
        return warning("number_unreadable")
    if value < 0:
        return warning("number_negative")
    return warning("number_too_large") if value.adjusted() > 12 else ParsedValue(float(value))


def count(text: str) -> ParsedValue:
    """Read a whole number of things: 1,234 or 1234家."""
    cell = _COUNTED.sub("", compact(text))
    if says_nothing(cell):
        return NOTHING
    value = decimal(cell)
    if value is None or (value.adjusted() <= 12 and value != value.to_integral_value()):
        return warning("count_unreadable")
    if value < 0:
        return warning("number_negative")
    return warning("number_too_large") if value.adjusted() > 12 else ParsedValue(int(value))


def percent(text: str) -> ParsedValue:
    """Read a percentage as 0–100: 35, 35% and 35.0 are equal. What a fraction means, its column decides."""
    cell = compact(text).removesuffix("%")
    if says_nothing(cell):
        return NOTHING
    value = decimal(cell)
    if value is None:
        return warning("number_unreadable")
    return ParsedValue(float(value)) if 0 <= value <= 100 else warning("percent_out_of_range")


def year(text: str) -> ParsedValue:
    """Read a year: 2021, 2021年, 2021年度; of a day its year, with a hint."""
    cell = compact(text)
    if says_nothing(cell):
        return NOTHING
    plain, day = _YEAR.fullmatch(cell), _DAY_IN_YEAR.fullmatch(cell)
    found = plain or day
    if not found or not _FIRST_YEAR <= int(found[1]) <= _LAST_YEAR:
        return warning("year_unreadable")
    return ParsedValue(int(found[1]), None if plain else Remark("hint", "year_from_day"))


MONEY: Final = Kind("money", pa.int64(), money)
NUMBER: Final = Kind("number", pa.float64(), number)
COUNT: Final = Kind("count", pa.int64(), count)
PERCENT: Final = Kind("percent", pa.float64(), percent)
YEAR: Final = Kind("year", pa.int32(), year)
