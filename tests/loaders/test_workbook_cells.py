"""What stands behind the cells of workbooks: error values, formulas without a result, percent formats, dates."""

from __future__ import annotations

import datetime as dt
import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
import xlwt

from loaders.read.formats.sheet_xml import is_percent, odd_cells
from loaders.read.formats.workbook import column_letters
from tests.corpus.making.workbook import write_ods
from tests.loaders.making import codes, read, total

HEADER = ["园区名称", "工业增加值占比", "设区市"]


def test_percent_format_of_xls(tmp_path: Path) -> None:
    book = xlwt.Workbook(encoding="utf-8")
    sheet, other = book.add_sheet("园区"), book.add_sheet("别的")
    for column, text in enumerate(HEADER):
        sheet.write(0, column, text)
    percent = xlwt.easyxf(num_format_str='0.0"%"0%')
    for row, (name, share, style) in enumerate([("甲园区", 0.55, percent), ("乙园区", 62, xlwt.easyxf())], 1):
        sheet.write(row, 0, name)
        sheet.write(row, 1, share, style)
        sheet.write(row, 2, "苏州市")
    other.write(0, 0, "说明")
    book.save(str(tmp_path / "园区.xls"))
    parsed, _ = read(tmp_path / "园区.xls")
    assert parsed.tables["parks"]["value_added_share"].to_pylist() == [55.0, 62.0]


def test_percent_format_of_xlsx(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(HEADER)
    sheet.append(["甲园区", 0.55, "苏州市"])
    sheet.append(["乙园区", 62, "苏州市"])
    sheet["B2"].number_format = "0.00%"
    book.save(tmp_path / "园区.xlsx")
    parsed, _ = read(tmp_path / "园区.xlsx")
    assert parsed.tables["parks"]["value_added_share"].to_pylist() == [55.0, 62.0]


@pytest.mark.parametrize(
    ("code", "expected"), [("0.00%", True), ('0"%"', False), ("0\\%", False), ("[红色]0%", True), ("0.00", False)]
)
def test_is_percent(code: str, expected: bool) -> None:
    assert is_percent(code) is expected


def test_dates_of_xls(tmp_path: Path) -> None:
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("入园企业")
    for column, text in enumerate(["企业名称", "园区名称", "入园日期"]):
        sheet.write(0, column, text)
    for column, cell in enumerate(["甲厂", "某园区"]):
        sheet.write(1, column, cell)
    sheet.write(1, 2, dt.date(2024, 3, 1), xlwt.easyxf(num_format_str='yyyy"年"m"月"d"日"'))
    book.save(str(tmp_path / "入园企业.xls"))
    parsed, log = read(tmp_path / "入园企业.xls")
    assert codes(log) == []
    assert parsed.tables["tenancies"]["start"].to_pylist() == [dt.date(2024, 3, 1)]


def test_error_cells_and_formulas(tmp_path: Path) -> None:
    path = tmp_path / "年度指标.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("甲")
        sheet.write_row(0, 0, ["企业名称", "年度", "工业总产值（万元）", "营业收入（万元）"])
        sheet.write_row(1, 0, ["甲厂", 2023])
        sheet.write_formula(1, 2, "=NA()", None, "#N/A")
        sheet.write_formula(1, 3, "=1+1", None, 2)
        sheet.write_row(2, 0, ["乙厂", 2023])
        sheet.write_formula(2, 3, "=3*2", None, 6)
    assert odd_cells(path, "甲") == ({(1, 2): "#N/A"}, [])
    parsed, log = read(path)
    total(parsed)
    assert [(issue.code, issue.row) for issue in log.issues()] == [("cell_error", 2)]
    assert parsed.tables["annual_figures"]["revenue"].to_pylist() == [2_000_000, 6_000_000]


def test_formulas_that_nobody_worked_out(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in [["企业名称", "年度", "工业总产值（万元）"], ["甲厂", 2023, "=200+300"], ["乙厂", "=2000+23", 5]]:
        sheet.append(row)
    book.save(tmp_path / "年度指标.xlsx")
    parsed, log = read(tmp_path / "年度指标.xlsx")
    total(parsed)
    told = {(issue.column, issue.row, issue.value) for issue in log.issues() if issue.code == "formula_without_value"}
    assert told == {("C", 2, "C2"), ("B", 3, "B3")}
    assert parsed.tables["annual_figures"].num_rows == 1


def test_prefixed_xml_is_searched_too(tmp_path: Path) -> None:
    """Some programs write every tag with a prefix."""
    path = tmp_path / "x.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(
            "xl/workbook.xml",
            '<x:workbook xmlns:x="m" xmlns:r="q"><x:sheets><x:sheet name="甲" r:id="a"/></x:sheets></x:workbook>',
        )
        archive.writestr("xl/_rels/workbook.xml.rels", '<L xmlns="p"><R Id="a" Target="/xl/s.xml"/></L>')
        archive.writestr(
            "xl/s.xml",
            '<x:c r="AB7" t="e"><x:f>1/0</x:f><x:v>#DIV/0!</x:v></x:c><x:c r="B2"><x:f>1</x:f></x:c>'
            '<x:c r="B3" t="str"><x:f>T("")</x:f><x:v></x:v></x:c>',
        )
    assert odd_cells(path, "甲") == ({(6, 27): "#DIV/0!"}, [(1, 1)])


@pytest.mark.parametrize(
    ("column", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16383, "XFD")]
)
def test_column_letters(column: int, letters: str) -> None:
    assert column_letters(column) == letters


@pytest.mark.parametrize("ending", ["ods", "xlsx"])
def test_a_small_share_among_percentages_is_doubted_where_formats_are_not_read(tmp_path: Path, ending: str) -> None:
    """In ods 0.7 may be shown as 70 %, whatever the header says; in xlsx the format would say so."""
    rows = [["园区名称", "工业增加值占比（%）", "设区市"], ["甲园区", 0.7, "苏州市"], ["乙园区", 62, "苏州市"]]
    path = tmp_path / f"园区.{ending}"
    if ending == "ods":
        write_ods(path, {"sheets": {"园区": {"rows": rows}}})
    else:
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        book.save(path)
    parsed, log = read(path)
    shares = parsed.tables["parks"]["value_added_share"].to_pylist()
    assert shares == ([None, 62.0] if ending == "ods" else [0.7, 62.0])
    assert ("percent_or_fraction" in codes(log)) == (ending == "ods")
