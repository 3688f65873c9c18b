"""Worlds small enough to count by hand, one per edge that the contract names, against reference and product alike."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from tests.reference import Refused
from tests.reference.hand import DAY, firm, link, listed, tenant, world
from tests.reference.world import Row

Ask = Callable[..., list[Row]]
EAST, WEST = "测试东园区", "测试西园区"
A, B, C, D, E, LEADER = (f"测试{x}有限公司" for x in "甲乙丙丁戊己")
NEXT_DAY, DAY_BEFORE = DAY + timedelta(days=1), DAY - timedelta(days=1)


def only(rows: list[Row], *columns: str) -> Any:
    """The one row's values in these columns."""
    assert len(rows) == 1
    return rows[0][columns[0]] if len(columns) == 1 else tuple(rows[0][column] for column in columns)


def green_of(ask: Ask, listings: list[Row], as_of: date = DAY, tier: str = "city") -> Any:
    """Whether 甲 is green on the day, and its highest tier."""
    made = world(enterprises=[firm(A)], tenancies=[tenant(A)], listings=listings)
    return only(ask(made, "park-tenants", as_of, park=EAST, tier=tier), "green", "highest")


FIVE = world(
    enterprises=[firm(A), firm(B), firm(C, None), firm(D, None)],
    listings=[listed(A), listed(D)],
    tenancies=[tenant(name) for name in (A, B, C, D, E)],
)


def test_bounds_run_over_unknown_memberships_and_unknown_greens(ask: Ask) -> None:
    row = ask(FIVE, "park-share", DAY)[0]
    assert (row["tenants"], row["base"], row["base_unknown"], row["green"], row["green_unknown"]) == (5, 2, 3, 1, 0)
    assert row["listed_outside_base"] == 1
    # Lowest: 丙 and 戊 join without being green; highest: 丁 joins, and 戊 joins as a green one.
    assert (row["share"], row["share_low"], row["share_high"]) == (1 / 2, 1 / 4, 3 / 4)


def test_everybody_is_in_the_base_all(ask: Ask) -> None:
    row = only(ask(FIVE, "park-share", DAY, base="all"), "base", "green", "green_unknown", "share_low", "share_high")
    assert row == (5, 2, 1, 2 / 5, 3 / 5)


@pytest.mark.parametrize(
    ("listings", "bounds"), [([], (None, 0, 0)), ([listed(A)], (None, 1, 1))], ids=["not green", "green"]
)
def test_completions_with_an_empty_base_do_not_count(ask: Ask, listings: list[Row], bounds: Any) -> None:
    made = world(enterprises=[firm(A, None)], listings=listings, tenancies=[tenant(A)])
    assert only(ask(made, "park-share", DAY), "share", "share_low", "share_high") == bounds


def test_a_park_without_tenancies_has_unknown_tenants_and_no_bounds(ask: Ask) -> None:
    made = world(parks=[{"name": EAST}], tenancies=[tenant(A, WEST), tenant(A, WEST, NEXT_DAY)])
    rows = {row["park"]: row for row in ask(made, "park-share", DAY)}
    assert (rows[EAST]["tenants"], rows[EAST]["base"], rows[EAST]["share_high"]) == (None, 0, None)
    assert rows[WEST]["tenants"] == 1


def test_a_tenant_of_two_parks_counts_in_both(ask: Ask) -> None:
    made = world(enterprises=[firm(A)], listings=[listed(A)], tenancies=[tenant(A), tenant(A), tenant(A, WEST)])
    assert [(row["park"], row["tenants"], row["green"]) for row in ask(made, "park-share", DAY)] == [
        (EAST, 1, 1),
        (WEST, 1, 1),
    ]


@pytest.mark.parametrize(("removed", "green"), [(DAY, False), (NEXT_DAY, True), (None, True)])
def test_a_listing_ends_on_its_removal_day(ask: Ask, removed: date | None, green: bool) -> None:
    assert green_of(ask, [listed(A, removed_on=removed)])[0] is green


@pytest.mark.parametrize(("start", "end", "tenants"), [(DAY, None, 1), (NEXT_DAY, None, None), (None, DAY, 0)])
def test_tenancies_are_half_open(ask: Ask, start: date | None, end: date | None, tenants: int | None) -> None:
    made = world(parks=[{"name": EAST}], tenancies=[tenant(A, EAST, start, end)])
    assert only(ask(made, "park-share", DAY), "tenants") == tenants


def test_a_second_listing_keeps_a_unit_green(ask: Ask) -> None:
    assert green_of(ask, [listed(A, removed_on=DAY), listed(A, "provincial")]) == (True, "provincial")


def test_a_national_listing_counts_as_a_provincial_one_and_not_the_other_way(ask: Ask) -> None:
    assert green_of(ask, [listed(A, "national")], tier="provincial") == (True, "national")
    assert green_of(ask, [listed(A, "provincial")], tier="national") == (False, "provincial")


def test_an_unregistered_unit_on_no_list_is_unknown(ask: Ask) -> None:
    rows = ask(world(tenancies=[tenant(A)]), "park-tenants", DAY, park=EAST)
    assert only(rows, "green", "identity") == (None, "named")


@pytest.mark.parametrize(
    ("tier", "batch", "first"),
    [
        ("city", "2023", date(2023, 12, 31)),
        ("national", "2021", date(2022, 1, 15)),
        ("national", "3", date(2018, 10, 29)),
    ],
)
def test_a_listing_without_a_date_starts_with_its_batch(ask: Ask, tier: str, batch: str, first: date) -> None:
    listing = listed(A, tier, None, batch=batch)
    assert green_of(ask, [listing], first)[0] is True
    assert green_of(ask, [listing], first - timedelta(days=1))[0] is False


def test_contradictions_become_unknown_and_the_shorter_time_holds(ask: Ask) -> None:
    twins = [listed(A, removed_on=None), listed(A, removed_on=DAY)]
    firms = [firm(A, True, manufacturer=True), firm(A, None, manufacturer=False, industry_code="1310")]
    made = world(enterprises=firms, listings=twins, tenancies=[tenant(A)])
    assert only(ask(made, "park-tenants", DAY, park=EAST), "in_base", "green") == (True, False)
    assert only(ask(made, "park-share", DAY, base="manufacturer"), "base", "base_unknown") == (0, 1)


def test_ranks_leave_a_gap_after_a_tie(ask: Ask) -> None:
    parks = {"测试一园": [A], "测试二园": [A, B], "测试三园": [A, C], "测试四园": [B], "测试五园": [D]}
    made = world(
        enterprises=[firm(A), firm(B), firm(C)],
        listings=[listed(A)],
        tenancies=[tenant(name, park) for park, names in parks.items() for name in names],
    )
    rows = ask(made, "park-share", DAY)
    ranks = [(row["park"], row["rank"]) for row in rows]
    assert ranks == [("测试一园", 1), ("测试三园", 2), ("测试二园", 2), ("测试四园", 4), ("测试五园", None)]
    assert list(rows[0])[-2:] == ["rank", "count_rank"]
    assert [row["count_rank"] for row in rows] == [1, 1, 1, 4, 4]


@pytest.mark.parametrize(
    ("base", "green", "threshold", "short"),
    [
        (10, 1, "10%", 0),
        (10, 0, "0.1", 1),
        (30, 2, "10%", 1),
        (10, 1, "0.1000001", 1),
        (3, 1, "100%", 2),
        (0, 0, "10%", None),
    ],
)
def test_units_short_is_exact(ask: Ask, base: int, green: int, threshold: str, short: int | None) -> None:
    names = [f"测试{number}号有限公司" for number in range(base)]
    made = world(
        parks=[{"name": EAST}],
        enterprises=[firm(name) for name in names],
        listings=[listed(name) for name in names[:green]],
        tenancies=[tenant(name) for name in names],
    )
    assert only(ask(made, "park-share", DAY, threshold=threshold), "units_short") == short


@pytest.mark.parametrize("threshold", ["1.5", "101%", "50"])
def test_a_threshold_above_everything_is_refused(ask: Ask, threshold: str) -> None:
    with pytest.raises(Refused):
        ask(FIVE, "park-share", DAY, threshold=threshold)


def test_the_official_base_is_the_latest_known_year_before(ask: Ask) -> None:
    years = {2022: 5, 2023: 8, 2024: None, 2025: 100}
    totals = [{"scope": EAST, "year": year, "above_scale_count": count} for year, count in years.items()]
    made = FIVE | {"totals": totals}
    assert only(ask(made, "park-share", DAY), "official_base", "official_share") == (8, 1 / 8)


def test_output_is_of_the_latest_known_year_before(ask: Ask) -> None:
    figures = [(A, 2023, "30"), (A, 2024, None), (A, 2025, "99"), (B, 2024, "10"), (C, 2024, "77")]
    rows = [{"name": n, "year": y, "output": o and Decimal(o)} for n, y, o in figures]
    row = only(
        ask(FIVE | {"annual_figures": rows}, "park-share", DAY),
        *("output_known", "output_base", "output_green", "output_share"),
    )
    assert row == (2, 40, 30, 3 / 4)


@pytest.mark.parametrize(("scope", "expected"), [("mainland", (2, 2, 0)), ("all", (4, 0, 0)), ("province", (0, 0, 1))])
def test_foreign_and_only_named_suppliers(ask: Ask, scope: str, expected: Any) -> None:
    made = world(
        enterprises=[firm(B, province="上海市")],
        supplies=[link(LEADER, A), link(LEADER, B), link(LEADER, C, country="US"), link(LEADER, D, country="HK")],
    )
    row = ask(made, "leader-ratio", DAY, scope=scope)[0]
    assert (row["suppliers"], row["outside_mainland"], row["region_unknown"]) == expected
    assert row["green"] == 0
    # 甲 is on no list and has no row: it may be green; with `province` it may also be a member.
    assert row["ratio_high"] == {"mainland": 1 / 2, "all": 3 / 4, "province": 1}[scope]


CYCLE = world(
    supplies=[link(LEADER, LEADER), link(LEADER, A), link(A, LEADER, declared=False), link(A, B, declared=False)]
)


@pytest.mark.parametrize(("depth", "suppliers"), [(1, [A]), (2, [A, B]), (9, [A, B])])
def test_cycles_and_self_supply_add_nobody(ask: Ask, depth: int, suppliers: list[str]) -> None:
    rows = ask(CYCLE, "leader-suppliers", DAY, leader=LEADER, depth=depth)
    assert [row["unit"] for row in rows] == sorted(suppliers)
    assert only(ask(CYCLE, "leader-ratio", DAY, depth=depth), "suppliers") == len(suppliers)


def test_a_supplier_at_two_distances_has_the_nearer_hop(ask: Ask) -> None:
    made = world(supplies=[link(LEADER, A), link(LEADER, B), link(A, B, declared=False)])
    rows = ask(made, "leader-suppliers", DAY, leader=LEADER, depth=2)
    assert [(row["unit"], row["hop"]) for row in rows] == [(B, 1), (A, 1)]


LISTS = world(supplies=[link(LEADER, A, year=2022), link(LEADER, B, year=2024), link(LEADER, C, year=2026)])


@pytest.mark.parametrize(
    ("year", "max_age", "list_year", "suppliers"),
    [
        (2025, 2, 2024, 1),
        (2023, 2, 2022, 1),
        (2021, 2, None, 0),
        (2028, 2, 2026, 1),
        (2029, 2, None, 0),
        (2029, 3, 2026, 1),
    ],
)
def test_the_latest_list_is_used_while_it_is_young(
    ask: Ask, year: int, max_age: int, list_year: int | None, suppliers: int
) -> None:
    made = LISTS | {"enterprises": [firm(LEADER)]}
    row = only(ask(made, "leader-ratio", date(year, 6, 30), max_age=max_age), "list_year", "suppliers")
    assert row == (list_year, suppliers)


def test_key_only_follows_yes_and_the_list_year_counts_rows_of_any_key(ask: Ask) -> None:
    made = world(supplies=[link(LEADER, A, year=2023, key=True), link(LEADER, B, year=2024), link(LEADER, C, key=True)])
    row = only(ask(made, "leader-ratio", DAY, key_only=True), "list_year", "suppliers")
    assert row == (2024, 1)


@pytest.mark.parametrize(
    ("end", "spend"),
    [(date(2026, 1, 2), 367), (date(2026, 1, 3), 365), (None, 367)],
    ids=["366 days", "367 days", "open"],
)
def test_a_row_of_more_than_366_days_counts_for_a_year(ask: Ask, end: date | None, spend: int) -> None:
    made = world(supplies=[link(LEADER, A, date(2025, 1, 1), end=end, amount=Decimal(367)), link(LEADER, B)])
    row = only(ask(made, "leader-ratio", DAY), "spend_known", "spend_total", "spend_green", "spend_ratio")
    assert row == (1, spend, 0, 0)


def test_start_and_end_win_over_a_year(ask: Ask) -> None:
    row = {"buyer": LEADER, "supplier": A, "year": 2025, "end": DAY, "declared": True}
    assert only(ask(world(supplies=[row]), "leader-ratio", DAY), "list_year", "suppliers") == (None, 0)


def test_the_basis_of_a_leader_is_joined_in_order(ask: Ask) -> None:
    made = world(
        enterprises=[firm(A, chain="新材料"), firm(B)],
        supplies=[link(A, C)],
        listings=[listed(A, category="supply_chain"), listed(B, category="supply_chain", removed_on=DAY)],
        cultivation=[{"unit": A, "category": "supply_chain", "plan_year": 2025, "sponsor": None}],
    )
    assert only(ask(made, "leader-ratio", DAY), "leader", "basis") == (A, "chain+declared+listing+cultivation")


@pytest.mark.parametrize(
    ("day", "pool"), [(date(2025, 3, 31), True), (date(2025, 4, 1), False), (date(2023, 12, 31), False)]
)
def test_a_plan_year_runs_to_the_next_first_of_april(ask: Ask, day: date, pool: bool) -> None:
    plan = {"unit": A, "category": "factory", "plan_year": 2024, "sponsor": EAST}
    made = world(enterprises=[firm(A)], tenancies=[tenant(A)], cultivation=[plan])
    assert only(ask(made, "park-tenants", day, park=EAST), "in_pool") is pool
