"""Days and half-open intervals (SPEC 1)."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_model.days import ALWAYS, OPEN, active, day, first_of_year, number, years_later

LEAP_DAY = date(2024, 2, 29)


@pytest.mark.parametrize(
    ("start", "years", "expected"),
    [
        pytest.param(LEAP_DAY, 3, date(2027, 2, 28), id="leap day into a common year"),
        pytest.param(LEAP_DAY, 4, date(2028, 2, 29), id="leap day into a leap year"),
        pytest.param(LEAP_DAY, -1, date(2023, 2, 28), id="leap day back"),
        pytest.param(date(2023, 2, 28), 1, date(2024, 2, 28), id="28 February stays"),
        pytest.param(date(2021, 12, 31), 3, date(2024, 12, 31), id="last day of a year"),
        pytest.param(date(2025, 6, 30), 0, date(2025, 6, 30), id="no years"),
    ],
)
def test_the_same_calendar_day_years_later(start: date, years: int, expected: date) -> None:
    assert years_later(start, years) == expected


@given(st.dates(date(1950, 1, 1), date(2090, 1, 1)), st.integers(-40, 40))
def test_years_later_only_ever_moves_the_leap_day(start: date, years: int) -> None:
    found = years_later(start, years)
    assert (found.year - start.year, found.month) == (years, start.month)
    assert found.day == start.day or (start.day, found.day) == (29, 28)


@given(st.dates(), st.dates())
def test_numbers_are_days_in_order(one: date, other: date) -> None:
    assert day(number(one)) == one
    assert number(other) - number(one) == (other - one).days
    assert ALWAYS < number(one) < OPEN


def test_first_of_year() -> None:
    assert day(first_of_year(2024)) == date(2024, 1, 1)


START, END = date(2024, 1, 10), date(2024, 3, 1)


@pytest.mark.parametrize(
    ("on", "holds"),
    [
        pytest.param(START - timedelta(days=1), False, id="the day before"),
        pytest.param(START, True, id="the first day"),
        pytest.param(LEAP_DAY, True, id="the last day"),
        pytest.param(END, False, id="the end is out"),
    ],
)
def test_an_interval_holds_its_start_and_not_its_end(on: date, holds: bool) -> None:
    start, end = (np.array([number(one)], dtype=np.int32) for one in (START, END))
    assert active(start, end, number(on)).tolist() == [holds]


def test_missing_ends_are_open_and_an_empty_interval_never_holds() -> None:
    start = np.array([ALWAYS, ALWAYS, number(START), OPEN, number(START)], dtype=np.int32)
    end = np.array([OPEN, number(START), OPEN, OPEN, number(START)], dtype=np.int32)
    assert active(start, end, number(START)).tolist() == [True, False, True, False, False]
