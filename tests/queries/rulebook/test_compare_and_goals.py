"""Two rule sets compared, goals, and lists that add up."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from graph_model.errors import UsageError
from tests.queries.rulebook.asking import DAY, EAST, ONE_DAY, A, B, C, D, firm, listing, opened, rows_of


def test_a_self_evaluation_flips_with_the_clause_that_causes_it(tmp_path: Path) -> None:
    def evaluated(unit: str, mode: str, agency: str | None) -> Any:
        said = {"report_no": f"R-{unit}", "unit": unit, "category": "factory", "mode": mode, "agency": agency}
        return said | {"submitted_on": date(2025, 1, 1), "outcome": "accepted", "tier": "provincial"}

    session = opened(
        tmp_path,
        enterprises=[firm(A, manufacturer=True), firm(B, manufacturer=True)],
        agencies=[{"name": "测试庚评价有限公司", "qualified_on": date(2018, 1, 1)}],
        reports=[evaluated(A, "self", None), evaluated(B, "third_party", "测试庚评价有限公司")],
    )
    rows = rows_of(session, "rule-compare")
    assert [(row["unit"], row["rule"], row["outcome_a"], row["outcome_b"]) for row in rows] == [
        (A, "D-11", "fail", "pass")
    ]
    assert (rows[0]["verdict_a"], rows[0]["verdict_b"]) == ("no", "unclear")
    assert rows_of(session, "rule-compare", a="js-draft", b="js-draft") == []
    assert rows_of(session, "rule-compare", unit=B) == []
    verdicts = {
        rules: session.assess(as_of=DAY, rules=rules).verdicts.table.set_index("unit")["blocking"].to_dict()
        for rules in ("js-2016", "js-draft")
    }
    assert "D-11" in verdicts["js-2016"][A]
    assert "D-11" not in str(verdicts["js-draft"][A])


def test_sets_that_do_not_fit_are_refused(tmp_path: Path) -> None:
    session = opened(tmp_path, enterprises=[firm(A)])
    for options in ({"b": "cn-2025"}, {"b": "js-2099"}, {"unit": "测试无此企业"}):
        with pytest.raises(UsageError):
            rows_of(session, "rule-compare", **options)


def goal(session: Any, id: str, as_of: date = DAY, **options: Any) -> Any:
    (row,) = [row for row in rows_of(session, "targets", as_of, **options) if row["goal_id"] == id]
    return row


def test_a_goal_is_counted_on_its_day_once_that_has_passed(tmp_path: Path) -> None:
    parks = [{"name": f"测试第{n}园区", "city": "南京市"} for n in range(11)]
    days = [date(2020, 12, 31)] * 9 + [date(2021, 1, 1)] * 2
    listings = [listing(park["name"], "national", on, category="park") for park, on in zip(parks, days, strict=True)]
    session = opened(tmp_path, parks=parks, listings=listings)
    late = goal(session, "js-2020-park")
    assert (late["counted_on"], late["count"], late["short"], late["attained"]) == (date(2020, 12, 31), 9, 1, False)
    before = goal(session, "js-2020-park", date(2020, 12, 30))
    assert (before["counted_on"], before["count"], before["attained"]) == (date(2020, 12, 30), 0, None)
    assert goal(session, "js-2020-factory")["attained"] is None


@pytest.mark.parametrize(("green", "attained"), [("40", False), ("40.000001", True), ("0", False)])
def test_the_share_of_output_is_to_exceed_forty_percent(tmp_path: Path, green: str, attained: bool) -> None:
    figures = [{"name": A, "year": 2024, "output": Decimal(green)}]
    figures.append({"name": B, "year": 2024, "output": 100 - Decimal(green)})
    firms = [firm(name, manufacturer=True) for name in (A, B)]
    session = opened(tmp_path, enterprises=firms, annual_figures=figures, listings=[listing(A, "district")])
    row = goal(session, "cn-2030-output")
    assert row["region"] == "江苏省"
    assert (row["attained"], row["output_known"], row["output_base"]) == (attained, 2, 100)
    assert row["counted_on"] == DAY


@pytest.mark.parametrize(
    ("green", "other", "unknown", "total", "share", "attained"),
    [
        pytest.param(60, 40, "other", None, 0.6, None, id="an unknown output of another may be of any size"),
        pytest.param(60, 40, "other", 200, 0.3, False, id="over a published total the others' unknown output is in it"),
        pytest.param(100, 40, "other", 200, 0.5, True, id="over a published total, reached"),
        pytest.param(60, 40, "green", 200, 0.3, None, id="a green one's unknown output may fill the total"),
        pytest.param(60, 120, "green", 200, 0.3, False, id="but not what is known of others"),
        pytest.param(10, 90, "green", None, 0.1, None, id="a green one's unknown output may be of any size"),
    ],
)
def test_a_goal_by_output_holds_or_fails_whatever_the_unknown_outputs_are(
    tmp_path: Path, green: int, other: int, unknown: str, total: int | None, share: float, attained: bool | None
) -> None:
    figures = [{"name": A, "year": 2024, "output": green}, {"name": B, "year": 2024, "output": other}]
    firms = [firm(name, manufacturer=True) for name in (A, B, C)]
    lists = [listing(A, "district"), *([listing(C, "district")] if unknown == "green" else [])]
    totals = [] if total is None else [{"scope": "江苏省", "year": 2024, "output": total}]
    session = opened(tmp_path, enterprises=firms, annual_figures=figures, listings=lists, totals=totals)
    row = goal(session, "cn-2030-output")
    assert (row["share"], row["attained"], row["output_known"]) == (pytest.approx(share), attained, 2)


CITY_GOAL = """goals:
  of-suzhou:
    what: {zh: 两家, en: two}
    category: factory
    tier: city
    region: 苏州市
    by: 2025-12-31
    count: 2
    source: 市里的计划
    verified: false
"""


def test_goals_are_counted_over_their_region(tmp_path: Path) -> None:
    firms = [firm(A), firm(B, city="苏州市"), firm(C, city=None)]
    session = opened(tmp_path / "world", enterprises=firms, listings=[listing(unit, "city") for unit in (A, B, C)])
    path = tmp_path / "goals.yaml"
    path.write_text(CITY_GOAL, encoding="utf-8")
    row = goal(session, "of-suzhou", goals=str(path))
    # C's city is unknown, so that the second of 苏州 may be there.
    assert (row["region"], row["count"], row["short"], row["attained"]) == ("苏州市", 1, 1, None)
    rows = rows_of(session, "targets", goals=str(path), city="苏州市")
    assert [(row["goal_id"], row["region"]) for row in rows] == [("of-suzhou", "苏州市"), ("cn-2030-output", "苏州市")]
    assert [row["goal_id"] for row in rows_of(session, "targets", city="无锡市")] == ["cn-2030-output"]
    for wrong in ("合肥市", "江苏省", "某地"):
        with pytest.raises(UsageError):
            rows_of(session, "targets", city=wrong)
    path.write_text(CITY_GOAL.replace("苏州市", "某地"), encoding="utf-8")
    with pytest.raises(UsageError):
        rows_of(session, "targets", goals=str(path))


NATIONAL_GOAL = CITY_GOAL.replace("苏州市", "全国").replace("of-suzhou", "of-all")


def test_the_national_scope_counts_every_unit_on_lists(tmp_path: Path) -> None:
    firms = [firm(A), {"name": B, "province": "浙江省"}]
    session = opened(tmp_path / "world", enterprises=firms, listings=[listing(A, "city"), listing(B, "city")])
    path = tmp_path / "goals.yaml"
    path.write_text(NATIONAL_GOAL, encoding="utf-8")
    here = goal(session, "of-all", goals=str(path))
    assert (here["region"], here["count"]) == ("江苏省", 1)
    rows = {row["goal_id"]: row for row in rows_of(session, "targets", goals=str(path), scope="national")}
    assert set(rows) == {"of-all", "cn-2030-output"}
    assert (rows["of-all"]["region"], rows["of-all"]["count"], rows["of-all"]["attained"]) == ("全国", 2, True)


def test_no_output_on_record_tells_nothing(tmp_path: Path) -> None:
    row = goal(opened(tmp_path, enterprises=[firm(A, manufacturer=True)]), "cn-2030-output")
    assert (row["attained"], row["share"], row["verified"]) == (None, None, True)


OWN = """goals:
  mine:
    what: {zh: 两家, en: two}
    category: factory
    tier: city
    by: 2025-12-31
    count: 2
    source: 市里的计划
    verified: false
"""


def test_goals_of_ones_own(tmp_path: Path) -> None:
    session = opened(tmp_path / "world", enterprises=[firm(A), firm(B)], listings=[listing(A), listing(B, "city")])
    path = tmp_path / "goals.yaml"
    path.write_text(OWN, encoding="utf-8")
    row = goal(session, "mine", goals=str(path))
    assert (row["count"], row["short"], row["attained"], row["verified"]) == (2, 0, True, False)


@pytest.mark.parametrize(
    ("change", "line", "expected"),
    [
        (("count: 2", "count: two"), 7, "whole number"),
        (("count: 2", "counts: 2"), 7, "no such key"),
        (("    tier: city\n", ""), 3, "missing"),
        (("tier: city", "tier: town"), 5, "city"),
        (("    count: 2\n", ""), 2, "give either count or output_share"),
    ],
)
def test_a_bad_goal_is_told_with_file_and_line(
    tmp_path: Path, change: tuple[str, str], line: int, expected: str
) -> None:
    session = opened(tmp_path / "world", enterprises=[firm(A)])
    path = tmp_path / "goals.yaml"
    path.write_text(OWN.replace(*change), encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        rows_of(session, "targets", goals=str(path))
    said = caught.value.sentence("en")
    assert (f"{path}, line " in said, expected in said) == (True, True), said
    assert f"line {line}" in said or line in (2, 3)


def listed(session: Any, as_of: date = DAY, **options: Any) -> Any:
    return {
        (row["category"], row["tier"]): tuple(
            row[name] for name in ("before_count", "added", "removed", "after_count", "renamed", "without_fault")
        )
        for row in rows_of(session, "reconcile", as_of, **options)
    }


@pytest.fixture
def lists(tmp_path: Path) -> Any:
    return opened(
        tmp_path,
        enterprises=[firm(A), firm(B), firm(C), firm(D)],
        listings=[
            listing(A, batch="2020"),
            listing(B, removed_on=date(2025, 6, 1), removal_reason="关闭", batch="2020"),
            listing(C, on=date(2025, 1, 1), batch="2025"),
            listing(A, on=date(2025, 1, 1), batch="2025"),
            listing(D, removed_on=DAY + ONE_DAY, batch="2020"),
            listing(EAST, "national", date(2020, 1, 1), category="park"),
        ],
        name_changes=[{"old_name": "测试旧名有限公司", "new_name": A, "changed_on": date(2025, 2, 1), "kind": "更名"}],
    )


def test_stock_before_and_in_and_out_give_stock_after(lists: Any) -> None:
    assert listed(lists) == {("factory", "provincial"): (3, 1, 1, 3, 1, 1), ("park", "national"): (1, 0, 0, 1, 0, 0)}
    # The last day on which B stands on the list, and the day on which it is gone.
    assert listed(lists, date(2025, 5, 31))["factory", "provincial"] == (3, 1, 0, 4, 1, 0)
    assert listed(lists, date(2025, 6, 1))["factory", "provincial"] == (3, 1, 1, 3, 1, 1)
    assert listed(lists, since=date(2019, 12, 31))["factory", "provincial"] == (0, 3, 0, 3, 0, 0)


def test_two_batches(lists: Any) -> None:
    assert listed(lists, batch_before="2020", batch_after="2025")["factory", "provincial"][:4] == (3, 1, 2, 2)
    for options in ({"batch_before": "2020"}, {"batch_before": "2020", "batch_after": "1999"}):
        with pytest.raises(UsageError):
            listed(lists, **options)
    with pytest.raises(UsageError):
        listed(lists, since=DAY + ONE_DAY)


def written(path: Path, *lines: str) -> str:
    path.write_text("\n".join(["category,tier,kind,date,count", *lines]), encoding="utf-8")
    return str(path)


def test_events_of_the_span_are_counted_beside_the_net(lists: Any) -> None:
    rows = {(row["category"], row["tier"]): row for row in rows_of(lists, "reconcile")}
    # C is new; A stands on the list already and is listed again; B is struck.
    assert [rows["factory", "provincial"][name] for name in ("added", "listed", "removed", "struck")] == [1, 2, 1, 1]
    by_batch = rows_of(lists, "reconcile", batch_before="2020", batch_after="2025")
    assert {(row["listed"], row["struck"], row["balanced"]) for row in by_batch} == {(None, None, None)}


def test_published_totals_are_held_against_ours(lists: Any, tmp_path: Path) -> None:
    path = tmp_path / "published.csv"

    def agrees(*lines: str) -> Any:
        rows = rows_of(lists, "reconcile", published=written(path, *lines))
        return {row["category"]: row["agrees"] for row in rows}

    assert agrees("factory,provincial,added,2025-01-01,2", f"factory,provincial,stock,{DAY},3")["factory"] is True
    assert agrees("factory,provincial,added,2025-01-01,1")["factory"] is False
    assert agrees("factory,provincial,stock,2024-06-30,3")["factory"] is True
    assert agrees("factory,provincial,added,2024-06-30,9") == {"factory": None, "park": None}
    for bad in ("factory,town,added,2025-01-01,1", "factory,city,added,2025,1", "factory,city,added,2025-01-01,x"):
        with pytest.raises(UsageError, match="line 2"):
            agrees(bad)


FLOWS = {
    "factories to 2024": (3616, 1488, 9, 5095),
    "factories to 2025": (5095, 1382, 47, 6430),
    "parks to 2024": (267, 104, 0, 371),
    "parks to 2025": (371, 123, 3, 491),
    "leaders to 2024": (403, 205, 3, 605),
}


@pytest.mark.parametrize("flow", FLOWS.values(), ids=FLOWS)
@pytest.mark.parametrize("slip", [0, 1])
def test_a_published_flow_closes_or_does_not(tmp_path: Path, flow: tuple[int, ...], slip: int) -> None:
    first, listed_, struck, last = flow
    session = opened(tmp_path, enterprises=[firm(A)])
    published = written(
        tmp_path / "published.csv",
        f"factory,national,stock,2024-06-30,{first}",
        f"factory,national,added,2025-01-15,{listed_ + slip}",
        f"factory,national,removed,2025-01-15,{struck}",
        f"factory,national,stock,{DAY},{last}",
    )
    (row,) = rows_of(session, "reconcile", published=published, scope="national")
    assert (row["balanced"], row["agrees"]) == (slip == 0, False)


def test_a_published_number_alone_is_held_with_ours(lists: Any, tmp_path: Path) -> None:
    def balanced(*lines: str) -> Any:
        rows = rows_of(lists, "reconcile", published=written(tmp_path / "published.csv", *lines))
        return next(row["balanced"] for row in rows if row["category"] == "factory")

    # Ours: 3 at first, 2 listed (one of them again), 1 struck, 3 at last.
    assert balanced("factory,provincial,added,2025-01-01,1") is True
    assert balanced("factory,provincial,added,2025-01-01,2") is False
    assert balanced("park,national,stock,2024-06-30,1") is None


def test_the_scope_decides_whose_listings_count(tmp_path: Path) -> None:
    firms = [firm(A), {"name": B, "province": "浙江省"}]
    session = opened(
        tmp_path, enterprises=firms, listings=[listing(unit, "national", date(2025, 1, 1)) for unit in (A, B)]
    )
    counts = {scope: rows_of(session, "reconcile", scope=scope)[0]["listed"] for scope in ("province", "national")}
    assert counts == {"province": 1, "national": 2}
