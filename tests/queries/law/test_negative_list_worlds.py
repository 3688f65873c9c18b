"""The negative list in the base world: states and tenancies, who was looked up, what a kind that nobody knows does. D-18."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from graph_model.values.coded_words import spellings
from queries.law.negative_list import incident_kinds
from tests.queries.law.base_world import (
    DAY,
    FACTORY,
    KINDS,
    LEADER,
    OTHER,
    PARK,
    finding,
    incident,
    listing,
    old_incidents,
    opened,
    outcomes,
    verdict,
)
from tests.reference.world import Row

D18 = [f"D-18.{item}" for item in range(1, 7)]


def attested(kind: str, scope: str | None = None, on: date = date(2025, 11, 1)) -> Row:
    return {"kind": kind, "scope": scope, "checked_on": on, "source": "信用中国"}


def tenancy(unit: str, start: date | None, end: date | None = None) -> Row:
    return {"name": unit, "park": PARK, "start": start, "end": end}


# Whose facts reach the park


@pytest.mark.parametrize(
    ("fact", "tenancies", "outcome"),
    [
        pytest.param((date(2017, 6, 1), None), [(date(2018, 1, 1), None)], "fail", id="a debtor when he came, still"),
        pytest.param(
            (date(2019, 6, 1), None), [(date(2018, 1, 1), date(2020, 1, 1))], "pass", id="left before the window"
        ),
        pytest.param(
            (date(2019, 6, 1), None),
            [(date(2018, 1, 1), date(2022, 12, 1))],
            "pass",
            id="last day was before the window",
        ),
        pytest.param(
            (date(2019, 6, 1), None),
            [(date(2018, 1, 1), date(2022, 12, 2))],
            "fail",
            id="last day is the window's first",
        ),
        pytest.param(
            (date(2019, 6, 1), date(2023, 5, 1)), [(date(2023, 5, 1), None)], "fail", id="came on the debt's last day"
        ),
        pytest.param(
            (date(2019, 6, 1), date(2023, 5, 1)), [(date(2023, 5, 2), None)], "pass", id="came the day after the debt"
        ),
        pytest.param(
            (date(2024, 6, 1), date(2024, 9, 1)),
            [(date(2018, 1, 1), date(2024, 6, 1)), (date(2024, 9, 2), None)],
            "pass",
            id="a debtor only between two tenancies",
        ),
        pytest.param((date(2017, 6, 1), None), [(date(2025, 12, 2), None)], "pass", id="comes tomorrow"),
        pytest.param((date(2017, 6, 1), None), [(None, None)], "fail", id="always was a tenant"),
    ],
)
def test_a_debtors_state_reaches_the_park_where_all_three_share_a_day(
    tmp_path: Path, fact: tuple[date, date | None], tenancies: list[tuple[date | None, date | None]], outcome: str
) -> None:
    debt = incident(OTHER, "失信被执行人", fact[0], ended_on=fact[1])
    session = opened(tmp_path, {"incidents": [debt], "tenancies": [tenancy(OTHER, *span) for span in tenancies]})
    assert finding(session, "D-18.6", PARK)["outcome"] == outcome
    assert finding(session, "D-18.6", FACTORY)["outcome"] == "pass"


def test_an_overdue_rectification_reaches_the_park_from_the_day_after_its_due_day(tmp_path: Path) -> None:
    order = incident(OTHER, "节能监察整改", date(2023, 1, 1), due_on=date(2024, 6, 30))
    spans = [tenancy(OTHER, date(2020, 1, 1), date(2024, 7, 1)), tenancy(FACTORY, date(2018, 1, 1))]
    in_time = opened(tmp_path / "in time", {"incidents": [order]}, tenancies=spans)
    assert finding(in_time, "D-18.5", PARK)["outcome"] == "pass"
    spans[0] = tenancy(OTHER, date(2020, 1, 1), date(2024, 7, 2))
    late = opened(tmp_path / "late", {"incidents": [order]}, tenancies=spans)
    found = finding(late, "D-18.5", PARK)
    assert (found["outcome"], found["act"], found["earliest"]) == ("fail", None, date(2027, 7, 2))
    assert finding(late, "D-18.5", OTHER)["act"] == "完成整改"


@pytest.mark.parametrize(
    ("setting", "outcome"), [("text", "fail"), ("literal", "pass"), ("serious", "pass"), ("off", "pass")]
)
def test_a_deregistered_tenant_counts_only_by_the_text(tmp_path: Path, setting: str, outcome: str) -> None:
    more = {"incidents": [incident(OTHER, "注销", date(2024, 5, 1))], "tenancies": [tenancy(OTHER, date(2020, 1, 1))]}
    found = finding(opened(tmp_path, more), "D-18.1", PARK, park_propagation=setting)
    assert found["outcome"] == outcome
    assert "园区内企业 1 家有此情形" in found["reason"]
    assert "六项均计入：不符合" in found["reason"]


def test_an_undated_pollution_of_a_tenant_is_a_question_for_assess_and_audit(tmp_path: Path) -> None:
    more = {"incidents": [incident(FACTORY, "环境污染", None)], "listings": [listing(PARK, "provincial", "park")]}
    session = opened(tmp_path, more)
    assert finding(session, "D-18.2", PARK)["outcome"] == "unknown"
    rows = session.ask("audit", as_of=DAY).table
    park_rows = rows[(rows["unit"] == PARK) & (rows["rule"] == "D-22")]
    assert set(park_rows["severity"]) == {"check"}


# Who was looked up


def test_a_kind_on_record_for_nobody_is_unknown_until_somebody_looks_it_up(tmp_path: Path) -> None:
    session = opened(tmp_path / "none", incidents=old_incidents("偷漏税"))
    assert {unit: finding(session, "D-18.2", unit)["outcome"] for unit in (FACTORY, PARK)} == {
        FACTORY: "unknown",
        PARK: "unknown",
    }
    looked_up = opened(tmp_path / "all", {"attestations": [attested("偷漏税")]}, incidents=old_incidents("偷漏税"))
    found = finding(looked_up, "D-18.2", FACTORY)
    assert (found["outcome"], found["evidence"]) == ("pass", "核查记录.csv 第2行")
    assert finding(looked_up, "D-18.2", PARK)["outcome"] == "pass"


@pytest.mark.parametrize(
    ("on", "outcome"),
    [
        pytest.param(date(2025, 12, 1), "pass", id="that day"),
        pytest.param(date(2024, 12, 1), "pass", id="a year before"),
        pytest.param(date(2024, 11, 30), "unknown", id="a day more than a year before"),
        pytest.param(date(2025, 12, 2), "unknown", id="the day after"),
    ],
)
def test_an_attestation_holds_for_a_year(tmp_path: Path, on: date, outcome: str) -> None:
    session = opened(tmp_path, {"attestations": [attested("全部", on=on)]}, incidents=[])
    assert {finding(session, rule)["outcome"] for rule in D18} == {outcome}


@pytest.mark.parametrize(
    ("scopes", "factory", "park"),
    [
        pytest.param([FACTORY], "pass", "unknown", id="the tenant alone"),
        pytest.param([PARK], "unknown", "unknown", id="the park alone"),
        pytest.param([FACTORY, PARK], "pass", "pass", id="tenant and park"),
        pytest.param(["苏州市"], "pass", "pass", id="their city"),
        pytest.param(["江苏省"], "pass", "pass", id="their province"),
        pytest.param(["无锡市"], "unknown", "unknown", id="another city"),
        pytest.param(["某某不存在的单位"], "unknown", "unknown", id="nobody on record"),
        pytest.param([None], "pass", "pass", id="everybody"),
        pytest.param(["全部单位"], "pass", "pass", id="everybody, in words"),
        pytest.param(["不详"], "unknown", "unknown", id="not known whom"),
        pytest.param(["#N/A"], "unknown", "unknown", id="a cell with an error"),
        pytest.param(["无锡市", FACTORY], "pass", "unknown", id="another city and the tenant"),
    ],
)
def test_an_attestation_covers_its_scope(tmp_path: Path, scopes: list[str | None], factory: str, park: str) -> None:
    session = opened(tmp_path, {"attestations": [attested("全部", scope) for scope in scopes]}, incidents=[])
    assert finding(session, "D-18.6", FACTORY)["outcome"] == factory
    found = finding(session, "D-18.6", PARK)
    assert found["outcome"] == park
    if scopes == [PARK]:
        assert found["reason"] == "园区内企业 1 家未核查"


def test_a_removal_of_a_list_not_yet_published_is_on_record_for_nobody(tmp_path: Path) -> None:
    early = listing(OTHER, on=date(2026, 1, 15), removed_on=date(2025, 6, 1))
    session = opened(tmp_path, {"listings": [early]}, incidents=old_incidents("移出名单"))
    assert finding(session, "D-18.3")["outcome"] == "unknown"


def test_a_tenant_of_long_ago_need_not_be_looked_up(tmp_path: Path) -> None:
    gone = [tenancy(OTHER, date(2018, 1, 1), date(2022, 12, 1))]
    session = opened(tmp_path, {"attestations": [attested("全部", PARK)]}, incidents=[], tenancies=gone)
    assert finding(session, "D-18.6", PARK)["outcome"] == "pass"


def test_kinds_nobody_looked_up_are_told_once_on_top(tmp_path: Path) -> None:
    session = opened(
        tmp_path, {"attestations": [attested("偷漏税", FACTORY)]}, incidents=old_incidents("偷漏税", "督查问题")
    )
    assessment = session.assess(as_of=DAY, category="factory")
    notes = [note.zh for note in assessment.findings.notes if "未载入、也未核查" in note.zh]
    assert len(notes) == 1
    assert "督查问题" in notes[0]
    assert "偷漏税" not in notes[0]


# What nobody knows


def test_an_incident_of_unknown_kind_leaves_every_item_open(tmp_path: Path) -> None:
    session = opened(tmp_path, {"incidents": [incident(FACTORY, "某种写法不明的情形", date(2025, 3, 1))]})
    assert {finding(session, rule)["outcome"] for rule in D18} == {"unknown"}
    assert [finding(session, rule, PARK)["outcome"] for rule in D18] == ["pass"] + ["unknown"] * 5
    assert {finding(session, rule, LEADER)["outcome"] for rule in D18} == {"pass"}


@pytest.mark.parametrize(
    ("fact", "rule", "outcome"),
    [
        pytest.param({"kind": "停产", "on": date(2025, 6, 1)}, "D-18.1", "warn", id="stopped for half a year, open"),
        pytest.param(
            {"kind": "停产", "on": date(2025, 6, 1), "ended_on": date(2025, 9, 1)},
            "D-18.1",
            "pass",
            id="a stop that is over",
        ),
        pytest.param(
            {"kind": "节能监察整改", "on": date(2021, 6, 1), "due_on": date(2023, 12, 31)},
            "D-18.5",
            "fail",
            id="overdue since 2024",
        ),
        pytest.param(
            {"kind": "督查问题", "on": date(2024, 5, 1), "severity": "一般"}, "D-18.4", "warn", id="a small problem"
        ),
        pytest.param(
            {"kind": "督查问题", "on": date(2024, 5, 1), "severity": "重大", "source": "生态环境部"},
            "D-18.4",
            "fail",
            id="a ministry's serious one",
        ),
        pytest.param(
            {"kind": "督查问题", "on": date(2024, 5, 1), "severity": "重大", "source": "江苏省生态环境厅"},
            "D-18.4",
            "warn",
            id="the province's serious one",
        ),
        pytest.param(
            {"kind": "督查问题", "on": date(2024, 5, 1)}, "D-18.4", "unknown", id="neither source nor severity"
        ),
    ],
)
def test_a_fact_of_the_factory_is_weighed(tmp_path: Path, fact: dict[str, Any], rule: str, outcome: str) -> None:
    fact = dict(fact)
    session = opened(tmp_path, {"incidents": [incident(FACTORY, fact.pop("kind"), fact.pop("on"), **fact)]})
    assert finding(session, rule)["outcome"] == outcome


def test_the_base_world_has_every_kind_on_record(tmp_path: Path) -> None:
    session = opened(tmp_path)
    for unit in (FACTORY, PARK, LEADER):
        assert {outcome for rule, outcome in outcomes(session, unit).items() if rule in D18} == {"pass"}
    assert len(KINDS) == 14


def test_the_law_knows_every_kind_that_is_read() -> None:
    assert set(incident_kinds()) == set(spellings()["incident_kind"])


def test_a_listing_whose_end_cannot_be_read_leaves_open_whether_it_is_listed(tmp_path: Path) -> None:
    gone = listing(FACTORY, "provincial", removed_on="某年某月")
    session = opened(tmp_path, {"listings": [gone]})
    row = verdict(session)
    assert (row["verdict"], row["earliest"]) == ("unclear", None)
    assert "核对现有名单的移出日期" in row["act"]
    assert finding(session, "D-18.3")["outcome"] == "unknown"
    assert finding(session, "D-15", tier="national")["outcome"] == "unknown"
    city = opened(tmp_path / "city", listings=[listing(FACTORY, removed_on="某年某月")])
    assert finding(city, "D-12")["outcome"] == "unknown"
