"""Years and rounds in titles, sheet and file names: 2024年, 二〇二四年度, 第一批, 首批; a range of them is no answer.

Years of days, of documents and of standards (2023年12月1日, (2024)12号, GB/T 36132-2018, 截至2023年底) are no batch.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from graph_model.values import compact
from graph_model.values.codes import BATCH

_NUMERALS: Final = {digit: str(value) for value, digit in enumerate("零一二三四五六七八九")} | {
    "\u3007": "0",
    "○": "0",
    "O": "0",
    "o": "0",
}
_WRITTEN_YEAR = re.compile("[二2][\u3007零○Oo0][\u3007零○Oo0一二三四五六七八九0-9]{2}(?=年|[-—–~至到、和及/])")
_NO_BATCH = re.compile(
    r"[\[(\u3014【][12]\d{3}[\])\u3015】]\d+号|(?:19|20)\d\d年\d{1,2}月(?:\d{1,2}[日号])?|截[至止](?:19|20)\d\d年?(?:底|末)?|(?:19|20)\d\d年[底末初]"
    r"|(?:19|20)\d\d[-./](?:0?[1-9]|1[0-2])(?:[-./]\d{1,2})?(?!\d)|(?<!\d)(?:19|20)\d{6}(?!\d)|GB/?T?\d+(?:\.\d+)?[-—]\d{4}"
)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_SHORT_RANGE = re.compile(r"(?<!\d)(?:19|20)\d\d年?度?[-—–~至到]\d\d年")
_ROUND = re.compile(r"第([0-9]+|[零\u3007一二两三四五六七八九十]+)批|(首批)")
_ROUND_RANGE = re.compile(
    r"第?[0-9零\u3007一二两三四五六七八九十]+批?次?[-—–~至到、,和及/第]+[0-9零\u3007一二两三四五六七八九十]+批"
)


class Period(NamedTuple):
    """The year and the round that a text names; None is not said. `is_open`: it names several of either."""

    year: str | None
    round: str | None
    open_year: bool = False
    open_round: bool = False


def period_in(text: str) -> Period:
    """Return the year and the round that a text names once."""
    plain = _NO_BATCH.sub("|", _with_digits(compact(text)))
    years = set(_YEAR.findall(plain))
    several = len(years) > 1 or _SHORT_RANGE.search(plain) is not None
    rounds = {_round_of(found) for found in _ROUND.finditer(plain)}
    many = len(rounds) > 1 or _ROUND_RANGE.search(plain) is not None
    return Period(
        None if several else next(iter(years), None), None if many else next(iter(rounds), None), several, many
    )


def years_at(text: str) -> list[tuple[str, int, int]]:
    """Return every year that a compact text names, with where it begins and ends (年度 included)."""
    masked = _NO_BATCH.sub(lambda found: "|" * len(found[0]), _with_digits(text))
    return [
        (found[1], found.start(), found.end())
        for found in re.finditer(r"(?<!\d)((?:19|20)\d\d)(?!\d)(?:年度?)?", masked)
    ]


def parts_of(batch: str) -> Period:
    """Return year and round of a batch as it is stored: `2023`, `3`, `2023年第1批`."""
    if found := re.fullmatch(r"(\d{4})年第(\d+)批", batch):
        return Period(found[1], found[2])
    if re.fullmatch(r"(?:19|20)\d\d", batch):
        return Period(batch, None)
    return Period(None, batch if batch.isdigit() else None)


def batch_of(year: str | None, number: str | None) -> str | None:
    """Return a batch as it is stored."""
    if year and number:
        return f"{year}年第{number}批"
    return year or number


def _with_digits(text: str) -> str:
    return _WRITTEN_YEAR.sub(lambda found: "".join(_digit(letter) for letter in found[0]), text)


def _digit(letter: str) -> str:
    return "2" if letter == "二" else _NUMERALS.get(letter, letter)


def _round_of(found: re.Match[str]) -> str:
    return "1" if found[2] else str(BATCH.parse(found[0]).value)
