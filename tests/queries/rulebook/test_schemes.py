"""Scored schemes: exact points, choices, bounds, what is missing; and what is said of bad files."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from graph_model.errors import UsageError
from queries.law.schemes import Scheme, read_scheme, read_scores, read_values, score, shipped_scheme
from queries.session import session_over_nothing
from reports.cli import main
from tests.queries.rulebook.asking import DAY, rows_of

SCHEME = """id: small
title: {zh: 小方案, en: small}
source: 测试
verified: true
total: 10
full: 100
threshold: 80
groups:
  - id: G1
    title: {zh: 甲, en: one}
    indicators:
      - {id: A1, title: {zh: 分, en: points}, weight: 4, verified: true}
      - {id: A2, title: {zh: 高, en: higher}, weight: 2, direction: higher, lead: 50, unit: '%', verified: true}
      - {id: A3, title: {zh: 低, en: lower}, weight: 2, direction: lower, lead: 5, verified: true}
  - id: G2
    title: {zh: 乙, en: two}
    choose: 1
    indicators:
      - {id: B1, title: {zh: 有, en: has}, weight: 2, direction: yes_no, verified: true}
      - {id: B2, title: {zh: 比, en: ratio}, weight: 2, direction: higher, lead: 10, verified: false}
"""
ALL = {"A1": 4, "A2": 25, "A3": 10, "B1": False, "B2": 5}


@pytest.fixture
def small(tmp_path: Path) -> Scheme:
    path = tmp_path / "small.yaml"
    path.write_text(SCHEME, encoding="utf-8")
    return read_scheme(path)


def test_the_leaders_scheme_is_the_published_one() -> None:
    leader = shipped_scheme("leader")
    maxima = [[float(one.weight) for one in group.indicators] for group in leader.groups]
    assert maxima == [[8, 6, 6], [4, 3, 3, 3, 3, 4], [10, 10], [5, 5, 5, 5], [10], [2.5] * 4]
    assert (len(leader.indicators), leader.total, leader.threshold, leader.unverified) == (20, 100, 80, 0)
    full = score(leader, {one.id: one.weight for one in leader.indicators})
    assert (full.index, full.passed, full.missing) == (100, True, ())


@pytest.mark.parametrize(("last", "passed"), [("10", True), ("9.99", False)])
def test_eighty_passes_and_a_hundredth_less_does_not(last: str, passed: bool) -> None:
    leader = shipped_scheme("leader")
    values: dict[str, Any] = {one.id: one.weight for one in leader.indicators} | {"X31": 0, "X32": 0, "X51": last}
    scored = score(leader, {id: Decimal(value) for id, value in values.items()})
    assert (scored.index, scored.passed) == (70 + Fraction(last), passed)


def test_the_park_scheme_is_a_template() -> None:
    park = shipped_scheme("park")
    assert (park.verified, park.unverified, len(park.indicators)) == (False, 31, 31)
    assert sum(group.counted for group in park.groups) == park.total == 24


def test_terms_and_the_best_of_a_choice(small: Scheme) -> None:
    scored = score(small, ALL)
    assert [term.share for term in scored.terms] == [1, Fraction(1, 2), Fraction(1, 2), 0, Fraction(1, 2)]
    assert [term.points for term in scored.terms] == [40, 10, 10, None, 10]
    assert (scored.index, scored.lowest, scored.highest, scored.passed) == (70, 70, 75 + 5 - 10, False)


def test_terms_never_exceed_their_weight(small: Scheme) -> None:
    scored = score(small, {"A1": 4, "A2": 500, "A3": 0, "B1": True, "B2": 99})
    assert (scored.index, scored.passed) == (100, True)


@pytest.mark.parametrize(
    ("left_out", "missing", "lowest", "highest"),
    [
        ({"A1"}, ("A1",), 30, 70),
        ({"B2"}, (), 60, 80),
        ({"B1"}, (), 70, 80),
        ({"B1", "B2"}, ("B1", "B2"), 60, 80),
        ({"A1", "A2", "A3", "B1", "B2"}, ("A1", "A2", "A3", "B1", "B2"), 0, 100),
    ],
)
def test_too_few_values_give_no_number(
    small: Scheme, left_out: set[str], missing: tuple[str, ...], lowest: int, highest: int
) -> None:
    scored = score(small, {id: value for id, value in ALL.items() if id not in left_out})
    assert (scored.missing, scored.lowest, scored.highest) == (missing, lowest, highest)
    assert (scored.index is None) == bool(missing)


def test_the_bounds_hold_for_whatever_is_missing(small: Scheme) -> None:
    scored = score(small, {"A1": 4, "A2": 25})
    for a3 in (0, 5, 50):
        for b1 in (True, False):
            index = score(small, {"A1": 4, "A2": 25, "A3": a3, "B1": b1, "B2": 3}).index
            assert index is not None
            assert scored.lowest <= index <= scored.highest


@pytest.mark.parametrize("values", [{"Z9": 1}, {"A1": 5}, {"A1": -1}, {"B1": 2}, {"A2": float("nan")}])
def test_values_out_of_bounds_are_refused(small: Scheme, values: Any) -> None:
    with pytest.raises(UsageError):
        score(small, values)


@pytest.mark.parametrize(
    ("old", "new", "line", "expected"),
    [
        ("weight: 4", "weight: four", 12, "valid decimal"),
        ("weight: 4", "weight: 0", 12, "basic: true"),
        ("weight: 4", "weight: 3", 1, "add up to total"),
        ("lead: 50, ", "", 13, "need a lead"),
        ("direction: lower", "direction: less", 14, "'points', 'higher', 'lower' or 'yes_no'"),
        ("choose: 1", "choose: 3", 15, "at most the number"),
        ("id: B2", "id: B1", 1, "distinct"),
        ("threshold: 80\n", "", 1, "missing"),
        ("source:", "sauce:", 3, ""),
        ("groups:", "groups: []\nmore:", 8, ""),
        ("total: 10", "total: 10\ntotal: 11", 6, "stands twice"),
    ],
)
def test_a_bad_scheme_is_told_with_file_and_line(tmp_path: Path, old: str, new: str, line: int, expected: str) -> None:
    path = tmp_path / "bad.yaml"
    path.write_text(SCHEME.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        read_scheme(path)
    said = caught.value.sentence("en")
    assert f"{path}, line " in said
    assert expected.lower() in said.lower(), said
    if line > 1 and "sauce" not in new:
        assert f"line {line}" in said, said


def test_a_sheet_of_values(small: Scheme, tmp_path: Path) -> None:
    path = tmp_path / "values.csv"
    path.write_bytes("单位,指标,值\n甲,A1,4\n甲,B1,是\n乙,A2,25%\n乙,A3,/\n".encode("gb18030"))
    assert read_values(path, small) == {
        "甲": {"A1": Decimal(4), "B1": Decimal(1)},
        "乙": {"A2": Decimal(25), "A3": None},
    }


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("指标,值\nA1,4\nA1,3\n", 3),
        ("指标,值\nZ9,4\n", 2),
        ("指标,值\nA1,many\n", 2),
        ("指标,值\nA1,4.5\n", 2),
        ("指标,值\nB1,7\n", 2),
        ("指标\nA1\n", 1),
    ],
)
def test_a_bad_sheet_is_told_with_file_and_line(small: Scheme, tmp_path: Path, text: str, line: int) -> None:
    path = tmp_path / "values.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=f"line {line}"):
        read_values(path, small)


def test_the_question_needs_no_store_and_marks_what_is_unverified(tmp_path: Path) -> None:
    path = tmp_path / "values.csv"
    path.write_text("指标,值\nEG1,1.5\nHG3,10\n", encoding="utf-8")
    session = session_over_nothing()
    rows = {row["indicator"]: row for row in rows_of(session, "scheme", scheme="park", values=str(path))}
    assert (rows["index"]["points"], rows["index"]["verified"], rows["index"]["passed"]) == (None, False, None)
    assert (rows["EG1"]["term"], rows["HG3"]["term"], rows["EG2"]["term"]) == (0.5, 0.5, None)
    assert all("未核实" in row["title"] for id, row in rows.items() if id != "index")
    notes = session.ask("scheme", as_of=DAY, scheme="park", values=str(path)).notes
    assert any("31" in note.zh and "未核实" in note.zh for note in notes)
    assert any("不给出指数" in note.zh for note in notes)
    with pytest.raises(UsageError):
        rows_of(session, "scheme", scheme="nobody", values=str(path))


def test_without_a_sheet_the_scheme_itself_is_shown() -> None:
    rows = rows_of(session_over_nothing(), "scheme")
    assert [row["indicator"] for row in rows][:2] == ["index", "X11"]
    assert (len(rows), rows[0]["points"], rows[0]["highest"], rows[0]["missing"]) == (21, None, 100, 20)


def factory(basics: Any = True, **points: Any) -> dict[str, Any]:
    """Answers to the scheme of 2016: every basic requirement alike, points as given, all others none."""
    scheme = shipped_scheme("factory-2016")
    values = {one.id: points.get(one.id, 0) for one in scheme.indicators if one.weight}
    return values | {one.basic_id: basics for one in scheme.basics}


def test_the_scheme_of_2016_has_seven_groups_and_twenty_six_indicators_to_fifty_points() -> None:
    scheme = shipped_scheme("factory-2016")
    assert (len(scheme.groups), len(scheme.indicators), len(scheme.basics)) == (7, 26, 26)
    assert (scheme.total, scheme.full, scheme.threshold) == (50, 50, 20)
    assert (scheme.verified, scheme.unverified) == (False, 26)


TWENTY = {"F61": 3, "F62": 3, "F63": 3, "F64": 3, "F65": 3, "F11": 4, "F44": 1}


@pytest.mark.parametrize(
    ("basics", "changed", "passed"),
    [
        pytest.param(True, {}, True, id="twenty of fifty"),
        pytest.param(True, {"F44": "0.9"}, False, id="a tenth less"),
        pytest.param(False, {}, False, id="basic requirements not met"),
        pytest.param(None, {}, None, id="basic requirements unknown"),
        pytest.param(None, {"F44": 0}, False, id="too few points whatever the basic requirements"),
    ],
)
def test_points_count_once_every_basic_requirement_is_met(basics: Any, changed: Any, passed: bool | None) -> None:
    values = {id: Decimal(value) for id, value in (TWENTY | changed).items()}
    scored = score(shipped_scheme("factory-2016"), factory(basics, **values))
    assert (scored.passed, scored.basic_ok) == (passed, basics)


def test_one_basic_requirement_bars_all() -> None:
    values = factory(**TWENTY) | {"F54.basic": False, "F55.basic": None}
    scored = score(shipped_scheme("factory-2016"), values)
    assert (scored.index, scored.basic_ok, scored.passed) == (20, False, False)
    assert scored.missing == ("F55.basic",)


def test_scores_are_read_back_from_an_answer(tmp_path: Path) -> None:
    sheet = tmp_path / "values.csv"
    lines = [f"测试甲有限公司,{id},{'是' if value is True else value}" for id, value in factory(**TWENTY).items()]
    sheet.write_text("\n".join(["单位,指标,值", *lines, "测试乙有限公司,F11,4"]), encoding="utf-8")
    out = tmp_path / "scores.csv"
    argv = ["ask", "scheme", "--scheme", "factory-2016", "--values", str(sheet), "--format", "csv", "--out", str(out)]
    assert main(argv) == 0
    scores = read_scores(out)
    first, second = scores["测试甲有限公司"], scores["测试乙有限公司"]
    assert (first.scheme, first.points, first.full, first.basic_ok) == ("factory-2016", 20, 50, True)
    assert (second.points, second.basic_ok) == (None, None)
    assert first.place == "scores.csv 第2行"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a,b\n1,2\n", "line 1"),
        ("scored_unit,scheme,indicator,points,full_points,basic_ok\n,s,index,1,50,true\n", "line 2, scored_unit"),
        ("scored_unit,scheme,indicator,points,full_points,basic_ok\n甲,s,index,x,50,true\n", "line 2, points"),
        ("scored_unit,scheme,indicator,points,full_points,basic_ok\n甲,s,index,1,,true\n", "line 2, full_points"),
        ("scored_unit,scheme,indicator,points,full_points,basic_ok\n甲,s,index,1,50,perhaps\n", "line 2, basic_ok"),
    ],
)
def test_a_bad_file_of_scores_is_told_with_line_and_column(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "scores.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=words):
        read_scores(path)
