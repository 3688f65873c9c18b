"""Calendar: every date of the rule set, real dates win, who has done what; and the iCalendar file."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from graph_model.errors import UsageError
from queries.duties.dates import in_year
from reports.ics import LINE, escaped, file_bytes, folded
from tests.queries.rulebook.asking import DAY, A, B, C, firm, listing, opened, rows_of

DUE = {
    "js-2016": {"creation_list": "2024-12-31", "passed_reports": "2025-10-31", "national_recommendation": "2025-11-30"},
    "js-draft": {
        "pool": "2025-03-31",
        "dynamic_forms": "2025-03-31",
        "national_candidates": "2025-05-31",
        "provincial_candidates": "2025-07-31",
        "national_recommendation": "2025-07-31",
        "provincial_lists": "2025-12-31",
    },
    "cn-2024": {"dynamic_forms": "2025-04-15"},
}


@pytest.fixture
def empty(tmp_path: Path) -> Any:
    return opened(tmp_path, enterprises=[firm(A)])


@pytest.mark.parametrize("rules", DUE)
def test_every_date_of_the_handbook(empty: Any, rules: str) -> None:
    rows = rows_of(empty, "calendar", rules=rules, year=2025)
    assert {row["deadline"]: row["due"].isoformat() for row in rows} == DUE[rules]
    assert [row["due"] for row in rows] == sorted(row["due"] for row in rows)


def test_all_sets_at_once_but_none_before_it_was_in_force(empty: Any) -> None:
    assert {row["rules"] for row in rows_of(empty, "calendar", rules="all", year=2023)} == {"js-2016", "js-draft"}
    assert "cn-2024" in {row["rules"] for row in rows_of(empty, "calendar", rules="all", year=2024)}


def test_real_dates_win(empty: Any, tmp_path: Path) -> None:
    dates = tmp_path / "dates.csv"
    dates.write_text("rules,id,year,date,source\njs-draft,pool,2025,2025-04-20,某通知\n", encoding="utf-8-sig")
    rows = {row["deadline"]: row for row in rows_of(empty, "calendar", dates=str(dates))}
    assert (rows["pool"]["due"], rows["pool"]["real"], rows["pool"]["source"]) == (date(2025, 4, 20), True, "某通知")
    assert rows["dynamic_forms"]["real"] is False


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("js-draft,pool,25,2025-04-20,x", "line 2, year"),
        ("js-draft,pool,2025,20 April,x", "line 2, date"),
        (None, "line 1"),
    ],
)
def test_a_bad_file_of_dates(empty: Any, tmp_path: Path, line: str | None, words: str) -> None:
    dates = tmp_path / "dates.csv"
    dates.write_text(f"rules,id,year,date,source\n{line}\n" if line else "a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(UsageError, match=words):
        rows_of(empty, "calendar", dates=str(dates))


def done(session: Any, deadline: str, as_of: date = DAY, **options: Any) -> tuple[Any, ...]:
    (row,) = [row for row in rows_of(session, "calendar", as_of, **options) if row["deadline"] == deadline]
    return row["done"], row["late"], row["missing"]


def test_who_has_done_it_is_null_where_nothing_is_on_record(empty: Any) -> None:
    for deadline in ("pool", "dynamic_forms", "national_candidates", "provincial_candidates"):
        assert done(empty, deadline) == (None, None, None)


def test_cities_that_reported_their_pool(tmp_path: Path) -> None:
    def planned(unit: str, on: date | None) -> Any:
        return {"unit": unit, "category": "factory", "plan_year": 2025, "reported_on": on}

    session = opened(
        tmp_path,
        enterprises=[firm(A), firm(B, city="苏州市"), firm(C, city="无锡市")],
        cultivation=[planned(A, date(2025, 3, 31)), planned(B, date(2025, 4, 1)), planned(C, date(2025, 7, 1))],
    )
    assert done(session, "pool") == (1, 1, 11)
    assert done(session, "pool", date(2025, 3, 31)) == (1, 0, 12)
    (row,) = [row for row in rows_of(session, "calendar") if row["deadline"] == "pool"]
    assert row["done_by"] == "南京市、苏州市（逾期）"
    assert "无锡市" in row["missing_by"]


def test_units_that_filed_their_forms(tmp_path: Path) -> None:
    forms = [
        {"unit": A, "category": "factory", "year": 2024, "filed_on": date(2025, 3, 31), "status": "filed"},
        {"unit": B, "category": "factory", "year": 2024, "filed_on": date(2025, 4, 1), "status": "late"},
    ]
    session = opened(
        tmp_path,
        enterprises=[firm(A), firm(B), firm(C)],
        listings=[listing(A), listing(A, "city"), listing(B), listing(C)],
        dynamic_forms=forms,
    )
    assert done(session, "dynamic_forms") == (1, 1, 1)


def test_recommendations_count_for_the_office_that_made_them(tmp_path: Path) -> None:
    def recommended(unit: str, by: str | None, on: date, tier: str) -> Any:
        return {"unit": unit, "category": "factory", "tier": tier, "recommended_by": by, "recommended_on": on}

    session = opened(
        tmp_path,
        enterprises=[firm(A), firm(B), firm(C, city="无锡市")],
        recommendations=[
            recommended(A, "苏州市工业和信息化局", date(2025, 5, 31), "national"),
            recommended(C, None, date(2025, 6, 1), "national"),
            recommended(B, "江苏省工业和信息化厅", date(2025, 6, 1), "national"),
        ],
    )
    assert done(session, "national_candidates") == (1, 1, 11)
    assert done(session, "national_recommendation") == (1, 0, 0)
    assert done(session, "national_recommendation", date(2025, 5, 31)) == (0, 0, 1)


def test_a_plan_with_a_sponsor_is_no_plan_of_the_city(tmp_path: Path) -> None:
    plan = {"unit": A, "category": "factory", "plan_year": 2025, "reported_on": date(2025, 3, 1)}
    session = opened(
        tmp_path,
        enterprises=[firm(A, city="苏州市"), firm(B), firm(C)],
        cultivation=[plan | {"sponsor": C}, plan | {"unit": B}],
    )
    (row,) = [row for row in rows_of(session, "calendar") if row["deadline"] == "pool"]
    assert row["done_by"] == "南京市"
    assert "苏州市" in row["missing_by"]


@pytest.mark.parametrize(
    ("batch", "published", "year", "expected"),
    [
        pytest.param("2025", date(2025, 12, 31), 2025, (1, 0, 0, 0), id="in time"),
        pytest.param("2025", date(2026, 1, 15), 2025, (0, 1, 0, 0), id="its own year, late"),
        pytest.param("2025", date(2026, 1, 15), 2026, (0, 0, 0, 1), id="nothing for the year it appeared in"),
        pytest.param("2025年第2批", date(2026, 1, 15), 2025, (0, 1, 0, 0), id="a round of the year"),
        pytest.param("第七批", date(2025, 6, 1), 2025, (0, 0, 1, 0), id="a batch without year may be any year's"),
    ],
)
def test_a_list_belongs_to_the_year_of_its_batch(
    tmp_path: Path, batch: str, published: date, year: int, expected: tuple[int, ...]
) -> None:
    session = opened(tmp_path, enterprises=[firm(A)], listings=[listing(A, on=published, batch=batch)])
    rows = rows_of(session, "calendar", date(2026, 2, 1), rules="js-draft", year=year)
    (row,) = [row for row in rows if row["deadline"] == "provincial_lists"]
    assert tuple(row[name] for name in ("done", "late", "undated", "missing")) == expected


def test_an_act_without_a_day_is_not_known_to_be_done(tmp_path: Path) -> None:
    plan = {"category": "factory", "plan_year": 2025}
    forms = [
        {"unit": A, "category": "factory", "year": 2024, "status": "filed"},
        {"unit": B, "category": "factory", "year": 2024, "status": "late"},
    ]
    session = opened(
        tmp_path,
        enterprises=[firm(A), firm(B, city="苏州市"), firm(C, city="苏州市")],
        listings=[listing(A), listing(B), listing(C, "district")],
        cultivation=[
            plan | {"unit": A},
            plan | {"unit": B, "reported_on": date(2025, 3, 31)},
            plan | {"unit": C},
        ],
        dynamic_forms=forms,
    )
    rows = {row["deadline"]: row for row in rows_of(session, "calendar")}
    told = {id: tuple(rows[id][name] for name in ("done", "late", "undated", "missing")) for id in rows}
    # 苏州's plan has a row with a day in time; 南京's has none. The district listing owes no form.
    assert told["pool"] == (1, 0, 1, 11)
    assert rows["pool"]["done_by"] == "苏州市、南京市（日期不明）"
    assert told["dynamic_forms"] == (0, 1, 1, 0)


@pytest.mark.parametrize(
    ("rules", "clauses"),
    [
        ("js-2016", ["P-16.1", "P-16.2", "P-16.4"]),
        ("js-draft", ["D-13", "D-14", "D-15", "D-19"]),
        ("cn-2024", ["D-19"]),
    ],
)
def test_a_calendar_cites_clauses_of_its_own_set_only(empty: Any, rules: str, clauses: list[str]) -> None:
    answer = empty.ask("calendar", as_of=DAY, rules=rules)
    assert sorted(clause.id for clause in answer.clauses) == clauses
    own = {"js-2016": "2016年实施方案", "js-draft": "征求意见稿", "cn-2024": "工信部节〔2024〕13号"}[rules]
    assert all(clause.source.startswith(own) for clause in answer.clauses)
    assert all(clause.startswith(own) for clause in answer.table["clause"])


def test_the_ics_file_keeps_the_standard(tmp_path: Path) -> None:
    firms = [firm(f"测试第{number}号有限公司") for number in range(30)]
    forms = [{"unit": firms[0]["name"], "category": "factory", "year": 2024, "status": "filed"}]
    session = opened(tmp_path, enterprises=firms, listings=[listing(one["name"]) for one in firms], dynamic_forms=forms)
    answer = session.ask("calendar", as_of=DAY)
    content = file_bytes(answer)
    assert content == file_bytes(session.ask("calendar", as_of=DAY))
    lines = content.split(b"\r\n")
    assert lines.pop() == b""
    assert all(len(line) <= LINE and b"\n" not in line and b"\r" not in line for line in lines)
    assert all(line.decode("utf-8") for line in lines)
    unfolded = content.decode("utf-8").replace("\r\n ", "").split("\r\n")
    assert unfolded[:2] == ["BEGIN:VCALENDAR", "VERSION:2.0"]
    assert unfolded[-2:] == ["END:VCALENDAR", ""]
    assert unfolded.count("BEGIN:VEVENT") == unfolded.count("END:VEVENT") == len(answer.table) == 6
    uids = [line for line in unfolded if line.startswith("UID:")]
    assert len(set(uids)) == 6
    assert "DTSTART;VALUE=DATE:20250331" in unfolded
    assert "DTEND;VALUE=DATE:20250401" in unfolded


def test_texts_are_escaped_and_lines_folded_between_characters() -> None:
    assert escaped("a,b;c\\d\ne") == r"a\,b\;c\\d\ne"
    parts = list(folded("说明：" + "绿" * 60))
    assert all(len(part) <= LINE for part in parts)
    assert b"".join([parts[0], *(part[1:] for part in parts[1:])]).decode() == "说明：" + "绿" * 60
    assert list(folded("x" * 75)) == [b"x" * 75]
    assert list(folded("x" * 76)) == [b"x" * 75, b" x"]


def test_29_february_as_a_deadline() -> None:
    assert (in_year("02-29", 2024), in_year("02-29", 2025)) == (date(2024, 2, 29), date(2025, 2, 28))


def test_the_command_line_writes_the_file(tmp_path: Path, capsysbinary: Any) -> None:
    from reports.cli import main

    opened(tmp_path, enterprises=[firm(A)])
    out = tmp_path / "年度.ics"
    words = ["ask", "年度日程", "--store", str(tmp_path / "store"), "--as-of", "2025-06-30", "--format", "csv"]
    assert main([*words, "--ics", str(out)]) == 0
    assert out.read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")
    assert capsysbinary.readouterr().out.startswith(b"due,rules,deadline")
    assert main(["ask", "park-share", "--store", str(tmp_path / "store"), "--ics", str(out)]) == 2
