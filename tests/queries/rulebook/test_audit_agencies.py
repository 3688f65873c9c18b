"""Audit: agencies and complaints. D-24, D-25 and A-15, on their edges."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.queries.rulebook.asking import DAY, ONE_DAY, A, B, C, G, H, findings, firm, listing, opened, rows_of


def report(no: str, unit: str, agency: str, on: date | None, **more: Any) -> Any:
    said = {"report_no": no, "unit": unit, "agency": agency, "submitted_on": on, "outcome": "accepted"}
    return {"category": "factory", "tier": "provincial", "mode": "third_party"} | said | more


BANNED = date(2021, 3, 1)


@pytest.mark.parametrize(
    ("on", "more", "expected"),
    [
        pytest.param(BANNED - ONE_DAY, {}, [], id="the day before"),
        pytest.param(BANNED, {}, ["act"], id="the first day"),
        pytest.param(date(2024, 2, 29), {}, ["act"], id="the last day, 29 February"),
        pytest.param(date(2024, 3, 1), {}, [], id="three years later"),
        pytest.param(BANNED, {"outcome": "refused"}, [], id="refused"),
        pytest.param(BANNED, {"outcome": None}, [], id="pending"),
        pytest.param(BANNED, {"outcome_on": DAY + ONE_DAY}, [], id="accepted tomorrow"),
        pytest.param(BANNED, {"mode": "self"}, [], id="a self-evaluation"),
        pytest.param(None, {"issued_on": BANNED}, ["act"], id="by its day of issue"),
    ],
)
def test_an_accepted_report_inside_a_ban(tmp_path: Path, on: date | None, more: Any, expected: list[str]) -> None:
    bans = [{"agency": G, "authority": "江苏省", "decided_on": BANNED}]
    session = opened(tmp_path, enterprises=[firm(A)], reports=[report("R-1", A, G, on, **more)], agency_bans=bans)
    assert [severity for *_, severity in findings(session, "D-24")] == expected


def test_a_ban_binds_in_its_jurisdiction(tmp_path: Path) -> None:
    cities = {A: "南京市", B: "苏州市", C: None}
    reports = [report(f"R-{unit}", unit, G, BANNED) for unit in cities]
    bans = [{"agency": G, "authority": "南京市", "decided_on": BANNED}]
    firms = [firm(unit, city=city) for unit, city in cities.items()]
    session = opened(tmp_path, enterprises=firms, reports=reports, agency_bans=bans)
    assert {(unit, severity) for unit, _, _, severity in findings(session, "D-24")} == {(A, "act"), (C, "check")}


def complaint(unit: str, **more: Any) -> Any:
    return {"unit": unit, "received_on": date(2025, 1, 1), "named": True} | more


VERIFIED = {"verified_on": DAY, "result": "confirmed"}


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        pytest.param({}, [("provincial", "check")], id="waiting"),
        pytest.param({"received_on": DAY + ONE_DAY}, [], id="not yet received"),
        pytest.param({"received_on": DAY}, [("provincial", "check")], id="received today"),
        pytest.param({"named": False}, [], id="anonymous"),
        pytest.param({"named": None}, [], id="not said whether named"),
        pytest.param(VERIFIED, [("provincial", "act")], id="verified today"),
        pytest.param({**VERIFIED, "verified_on": DAY + ONE_DAY}, [("provincial", "check")], id="verified tomorrow"),
        pytest.param({"verified_on": DAY, "result": "unfounded"}, [], id="unfounded"),
        pytest.param({"verified_on": DAY}, [("provincial", "check")], id="closed without a result"),
    ],
)
def test_complaints_of_a_unit(tmp_path: Path, said: Any, expected: Any) -> None:
    session = opened(tmp_path, enterprises=[firm(A)], listings=[listing(A)], complaints=[complaint(A, **said)])
    assert [(tier, severity) for _, _, tier, severity in findings(session, "D-25")] == expected


def test_a_verified_complaint_leads_to_removal_or_to_a_ban(tmp_path: Path) -> None:
    complaints = [complaint(who, **VERIFIED) for who in (A, B, G)]
    session = opened(
        tmp_path, enterprises=[firm(A), firm(B)], agencies=[{"name": G}], listings=[listing(A)], complaints=complaints
    )
    rows = [row for row in rows_of(session, "audit") if row["rule"] == "D-25"]
    said = {row["unit"]: (row["unit_kind"], row["severity"]) for row in rows}
    assert said == {A: ("enterprise", "act"), G: ("agency", "act"), B: ("enterprise", "info")}
    clauses = {row["unit"]: row["clause"] for row in rows}
    assert clauses == {
        A: "征求意见稿第二十五条、征求意见稿第二十二条第（一）项",
        G: "征求意见稿第二十五条、征求意见稿第二十四条",
        B: "征求意见稿第二十五条",
    }
    reasons = {row["unit"]: row["reason"] for row in rows}
    assert "视情节轻重要求整改" in reasons[A]
    assert "移出" in reasons[A]


@pytest.mark.parametrize("said", [{}, VERIFIED], ids=["waiting", "verified"])
def test_a_complaint_about_anybody_else_is_outside_article_25(tmp_path: Path, said: Any) -> None:
    session = opened(tmp_path, enterprises=[firm(A), firm(B)], listings=[listing(A)], complaints=[complaint(B, **said)])
    assert findings(session, "D-25") == [(B, None, None, "info")]


def evaluated(agency: str, count: int, year: int, start: int = 0) -> list[Any]:
    return [
        report(
            f"R-{agency}-{year}-{n}", f"测试第{n}号有限公司", agency, date(year, 5, 1), tier="national", outcome=None
        )
        for n in range(start, start + count)
    ]


@pytest.mark.parametrize(("count", "expected"), [(15, 0), (16, 1)])
def test_the_cap_holds_for_one_legal_representative(tmp_path: Path, count: int, expected: int) -> None:
    agencies = [{"name": name, "legal_representative": "测试张三"} for name in (G, H)]
    reports = evaluated(G, 8, 2024) + evaluated(H, count - 8, 2024, start=8) + evaluated(G, 15, 2023)
    session = opened(tmp_path, agencies=agencies, reports=reports)
    found = findings(session, "A-15", rules="cn-2024")
    assert [(tier, severity) for _, _, tier, severity in found] == [("national", "check")] * expected
    assert findings(session, "A-15") == []


def test_the_cap_is_asked_of_an_earlier_year_on_request_only(tmp_path: Path) -> None:
    session = opened(tmp_path, agencies=[{"name": G}], reports=evaluated(G, 16, 2023))
    assert findings(session, "A-15", rules="cn-2024") == []
    assert len(findings(session, "A-15", cap_year=2023)) == 1
    assert findings(session, "A-15", cap_year=2023, cap=16) == []
    assert findings(session, "A-15", cap_year=2022, cap=1) == []


def test_the_cap_counts_listings_that_name_an_agency(tmp_path: Path) -> None:
    listings = [listing(unit, "national", agency=G, batch="3") for unit in (A, B)]
    listings.append(listing(C, "national", agency=G, batch="3", category="product"))
    session = opened(tmp_path, enterprises=[firm(A), firm(B)], listings=listings)
    assert [unit for unit, *_ in findings(session, "A-15", cap=1, cap_batch="3")] == [G]
    assert findings(session, "A-15", cap=2, cap_batch="3") == []
