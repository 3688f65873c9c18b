"""Answers as csv, json and workbook: what is written can be read back, and no name becomes a formula."""

import csv
import io
import json
from datetime import date, datetime

import openpyxl
import pandas as pd
import pytest

from reports import sheets
from reports.plain import BOM, csv_bytes, guarded, json_bytes, unguarded
from reports.workbook import workbook_bytes
from tests.reports.made_up import HOSTILE, answer, hostile_answer


def read_csv(content):
    return list(csv.DictReader(io.StringIO(content.decode("utf-8"), newline="")))


def read_sheet(content, name):
    return [[cell.value for cell in row] for row in openpyxl.load_workbook(io.BytesIO(content))[name].rows]


def test_csv_holds_ids_whole_numbers_all_digits_and_empty_nulls():
    first, second, third = read_csv(csv_bytes(answer(), bom=False))
    assert first == {
        "park_id": "park:甲",
        "park": "甲园区",
        "tenants": "120",
        "green": "7",
        "share": repr(7 / 120),
        "output": "1234567.891234",
        "since": "2023-02-28",
        "in_pool": "true",
        "highest": "national",
        "category": "factory",
        "class": "review",
        "list_year": "2023",
        "rank": "1",
    }
    assert (second["tenants"], second["in_pool"], second["since"], second["rank"]) == ("", "false", "", "")
    assert (third["park"], third["tenants"], third["share"], third["in_pool"]) == ("", "0", "", "")


@pytest.mark.parametrize(("bom", "begins"), [(True, BOM + b"park_id"), (False, b"park_id")], ids=["file", "pipe"])
def test_only_a_csv_file_begins_with_a_byte_order_mark(bom, begins):
    assert csv_bytes(answer(), bom=bom).startswith(begins)


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_guarded_text_is_no_formula_and_comes_back(text):
    assert guarded(text)[0] not in "=+-@\t\r"
    assert unguarded(guarded(text)) == text


def test_csv_of_hostile_names_reads_back_and_keeps_numbers():
    rows = read_csv(csv_bytes(hostile_answer(), bom=False))
    assert [unguarded(row["park"]) for row in rows] == list(HOSTILE)
    assert {row["green"] for row in rows} == {"-1"}


def test_json_is_one_object_with_nulls_and_ids():
    whole = json.loads(json_bytes(answer()))
    assert list(whole) == [
        "question",
        "title",
        "as_of",
        "snapshot",
        "options",
        "definition",
        "clauses",
        "notes",
        "rows",
    ]
    assert whole["options"] == {"tier": "city", "threshold": None, "key_only": True, "on": "2025-01-01"}
    assert [clause["verified"] for clause in whole["clauses"]] == [False, False]
    assert whole["rows"][0]["share"] == 7 / 120
    assert whole["rows"][0]["tenants"] == 120
    assert whole["rows"][1]["tenants"] is None
    assert whole["rows"][2] | {"park_id": 0} == dict.fromkeys(whole["rows"][2]) | {
        "park_id": 0,
        "tenants": 0,
        "green": 0,
        "output": 0.0,
        "since": "2024-02-29",
    }


def test_json_of_an_empty_answer_has_no_rows():
    assert json.loads(json_bytes(answer(answer().table.head(0))))["rows"] == []


def test_csv_of_an_empty_answer_is_its_head():
    assert csv_bytes(answer(answer().table.head(0)), bom=False).count(b"\n") == 1


def test_workbook_has_words_numbers_and_dates():
    head, first, second, third = read_sheet(workbook_bytes(answer()), "园区绿色工厂占比")
    assert head[:6] == ["园区编号", "园区", "入园企业数", "绿色工厂数", "占比", "产值（万元）"]
    assert first[2:4] == [120, 7]
    assert first[4:6] == pytest.approx([7 / 120, 1234567.891234], rel=1e-15)
    assert first[6:9] == [datetime(2023, 2, 28), "是", "国家级"]
    assert first[9:] == ["绿色工厂", "需复核", 2023, 1]
    assert second[10] == "标注产业链＋供应链名单"
    assert third[7] == "未知"


def test_workbook_shows_shares_in_percent_and_days_as_days():
    sheet = openpyxl.load_workbook(io.BytesIO(workbook_bytes(answer()))).worksheets[0]
    assert (sheet["E2"].number_format, sheet["G2"].number_format) == ("0.00%", "yyyy-mm-dd")
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("C2", "A1:M4")


def test_workbook_says_what_stands_behind_the_numbers():
    about = {row[0]: row[1] for row in read_sheet(workbook_bytes(answer()), "说明")}
    assert about["口径"] == "绿色工厂数除以基数。"
    assert about["截至日期"] == "2025-06-30"
    assert about["选项 tier"] == "市级"
    assert "征求意见稿，未见正式文本" in about["条款 D-24"]
    assert about["注"] == "没有区级名单。"
    assert about["列　占比"] == "占比的含义"


def test_hostile_names_are_text_in_a_workbook():
    book = openpyxl.load_workbook(io.BytesIO(workbook_bytes(hostile_answer())))
    cells = list(book.worksheets[0].iter_rows(min_row=2))
    assert [row[0].value.replace("_x000D_", "\r") for row in cells] == list(HOSTILE)
    assert {row[0].data_type for row in cells} <= {"s", "inlineStr"}
    assert {row[1].data_type for row in cells} == {"n"}


def test_equal_answers_give_equal_workbooks():
    assert workbook_bytes(answer()) == workbook_bytes(answer())


def test_a_table_longer_than_a_sheet_goes_on_in_the_next(monkeypatch):
    monkeypatch.setattr(sheets, "ROWS_OF_A_SHEET", 2)
    book = openpyxl.load_workbook(io.BytesIO(workbook_bytes(answer())))
    assert book.sheetnames == ["园区绿色工厂占比", "园区绿色工厂占比（2）", "说明"]
    assert [sheet.max_row for sheet in book.worksheets[:2]] == [3, 2]


@pytest.mark.parametrize(
    "days",
    [[date(2023, 2, 28), None], pd.to_datetime(["2023-02-28", None])],
    ids=["dates", "timestamps"],
)
def test_days_are_iso_whatever_holds_them(days):
    table = answer().table.head(2).assign(since=days)
    assert [row["since"] for row in read_csv(csv_bytes(answer(table), bom=False))] == ["2023-02-28", ""]
