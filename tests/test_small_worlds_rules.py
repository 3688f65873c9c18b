"""Hand-counted worlds of coverage, incidents and names, against reference and product alike."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from tests.reference import Refused
from tests.reference.cast import code
from tests.reference.hand import DAY, firm, link, listed, tenant, world
from tests.reference.world import Row

Ask = Callable[..., list[Row]]
A, B, C, D, E, F = (f"测试{x}有限公司" for x in "甲乙丙丁戊己")
G, BRANCH_1, BRANCH_2 = "测试评价有限公司", "测试评价有限公司第一分公司", "测试评价有限公司第二分公司"
OTHER = "测试认证中心"
EAST = "测试东园区"
BANNED = date(2024, 2, 29)
ONE_DAY = timedelta(days=1)


def test_coverage_adds_up_and_keeps_the_unknown_row(ask: Ask) -> None:
    made = world(
        enterprises=[
            firm(A, city="苏州市", county="昆山市"),
            firm(B, city="苏州市"),
            firm(C, county="鼓楼区"),
            firm(D, province="上海市"),
            firm(E, None, city="南京市"),
        ],
        listings=[listed(A, "national"), listed(E), listed(F)],
        cultivation=[{"unit": B, "category": "factory", "plan_year": 2025}],
    )
    rows = ask(made, "tier-coverage", DAY)
    assert [row["region"] for row in rows][-2:] == ["未知", "江苏省"]
    assert len(rows) == 15
    counts = {row["region"]: (row["base"], row["national"], row["pool"], row["none"]) for row in rows if row["base"]}
    assert counts == {"苏州市": (2, 1, 1, 0), "未知": (1, 0, 0, 1), "江苏省": (3, 1, 1, 1)}
    last = rows[-1]
    assert (last["listed_outside_base"], last["base_unknown"], last["at_least_city"]) == (2, 2, 1)
    assert (last["share"], last["share_low"], last["share_high"]) == (1 / 3, 1 / 3, 3 / 5)
    assert [row["region"] for row in ask(made, "tier-coverage", DAY, by="county")] == ["昆山市", "未知", "江苏省"]
    assert [row["base"] for row in ask(made, "tier-coverage", DAY, by="province", base="all")] == [5]


def test_base_is_for_factories(ask: Ask) -> None:
    with pytest.raises(Refused):
        ask(world(parks=[{"name": EAST}]), "tier-coverage", DAY, category="park", base="all")


@pytest.mark.parametrize(
    ("listings", "expected"),
    [
        ([], (None, None, None, None, "city")),
        ([listed(A, "district")], (None, None, None, "district", "city")),
        ([listed(A)], (None, None, None, "city", "provincial")),
        ([listed(A, "national", date(2020, 1, 1))], (date(2020, 1, 1), "derived", date(2020, 1, 1), "national", None)),
        (
            [listed(A, "national", date(2020, 1, 1)), listed(A, "provincial", date(2021, 1, 1))],
            (date(2021, 1, 1), "own", date(2020, 1, 1), "national", None),
        ),
    ],
    ids=["none", "district", "city", "derived", "own before derived"],
)
def test_the_ladder(ask: Ask, listings: list[Row], expected: Any) -> None:
    rows = ask(world(enterprises=[firm(A)], listings=listings), "enterprise-ladder", DAY)
    columns = ["provincial_on", "provincial_basis", "national_on", "highest", "next_tier"]
    assert [tuple(row[column] for column in columns) for row in rows] == [expected]


THREE_YEARS_AGO = date(2022, 6, 30)


@pytest.mark.parametrize(
    ("incident", "counts"),
    [
        ({"kind": "安全事故", "occurred_on": THREE_YEARS_AGO}, True),
        ({"kind": "安全事故", "occurred_on": THREE_YEARS_AGO - ONE_DAY, "decided_on": DAY}, False),
        ({"kind": "安全事故", "decided_on": DAY}, True),
        ({"kind": "安全事故", "decided_on": DAY + ONE_DAY}, False),
        ({"kind": "安全事故"}, True),
        ({"kind": "注销", "occurred_on": date(2001, 1, 1)}, True),
        ({"kind": "停产", "occurred_on": date(2024, 6, 30)}, True),
        ({"kind": "停产", "occurred_on": date(2024, 7, 1)}, True),
        ({"kind": "停产", "occurred_on": date(2024, 7, 1), "ended_on": date(2025, 5, 1)}, False),
        ({"kind": "停产", "occurred_on": date(2021, 1, 1), "ended_on": THREE_YEARS_AGO}, True),
        ({"kind": "停产", "occurred_on": date(2021, 1, 1), "ended_on": THREE_YEARS_AGO - ONE_DAY}, False),
        ({"kind": "经营异常", "occurred_on": date(2010, 1, 1)}, True),
        ({"kind": "经营异常", "occurred_on": date(2024, 1, 1), "ended_on": DAY - ONE_DAY}, False),
        ({"kind": "节能监察整改", "occurred_on": date(2025, 1, 1), "due_on": DAY}, False),
        ({"kind": "节能监察整改", "occurred_on": date(2025, 1, 1), "due_on": DAY - ONE_DAY}, True),
        (
            {
                "kind": "节能监察整改",
                "occurred_on": date(2025, 1, 1),
                "due_on": date(2025, 2, 1),
                "ended_on": date(2025, 2, 1),
            },
            False,
        ),
        ({"kind": "节能监察整改", "occurred_on": date(2025, 1, 1)}, True),
        ({"kind": "失信被执行人", "occurred_on": date(2010, 1, 1), "ended_on": THREE_YEARS_AGO}, True),
        ({"kind": "材料造假", "occurred_on": DAY}, False),
    ],
)
def test_which_incidents_are_shown(ask: Ask, incident: Row, counts: bool) -> None:
    made = world(enterprises=[firm(A)], tenancies=[tenant(A)], incidents=[{"unit": A} | incident])
    row = ask(made, "park-tenants", DAY, park=EAST)[0]
    assert row["incidents"] == (incident["kind"] if counts else None)


def test_an_incident_of_unknown_kind_is_shown(ask: Ask) -> None:
    made = world(enterprises=[firm(A)], tenancies=[tenant(A)], incidents=[{"unit": A, "kind": "某种情形"}])
    assert ask(made, "park-tenants", DAY, park=EAST)[0]["incidents"] == "未知情形"


@pytest.mark.parametrize(
    ("reason", "incidents"), [("主动退出", "移出名单"), ("弄虚作假", "移出名单"), (None, "移出名单")]
)
def test_a_removal_is_shown(ask: Ask, reason: str | None, incidents: str | None) -> None:
    listing = listed(A, removed_on=THREE_YEARS_AGO, removal_reason=reason)
    made = world(enterprises=[firm(A)], tenancies=[tenant(A)], listings=[listing])
    assert ask(made, "park-tenants", DAY, park=EAST)[0]["incidents"] == incidents


def units(ask: Ask, **tables: Any) -> list[tuple[Any, ...]]:
    rows = ask(world(tenancies=[tenant(B)], **tables), "park-tenants", DAY, park=EAST)
    return [(row["unit_id"], row["unit"], row["identity"]) for row in rows]


def test_a_former_name_is_its_unit(ask: Ask) -> None:
    one = [(f"uscc:{code(1)}", A, "registered")]
    assert units(ask, enterprises=[firm(A, uscc=code(1), former_names=B)]) == one
    assert (
        units(ask, enterprises=[firm(A, uscc=code(1))], name_changes=[{"old_name": B, "new_name": A, "kind": None}])
        == one
    )
    assert units(ask, enterprises=[firm(A, uscc=code(1))], listings=[listed(B, uscc=code(1))]) == one


def test_a_merger_makes_no_two_names_one(ask: Ask) -> None:
    changes = [{"old_name": B, "new_name": A, "kind": "合并"}]
    assert units(ask, enterprises=[firm(A)], name_changes=changes) == [(f"name:{B}", B, "named")]


def test_a_name_of_two_units_stays_its_own(ask: Ask) -> None:
    twins = [firm(A, uscc=code(1), former_names=B), firm(C, uscc=code(2), former_names=B)]
    assert units(ask, enterprises=twins) == [(f"name:{B}", B, "named")]


def test_the_city_decides_between_two(ask: Ask) -> None:
    twins = [firm(B, uscc=code(1), city="苏州市"), firm(B, uscc=code(2), city="南京市")]
    made = world(enterprises=twins, listings=[listed(B, region="江苏省苏州市")])
    rows = ask(made, "enterprise-ladder", DAY)
    assert [(row["uscc"], row["highest"]) for row in rows] == [(code(1), "city"), (code(2), None)]


def test_a_decision_goes_first(ask: Ask) -> None:
    firms = [firm(A, uscc=code(1), former_names=B)]
    assert units(ask, enterprises=firms, decisions=[{"name": B, "different_from": A}])[0][0] == f"name:{B}"
    assert units(ask, enterprises=[firm(A)], decisions=[{"name": B, "same_as": A}]) == [(f"name:{A}", A, "registered")]


def test_legal_forms_are_not_stripped(ask: Ask) -> None:
    assert units(ask, enterprises=[firm("测试乙股份有限公司")]) == [(f"name:{B}", B, "named")]


def test_who_comes_later_is_not_on_record(ask: Ask) -> None:
    later = DAY + ONE_DAY
    made = world(
        parks=[{"name": EAST}],
        listings=[listed("测试西园区", category="park", published_on=later), listed(A, published_on=later)],
    )
    assert [row["park"] for row in ask(made, "park-share", DAY)] == [EAST]
    assert ask(made, "enterprise-ladder", DAY, base="all") == []
    assert len(ask(made, "enterprise-ladder", later, base="all")) == 1


def test_a_unit_abroad_by_its_country_is_outside(ask: Ask) -> None:
    made = world(enterprises=[firm(A, country="US"), firm(B, country="US", city="苏州市"), firm(C, country="CN")])
    assert {row["enterprise"] for row in ask(made, "enterprise-ladder", DAY)} == {B, C}


def test_listings_that_disagree_leave_the_region_unknown(ask: Ask) -> None:
    made = world(
        listings=[
            listed(A, region="江苏省"),
            listed(A, "provincial", region="苏州市"),
            listed(B, region="南京市"),
            listed(B, "provincial", region="苏州市"),
        ]
    )
    rows = {row["region"]: row["base"] for row in ask(made, "tier-coverage", DAY, base="all")}
    assert (rows["苏州市"], rows["南京市"], rows["未知"], rows["江苏省"]) == (1, 0, 1, 2)


def test_own_rows_that_disagree_on_the_country_leave_it_unknown(ask: Ask) -> None:
    made = world(
        enterprises=[firm(A, country="US"), firm(A, country="CN")],
        supplies=[link(B, A, country="US"), link(B, C, country="US")],
    )
    rows = ask(made, "leader-suppliers", DAY, leader=B)
    assert [(row["unit"], row["in_scope"]) for row in rows] == [(C, False), (A, True)]


def test_a_unit_known_only_by_a_change_has_the_name_that_the_change_writes(ask: Ask) -> None:
    changes = [
        {"old_name": A, "new_name": A, "kind": "经营范围"},
        {"old_name": B, "new_name": C, "kind": "更名"},
    ]
    rows = ask(world(name_changes=changes), "enterprise-ladder", DAY, base="all")
    assert [(row["enterprise_id"], row["enterprise"]) for row in rows] == [(f"name:{C}", C), (f"name:{A}", A)]


def test_a_misspelling_that_a_person_settles_has_the_id_of_its_target(ask: Ask) -> None:
    assert [u for u, _, _ in units(ask, decisions=[{"name": B, "same_as": A}])] == [f"name:{A}"]


def test_the_leader_of_a_ratio_is_its_row_and_of_a_ladder_its_suppliers_too(ask: Ask) -> None:
    made = world(enterprises=[firm(A), firm(B), firm(C)], supplies=[link(A, B), link(B, C)])
    assert [row["leader"] for row in ask(made, "leader-ratio", DAY, leader=A)] == [A]
    assert {row["enterprise"] for row in ask(made, "enterprise-ladder", DAY, leader=A)} == {A, B}


def test_a_merger_puts_both_its_names_on_record(ask: Ask) -> None:
    made = world(name_changes=[{"old_name": "测试庚有限公司", "new_name": "测试辛有限公司", "kind": "合并"}])
    shown = [row["enterprise"] for row in ask(made, "enterprise-ladder", DAY, base="all")]
    assert sorted(shown) == ["测试庚有限公司", "测试辛有限公司"]


def test_a_renaming_puts_one_unit_on_record(ask: Ask) -> None:
    made = world(name_changes=[{"old_name": "测试庚有限公司", "new_name": "测试辛有限公司", "kind": "更名"}])
    assert len(ask(made, "enterprise-ladder", DAY, base="all")) == 1


def test_without_a_register_the_base_is_the_lists_themselves(ask: Ask) -> None:
    lists = world(listings=[listed(A, region="南京市"), listed(B, region="苏州市")])
    rows = {row["region"]: row for row in ask(lists, "tier-coverage", DAY, base="all")}
    assert {rows[place][name] for place in rows for name in ("share", "share_low", "share_high")} == {None}
    assert rows["江苏省"]["base"] == 2
    one = world(enterprises=[firm(C, city="苏州市")], listings=[listed(A, region="南京市"), listed(B, region="苏州市")])
    rows = {row["region"]: row for row in ask(one, "tier-coverage", DAY, base="all")}
    assert [rows[place]["share"] for place in ("南京市", "苏州市", "江苏省")] == [None, 1 / 2, 2 / 3]
