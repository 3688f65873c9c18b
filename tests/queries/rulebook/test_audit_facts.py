"""Audit: what is held against units on lists. D-20, D-22, D-22.3, P-17, P-18, D-13, plans and recommendations, on their edges."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.queries.rulebook.asking import (
    DAY,
    EAST,
    ONE_DAY,
    A,
    B,
    C,
    findings,
    firm,
    incident,
    listing,
    opened,
    rows_of,
)

FIRST_IN = date(2022, 6, 30)
"""The first day of the last three years on DAY."""
ACT = [(A, "factory", "provincial", "act")]


def held(folder: Path, *incidents: Any, **more: Any) -> Any:
    """A listed unit with incidents."""
    return opened(folder, enterprises=[firm(A)], listings=[listing(A)], incidents=list(incidents), **more)


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (FIRST_IN - ONE_DAY, []),
        (FIRST_IN, ACT),
        (DAY, ACT),
        (DAY + ONE_DAY, []),
    ],
    ids=["a day before the window", "its first day", "the day itself", "tomorrow"],
)
def test_a_fact_of_the_window_starts_a_removal(tmp_path: Path, on: date, expected: Any) -> None:
    session = held(tmp_path, incident(A, "安全事故", on, severity="重大"))
    assert findings(session, "D-22") == expected
    assert findings(session, "D-20") == expected


@pytest.mark.parametrize(
    ("day", "counts"), [(date(2027, 2, 27), True), (date(2027, 2, 28), True), (date(2027, 3, 1), False)]
)
def test_the_window_of_29_february(tmp_path: Path, day: date, counts: bool) -> None:
    # On 28 February 2027 the window begins on 28 February 2024, so the 29th is in; on 1 March it begins on 1 March.
    session = held(tmp_path, incident(A, "偷漏税", date(2024, 2, 29)))
    assert bool(findings(session, "D-22", day)) == counts


@pytest.mark.parametrize(
    ("kind", "severity", "expected"),
    [
        ("安全事故", "特别重大", 1),
        ("安全事故", "重大", 1),
        ("环境污染", "Ⅱ级", 1),
        ("环境污染", "Ⅰ", 1),
        ("环境污染", "Ⅲ级", 0),
        ("安全事故", "较大", 0),
        ("安全事故", None, 0),
        ("其他违法", "重大", 0),
    ],
)
def test_major_events_are_second_grade_or_above(tmp_path: Path, kind: str, severity: str | None, expected: int) -> None:
    session = held(tmp_path, incident(A, kind, date(2025, 1, 1), severity=severity))
    assert len(findings(session, "D-20")) == expected
    assert len(findings(session, "D-22")) == 1
    assert all(row["due"] == date(2025, 1, 1) for row in rows_of(session, "audit") if row["rule"] == "D-20")


def test_a_fact_without_a_day_is_a_question(tmp_path: Path) -> None:
    session = held(tmp_path, incident(A, "环境污染", None, severity="重大"))
    assert findings(session, "D-22") == [(A, "factory", "provincial", "check")]
    assert findings(session, "D-20") == []


def test_who_stands_on_no_list_has_nothing_to_leave(tmp_path: Path) -> None:
    listings = [listing(A, removed_on=DAY, removal_reason="更名"), listing(B, removed_on=DAY + ONE_DAY)]
    incidents = [incident(unit, "失信被执行人", date(2024, 1, 1)) for unit in (A, B, C)]
    session = opened(tmp_path, enterprises=[firm(A), firm(B), firm(C)], listings=listings, incidents=incidents)
    assert findings(session, "D-22") == [(B, "factory", "provincial", "act")]


@pytest.mark.parametrize(("reason", "expected"), [("环境污染", 1), ("主动退出", 0), (None, 1)])
def test_a_removal_with_fault_counts_on_the_other_lists(tmp_path: Path, reason: str | None, expected: int) -> None:
    removed = listing(A, "city", removed_on=date(2025, 1, 1), removal_reason=reason)
    session = opened(tmp_path, enterprises=[firm(A)], listings=[listing(A), removed])
    assert len(findings(session, "D-22")) == expected


def test_falsified_material_counts_whenever_it_was(tmp_path: Path) -> None:
    assert findings(held(tmp_path / "old", incident(A, "材料造假", date(2012, 1, 1))), "D-22.3") == ACT
    assert findings(held(tmp_path / "undated", incident(A, "材料造假", None)), "D-22.3") == ACT
    assert findings(held(tmp_path / "later", incident(A, "材料造假", DAY + ONE_DAY)), "D-22.3") == []


def test_tenants_reach_their_park_and_the_park_reaches_nobody(tmp_path: Path) -> None:
    tenancies = [
        {"name": A, "park": EAST, "start": date(2024, 1, 1), "end": date(2024, 6, 1)},
        {"name": B, "park": EAST},
    ]
    listings = [listing(EAST, category="park"), listing(B)]

    def asked(name: str, *incidents: Any, **options: Any) -> Any:
        session = opened(
            tmp_path / name, enterprises=[firm(A), firm(B)], parks=[{"name": EAST, "city": "南京市"}],
            listings=listings, tenancies=tenancies, incidents=list(incidents),
        )  # fmt: skip
        return findings(session, "D-22", **options)

    of_park = [(EAST, "park", "provincial", "act")]
    assert asked("first day", incident(A, "质量事故", date(2024, 1, 1))) == of_park
    assert asked("left", incident(A, "质量事故", date(2024, 6, 1))) == []
    assert asked("before", incident(A, "质量事故", date(2023, 12, 31))) == []
    assert asked("item 1", incident(A, "注销", date(2024, 3, 1))) == []
    assert asked("off", incident(A, "质量事故", date(2024, 3, 1)), park_propagation="off") == []
    minor, major = (incident(A, "质量事故", date(2024, 3, 1), severity=word) for word in ("较大", "重大"))
    assert asked("serious, minor", minor, park_propagation="serious") == []
    assert asked("serious, major", major, park_propagation="serious") == of_park
    assert asked("the park's own", incident(EAST, "环境污染", date(2025, 3, 1))) == of_park


def check(unit: str, on: date, result: str | None = "clean", **more: Any) -> Any:
    return {"unit": unit, "category": "factory", "checked_on": on, "result": result} | more


@pytest.mark.parametrize(
    ("on", "expected"), [(date(2020, 1, 1), 1), (date(2019, 12, 31), 0), (DAY, 1), (DAY + ONE_DAY, 0)]
)
def test_a_failed_check_since_the_listing(tmp_path: Path, on: date, expected: int) -> None:
    session = opened(tmp_path, enterprises=[firm(A)], listings=[listing(A)], inspections=[check(A, on, "problem")])
    assert findings(session, "P-17", rules="js-2016") == ACT * expected
    assert findings(session, "P-17", rules="js-draft") == []


YEARS = [date(2020, 2, 28), date(2020, 2, 29), date(2020, 3, 1)]


@pytest.mark.parametrize(
    ("day", "results", "expected"),
    [
        pytest.param(date(2025, 2, 28), ["clean"] * 3, 1, id="the last day but one"),
        pytest.param(date(2025, 3, 1), ["clean"] * 3, 0, id="five years later"),
        pytest.param(date(2024, 1, 1), ["clean", "problem", "clean"], 0, id="one failed between"),
        pytest.param(date(2024, 1, 1), ["clean", "clean"], 0, id="two"),
    ],
)
def test_three_clean_checks_in_a_row_exempt_for_five_years(
    tmp_path: Path, day: date, results: list[Any], expected: int
) -> None:
    checks = [check(A, on, result) for on, result in zip(YEARS, results, strict=False)]
    session = opened(tmp_path, enterprises=[firm(A)], listings=[listing(A)], inspections=checks)
    assert findings(session, "P-18", day) == [(A, None, None, "info")] * expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        pytest.param({}, [], id="in time, all three asked"),
        pytest.param({"recommended_on": date(2024, 8, 1)}, ["check"], id="a day late"),
        pytest.param({"consulted": "生态环境、应急管理"}, ["check"], id="two of three"),
        pytest.param({"consulted": "省生态环境厅；省应急厅；省市场监督管理局"}, [], id="offices by their full names"),
        pytest.param({"consulted": None}, ["check"], id="not said"),
        pytest.param({"tier": "city", "consulted": None}, [], id="another tier"),
        pytest.param({"tier": "national", "consulted": None}, ["check"], id="national, by nobody: a city's deadline"),
        pytest.param({"recommended_on": date(2024, 2, 29), "consulted": None}, [], id="before the draft"),
        pytest.param({"recommended_on": DAY + ONE_DAY, "consulted": None}, [], id="tomorrow"),
        pytest.param({"recommended_on": None, "consulted": None}, ["check"], id="day unknown"),
    ],
)
def test_a_provincial_recommendation(tmp_path: Path, said: Any, expected: list[str]) -> None:
    row = {
        "unit": A,
        "category": "factory",
        "tier": "provincial",
        "recommended_on": date(2024, 7, 31),
        "consulted": "生态环境、应急管理、市场监管",
    }
    session = opened(tmp_path, enterprises=[firm(A)], recommendations=[row | said])
    assert [severity for *_, severity in findings(session, "D-13")] == expected


def test_the_progress_of_a_plan(tmp_path: Path) -> None:
    def planned(unit: str, sponsor: str) -> Any:
        more = {"target_tier": "provincial", "plan_year": 2024, "sponsor": sponsor}
        return {"unit": unit, "category": "factory"} | more

    session = opened(
        tmp_path,
        enterprises=[firm(A), firm(B), firm(C)],
        parks=[{"name": EAST, "city": "南京市"}],
        cultivation=[planned(A, EAST), planned(B, EAST), planned(C, EAST), planned(B, A)],
        listings=[
            listing(A, on=date(2024, 12, 1)),
            listing(B, "city", on=date(2024, 12, 1)),
            listing(C, on=date(2023, 12, 31)),
        ],
    )
    rows = {row["rule"]: row for row in rows_of(session, "audit") if row["rule"] in ("D-09.2", "D-10.2")}
    # C had the tier before the plan began: it is no work of the plan.
    assert rows["D-09.2"]["reason"] == "培育计划2家，计划开始后已列入1家，尚余1家"
    assert "另有1家在计划开始前已达目标层级" in rows["D-09.2"]["facts"]
    assert (rows["D-10.2"]["unit"], rows["D-10.2"]["reason"]) == (A, "培育计划1家，计划开始后已列入0家，尚余1家")
    assert rows["D-09.2"]["clause"] == "征求意见稿第九条第2项"
