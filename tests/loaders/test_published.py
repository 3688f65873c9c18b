"""The files MIIT publishes, and what names and titles may decide."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.loaders.making import codes, csv, read, total
from tests.wanted import LISTS

FACTORIES = [["序号", "地区", "工厂名称", "第三方评价机构名称"], ["1", "江苏", "甲公司", "某机构"]]


@LISTS.needed
@pytest.mark.parametrize(
    ("name", "category", "rows", "titles"),
    [
        ("江苏_绿色工厂名单_第1-6批.csv", "factory", 199, 1),
        ("江苏_绿色工业园区名单_第1-6批.csv", "park", 18, 1),
        ("江苏_绿色供应链管理示范企业名单_第1-6批.csv", "supply_chain", 23, 1),
        ("2021年度_绿色工厂名单.pdf", "factory", 662, 3),
    ],
)
def test_published_lists_are_national(name: str, category: str, rows: int, titles: int) -> None:
    parsed, log = read(LISTS.path / name, LISTS.path)
    table = parsed.tables["listings"]
    assert codes(log) == []
    assert Counter(zip(table["category"].to_pylist(), table["tier"].to_pylist(), strict=True)) == {
        (category, "national"): rows
    }
    assert set(table["batch"].to_pylist()) <= {"1", "2", "3", "4", "5", "2021"}
    assert parsed.counts["listings"].titles == titles
    total(parsed)


@LISTS.needed
def test_the_pdf_goes_on_over_pages() -> None:
    table = read(LISTS.path / "2021年度_绿色工厂名单.pdf", LISTS.path)[0].tables["listings"]
    assert table["region"].to_pylist().count("江苏") == 25
    assert table["batch"].unique().to_pylist() == ["2021"]
    assert "天津市工业和信息化研究院（天津市节能中心）" in table["agency"].to_pylist()
    assert (table["_sheet"][0].as_py(), table["_row"][0].as_py()) == ("第1页", 2)
    assert table["_sheet"][661].as_py() == "第27页"


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("2023年度省级绿色工厂名单.csv", ("factory", "provincial", "2023")),
        ("第二批国家级绿色工厂.csv", ("factory", "national", "2")),
        ("2024年第一批市级绿色工厂.csv", ("factory", "city", "2024年第1批")),
        ("区级/2022年度绿色工厂.csv", ("factory", "district", "2022")),
        ("2021年度绿色供应链管理企业.csv", ("supply_chain", "national", "2021")),
        ("2021年度名单.csv", ("factory", "national", "2021")),
        ("国家级高新区/2022年度省级名单.csv", ("factory", "provincial", "2022")),
    ],
)
def test_names_say_what_headers_do_not(tmp_path: Path, path: str, expected: tuple[str, str, str]) -> None:
    (tmp_path / path).parent.mkdir(exist_ok=True)
    parsed, _ = read(csv(tmp_path / path, FACTORIES), tmp_path)
    row = parsed.tables["listings"].to_pylist()[0]
    assert (row["category"], row["tier"], row["batch"]) == expected


@pytest.mark.parametrize(
    "name",
    [
        "江苏省2022年度名单.csv",
        "国家高新区2022年度名单.csv",
        "国家级开发区2022年度绿色工厂.csv",
        "自治区级2022年度绿色工厂.csv",
    ],
)
def test_a_place_name_is_no_tier(tmp_path: Path, name: str) -> None:
    parsed, log = read(csv(tmp_path / name, FACTORIES), tmp_path)
    assert parsed.tables == {}
    assert codes(log) == ["tier_open"]
    assert parsed.counts["listings"].rejected == 1
    total(parsed)


def test_a_batch_that_miit_did_not_publish_asks_for_the_tier_of_its_rows(tmp_path: Path) -> None:
    rows = [
        ["地区", "工厂名称", "第三方评价机构", "批次"],
        ["江苏", "甲公司", "无", "5"],
        ["江苏", "乙公司", "无", "2022"],
    ]
    parsed, log = read(csv(tmp_path / "绿色工厂名单.csv", rows))
    assert parsed.tables["listings"].select(["unit", "tier", "agency"]).to_pylist() == [
        {"unit": "甲公司", "tier": "national", "agency": None}
    ]
    assert [(issue.code, issue.level, issue.row) for issue in log.issues()] == [("tier_open", "error", 3)]
    total(parsed)


def test_the_official_supply_chain_file_calls_its_companies_parks(tmp_path: Path) -> None:
    rows = [
        ["2021年度绿色供应链管理企业名单"],
        ["序号", "地区", "园区名称", "第三方评价机构名称"],
        ["1", "江苏", "甲公司", "某机构"],
    ]
    row = read(csv(tmp_path / "附件3.csv", rows))[0].tables["listings"].to_pylist()[0]
    assert (row["category"], row["tier"], row["unit"]) == ("supply_chain", "national", "甲公司")


def test_a_tier_column_goes_before_the_title_and_a_wrong_one_is_an_error(tmp_path: Path) -> None:
    rows = [
        ["单位名称", "类别", "层级", "年度"],
        ["甲公司", "绿色工厂", "市级", "2023"],
        ["乙公司", "绿色工厂", "", "2023"],
        ["丙公司", "绿色工厂", "厅级", "2023"],
    ]
    parsed, log = read(csv(tmp_path / "省级绿色工厂名单.csv", rows))
    assert parsed.tables["listings"]["tier"].to_pylist() == ["city", "provincial"]
    assert [(issue.code, issue.level, issue.row, issue.value) for issue in log.issues()] == [
        ("tier_unknown", "error", 4, "厅级")
    ]
    total(parsed)
