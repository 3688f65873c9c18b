"""Deadlines of the calendar in a given year; a year's real date, given as data, wins over the rule's.

The data is a csv file with the columns `rules`, `id`, `year`, `date` and `source`: the rule set, the deadline's id (see
`ask calendar`), the year, the real day, and where that was published.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from graph_model.bilingual import Bilingual
from graph_model.errors import FileFaultError
from queries.law.user_files import csv_rows

if TYPE_CHECKING:
    from collections.abc import Mapping

    from queries.law.rules import Rules
    from queries.law.ruleset_model import Deadline

_COLUMNS = ("rules", "id", "year", "date", "source")


@dataclass(frozen=True)
class RealDate:
    """The real day of a deadline in one year, and where it was published."""

    day: date
    source: str


@dataclass(frozen=True)
class RealDates:
    """Real dates by rule set, deadline and year."""

    known: Mapping[tuple[str, str, int], RealDate] = field(default_factory=dict)

    def of(self, rules: str, deadline: str, year: int) -> RealDate | None:
        """Return the real date of a deadline of a year, None where none was given."""
        return self.known.get((rules, deadline, year))


def due_on(rules: Rules, deadline: Deadline, year: int, real: RealDates) -> date:
    """Return the day of a deadline for a year: the real one where given, else the rule's."""
    given = real.of(rules.set.id, deadline.id, year)
    return given.day if given else in_year(deadline.by, year + deadline.year)


def in_year(month_day: str, year: int) -> date:
    """Return `03-31` of a year; 02-29 is 28 February where the year has none."""
    month, day = (int(part) for part in month_day.split("-"))
    return date(year, month, 28) if (month, day) == (2, 29) and not _leap(year) else date(year, month, day)


def read_dates(path: str | None) -> RealDates:
    """Read a file of real dates; UsageError names file, line, column and what was expected."""
    if path is None:
        return RealDates()
    dates = {}
    for line, row in csv_rows(path, Bilingual("实际日期文件", "file of real dates"), _COLUMNS):
        year, day = _year(path, line, row["year"]), _day(path, line, row["date"])
        dates[row["rules"], row["id"], year] = RealDate(day, row["source"])
    return RealDates(dates)


def _leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _year(path: str, line: int, text: str) -> int:
    if not text.isdecimal() or not 1900 <= int(text) <= 2200:
        raise _fault(path, line, "year", "应为年份，如 2025", "a year such as 2025 is expected")
    return int(text)


def _day(path: str, line: int, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise _fault(path, line, "date", "应为日期，如 2025-04-30", "a date such as 2025-04-30 is expected") from None


def _fault(path: str, line: int, column: str, zh: str, en: str) -> FileFaultError:
    return FileFaultError(path, line, Bilingual(zh, en), column)
