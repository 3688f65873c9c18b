"""Removal lists end what is on record and add nothing; what says removed without a day leaves the end unknown."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from graph_model.store import Store
from loaders import load
from loaders.issues.summary import LoadSummary
from tests.loaders.making import Rows, csv

PLAIN = [["序号", "企业名称", "设区市"]]
A, B = "江苏甲乙制造有限公司", "江苏丙丁制造有限公司"


def listed(*names: str) -> Rows:
    return [*PLAIN, *([number, name, "苏州市"] for number, name in enumerate(names, 1))]


def loaded(folder: Path, files: dict[str, Rows]) -> tuple[LoadSummary, list[tuple[object, ...]]]:
    """Load files and return the listings as (name, batch, removed on, end unknown)."""
    source = folder / "in"
    source.mkdir()
    for name, rows in files.items():
        csv(source / name, rows)
    summary = load([source], folder / "s")
    graph = Store(folder / "s").graph()
    names = graph["enterprises"].texts("name").to_pylist()
    table = graph["listings"].arrow().select(["enterprise", "batch", "removed_on", "end_unknown"]).to_pylist()
    return summary, sorted((names[row.pop("enterprise")], *row.values()) for row in table)


def codes(summary: LoadSummary) -> dict[str, list[int | None]]:
    return {group.code: group.rows for group in summary.log.groups()}


BOTH = {"2021年度省级绿色工厂名单.csv": listed(A, B), "2022年度省级绿色工厂名单.csv": listed(A)}
DAY = date(2023, 12, 31)


@pytest.mark.parametrize(
    ("name", "ends"),
    [
        ("2023年移出2021年度省级绿色工厂名单的企业.csv", [("2021", DAY, False), ("2022", None, False)]),
        ("2023年度撤销省级绿色工厂称号企业名单.csv", [("2021", DAY, False), ("2022", DAY, False)]),
        ("移出2021年度省级绿色工厂名单的企业.csv", [("2021", None, True), ("2022", None, False)]),
        ("2021年度省级绿色工厂移出名单.csv", [("2021", None, True), ("2022", None, True)]),
        ("2023年移出市级绿色工厂名单的企业.csv", [("2021", None, False), ("2022", None, False)]),
        ("2021年移出省级绿色工厂名单的企业.csv", [("2021", date(2021, 12, 31), False), ("2022", None, False)]),
    ],
    ids=["its list and its year", "every list", "no year", "which year", "another tier", "what had begun"],
)
def test_a_removal_list_ends_what_it_names(
    tmp_path: Path, name: str, ends: list[tuple[str, date | None, bool]]
) -> None:
    summary, listings = loaded(tmp_path, BOTH | {name: listed(A)})
    assert listings == [(B, "2021", None, False), *((A, *end) for end in ends)]
    found = codes(summary)
    assert "removal_list_loaded" in found
    assert ("removal_without_listing" in found) == ("市级" in name)
    for count in summary.tables:
        assert count.read == count.loaded + count.merged + count.rejected + count.titles


def test_a_removal_of_nobody_is_an_error_of_its_row_and_lists_nobody(tmp_path: Path) -> None:
    files = {"2021年度省级绿色工厂名单.csv": listed(A), "2023年移出省级绿色工厂名单.csv": listed(B)}
    summary, listings = loaded(tmp_path, files)
    assert listings == [(A, "2021", None, False)]
    assert codes(summary)["removal_without_listing"] == [2]


def test_the_day_of_a_column_goes_before_the_year_of_the_name_and_both_rows_are_origins(tmp_path: Path) -> None:
    rows = [["企业名称", "移出日期", "移出原因"], [A, "2023-06-30", "停产"], [B, "", ""]]
    summary, listings = loaded(tmp_path, BOTH | {"2023年移出省级绿色工厂名单.csv": rows})
    day = date(2023, 6, 30)
    assert listings == [(B, "2021", DAY, False), (A, "2021", day, False), (A, "2022", day, False)]
    assert codes(summary)["removed_on_assumed"] == [3]
    origins = Store(tmp_path / "s").origins("listings").to_pylist()
    assert sorted(sum(one["fact"] == fact for one in origins) for fact in range(3)) == [2, 2, 2]


def test_a_round_names_the_batches_of_that_round(tmp_path: Path) -> None:
    files = {
        "2023年度省级绿色工厂名单（第一批）.csv": listed(A),
        "2023年度省级绿色工厂名单（第二批）.csv": listed(A),
        "2024年移出第二批省级绿色工厂名单.csv": listed(A),
    }
    _, listings = loaded(tmp_path, files)
    day = date(2024, 12, 31)
    assert listings == [(A, "2023年第1批", None, False), (A, "2023年第2批", day, False)]


@pytest.mark.parametrize(
    ("header", "cell", "end"),
    [
        ("备注", "已移出", (None, True)),
        ("备注", "2022年移出", (date(2022, 12, 31), False)),
        ("备注", "2022年5月6日撤销称号", (date(2022, 5, 6), False)),
        ("备注", "未移出", (None, False)),
        ("备注", "重点企业", (None, False)),
        ("状态", "在榜", (None, False)),
        ("状态", "待查", (None, True)),
        ("是否移出", "是", (None, True)),
        ("是否移出", "否", (None, False)),
        ("是否有效", "否", (None, True)),
        ("移出原因", "停产", (None, True)),
        ("移出日期", "不记得了", (None, True)),
    ],
)
def test_a_row_may_say_that_it_is_removed(
    tmp_path: Path, header: str, cell: str, end: tuple[date | None, bool]
) -> None:
    rows = [["序号", "企业名称", header], [1, A, cell], [2, B, ""]]
    summary, listings = loaded(tmp_path, {"2021年度省级绿色工厂名单.csv": rows})
    assert listings == [(B, "2021", None, False), (A, "2021", *end)]
    if end != (None, False):
        assert any(group.level == "warning" and group.rows == [2] for group in summary.log.groups())


def test_a_section_of_removals_below_the_list(tmp_path: Path) -> None:
    rows = [
        ["2023年度省级绿色工厂名单", "", ""],
        ["序号", "企业名称", "设区市"],
        [1, A, "苏州市"],
        ["二、2023年移出2021年度省级绿色工厂名单的企业", "", ""],
        [1, B, "苏州市"],
    ]
    _, listings = loaded(tmp_path, {"2021年度省级绿色工厂名单.csv": listed(B), "附件1.csv": rows})
    assert listings == [(B, "2021", DAY, False), (A, "2023", None, False)]


def test_tenants_who_left_need_a_column_of_ends(tmp_path: Path) -> None:
    rows = [["企业名称", "园区名称"], [A, "某某经济开发区"]]
    source = csv(tmp_path / "2023年搬离入园企业名单.csv", rows)
    files = [csv(tmp_path / "2023年度省级绿色工厂名单.csv", listed(A)), source]
    summary = load(files, tmp_path / "s")
    assert summary.facts["tenancies"] == 0
    assert "list_of_ends" in codes(summary)
