"""Rows: what is read, what is doubtful, what is left out; and one record agrees with the whole column."""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from graph_model.records import RECORDS
from loaders.issues.log import IssueLog
from loaders.read.headers import kinds, label
from loaders.read.unit_names import names_a_unit, remark_of
from tests.loaders.making import codes, csv, read, total, xlsx

CODE = "91110000600037341L"


def places(log: IssueLog) -> list[tuple[str, str, int | None, str | None]]:
    return [(issue.code, issue.level, issue.row, issue.value) for issue in log.issues()]


def test_a_code_stored_as_a_number_is_dropped_and_the_row_loads(tmp_path: Path) -> None:
    rows = [
        ["企业名称", "统一社会信用代码", "是否规上"],
        ["甲公司", 913200000000000000, "是"],
        ["乙公司", CODE, "是"],
        ["丙公司", CODE[::-1], "是"],
    ]
    parsed, log = read(xlsx(tmp_path / "a.xlsx", {"企业名录": rows}))
    assert parsed.tables["enterprises"]["uscc"].to_pylist() == [None, CODE, None]
    assert [entry[:3] for entry in places(log)] == [("code_invalid", "warning", 4), ("code_as_number", "warning", 2)]
    total(parsed)


@pytest.mark.parametrize(
    ("table", "rows", "field", "values", "issues"),
    [
        (
            "incidents",
            [
                ["单位名称", "情形", "发生日期"],
                ["甲公司", "工商注销", ""],
                ["乙公司", "不明情况", ""],
                ["丙公司", "", ""],
            ],
            "kind",
            ["注销", None, None],
            [("incident_kind_unknown", "warning", 3, "不明情况"), ("required_unknown", "warning", 4, None)],
        ),
        (
            "inspections",
            [
                ["单位名称", "抽查日期", "结果"],
                ["甲公司", "2023-02-28", "未发现问题"],
                ["乙公司", "2023-02-28", "待定"],
            ],
            "result",
            ["clean", None],
            [("result_unknown", "warning", 3, "待定")],
        ),
        (
            "agency_bans",
            [["机构名称", "认定地区", "认定日期"], ["甲中心", "江苏省", "2023-02-28"], ["乙中心", "江苏省", "近期"]],
            "decided_on",
            [dt.date(2023, 2, 28), None],
            [("day_unreadable", "warning", 3, "近期")],
        ),
    ],
    ids=["incident", "inspection", "ban"],
)
def test_what_is_held_against_somebody_stays_where_a_cell_of_it_cannot_be_read(
    table: str, rows: list[list[str]], field: str, values: list[Any], issues: list[Any], tmp_path: Path
) -> None:
    parsed, log = read(csv(tmp_path / f"{RECORDS[table].title}.csv", rows))
    assert parsed.tables[table][field].to_pylist() == values
    assert sorted(places(log), key=lambda place: place[2]) == issues
    assert parsed.counts[table].rejected == 0


def test_required_and_optional_dates(tmp_path: Path) -> None:
    rows = [
        ["单位名称", "抽查日期", "结果"],
        ["甲公司", "2023-02-30", "合格"],
        ["乙公司", "2023年2月", "合格"],
        ["丙公司", "", "合格"],
        ["丁公司", "2023-02-28", "合格"],
    ]
    parsed, log = read(csv(tmp_path / "a.csv", rows))
    assert parsed.tables["inspections"]["checked_on"].to_pylist() == [dt.date(2023, 2, 1), dt.date(2023, 2, 28)]
    assert places(log) == [
        ("day_unreadable", "error", 2, "2023-02-30"),
        ("required_missing", "error", 4, None),
        ("day_from_month", "hint", 3, "2023年2月"),
    ]
    assert "该行未读入" in next(log.issues()).cure()
    total(parsed)
    parsed, log = read(
        csv(tmp_path / "b.csv", [["企业名称", "园区名称", "入园日期"], ["甲公司", "某园区", "2023-02-30"]])
    )
    assert parsed.tables["tenancies"]["start"].to_pylist() == [None]
    assert places(log) == [("day_unreadable", "warning", 2, "2023-02-30")]


def test_date_cells_stay_dates(tmp_path: Path) -> None:
    rows = [
        ["企业名称", "园区名称", "入园日期"],
        ["甲公司", "某园区", dt.datetime(2023, 5, 6)],
        ["乙公司", "某园区", dt.date(2020, 2, 29)],
    ]
    parsed, log = read(xlsx(tmp_path / "a.xlsx", {"入园": rows}))
    assert parsed.tables["tenancies"]["start"].to_pylist() == [dt.date(2023, 5, 6), dt.date(2020, 2, 29)]
    assert codes(log) == []


def test_excel_errors_are_unknown(tmp_path: Path) -> None:
    path = xlsx(
        tmp_path / "a.xlsx",
        {"企业名录": [["企业名称", "是否规上", "设区市"], ["甲公司", "是", "#N/A"], ["#REF!", "是", "南京市"]]},
    )
    book = openpyxl.load_workbook(path)
    assert book["企业名录"]["C2"].data_type == "e"
    parsed, log = read(path)
    assert parsed.tables["enterprises"]["name"].to_pylist() == ["甲公司"]
    assert places(log) == [("cell_error", "error", 3, "#REF!"), ("cell_error", "warning", 2, "#N/A")]
    total(parsed)


@pytest.mark.parametrize(
    ("header", "cells", "shares", "code"),
    [
        ("工业增加值占比", ["0.7", "0.62", "0.485"], [70, 62, 48.5], "percent_scaled"),
        ("工业增加值占比", ["0.7", "62", "48.5%"], [None, 62, 48.5], "percent_or_fraction"),
        ("工业增加值占比", ["0.7", "0.62", "48.5%"], [None, None, 48.5], "percent_or_fraction"),
        ("工业增加值占比（%）", ["0.7", "62", "48.5"], [0.7, 62, 48.5], None),
        ("工业增加值占比", ["0.7%", "62%", "48.5"], [0.7, 62, 48.5], None),
    ],
)
def test_a_fraction_among_percentages_is_doubtful(
    header: str, cells: list[str], shares: list[float | None], code: str | None, tmp_path: Path
) -> None:
    rows = [["园区名称", header, "园区级别"], *([f"测试{at}园区", cell, "省级"] for at, cell in enumerate(cells))]
    parsed, log = read(csv(tmp_path / "园区.csv", rows))
    assert parsed.tables["parks"]["value_added_share"].to_pylist() == shares
    assert {place[0] for place in places(log)} == ({code} if code else set())


@pytest.mark.parametrize(
    ("header", "below", "expected", "code"),
    [
        ("工业总产值", ["", "", "千元"], 10**7, None),
        ("工业总产值", ["单位", "", "（亿元）"], 100 * 10**10, None),
        ("工业总产值", ["单位：千元", "", ""], 10**7, None),
        ("工业总产值", ["", "", "（单位：万美元）"], None, "money_unit_foreign"),
        ("工业总产值（千元人民币）", None, 10**7, None),
        ("工业总产值（万元/年）", None, 100 * 10**6, None),
        ("工业总产值（RMB'000）", None, None, "money_unit_unknown"),
        ("工业总产值（百万港币）", None, None, "money_unit_foreign"),
        ("工业总产值（亿）", None, 100 * 10**10, None),
        ("工业总产值/百万元", None, 100 * 10**8, None),
        ("工业总产值（万美元）", None, None, "money_unit_foreign"),
        ("工业总产值（USD）", None, None, "money_unit_foreign"),
        ("工业总产值（吨）", None, None, "money_unit_unknown"),
        ("工业总产值", ["", "年", "美元"], None, "money_unit_foreign"),
        ("工业总产值（2023年）", None, 100 * 10**6, "money_unit_missing"),
    ],
)
def test_the_unit_of_money_is_said_by_header_or_by_the_line_below(
    header: str, below: list[str] | None, expected: int | None, code: str | None, tmp_path: Path
) -> None:
    rows = [["企业名称", "年度", header], *([below] if below else []), ["测试甲有限公司", "2023", "100"]]
    parsed, log = read(csv(tmp_path / "年度指标.csv", rows))
    assert parsed.tables["annual_figures"]["output"].to_pylist() == [expected]
    assert {place[0] for place in places(log)} == ({code} if code else set())
    counts = parsed.counts["annual_figures"]
    assert (counts.read - counts.titles, counts.rejected) == (1, 0)


def test_percent_format_and_fractions(tmp_path: Path) -> None:
    header = ["园区名称", "工业增加值占比（%）"]
    path = xlsx(tmp_path / "园区.xlsx", {"园区名录": [header, ["甲园区", 0.285], ["乙园区", 35], ["丙园区", "40%"]]})
    book = openpyxl.load_workbook(path)
    book["园区名录"]["B2"].number_format = "0.0%"
    book.save(path)
    parsed, log = read(path)
    assert parsed.tables["parks"]["value_added_share"].to_pylist() == [28.5, 35.0, 40.0]
    assert places(log) == [("percent_scaled", "warning", 2, "0.285")]
    parsed, log = read(csv(tmp_path / "园区.csv", [header, ["甲园区", "0.3"], ["乙园区", "1"], ["丙园区", ""]]))
    assert parsed.tables["parks"]["value_added_share"].to_pylist() == [30.0, 100.0, None]
    assert [entry[2] for entry in places(log)] == [2, 3]
    parsed, log = read(csv(tmp_path / "园区2.csv", [header, ["甲园区", "0.3"], ["乙园区", "30"]]))
    assert parsed.tables["parks"]["value_added_share"].to_pylist() == [0.3, 30.0]
    assert codes(log) == []


@pytest.mark.parametrize(
    ("header", "fen"),
    [
        ("采购额（元）", 150),
        ("采购额（千元）", 150_000),
        ("采购额（万元）", 1_500_000),
        ("采购额（亿元）", 15_000_000_000),
        ("采购额", 1_500_000),
    ],
)
def test_units_of_money(tmp_path: Path, header: str, fen: int) -> None:
    parsed, log = read(
        csv(tmp_path / "a.csv", [["采购方", "供应商", "年度", header], ["甲公司", "乙公司", "2023", "1.5"]])
    )
    assert parsed.tables["supplies"]["amount"].to_pylist() == [fen]
    assert codes(log) == ([] if "（" in header else ["money_unit_missing"])


@given(st.lists(st.one_of(st.decimals(0, 10**13, places=8), st.decimals(-5, 5, places=2), st.just("abc"), st.just(""))))
@settings(deadline=None, max_examples=50)
def test_amounts_by_arrow_and_by_the_parser_agree(amounts: list[Any]) -> None:
    import pyarrow as pa

    from graph_model.values.numbers import MONEY, NUMBER, money, number
    from loaders.read.typed_columns import ColumnReader

    texts = [f"{amount:f}" if not isinstance(amount, str) else amount for amount in amounts]
    for unit in ("元", "千元", "万元", "亿元"):
        values = ColumnReader(MONEY, unit).read(pa.array(texts, pa.string())).values.to_pylist()
        assert values == [money(text, unit).value for text in texts]
    assert ColumnReader(NUMBER).read(pa.array(texts, pa.string())).values.to_pylist() == [
        number(text).value for text in texts
    ]


NAMED = "甲（集团）有限公司"
CELLS = st.one_of(
    st.sampled_from(
        ["", "/", "是", "否", "2023", "2023年3月", "2023-02-30", "2024-02-29", "35%", "0.5", "1,234.56", "-1", CODE, CODE[:-1],
         "绿色工厂", "省级", "国家级", "第三方", "通过", "无问题", "已报", "弄虚作假", "Ⅱ", "中国", "法国", "C3612",
         "甲（集团）有限公司",
         "甲 公司", "无", "自评价", "第三批", "2023年第一批", "甲；乙;甲", "#N/A", "１２", "1e3", "99999999999999"]
    ),
    st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\r\n\x00", exclude_categories=["Cs", "Cc"]), max_size=12),
)  # fmt: skip


def _as_unit(table: str, field: str, cell: str) -> str:
    return NAMED if names_a_unit(table, field, kinds(table)[field]) and remark_of(cell) else cell


@pytest.mark.parametrize("table", RECORDS)
@given(data=st.data())
@settings(deadline=None, max_examples=15)
def test_a_record_reads_as_its_row_does(table: str, data: st.DataObject) -> None:
    fields, units = list(RECORDS[table].model_fields), {"money": "（万元）"}
    rows = data.draw(st.lists(st.fixed_dictionaries(dict.fromkeys(fields, CELLS)), min_size=1, max_size=4))
    # A column of fractions is scaled as a whole, which no single record can know.
    rows = [
        {field: "50" if kinds(table)[field].name == "percent" else cell for field, cell in row.items()} for row in rows
    ]
    # Whether a text looks like a unit is asked of lists, not of records.
    rows = [{field: _as_unit(table, field, cell) for field, cell in row.items()} for row in rows]
    with tempfile.TemporaryDirectory() as folder:
        import csv as csv_module

        path = Path(folder) / f"{RECORDS[table].title}.csv"
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv_module.writer(stream)
            writer.writerow([label(table, field) + units.get(kinds(table)[field].name, "") for field in fields])
            writer.writerows([[row[field] for field in fields] for row in rows])
        parsed, _ = read(path)
    total(parsed)
    typed = {row["_row"]: row for row in parsed.tables[table].to_pylist()}
    for number, row in enumerate(rows, 2):
        try:
            record = RECORDS[table](**row)
        except ValidationError:
            assert number not in typed
            continue
        if number in typed:
            assert record.model_dump() == {field: typed[number][field] for field in fields}
        else:
            assert parsed.counts[table].titles > 1 or not any(cell.strip() for cell in row.values())


def test_shape_of_typed_rows(tmp_path: Path) -> None:
    import pyarrow as pa

    strings = pa.dictionary(pa.int32(), pa.string())
    parsed, _ = read(csv(tmp_path / "a.csv", [["采购方", "供应商"], ["甲公司", "乙公司"]]))
    schema = parsed.tables["supplies"].schema
    types = {
        "buyer": strings, "buyer_uscc": strings, "supplier": strings, "supplier_uscc": strings, "year": pa.int32(),
        "start": pa.date32(), "end": pa.date32(), "amount": pa.int64(), "category": strings, "key": pa.bool_(),
        "country": strings, "_sheet": strings, "_row": pa.int32(), "_declared": pa.bool_(),
    }  # fmt: skip
    assert dict(zip(schema.names, schema.types, strict=True)) == types
