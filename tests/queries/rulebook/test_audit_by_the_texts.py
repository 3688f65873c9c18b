"""Audit by the texts' own words: which set holds which duty, one row per fact, clause and rows, and the kinds that were misread."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from loaders import load
from queries import open_store
from queries.duties.sentences import sentences
from queries.law.ruleset import RULESETS, ruleset
from queries.questions.audit import CLAUSES
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

LISTS = [
    listing(A, "city", date(2021, 1, 1)),
    listing(A, "provincial", date(2022, 1, 1)),
    listing(A, "city", date(2021, 1, 1), category="supply_chain"),
]


def form(unit: str, **more: Any) -> Any:
    return {"unit": unit, "category": "factory", "year": 2024, "status": "filed"} | more


def test_a_district_listing_owes_no_form(tmp_path: Path) -> None:
    listings = [listing(A, "district"), listing(B)]
    session = opened(tmp_path, enterprises=[firm(A), firm(B)], listings=listings, dynamic_forms=[form(B)])
    assert findings(session, "D-19") == []


@pytest.mark.parametrize(
    ("form_of_a", "reason"),
    [
        (form(A, status="late"), "2024年度动态管理表逾期填报"),
        (form(A, filed_on=date(2025, 4, 1)), "2024年度动态管理表逾期填报"),
        (form(A, status="missing"), "期限已过，2024年度动态管理表的状态为未报或未填"),
        (form(B, category="park"), "期限已过，未见2024年度动态管理表的填报记录"),
        (form(A, status="refused"), "拒不按时填报2024年度动态管理表，应报省工信厅核实并调整名单"),
    ],
    ids=["late", "by its day", "missing", "no form", "refused"],
)
def test_a_form_that_is_not_in_time_is_told_in_words(tmp_path: Path, form_of_a: Any, reason: str) -> None:
    session = opened(
        tmp_path, enterprises=[firm(A), firm(B)], listings=[listing(A), listing(B)], dynamic_forms=[form(B), form_of_a]
    )
    (row,) = [row for row in rows_of(session, "audit") if row["rule"] == "D-19"]
    assert (row["unit"], row["reason"]) == (A, reason)
    refused = form_of_a["status"] == "refused"
    assert row["clause"] == "征求意见稿第十九条" + ("、征求意见稿第二十二条第（二）项" if refused else "")


@pytest.mark.parametrize(
    ("by", "tier", "on", "late"),
    [
        ("苏州市工信局", "national", date(2025, 5, 31), False),
        ("苏州市工信局", "national", date(2025, 6, 1), True),
        (None, "national", date(2025, 6, 1), True),
        ("某局", "national", date(2025, 6, 1), True),
        ("江苏省工业和信息化厅", "national", date(2025, 6, 1), False),
        ("江苏省工业和信息化厅", "national", date(2024, 7, 31), False),
        ("江苏省工业和信息化厅", "national", date(2024, 8, 1), True),
        ("苏州市工信局", "provincial", date(2024, 7, 31), False),
        ("苏州市工信局", "provincial", date(2024, 8, 1), True),
    ],
)
def test_a_recommendation_has_the_deadline_of_who_makes_it(
    tmp_path: Path, by: str | None, tier: str, on: date, late: bool
) -> None:
    made = {"unit": A, "category": "factory", "tier": tier, "recommended_by": by, "recommended_on": on}
    asked = {"consulted": "生态环境、应急管理、市场监管"}
    session = opened(tmp_path, enterprises=[firm(A)], recommendations=[made | asked])
    rows = [row for row in rows_of(session, "audit") if row["rule"] == "D-13"]
    assert bool(rows) == late
    assert all("推荐日期晚于期限" in row["reason"] for row in rows)


@pytest.mark.parametrize(
    ("text", "lacking"),
    [
        ("生态环境、应急管理、市场监管", []),
        ("已征求生态环境、应急管理和市场监管部门意见", []),
        ("苏州市生态环境局、苏州市应急管理局、苏州市市场监督管理局", []),
        ("生态环境局（无异议）；应急局（无意见）；市监局（同意）", []),
        ("未征求生态环境、应急管理、市场监管意见", ["生态环境", "应急管理", "市场监管"]),
        ("拟征求生态环境、应急管理、市场监管意见", ["生态环境", "应急管理", "市场监管"]),
        ("生态环境、税务、市场监管", ["应急管理"]),
        ("生态环境保护产业协会、应急管理学会、市场监管", ["生态环境", "应急管理"]),
    ],
)
def test_offices_are_read_whole_and_denials_count(tmp_path: Path, text: str, lacking: list[str]) -> None:
    made = {"unit": A, "category": "factory", "tier": "provincial", "recommended_on": date(2024, 7, 1)}
    session = opened(tmp_path, enterprises=[firm(A)], recommendations=[made | {"consulted": text}])
    reasons = [row["reason"] for row in rows_of(session, "audit") if row["rule"] == "D-13"]
    assert reasons == ([f"未见征求{'、'.join(lacking)}部门意见"] if lacking else [])


def test_one_accident_on_three_lists_is_one_row(tmp_path: Path) -> None:
    accident = incident(A, "安全事故", date(2025, 1, 1), severity="重大")
    session = opened(tmp_path, enterprises=[firm(A)], listings=LISTS, incidents=[accident])
    for rule, clause in (
        ("D-20", "征求意见稿第二十条、征求意见稿第二十二条第二款"),
        ("D-22", "征求意见稿第二十二条第（一）项"),
    ):
        (row,) = [row for row in rows_of(session, "audit") if row["rule"] == rule]
        # Lists of two categories: no one category, and the highest tier.
        assert (row["category"], row["tier"], row["clause"]) == (None, "provincial", clause)
        assert row["facts"].count("公布") == 3
        assert "失信与事故.csv 第2行" in row["evidence"]
        assert row["evidence"].count("绿色制造名单.csv") == 3


def test_two_facts_are_two_rows(tmp_path: Path) -> None:
    facts = [incident(A, "安全事故", date(2025, 1, 1)), incident(A, "失信被执行人", date(2024, 1, 1))]
    session = opened(tmp_path, enterprises=[firm(A)], listings=LISTS, incidents=facts)
    rows = [row["evidence"] for row in rows_of(session, "audit") if row["rule"] == "D-22"]
    assert len(rows) == 2
    assert len(set(rows)) == 2


@pytest.mark.parametrize("kind", ["材料造假", "数据造假", "申报材料弄虚作假"])
def test_falsified_material_and_data(tmp_path: Path, kind: str) -> None:
    session = opened(tmp_path, enterprises=[firm(A)], listings=[listing(A)], incidents=[incident(A, kind, None)])
    (row,) = [row for row in rows_of(session, "audit") if row["rule"] == "D-22.3"]
    assert (row["severity"], row["clause"]) == ("act", "征求意见稿第二十二条第（三）项")


@pytest.mark.parametrize(
    ("kind", "expected"),
    [("投资", ["check"]), ("并购", ["check"]), ("法定代表人变更", []), ("来历不明的事项", ["check"])],
)
def test_changes_of_article_21(tmp_path: Path, kind: str, expected: list[str]) -> None:
    change = {"old_name": A, "new_name": A, "changed_on": date(2024, 7, 1), "kind": kind}
    session = opened(tmp_path, enterprises=[firm(A)], listings=[listing(A, on=date(2024, 6, 1))], name_changes=[change])
    assert [severity for *_, severity in findings(session, "D-21")] == expected


@pytest.mark.parametrize(
    ("removed_on", "reason", "expected"),
    [
        (date(2023, 6, 1), "环境污染", 1),
        (date(2023, 6, 1), None, 1),
        (date(2023, 6, 1), "更名", 0),
        (date(2024, 7, 1), "环境污染", 0),
    ],
    ids=["for a fault before", "for no reason given", "without fault", "for a fault later"],
)
def test_a_city_listing_removed_for_a_fault_came_before_nothing(
    tmp_path: Path, removed_on: date, reason: str | None, expected: int
) -> None:
    of_city = listing(A, "city", date(2022, 1, 1), removed_on=removed_on, removal_reason=reason)
    session = opened(tmp_path, enterprises=[firm(A)], listings=[listing(A, on=date(2024, 6, 1)), of_city])
    assert len(findings(session, "D-12")) == expected


CLEAN = [date(2020, 5, 1), date(2021, 5, 1), date(2022, 5, 1)]


@pytest.mark.parametrize(
    ("later", "exempt"),
    [
        ([], True),
        ([(date(2023, 6, 1), "problem")], False),
        ([(date(2023, 6, 1), "clean")], True),
        ([(date(2022, 5, 1), "problem")], False),
        ([(DAY + ONE_DAY, "problem")], True),
        ([(date(2023, 6, 1), "problem"), (date(2023, 9, 1), "clean")], False),
    ],
    ids=["nothing since", "failed since", "clean since", "failed the same day", "fails tomorrow", "failed, then clean"],
)
def test_an_exemption_ends_when_a_check_fails(tmp_path: Path, later: list[tuple[date, str]], exempt: bool) -> None:
    checks = [{"unit": A, "category": "factory", "checked_on": on, "result": "clean"} for on in CLEAN]
    checks += [{"unit": A, "category": "supply_chain", "checked_on": on, "result": result} for on, result in later]
    session = opened(tmp_path, enterprises=[firm(A)], listings=[listing(A)], inspections=checks)
    assert bool(findings(session, "P-18")) == exempt
    (row,) = rows_of(session, "spot-check")
    assert row["eligible"] is not exempt


@pytest.mark.parametrize(("cell", "words"), [("有", "，附佐证材料"), ("无", "，未附佐证材料")])
def test_a_complaint_about_a_park_and_its_header(tmp_path: Path, cell: str, words: str) -> None:
    folder = tmp_path / "lists"
    folder.mkdir()
    (folder / "绿色制造名单.csv").write_text(
        f"名单类别,层级,批次/年度,单位名称,地区,公布日期\n绿色工业园区,省级,2023,{EAST},南京市,2023-12-01\n",
        encoding="utf-8",
    )
    (folder / "实名举报.csv").write_text(
        f"被举报单位,收到举报日期,是否实名,佐证材料\n{EAST},2025-01-01,是,{cell}\n", encoding="utf-8"
    )
    load([folder], store=tmp_path / "store")
    (row,) = [row for row in rows_of(open_store(tmp_path / "store"), "audit") if row["rule"] == "D-25"]
    assert (row["unit"], row["severity"]) == (EAST, "check")
    assert words in row["facts"]


HELD = {
    "js-2016": {"P-17", "P-18"},
    "js-draft": {
        "D-09.2", "D-10.2", "D-12", "D-13", "D-15", "D-17.4", "D-19", "D-20", "D-21", "D-22", "D-22.2", "D-22.3", "D-22b",
        "D-24", "D-25", "P-18",
    },
    "cn-2024": {"D-10.2", "D-19", "D-24", "A-15"},
    "cn-2025": {"D-15", "D-19", "D-24", "A-15"},
}  # fmt: skip


@pytest.mark.parametrize("rules", RULESETS)
def test_a_set_holds_its_own_duties_and_cites_no_other(tmp_path: Path, rules: str) -> None:
    assert {id for id in CLAUSES if id in ruleset(rules).duties} == HELD[rules]
    day = date(2025, 12, 1)
    session = opened(
        tmp_path,
        enterprises=[firm(A), firm(B)],
        parks=[{"name": EAST, "city": "南京市"}],
        listings=[listing(A, on=date(2023, 1, 1)), listing(A, "national", category="supply_chain"), listing(B, "city")],
        incidents=[incident(A, "安全事故", date(2025, 1, 1), severity="重大"), incident(A, "材料造假", None)],
        inspections=[{"unit": A, "category": "factory", "checked_on": date(2025, 1, 1), "result": "problem"}],
        dynamic_forms=[form(B)],
        complaints=[{"unit": A, "received_on": date(2025, 1, 1), "named": True}],
        cultivation=[{"unit": B, "category": "factory", "plan_year": 2025, "sponsor": EAST}],
    )
    answer = session.ask("audit", as_of=day, rules=rules)
    assert set(answer.table["rule"]) <= HELD[rules]
    assert [clause.id for clause in answer.clauses] == [id for id in CLAUSES if id in HELD[rules]]
    if rules == "js-2016":
        assert set(answer.table["rule"]) == {"P-17"}
        assert set(answer.table["clause"]) == {"2016年实施方案四（五）"}
    if rules == "cn-2024":
        assert set(answer.table["clause"]) == {"工信部节〔2024〕13号"}


def test_a_unit_of_a_plan_that_had_the_tier_before_is_no_work_of_it(tmp_path: Path) -> None:
    planned = {"unit": A, "category": "factory", "target_tier": "provincial", "plan_year": 2024, "sponsor": EAST}
    session = opened(
        tmp_path,
        enterprises=[firm(A), firm(B)],
        parks=[{"name": EAST, "city": "南京市"}],
        cultivation=[planned, planned | {"unit": B}],
        listings=[listing(A, on=date(2022, 1, 1)), listing(B, "national", on=date(2024, 1, 1))],
    )
    (row,) = [row for row in rows_of(session, "audit") if row["rule"] == "D-09.2"]
    # A was provincial since 2022; B was listed (as national, which is provincial too) on the plan's first day.
    assert row["reason"] == "培育计划1家，计划开始后已列入1家，尚余0家"
    assert "另有1家在计划开始前已达目标层级" in row["facts"]


def test_a_plan_that_is_reported_counts_before_it_begins(tmp_path: Path) -> None:
    planned = {"unit": A, "category": "factory", "plan_year": 2026, "sponsor": EAST, "reported_on": date(2025, 6, 1)}
    session = opened(tmp_path, enterprises=[firm(A)], parks=[{"name": EAST, "city": "南京市"}], cultivation=[planned])
    assert findings(session, "D-09.2") == [(EAST, "factory", None, "info")]
    assert findings(session, "D-09.2", date(2025, 5, 31)) == []


def test_no_sentence_of_an_audit_holds_an_id() -> None:
    for said in sentences().values():
        assert not any(mark in said.zh for mark in ("D-", "P-", "A-15", "在榜", "负荷", "js-", "cn-")), said.zh


def test_where_a_finding_was_read(tmp_path: Path) -> None:
    session = opened(
        tmp_path, enterprises=[firm(A), firm(B), firm(C)], listings=[listing(A), listing(B)], dynamic_forms=[form(B)]
    )
    (row,) = [row for row in rows_of(session, "audit") if row["rule"] == "D-19"]
    assert row["evidence"] == "绿色制造名单.csv 第2行"


@pytest.mark.parametrize(
    ("fact", "severity"),
    [
        (incident(A, "环境污染", None), "check"),
        (incident(A, "环境污染", date(2025, 1, 1)), "act"),
        (incident(A, "失信被执行人", date(2017, 6, 1)), "act"),
        (incident(A, "来历不明的情形", date(2025, 1, 1)), "check"),
        (incident(A, "督查问题", date(2025, 1, 1), severity="严重"), "check"),
    ],
    ids=["undated", "dated", "a debt from before the tenancy", "of unknown kind", "of unknown source"],
)
def test_tenants_reach_a_listed_park_as_assess_decides_it(tmp_path: Path, fact: Any, severity: str) -> None:
    session = opened(
        tmp_path,
        enterprises=[firm(A)],
        parks=[{"name": EAST, "city": "南京市"}],
        listings=[listing(EAST, category="park")],
        tenancies=[{"name": A, "park": EAST, "start": date(2018, 1, 1)}],
        incidents=[fact],
    )
    (row,) = [row for row in rows_of(session, "audit") if row["rule"] == "D-22"]
    assert (row["unit"], row["severity"]) == (EAST, severity)
    assert "失信与事故.csv 第2行" in row["evidence"]


def test_a_listing_whose_end_cannot_be_read_is_not_taken_for_one_that_holds(tmp_path: Path) -> None:
    folder = tmp_path / "lists"
    folder.mkdir()
    (folder / "绿色制造名单.csv").write_text(
        "名单类别,层级,批次/年度,单位名称,地区,公布日期,移出日期\n"
        f"绿色工厂,省级,2020,{A},南京市,2020-12-01,某日移出\n绿色工厂,省级,2020,{B},南京市,2020-12-01,\n",
        encoding="utf-8",
    )
    (folder / "失信与事故.csv").write_text(
        f"单位名称,情形,发生日期\n{A},失信被执行人,2024-01-01\n{B},失信被执行人,2024-01-01\n", encoding="utf-8"
    )
    load([folder], store=tmp_path / "store")
    session = open_store(tmp_path / "store")
    assert {unit for unit, *_ in findings(session, "D-22")} == {B}
    for question in ("audit", "spot-check", "reconcile", "change-list"):
        notes = [note.zh for note in session.ask(question, as_of=DAY).notes]
        assert sum("移出日期无法识别" in note for note in notes) == 1, question
    (row,) = rows_of(session, "reconcile")
    assert (row["before_count"], row["after_count"], row["struck"]) == (1, 1, 0)


@pytest.mark.parametrize(
    ("rules", "id", "source", "verified"),
    [
        ("js-draft", "P-18", "2016年实施方案四（五）", True),
        ("js-draft", "D-19", "征求意见稿第十九条", False),
        ("cn-2024", "D-19", "工信部节〔2024〕13号", True),
        ("cn-2024", "D-24", "工信部节〔2024〕13号", False),
    ],
)
def test_a_clause_is_cited_as_its_set_holds_it(
    tmp_path: Path, rules: str, id: str, source: str, verified: bool
) -> None:
    session = opened(tmp_path, enterprises=[firm(A)])
    (clause,) = [clause for clause in session.ask("audit", as_of=DAY, rules=rules).clauses if clause.id == id]
    assert (clause.source, clause.verified) == (source, verified)


def test_a_plan_of_units_that_had_the_tier_is_said_to_be_done_before(tmp_path: Path) -> None:
    planned = {"unit": A, "category": "factory", "target_tier": "provincial", "plan_year": 2024, "sponsor": EAST}
    parks = [{"name": EAST, "city": "南京市"}]
    session = opened(tmp_path, enterprises=[firm(A)], parks=parks, cultivation=[planned], listings=[listing(A)])
    (row,) = [row for row in rows_of(session, "audit") if row["rule"] == "D-09.2"]
    assert row["reason"] == "培育计划内1家在计划开始前均已达到目标层级"


def test_a_rule_file_of_ones_own_holds_the_duties_it_lists(tmp_path: Path) -> None:
    listings = [listing(A), listing(B)]
    session = opened(tmp_path / "world", enterprises=[firm(A), firm(B)], listings=listings, dynamic_forms=[form(B)])
    own = tmp_path / "own.yaml"
    own.write_text("id: own\nbased_on: js-draft\nduties:\n  D-19: 本市办法第三条\n", encoding="utf-8")
    rows = rows_of(session, "audit", rules_file=str(own))
    assert {(row["rule"], row["clause"]) for row in rows} == {("D-19", "本市办法第三条")}
    own.write_text("id: own\nbased_on: js-draft\nduties: {}\n", encoding="utf-8")
    answer = session.ask("audit", as_of=DAY, rules_file=str(own))
    assert len(answer.table) == 0
    assert any("没有列出持续责任的条款" in note.zh for note in answer.notes)
