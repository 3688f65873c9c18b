"""Hand-counted worlds of bans and their effects, against reference and product alike."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from tests.reference.hand import DAY, ban, firm, link, listed, report, tenant, world
from tests.reference.world import Row

Ask = Callable[..., list[Row]]
A, B, C, D, E, F = (f"测试{x}有限公司" for x in "甲乙丙丁戊己")
G, BRANCH_1, BRANCH_2 = "测试评价有限公司", "测试评价有限公司第一分公司", "测试评价有限公司第二分公司"
OTHER = "测试认证中心"
EAST = "测试东园区"
BANNED = date(2024, 2, 29)
ONE_DAY = timedelta(days=1)


def classes(rows: list[Row]) -> list[tuple[Any, ...]]:
    return [(row["class"], row["unit"], row["report_no"]) for row in rows]


def reach(ask: Ask, reports: list[Row], listings: list[Row], as_of: date = DAY, **options: Any) -> list[Any]:
    made = world(enterprises=[firm(A)], reports=reports, listings=listings, agency_bans=[ban(G, BANNED)])
    return classes(ask(made, "ban-reach", as_of, **options))


@pytest.mark.parametrize(
    ("submitted", "expected"),
    [
        (date(2021, 2, 27), "older"),
        (date(2021, 2, 28), "review"),
        (date(2024, 2, 28), "review"),
        (date(2024, 2, 29), "blocked"),
        (DAY, "blocked"),
        (DAY + ONE_DAY, None),
        (None, "unknown"),
    ],
)
def test_a_pending_report_by_its_day(ask: Ask, submitted: date | None, expected: str | None) -> None:
    found = reach(ask, [report("R-1", A, G, submitted)], [])
    assert found == ([(expected, A, "R-1")] if expected else [])


@pytest.mark.parametrize(
    ("day", "rows"), [(date(2024, 2, 28), 0), (BANNED, 1), (date(2027, 2, 27), 1), (date(2027, 2, 28), 0)]
)
def test_a_recorded_ban_runs_three_years(ask: Ask, day: date, rows: int) -> None:
    assert len(reach(ask, [report("R-1", A, G, date(2023, 1, 1))], [], day)) == rows


@pytest.mark.parametrize(("submitted", "rows"), [(date(2027, 2, 27), 1), (date(2027, 2, 28), 0)])
def test_on_the_day_three_years_later_reports_are_accepted_again(ask: Ask, submitted: date, rows: int) -> None:
    hypothetical = {"agency": G, "on": BANNED, "authority": "全国"}
    found = reach(ask, [report("R-1", A, G, submitted)], [], date(2027, 6, 1), **hypothetical)
    assert len(found) == rows


def test_the_issue_date_stands_in_for_the_submission(ask: Ask) -> None:
    assert reach(ask, [report("R-1", A, G, None, issued_on=BANNED)], []) == [("blocked", A, "R-1")]


def test_a_listing_on_a_blocked_report_gives_both_rows(ask: Ask) -> None:
    found = reach(ask, [report("R-1", A, G, BANNED)], [listed(A, report_no="R-1")])
    assert found == [("blocked", A, "R-1"), ("review", A, "R-1")]


def test_a_listed_or_decided_report_is_not_pending(ask: Ask) -> None:
    sent = date(2024, 1, 1)
    listing = listed(A, report_no="R-1")
    refused = report("R-1", A, G, sent, outcome="refused", outcome_on=DAY)
    assert reach(ask, [report("R-1", A, G, sent)], [listing]) == [("review", A, "R-1")]
    assert reach(ask, [refused], []) == []
    assert reach(ask, [refused], [], DAY - ONE_DAY) == [("review", A, "R-1")]
    assert len(reach(ask, [report("R-1", A, G, sent)], [listed(A, report_no="R-1", removed_on=DAY)])) == 1


def test_self_evaluated_units_are_never_touched(ask: Ask) -> None:
    own = report("R-1", A, G, BANNED, mode="self")
    assert reach(ask, [own], [listed(A, report_no="R-1", agency=G)]) == []
    assert reach(ask, [own | {"mode": None}], []) == [("blocked", A, "R-1")]


def test_a_report_number_of_another_unit_is_no_report_of_this_one(ask: Ask) -> None:
    listing = listed(A, published_on=date(2020, 1, 1), report_no="R-1", agency=G)
    found = reach(ask, [report("R-1", B, OTHER, BANNED)], [listing])
    assert found == [("older", A, "R-1")]


def test_a_listing_that_names_only_the_agency_is_reviewed_after_the_ban_too(ask: Ask) -> None:
    assert reach(ask, [], [listed(A, published_on=DAY, agency=G)]) == [("review", A, None)]


def test_hints_for_one_head_and_for_parent_and_branch(ask: Ask) -> None:
    heads = [{"name": G, "legal_representative": "测试张三"}, {"name": OTHER, "legal_representative": "测试张三"}]
    made = world(
        agencies=heads, listings=[listed(A, agency=OTHER), listed(B, agency=BRANCH_1), listed(C, agency=BRANCH_2)]
    )
    asked = {"on": BANNED, "authority": "全国"}
    assert {row["unit"] for row in ask(made, "ban-reach", DAY, agency=G, **asked)} == {A, B, C}
    found = ask(
        made | {"listings": [*made["listings"], listed(D, agency=G)]}, "ban-reach", DAY, agency=BRANCH_1, **asked
    )
    assert classes(found) == [("older", B, None), ("hint", D, None)]


@pytest.mark.parametrize(
    ("authority", "jurisdiction", "expected"),
    [
        ("全国", "recorded", {A: "review", B: "review", C: "review", D: "review", E: "review"}),
        ("江苏省", "recorded", {A: "review", B: "review", C: "review", E: "unknown"}),
        ("苏州市工业和信息化局", "recorded", {A: "review", C: "unknown", E: "unknown"}),
        ("昆山市", "recorded", {A: "unknown", C: "unknown", E: "unknown"}),
        ("苏州市", "province", {A: "review", B: "review", C: "review", E: "unknown"}),
    ],
)
def test_a_ban_reaches_the_units_of_its_region(ask: Ask, authority: str, jurisdiction: str, expected: Any) -> None:
    places = [(A, "江苏省", "苏州市"), (B, "江苏省", "南京市"), (C, "江苏省", None), (D, "上海市", None)]
    made = world(
        enterprises=[firm(name, province=province, city=city) for name, province, city in places],
        listings=[listed(name, published_on=date(2023, 1, 1), agency=G) for name in (A, B, C, D, E)],
        agency_bans=[ban(G, BANNED, authority)],
    )
    assert {row["unit"]: row["class"] for row in ask(made, "ban-reach", DAY, jurisdiction=jurisdiction)} == expected


def test_decisions_of_one_day_are_one_ban_over_the_union(ask: Ask) -> None:
    made = world(
        enterprises=[firm(A, city="苏州市"), firm(B, city="南京市"), firm(C, city="无锡市")],
        listings=[listed(name, published_on=date(2023, 1, 1), agency=G) for name in (A, B, C)],
        agency_bans=[ban(G, BANNED, "苏州市"), ban(G, BANNED, "南京市")],
    )
    rows = ask(made, "ban-reach", DAY)
    assert {(row["ban_id"], row["unit"]) for row in rows} == {(f"name:{G}@2024-02-29", A), (f"name:{G}@2024-02-29", B)}
    assert {(row["window_start"], row["window_end"]) for row in rows} == {(BANNED, date(2027, 2, 28))}


def test_effects_count_only_units_that_lose_their_last_listing(ask: Ask) -> None:
    reviewed: dict[str, Any] = {"published_on": date(2023, 1, 1), "agency": G}
    made = world(
        enterprises=[firm(A, city="苏州市"), firm(B, city="苏州市"), firm(C, city="苏州市")],
        listings=[listed(A, **reviewed), listed(B, **reviewed), listed(B, "provincial")],
        tenancies=[tenant(A), tenant(B), tenant(C), tenant(C, "测试西园区")],
        supplies=[link(F, A), link(F, C)],
        agency_bans=[ban(G, BANNED)],
    )
    rows = ask(made, "ban-effects", DAY)
    assert [(row["kind"], row["name"], row["base"], row["before_green"], row["after_green"]) for row in rows] == [
        ("park", EAST, 3, 2, 1),
        ("leader", F, 2, 1, 0),
        ("city", "苏州市", 3, 2, 1),
    ]
    assert [(row["before"], row["after"]) for row in rows] == [(2 / 3, 1 / 3), (1 / 2, 0), (2 / 3, 1 / 3)]
    assert ask(made, "ban-effects", DAY, tier="national") == []
