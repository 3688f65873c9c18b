"""What a world is, and the small words every page uses: normal form, tiers, calendar years, merging of rows.

A world is a dict of tables; a table is a list of rows; a row is a dict of the record's field names. A
missing key is unknown. Names are text, dates `datetime.date`, flags `bool`, money `Decimal` in 万元, `None`
is unknown.

Reading: a date that is neither a start nor an end (a submission, an issue, a due date) becomes unknown when
two rows contradict each other, like any other value.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Hashable, Iterable
from datetime import date
from typing import Any

from stdnum.cn import uscc as credit_code

Row = dict[str, Any]
World = dict[str, list[Row]]

TIERS = ["district", "city", "provincial", "national"]
CATEGORY_OF_PARKS = "park"
DAY_FIELDS_OF_START = {"start", "published_on"}
DAY_FIELDS_OF_END = {"end", "removed_on", "ended_on"}


class Refused(Exception):  # noqa: N818 - it is what the contract calls "exit 2"
    """The question does not fit the options or the facts (exit 2)."""


def normal(name: str) -> str:
    """SPEC 5: NFKC, upper case, no whitespace, no `、·.,，。-`, brackets kept."""
    text = unicodedata.normalize("NFKC", name).upper()
    return "".join(c for c in text if not c.isspace() and c not in "、·.,，。-")


def written(name: str) -> str:
    """SPEC 5: units are shown by the name their own row writes, without whitespace."""
    return "".join(name.split())


def valid_code(code: str | None) -> str | None:
    """SPEC 4: a code that fails its check is dropped, and the row loads by its name."""
    if code is None:
        return None
    code = unicodedata.normalize("NFKC", code).upper().replace(" ", "")
    return code if credit_code.is_valid(code) else None


def years_later(day: date, years: int) -> date:
    """SPEC 1: the same calendar day n years later; 29 February becomes 28 February where needed."""
    if day.month == 2 and day.day == 29:
        leap = (day.year + years) % 4 == 0 and ((day.year + years) % 100 != 0 or (day.year + years) % 400 == 0)
        return date(day.year + years, 2, 29 if leap else 28)
    return date(day.year + years, day.month, day.day)


def active(start: date | None, end: date | None, day: date) -> bool:
    """SPEC 1: half-open; a missing end is still open, a missing start always was."""
    return (start is None or start <= day) and (end is None or day < end)


def merged(rows: Iterable[Row], key: Callable[[Row], Hashable]) -> list[Row]:
    """SPEC 4: rows with the same key and equal or complementary values are one fact; contradictions become
    unknown.

    SPEC 8: of contradicting dates the earlier end and the later start are taken; former names and aliases
    add up.
    """
    groups: dict[Hashable, list[Row]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    return [one_fact(group) for group in groups.values()]


def one_fact(group: list[Row]) -> Row:
    fact: Row = {"contradicted": set(), "rows": group, "unreadable": any(row.get("unreadable") for row in group)}
    for field in {name for row in group for name in row} - {"units", "unreadable", "name_written", "old_written"}:
        values: set[Any] = {row.get(field) for row in group if row.get(field) is not None}
        if field == "declared":
            fact[field] = True in values
        elif len(values) <= 1:
            fact[field] = next(iter(values), None)
        elif field in DAY_FIELDS_OF_START:
            fact[field] = max(values)
        elif field in DAY_FIELDS_OF_END:
            fact[field] = min(values)
        else:
            fact[field] = None
            fact["contradicted"].add(field)
    return fact
