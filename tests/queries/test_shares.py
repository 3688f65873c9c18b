"""Shares, bounds, ranks and sums against their definitions, number by number (SPEC 6)."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from queries.answers.shares import bounds, ranks, share, units_short
from queries.asking.options import read_threshold
from queries.measures.tally import exact_sums, tally

FEW = st.integers(0, 2)
UNITS = st.lists(st.tuples(st.sampled_from([1, 0, -1]), st.sampled_from([1, 0, -1])), max_size=5)
"""Units of one group by membership and green: yes 1, no 0, unknown -1."""


def known(value: object) -> float | None:
    return None if pd.isna(value) else float(value)  # type: ignore[arg-type]


def completions(units: list[tuple[int, int]]) -> list[Fraction]:
    """The share of every completion of what is unknown that has a base."""
    choices = [
        list(product((0, 1) if member < 0 else (member,), (0, 1) if green < 0 else (green,))) for member, green in units
    ]
    found = []
    for one in product(*choices):
        base = sum(member for member, _ in one)
        if base:
            found.append(Fraction(sum(member * green for member, green in one), base))
    return found


@given(UNITS)
def test_bounds_are_the_least_and_the_greatest_of_all_completions(units: list[tuple[int, int]]) -> None:
    member, green = (np.array([unit[part] for unit in units], dtype=np.int8) for part in (0, 1))
    counted = tally(np.zeros(len(units), dtype=np.int64), 1, member, green)
    low, high = bounds(
        counted.base, counted.green, counted.green_unknown, counted.maybe_green, counted.maybe_open, counted.maybe_not
    )
    shares = completions(units)
    expected = (float(min(shares)), float(max(shares))) if shares else (None, None)
    assert (known(low[0]), known(high[0])) == expected
    if counted.base[0]:
        assert low[0] <= share(counted.green, counted.base)[0] <= high[0]


@given(UNITS)
def test_a_tally_counts_every_unit(units: list[tuple[int, int]]) -> None:
    member, green = (np.array([unit[part] for unit in units], dtype=np.int8) for part in (0, 1))
    counted = tally(np.ones(len(units), dtype=np.int64), 3, member, green)
    expected = {
        "units": len(units),
        "base": sum(one == 1 for one, _ in units),
        "base_unknown": sum(one == -1 for one, _ in units),
        "green": units.count((1, 1)),
        "green_unknown": units.count((1, -1)),
        "listed_outside_base": units.count((0, 1)) + units.count((-1, 1)),
    }
    assert {name: getattr(counted, name).tolist() for name in expected} == {
        name: [0, count, 0] for name, count in expected.items()
    }


@given(st.lists(st.one_of(st.none(), st.fractions(0, 1, max_denominator=6)), max_size=8))
def test_ranks_count_who_is_better(shares: list[Fraction | None]) -> None:
    found = ranks(np.array([np.nan if one is None else float(one) for one in shares]))
    expected = [
        None if one is None else 1 + sum(other is not None and other > one for other in shares) for one in shares
    ]
    assert [None if pd.isna(one) else int(one) for one in found] == expected


@given(st.integers(0, 40), st.integers(0, 40), st.fractions(0, 1, max_denominator=100))
def test_units_short_is_the_smallest_number_that_reaches(base: int, green: int, threshold: Fraction) -> None:
    green = min(green, base)
    (found,) = units_short(np.array([base]), np.array([green]), threshold)
    if base == 0:
        assert pd.isna(found)
    else:
        assert Fraction(green + int(found), base) >= threshold
        assert found == 0 or Fraction(green + int(found) - 1, base) < threshold


@pytest.mark.parametrize(
    ("written", "threshold"),
    [
        ("50%", Fraction(1, 2)),
        ("0.5", Fraction(1, 2)),
        (0.1, Fraction(1, 10)),
        ("33.3%", Fraction(333, 1000)),
        ("10 ％", Fraction(1, 10)),
        (".07", Fraction(7, 100)),
        ("100%", Fraction(1)),
        (1, Fraction(1)),
        (None, None),
    ],
)
def test_thresholds_are_the_decimal_as_written(written: object, threshold: Fraction | None) -> None:
    assert read_threshold(written) == threshold


@pytest.mark.parametrize("written", ["1.5", "150%", "-1", "1e-1", "", "%", "１０", "a%", "0,5", "100.01%", 2])
def test_other_thresholds_are_refused(written: object) -> None:
    with pytest.raises(ValueError, match="门槛"):
        read_threshold(written)


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 2**52)), max_size=30))
def test_sums_of_money_are_exact(amounts: list[tuple[int, int]]) -> None:
    groups, values = (np.array([one[part] for one in amounts], dtype=np.int64) for part in (0, 1))
    expected = [sum(value for group, value in amounts if group == one) for one in range(4)]
    assert exact_sums(groups, values, 4).tolist() == expected


def test_a_share_of_nobody_is_null() -> None:
    found = share(np.array([0, 1, 2]), np.array([0, 3, -1]))
    assert [known(one) for one in found] == [None, 1 / 3, None]


@given(FEW, FEW)
def test_equal_fractions_are_equal_numbers(part: int, factor: int) -> None:
    """Ranks compare floats; that is exact as long as a / b and ka / kb are the same float."""
    assert share(np.array([part * (factor + 1)]), np.array([3 * (factor + 1)]))[0] == part / 3
