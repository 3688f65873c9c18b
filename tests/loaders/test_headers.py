"""Headers wherever they stand: titles above, two rows, merged cells, notes and totals below, several sheets."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from graph_model.records import RECORDS
from loaders.read.headers import label, match, required
from tests.loaders.making import codes, csv, read, total, xlsx


@pytest.mark.parametrize("table", RECORDS)
def test_a_table_of_all_its_labels_is_recognised(tmp_path: Path, table: str) -> None:
    fields = list(RECORDS[table].model_fields)
    parsed, _ = read(csv(tmp_path / "表.csv", [[label(table, field) for field in fields], ["1"] * len(fields)]))
    assert list(parsed.counts) == [table]


@pytest.mark.parametrize("table", RECORDS)
def test_a_table_of_its_english_names_is_recognised(tmp_path: Path, table: str) -> None:
    fields = list(RECORDS[table].model_fields)
    parsed, _ = read(csv(tmp_path / "a.csv", [fields, ["1"] * len(fields)]))
    assert list(parsed.counts) == [table]


@pytest.mark.parametrize("table", RECORDS)
def test_required_columns_alone_are_enough_with_the_title(tmp_path: Path, table: str) -> None:
    fields = required(table)
    parsed, _ = read(
        csv(tmp_path / f"{RECORDS[table].title}.csv", [[label(table, field) for field in fields], ["1"] * len(fields)])
    )
    assert list(parsed.counts) == [table]


@pytest.mark.parametrize(
    ("header", "field", "unit"),
    [
        ("采购额（万元）", "amount", "万元"),
        ("*采购额 (亿元)", "amount", "亿元"),
        ("采购额（必填）", "amount", None),
        ("采 购\n额/千元", "amount", "千元"),
        ("采购额（元，含税）", "amount", "元"),
        ("采购额（单位：元）", "amount", "元"),
        ("Amount", "amount", None),
        ("供应商名称（全称）", "supplier", None),
        ("buyer_uscc", "buyer_uscc", None),
        ("Buyer USCC", "buyer_uscc", None),
    ],
)
def test_header_spellings(header: str, field: str, unit: str | None) -> None:
    hit = match("supplies", header)
    assert hit is not None
    assert (hit[0].field, hit[1]) == (field, unit)


def test_titles_two_row_header_merged_cells_total_and_notes(tmp_path: Path) -> None:
    rows = [
        ["某某集团供应商清单"],
        ["单位：亿元"],
        [],
        ["序号", "采购方", None, "供应商", None, "采购额", "年度"],
        [None, "名称", "统一社会信用代码", "名称", "统一社会信用代码", None, None],
        [1, "甲集团有限公司", "91110000600037341L", "乙制造有限公司", None, 1.5, 2023],
        [2, None, None, "丙制造有限公司", None, 2, 2023],
        ["合计", None, None, None, None, 3.5, None],
        ["注：仅统计一级供应商。"],
        [3],
    ]
    merges = ["A1:G1", "A4:A5", "B4:C4", "D4:E4", "F4:F5", "G4:G5", "B6:B7", "C6:C7"]
    parsed, log = read(xlsx(tmp_path / "清单.xlsx", {"Sheet1": rows}, {"Sheet1": merges}))
    table = parsed.tables["supplies"]
    assert table["buyer"].to_pylist() == ["甲集团有限公司"] * 2
    assert table["buyer_uscc"].to_pylist() == ["91110000600037341L"] * 2
    assert table["supplier"].to_pylist() == ["乙制造有限公司", "丙制造有限公司"]
    assert table["amount"].to_pylist() == [15_000_000_000, 20_000_000_000]
    assert table["_row"].to_pylist() == [6, 7]
    assert table["_sheet"].to_pylist() == ["Sheet1"] * 2
    assert table["_declared"].to_pylist() == [False, False]
    assert (parsed.counts["supplies"].read, parsed.counts["supplies"].titles) == (9, 7)
    assert codes(log) == []
    total(parsed)


def test_two_row_header_without_merges_in_csv(tmp_path: Path) -> None:
    rows = [
        ["采购方", "", "供应商", "", "年度"],
        ["名称", "代码", "名称", "代码", ""],
        ["甲公司", "", "乙公司", "", "2023"],
    ]
    parsed, _ = read(csv(tmp_path / "a.csv", rows))
    assert parsed.tables["supplies"].select(["buyer", "supplier", "year"]).to_pylist() == [
        {"buyer": "甲公司", "supplier": "乙公司", "year": 2023}
    ]


def test_buyer_under_the_header_of_leaders_is_declared(tmp_path: Path) -> None:
    parsed, _ = read(csv(tmp_path / "a.csv", [["链主企业", "供应商", "年度"], ["甲公司", "乙公司", "2023"]]))
    assert parsed.tables["supplies"]["_declared"].to_pylist() == [True]


def test_several_sheets_and_a_hidden_one(tmp_path: Path) -> None:
    path = xlsx(
        tmp_path / "资料.xlsx",
        {
            "填报说明": [["请按模板填写"]],
            "企业名录": [["企业名称", "是否规上"], ["甲公司", "是"]],
            "入园企业": [["企业名称", "园区名称"], ["甲公司", "某园区"]],
            "附表": [["企业名称", "园区名称"], ["乙公司", "某园区"]],
        },
    )
    book = openpyxl.load_workbook(path)
    book["附表"].sheet_state = "hidden"
    book.save(path)
    parsed, log = read(path)
    assert parsed.tables["enterprises"].num_rows == 1
    assert parsed.tables["tenancies"]["_sheet"].to_pylist() == ["入园企业", "附表"]
    assert sorted(codes(log)) == ["sheet_hidden", "sheet_of_notes"]
    total(parsed)


def test_two_tables_on_one_sheet(tmp_path: Path) -> None:
    rows = [
        ["2021年度绿色制造名单"],
        ["一、绿色工厂"],
        ["序号", "地区", "工厂名称", "第三方评价机构"],
        [1, "江苏", "甲公司", "某机构"],
        ["二、绿色工业园区"],
        ["序号", "地区", "园区名称", "第三方评价机构"],
        [1, "江苏", "某园区", "某机构"],
    ]
    parsed, _ = read(xlsx(tmp_path / "a.xlsx", {"Sheet1": rows}))
    columns = ["category", "tier", "batch", "unit"]
    assert [tuple(row.values()) for row in parsed.tables["listings"].select(columns).to_pylist()] == [
        ("factory", "national", "2021", "甲公司"),
        ("park", "national", "2021", "某园区"),
    ]
    total(parsed)


def test_repeated_header_rows_are_titles(tmp_path: Path) -> None:
    header = ["企业名称", "园区名称", "入园日期"]
    rows = [header, ["甲公司", "某园区", "2020-01-01"], header, ["乙公司", "某园区", "2020-01-02"]]
    parsed, _ = read(csv(tmp_path / "a.csv", rows))
    assert parsed.tables["tenancies"]["name"].to_pylist() == ["甲公司", "乙公司"]
    total(parsed)


def test_a_missing_required_column_stops_the_table_and_names_the_headers(tmp_path: Path) -> None:
    parsed, log = read(csv(tmp_path / "入园企业.csv", [["企业名称", "入园日期"], ["甲公司", "2020-01-01"]]))
    assert parsed.tables == {}
    issue = next(log.issues())
    assert (issue.code, issue.level, issue.table) == ("column_missing", "error", "tenancies")
    assert "园区名称" in issue.message()
    assert "企业名称、入园日期" in issue.message()
    total(parsed)


def test_the_sheet_name_decides_where_headers_leave_it_open(tmp_path: Path) -> None:
    rows = [["单位名称", "类别", "年度"], ["甲公司", "绿色工厂", "2023"]]
    parsed, _ = read(xlsx(tmp_path / "a.xlsx", {"动态管理表": rows}))
    assert list(parsed.tables) == ["dynamic_forms"]
    parsed, _ = read(xlsx(tmp_path / "b.xlsx", {"培育计划": rows}))
    assert list(parsed.tables) == ["cultivation"]
    parsed, log = read(xlsx(tmp_path / "c.xlsx", {"Sheet1": rows}))
    assert parsed.tables == {}
    assert codes(log) == ["table_open"]


def test_unused_columns_are_one_hint(tmp_path: Path) -> None:
    _, log = read(
        csv(tmp_path / "a.csv", [["序号", "企业名称", "是否规上", "电话", "邮箱"], ["1", "甲公司", "是", "", ""]])
    )
    assert [(issue.code, issue.facts["headers"]) for issue in log.issues()] == [("columns_unused", "电话、邮箱")]
