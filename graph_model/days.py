"""Days and intervals: half-open `[start, end)`, whole years later, and days as integers.

Inside the graph a day is an int32, days since 1970-01-01 (as Arrow's date32). A missing start is `ALWAYS`, a missing end
`OPEN`, a fact that never begins `OPEN`; so "active on d" is two comparisons and needs no null. SPEC 1.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import Final

import numpy as np
from numpy.typing import NDArray

Days = NDArray[np.int32]

EPOCH: Final = date(1970, 1, 1)
ALWAYS: Final = -(2**31)
OPEN: Final = 2**31 - 1


def number(day: date) -> int:
    """Return `day` as days since 1970-01-01."""
    return (day - EPOCH).days


def day(number: int) -> date:
    """Return the date of a day number (neither `ALWAYS` nor `OPEN`)."""
    return EPOCH + timedelta(days=number)


def years_later(start: date, years: int) -> date:
    """Return the same calendar day `years` later (earlier if negative); 29 February becomes 28 February if needed."""
    try:
        return start.replace(year=start.year + years)
    except ValueError:
        return start.replace(year=start.year + years, day=28)


def months_later(start: date, months: int) -> date:
    """Return the same day of the month `months` later, or that month's last day where it has no such day."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def active(start: Days, end: Days, on: int) -> NDArray[np.bool_]:
    """Return which half-open intervals `[start, end)` hold day `on`."""
    return (start <= on) & (on < end)


def first_of_year(year: int) -> int:
    """Return the day number of 1 January."""
    return number(date(year, 1, 1))
