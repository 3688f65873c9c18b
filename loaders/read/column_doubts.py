"""Columns that no field takes: told as a hint, as a warning where they look like something the table needs.

A column that could be two things (日期 of a tenant: of coming, or of leaving?) is asked, never guessed. SPEC 8, issue lists.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Final

from rapidfuzz.fuzz import ratio

from graph_model.values import Kind, compact
from graph_model.values.coded import FLAG
from graph_model.values.codes import CODE
from graph_model.values.dates import DAY
from graph_model.values.numbers import MONEY
from graph_model.values.texts import NAME
from loaders.issues.log import IssueLog
from loaders.read.blocks import Part
from loaders.read.headers import (
    header_key,
    header_words,
    in_words,
    is_running_number,
    kinds,
    label,
    two_things,
    variants,
)
from loaders.read.table_fits import Fit

_SAMPLE: Final = 200
_ENDS: Final = frozenset({"end", "removed_on", "ended_on"})
_KIND_OF_LOOK: Final = {
    "end": DAY.name,
    "day": DAY.name,
    "code": CODE.name,
    "name": NAME.name,
    "amount": MONEY.name,
    "flag": FLAG.name,
}
_UNIT_NAME = re.compile(r".{4,}(公司|集团|厂|合作社|事务所|研究院|园区|开发区)(\(.*\))?")
_CODE = re.compile(r"[0-9A-HJ-NPQRTUWXY]{18}")
_AMOUNT = re.compile(r"-?[\d,]+\.\d+|-?\d{1,3}(,\d{3})+|[\d.,]+[万亿千]?元")


def tell_doubtful_columns(part: Part, fit: Fit, file: str, log: IssueLog) -> None:
    """Tell of the columns that are not used."""
    tell = partial(log.add, table=fit.table, file=file, sheet=part.sheet.name)
    plain = []
    for at, header in _unused(part, fit):
        fields = two_things(fit.table, header)
        look = None if in_words("left_alone", header) else _look(header, _values(part, at))
        if fields:
            names = "、".join(label(fit.table, field) for field in fields)
            tell("column_two_things", column=header, candidates=names)
        elif look is not None:
            nearest = _nearest(fit, header, look)
            tell(
                "column_looks_used",
                column=header,
                look=_LOOKS[look][0],
                look_en=_LOOKS[look][1],
                nearest=nearest,
            )
        else:
            plain.append(header)
    if plain:
        tell("columns_unused", headers="、".join(plain))


_LOOKS: Final = {
    "end": ("终止日期", "an end"),
    "day": ("日期", "a date"),
    "code": ("代码", "a code"),
    "name": ("单位名称", "a name"),
    "amount": ("金额", "an amount"),
    "flag": ("是/否", "yes or no"),
}


def _unused(part: Part, fit: Fit) -> Iterator[tuple[int, str]]:
    used = {column.at for column in fit.columns.values()} | set(fit.status) | set(fit.joined)
    for index, spellings in enumerate(part.header.cells):
        if spellings and index not in used and not is_running_number(spellings[-1]):
            yield index, spellings[0]


def _values(part: Part, at: int) -> list[str]:
    """Return the first values of a column."""
    lines = part.sheet.lines[part.start : part.stop][:_SAMPLE]
    return [compact(cell) for line in lines if at < len(line.cells) and (cell := line.cells[at])]


def _look(header: str, values: Sequence[str]) -> str | None:
    """Return what a column looks like, by its header first and by most of its values, None where by neither."""
    key = header_key(header)
    for look, words in header_words("looks").items():
        if look == "flag" and any(key.startswith(word) for word in words):
            return "flag"
        if look in ("end", "day", "code", "amount") and any(key.endswith(word) for word in words if len(word) > 1):
            ends = look == "day" and any(word in key for word in header_words("looks")["end"])
            return "end" if ends else str(look)
        if look == "name" and any(key.endswith(word) for word in words):
            return "name" if not values or _mostly(values, _is_name) else None
    by_value: tuple[tuple[str, Callable[[str], bool]], ...] = (
        ("day", _is_day),
        ("code", lambda text: _CODE.fullmatch(text.upper()) is not None),
        ("name", _is_name),
        ("flag", lambda text: not text.isdigit() and FLAG.parse(text).value is not None),
        ("amount", lambda text: _AMOUNT.fullmatch(text) is not None),
    )
    look = next((look for look, test in by_value if values and _mostly(values, test)), None)
    return "end" if look == "day" and any(word in key for word in header_words("looks")["end"]) else look


def _is_day(text: str) -> bool:
    return len(text) >= 6 and not text.isdigit() and DAY.parse(text).value is not None


def _is_name(text: str) -> bool:
    return _UNIT_NAME.fullmatch(text) is not None


def _mostly(values: Sequence[str], test: Callable[[str], bool]) -> bool:
    return sum(map(test, values)) * 10 >= len(values) * 6


def _nearest(fit: Fit, header: str, look: str) -> str:
    """Return the column of the table that a header resembles most, of the kind it looks like and not used yet."""
    table_kinds: dict[str, Kind] = kinds(fit.table)
    fitting = {
        name for name, kind in table_kinds.items() if kind.name == _KIND_OF_LOOK[look] and name not in fit.columns
    }
    if look == "end":
        fitting = set(_ENDS & table_kinds.keys()) - fit.columns.keys() or fitting
    names = fitting or table_kinds.keys() - fit.columns.keys() or table_kinds.keys()
    key = header_key(header)
    best = max(
        (
            (ratio(key, spelling), variant.field)
            for spelling, variant in variants(fit.table).items()
            if variant.field in names
        ),
        default=(0.0, next(iter(names))),
    )
    return label(fit.table, best[1])
