"""Rows with one key are one fact; what they contradict each other in; what a missing date means (SPEC 4 and 8)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.build.cells import NULL, Cells
from loaders.build.merge import merge, pack
from tests.loaders.storing import Loaded, loaded, write
from tests.reference.hand import firm, link, listed, tenant
from tests.reference.world import Row

A, B, C = (f"测试{x}有限公司" for x in "甲乙丙")
EAST = "测试东园区"
EARLY, LATE = date(2022, 3, 1), date(2023, 4, 5)

CELLS = st.one_of(st.just(NULL), st.integers(-3, 9))
KEYS = st.lists(st.tuples(CELLS, st.integers(0, 10**12), CELLS), max_size=20)


@given(KEYS)
def test_packed_keys_sort_as_the_columns_do(rows: list[tuple[int, ...]]) -> None:
    packed = pack([np.array([row[part] for row in rows], dtype=np.int64) for part in range(3)], len(rows)).tolist()
    order = sorted(rows)
    assert [row for _, row in sorted(zip(packed, rows, strict=True))] == order
    assert len(set(packed)) == len(set(rows))


@given(st.lists(st.tuples(st.integers(0, 3), CELLS, CELLS, CELLS, st.booleans()), max_size=14))
def test_merging_is_the_same_as_by_hand(rows: list[tuple[int, int, int, int, bool]]) -> None:
    """Equal and complementary values come together; a start is the later, an end the earlier, all else unknown."""
    key, *values = (np.array([row[part] for row in rows], dtype=np.int64) for part in range(4))
    alive = np.array([row[4] for row in rows], dtype=bool)
    told: list[tuple[str, int]] = []
    names = ("start", "end", "score")
    merged = merge(
        [_cells(key)],
        {name: _cells(one) for name, one in zip(names, values, strict=True)},
        alive,
        lambda name, one, other: told.append((name, int(key[one]), *sorted((one, other)))[:2]),  # type: ignore[func-returns-value]
    )
    keys = sorted({row[0] for row in rows if row[4]})
    for name, choose in (("start", max), ("end", min), ("score", lambda _: NULL)):
        part = names.index(name) + 1
        said = [{row[part] for row in rows if row[4] and row[0] == one} - {NULL} for one in keys]
        expected = [next(iter(here), NULL) if len(here) < 2 else choose(here) for here in said]
        assert merged.values[name].values.tolist() == expected
        assert [one for what, one in told if what == name] == [
            k for k, here in zip(keys, said, strict=True) if len(here) > 1
        ]
    assert merged.fact.tolist() == [keys.index(row[0]) if row[4] else -1 for row in rows]


def _cells(values: Any) -> Cells:
    return Cells(values, lambda back: back)


def reportable(**more: Any) -> Row:
    return {"report_no": "R-1", "unit": A, "category": "factory"} | more


AGREE: dict[str, tuple[str, list[Row], Row]] = {
    "complementary values": (
        "reports",
        [reportable(score=Decimal(80), tier="city"), reportable(agency="测试机构", score=Decimal(80))],
        {"score": 80.0, "tier": 2, "agency": "name:测试机构"},
    ),
    "equal values": ("listings", [listed(A, industry="钢铁"), listed(A, industry="钢铁")], {"industry": "钢铁"}),
    "a coarser and a finer region": (
        "listings",
        [listed(A, region="江苏"), listed(A, region="昆山市")],
        {"region": 320583},
    ),
    "a category of a blank and a word": (
        "supplies",
        [link(A, B, year=2024, amount=Decimal("0.000001")), link(A, B, year=2024, key=True)],
        {"amount": 1, "key": True, "year": 2024},
    ),
}


@pytest.mark.parametrize(("table", "rows", "expected"), AGREE.values(), ids=AGREE)
def test_rows_that_agree_are_one_fact(table: str, rows: list[Row], expected: Row, tmp_path: Path) -> None:
    world = loaded(tmp_path, **{table: rows})
    assert expected.items() <= world.row(table).items()
    assert not [code for code in world.codes() if "contradiction" in code or "disputed" in code]


APART: dict[str, tuple[str, list[Row], Row, set[str], str]] = {
    "numbers": (
        "reports",
        [reportable(score=Decimal(1)), reportable(score=Decimal(2))],
        {},
        {"score"},
        "contradiction",
    ),
    "flags": ("enterprises", [firm(A), firm(A, False)], {}, {"above_scale"}, "contradiction"),
    "words": ("reports", [reportable(mode="self"), reportable(mode="third_party")], {}, {"mode"}, "contradiction"),
    "tiers": ("reports", [reportable(tier="city"), reportable(tier="national")], {}, {"tier"}, "contradiction"),
    "days without direction": (
        "reports",
        [reportable(issued_on=EARLY), reportable(issued_on=LATE)],
        {},
        {"issued_on"},
        "contradiction",
    ),
    "publication, the later": (
        "listings",
        [listed(A, batch="1", published_on=EARLY), listed(A, batch="1", published_on=LATE) | {"batch": "1"}],
        {"published_on": LATE},
        set(),
        "contradiction_dates",
    ),
    "removal, the earlier": (
        "listings",
        [listed(A, removed_on=LATE), listed(A, removed_on=EARLY)],
        {"removed_on": EARLY},
        set(),
        "contradiction_dates",
    ),
    "end of a tenancy, the earlier": (
        "tenancies",
        [tenant(A, end=LATE), tenant(A, end=EARLY)],
        {"end": EARLY},
        set(),
        "contradiction_dates",
    ),
    "start of a plan, the later": (
        "cultivation",
        [{"unit": A, "category": "factory", "plan_year": 2023, "start": day} for day in (EARLY, LATE)],
        {"start": LATE, "end": date(2024, 4, 1)},
        set(),
        "contradiction_dates",
    ),
}


@pytest.mark.parametrize(("table", "rows", "expected", "absent", "code"), APART.values(), ids=APART)
def test_rows_that_contradict(
    table: str, rows: list[Row], expected: Row, absent: set[str], code: str, tmp_path: Path
) -> None:
    world = loaded(tmp_path, **{table: rows})
    found = world.row(table)
    assert expected.items() <= found.items()
    assert not absent & set(found)
    issue = next(issue for issue in world.issues() if issue.code.startswith("contradiction"))
    assert issue.level == "warning"
    assert (issue.row, issue.facts["other_place"].split(" · ")[-1]) == (3, "2")
    assert issue.file == issue.facts["other_place"].split(" · ")[0]
    assert issue.code == code


def test_a_contradiction_over_two_files_names_both(tmp_path: Path) -> None:
    from loaders import load

    folder = tmp_path / "lists"
    for name, above in (("甲", True), ("乙", False)):
        write(folder / name, enterprises=[firm(A, above)])
    world = Loaded(tmp_path / "s", load([folder], tmp_path / "s"))
    (issue,) = world.issues("contradiction")
    assert {issue.file, issue.facts["other_place"]} in (
        {"甲/企业名录.csv", "乙/企业名录.csv · 2"},
        {"乙/企业名录.csv", "甲/企业名录.csv · 2"},
    )
    assert "矛盾" in issue.message()


@pytest.mark.parametrize(
    ("row", "expected", "code"),
    [
        pytest.param(listed(A, "national", None, batch="3"), date(2018, 10, 29), None, id="a national batch"),
        pytest.param(
            listed(A, "national", None, batch="2021"), date(2022, 1, 15), None, id="the national batch of 2021"
        ),
        pytest.param(listed(A, "national", None, batch="2023"), date(2023, 12, 31), "published_on_assumed", id="later"),
        pytest.param(
            listed(A, "city", None, batch="2021"), date(2021, 12, 31), "published_on_assumed", id="a city list"
        ),
        pytest.param(
            listed(A, "provincial", None, batch="2023年第1批"), date(2023, 12, 31), "published_on_assumed", id="round"
        ),
        pytest.param(listed(A, "national", EARLY), EARLY, None, id="a day of its own"),
    ],
)
def test_publication_days(row: Row, expected: date, code: str | None, tmp_path: Path) -> None:
    world = loaded(tmp_path, listings=[row])
    assert world.row("listings")["published_on"] == expected
    assert [issue.level for issue in world.issues("published_on_assumed")] == (["hint"] if code else [])


def test_a_listing_without_day_and_year_is_left_out(tmp_path: Path) -> None:
    world = loaded(tmp_path, listings=[listed(A, "city", None, batch="第三批"), listed(B)])
    assert [row["enterprise"] for row in world.rows("listings")] == [f"name:{B}"]
    (issue,) = world.issues("listing_without_day")
    assert (issue.level, issue.row) == ("error", 2)
    (count,) = world.summary.tables
    assert (count.read, count.loaded, count.rejected, count.titles) == (3, 1, 1, 1)


def test_a_default_is_told_once(tmp_path: Path) -> None:
    rows = [listed(A, "city", None, batch="第三批"), listed(B, "city", None, batch="2021"), listed(C)]
    world = loaded(tmp_path, listings=rows)
    assert [(issue.code, issue.row) for issue in world.issues()] == [
        ("listing_without_day", 2),
        ("published_on_assumed", 3),
    ]


def test_a_default_is_applied_to_the_merged_fact(tmp_path: Path) -> None:
    rows = [listed(A, "city", None, batch="2021"), listed(A, "city", EARLY, batch="2021") | {"batch": "2021"}]
    world = loaded(tmp_path, listings=rows)
    assert world.row("listings")["published_on"] == EARLY
    assert world.codes() == []


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        pytest.param({}, (date(2024, 1, 1), date(2025, 4, 1)), id="none"),
        pytest.param({"start": EARLY}, (EARLY, date(2025, 4, 1)), id="start"),
        pytest.param({"end": date(2024, 7, 1)}, (date(2024, 1, 1), date(2024, 7, 1)), id="end"),
    ],
)
def test_a_plan_runs_from_january_to_the_first_of_april(
    dates: Row, expected: tuple[date, date], tmp_path: Path
) -> None:
    plan = {"unit": A, "category": "factory", "plan_year": 2024} | dates
    row = loaded(tmp_path, cultivation=[plan]).row("cultivation")
    assert (row["start"], row["end"]) == expected


def test_dates_of_a_supply_win_over_its_year(tmp_path: Path) -> None:
    world = loaded(tmp_path, supplies=[link(A, B, year=2024, end=LATE), link(A, C, year=2024)])
    by_supplier = {row["supplier"]: row for row in world.rows("supplies")}
    assert "year" not in by_supplier[f"name:{B}"]
    assert by_supplier[f"name:{B}"]["end"] == LATE
    assert by_supplier[f"name:{C}"]["year"] == 2024
    assert [(issue.level, issue.row) for issue in world.issues("year_beside_dates")] == [("warning", 2)]


def test_a_supply_without_time_holds_always(tmp_path: Path) -> None:
    world = loaded(tmp_path, supplies=[link(A, B, None)])
    assert not {"start", "end", "year"} & set(world.row("supplies"))
    assert [issue.level for issue in world.issues("supply_without_time")] == ["hint"]


def test_a_tenancy_without_start_holds_always(tmp_path: Path) -> None:
    world = loaded(tmp_path, tenancies=[tenant(A, start=None)])
    assert "start" not in world.row("tenancies")
    assert [issue.level for issue in world.issues("tenancy_without_start")] == ["hint"]


def test_a_buyer_is_declared_by_any_row_under_the_leaders_header(tmp_path: Path) -> None:
    world = loaded(tmp_path, supplies=[link(A, C), link(A, C, declared=False), link(B, C, declared=False)])
    declared = {row["name"]: row["declared"] for row in world.rows("enterprises")}
    assert declared == {A: True, B: False, C: False}


def test_a_report_belongs_to_a_listing_of_its_unit_only(tmp_path: Path) -> None:
    reports = [reportable(report_no="R-1"), reportable(report_no="R-2", unit=B)]
    listings = [listed(A, report_no="R-1"), listed(A, "national", report_no="R-2"), listed(B, report_no="R-9")]
    world = loaded(tmp_path, reports=reports, listings=listings)
    numbers = [row["report_no"] for row in world.rows("reports")]
    found = {row["report_no"]: row.get("report") for row in world.rows("listings")}
    assert found == {"R-1": numbers.index("R-1"), "R-2": None, "R-9": None}
