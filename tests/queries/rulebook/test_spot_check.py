"""Spot check: who may be drawn, and a draw that is repeated here from its own words."""

from __future__ import annotations

import hashlib
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from queries.questions.spot_check import allotted
from tests.queries.rulebook.asking import EAST, ONE_DAY, A, firm, listing, opened, rows_of

CITIES = {"南京市": 5, "苏州市": 3, "无锡市": 2}


@pytest.fixture
def session(tmp_path: Path) -> Any:
    firms = [firm(f"测试{city}{n}号有限公司", city=city) for city, size in CITIES.items() for n in range(size)]
    exempt = firms[0]["name"]
    checks = [
        {"unit": exempt, "category": "factory", "checked_on": date(2020 + n, 6, 30), "result": "clean"}
        for n in range(3)
    ]
    return opened(
        tmp_path,
        enterprises=[*firms, firm(A)],
        listings=[listing(one["name"]) for one in firms],
        inspections=checks,
    )


def test_who_may_be_drawn(session: Any) -> None:
    rows = rows_of(session, "spot-check")
    assert len(rows) == 10
    (exempt,) = [row for row in rows if not row["eligible"]]
    assert (exempt["exempt_until"], exempt["last_checked"]) == (date(2027, 6, 30), date(2022, 6, 30))
    assert rows[-1] is exempt
    assert {row["drawn"] for row in rows} == {False}


@pytest.mark.parametrize(("day", "eligible"), [(date(2027, 6, 29), 9), (date(2027, 6, 30), 10)])
def test_the_exemption_ends_on_the_day_five_years_later(session: Any, day: date, eligible: int) -> None:
    assert sum(row["eligible"] for row in rows_of(session, "spot-check", day)) == eligible


@pytest.mark.parametrize("n", [1, 2, 4, 8, 9, 50])
def test_the_draw_is_repeated_from_its_words(session: Any, n: int) -> None:
    rows = rows_of(session, "spot-check", n=n, seed="2025年第一次")
    eligible = [row for row in rows if row["eligible"]]
    sizes = Counter(row["city"] for row in eligible)
    order = ["南京市", "无锡市", "苏州市"]  # By region code: 3201, 3202, 3205.
    many = min(n, len(eligible))
    share = {city: many * sizes[city] // len(eligible) for city in order}
    rest = sorted(order, key=lambda city: -(many * sizes[city] % len(eligible)))
    for city in rest[: many - sum(share.values())]:
        share[city] += 1
    expected = set()
    for city in order:
        mine = [row["unit_id"] for row in eligible if row["city"] == city]
        mine.sort(key=lambda id: hashlib.sha256(f"2025年第一次{id}".encode()).hexdigest())
        expected |= set(mine[: share[city]])
    drawn = [row for row in rows if row["drawn"]]
    assert {row["unit_id"] for row in drawn} == expected
    assert [row["place"] for row in drawn] == list(range(1, many + 1))
    assert [row["digest"] for row in drawn] == sorted(row["digest"] for row in drawn)


def test_another_seed_draws_others_and_the_exempt_are_never_drawn(session: Any) -> None:
    draws = [rows_of(session, "spot-check", n=3, seed=str(seed)) for seed in range(40)]
    drawn = [frozenset(row["unit_id"] for row in rows if row["drawn"]) for rows in draws]
    assert len(set(drawn)) > 1
    assert all(row["eligible"] for rows in draws for row in rows if row["drawn"])


def test_the_share_of_each_city() -> None:
    assert allotted({1: 5, 2: 3, 3: 2}, 5) == {1: 3, 2: 1, 3: 1}
    assert allotted({1: 1, 2: 1}, 1) == {1: 1, 2: 0}
    assert allotted({}, 3) == {}
    assert allotted({0: 2, 1: 2}, 9) == {0: 2, 1: 2}


def test_only_listed_units_of_the_tier_and_category(tmp_path: Path) -> None:
    listings = [listing(A, "city"), listing(EAST, "national", category="park"), listing(A, category="product")]
    session = opened(tmp_path, enterprises=[firm(A)], parks=[{"name": EAST, "city": "南京市"}], listings=listings)
    found = {row["unit"]: (row["categories"], row["highest"]) for row in rows_of(session, "spot-check")}
    assert found == {A: ("factory", "city"), EAST: ("park", "national")}
    assert [row["unit"] for row in rows_of(session, "spot-check", tier="provincial")] == [EAST]
    assert [row["unit"] for row in rows_of(session, "spot-check", category="factory")] == [A]
    assert rows_of(session, "spot-check", date(2020, 1, 1) - ONE_DAY) == []
