"""Several tables on a sheet: side by side, one below another, under headings of groups; and the columns nobody uses."""

from __future__ import annotations

from pathlib import Path

import pytest

from loaders.read.formats.sheet import Line
from loaders.read.group_headings import heading_of, level_of_heading
from loaders.read.header_rows import HeaderRow, column_spans
from tests.loaders.making import Rows, codes, csv, read, total, xlsx

TITLE = "2023年度省级绿色工厂名单"


def units(path: Path) -> list[tuple[object, ...]]:
    parsed, _ = read(path)
    total(parsed)
    columns = ["category", "tier", "batch", "unit", "region"]
    return [tuple(row.values()) for row in parsed.tables["listings"].select(columns).to_pylist()]


@pytest.mark.parametrize(
    ("header", "spans"),
    [
        (["序号", "企业名称", "地区", "序号", "企业名称", "地区"], [(0, 3), (3, 6)]),
        (["序号", "企业名称", "", "序号", "企业名称"], [(0, 3), (3, 5)]),
        (["企业名称", "地区", "企业名称", "地区", "企业名称", "地区"], [(0, 2), (2, 4), (4, 6)]),
        (["序号", "企业名称", "序号", "园区名称"], [(0, 2), (2, 4)]),
        (["序号", "企业名称", "编号", "地区"], [(0, 4)]),
        (["企业名称", "企业名称"], [(0, 2)]),
        (["序号", "企业名称", "地区"], [(0, 3)]),
    ],
)
def test_tables_side_by_side_are_found_in_the_header(header: list[str], spans: list[tuple[int, int]]) -> None:
    cells = [(cell,) if cell else () for cell in header]
    assert column_spans(HeaderRow(0, 0, cells, 2)) == spans


def test_halves_of_one_list_are_read_one_after_the_other(tmp_path: Path) -> None:
    rows: Rows = [
        [TITLE],
        ["序号", "企业名称", "地区", "序号", "企业名称", "地区"],
        [1, "甲公司", "苏州市", 3, "丙公司", "无锡市"],
        [2, "乙公司", "苏州市", None, None, None],
    ]
    path = xlsx(tmp_path / "a.xlsx", {"Sheet1": rows})
    assert [row[3:] for row in units(path)] == [("甲公司", "苏州市"), ("乙公司", "苏州市"), ("丙公司", "无锡市")]
    parsed, log = read(path)
    assert (parsed.lines, parsed.counts["listings"].read) == (5, 5)  # One line holds two rows.
    assert codes(log) == []


def test_two_lists_side_by_side_have_titles_of_their_own(tmp_path: Path) -> None:
    rows: Rows = [
        ["2023年度省级绿色制造名单"],
        ["一、绿色工厂", None, "二、绿色工业园区", None],
        ["序号", "企业名称", "序号", "园区名称"],
        [1, "甲公司", 1, "某某经济开发区"],
    ]
    assert [row[:4] for row in units(xlsx(tmp_path / "a.xlsx", {"Sheet1": rows}))] == [
        ("factory", "provincial", "2023", "甲公司"),
        ("park", "provincial", "2023", "某某经济开发区"),
    ]


def test_what_stands_to_the_right_of_the_last_half_is_told(tmp_path: Path) -> None:
    rows: Rows = [["企业名称", "地区", "企业名称", "地区"], ["甲公司", "苏州市", "乙公司", "无锡市", "多余"]]
    parsed, log = read(csv(tmp_path / f"{TITLE}.csv", rows))
    assert parsed.tables["listings"].num_rows == 2
    assert codes(log) == ["rows_ragged"]


@pytest.mark.parametrize(
    ("cells", "region", "text"),
    [
        (["一", "南京市", None, None], "南京市", "南京市"),
        ([None, "二、苏州市（1家）", None], "苏州市", "二、苏州市(1家)"),
        (["（三）无锡市", None], "无锡市", "(三)无锡市"),
        (["南京市", "（共2家）", None], "南京市", "南京市"),
        (["二、绿色工业园区", None, None], None, "二、绿色工业园区"),
        (["第二批", None], None, "第二批"),
        (["2022年度", None], None, "2022年度"),
        (["三、移出名单", None], None, "三、移出名单"),
    ],
)
def test_lines_that_head_a_group(cells: list[str | None], region: str | None, text: str) -> None:
    heading = heading_of(Line(1, cells))
    assert heading is not None
    assert (heading.region, heading.text) == (region, text)


@pytest.mark.parametrize(
    "cells",
    [
        ["1", "江苏绿色工厂科技有限公司", None],
        [None, "绿色工厂装备集团"],
        ["1", "甲公司", "南京市"],
        ["注：名单按行政区划排列", None],
        ["江苏省某某厅", "2023年12月1日"],
        ["1", "2023年度"],
        ["合计", "12家"],
    ],
)
def test_lines_that_head_nothing(cells: list[str | None]) -> None:
    assert heading_of(Line(1, cells)) is None


def test_levels_of_headings() -> None:
    texts = ["一、绿色工厂", "（一）南京市", "1、第一批", "（1）某某", "第一批"]
    assert [level_of_heading(text) for text in texts] == [1, 2, 3, 4, 5]


def test_headings_give_region_and_list_to_the_rows_below(tmp_path: Path) -> None:
    rows: Rows = [
        ["2023年度省级绿色制造名单"],
        ["序号", "单位名称"],
        ["一、绿色工厂"],
        ["（一）南京市（1家）"],
        [1, "甲公司"],
        ["（二）苏州市（1家）"],
        [1, "乙公司"],
        ["二、绿色工业园区"],
        [1, "某某经济开发区"],
        ["注：排名不分先后。"],
    ]
    assert units(xlsx(tmp_path / "a.xlsx", {"Sheet1": rows})) == [
        ("factory", "provincial", "2023", "甲公司", "南京市"),
        ("factory", "provincial", "2023", "乙公司", "苏州市"),
        ("park", "provincial", "2023", "某某经济开发区", None),
    ]


def test_a_group_goes_on_under_a_repeated_header(tmp_path: Path) -> None:
    header = ["序号", "单位名称", "行业"]
    rows: Rows = [[TITLE], header, ["一、南京市"], [1, "甲公司", "电子"], header, [2, "乙公司", "机械"]]
    regions = [row[3:] for row in units(xlsx(tmp_path / "a.xlsx", {"Sheet1": rows}))]
    assert regions == [("甲公司", "南京市"), ("乙公司", "南京市")]


def test_a_column_goes_before_the_heading(tmp_path: Path) -> None:
    rows: Rows = [[TITLE], ["序号", "单位名称", "地区"], ["一、南京市"], [1, "甲公司", "江宁区"], [2, "乙公司", None]]
    regions = [row[3:] for row in units(xlsx(tmp_path / "a.xlsx", {"Sheet1": rows}))]
    assert regions == [("甲公司", "江宁区"), ("乙公司", "南京市")]


def test_city_and_county_say_the_region_together(tmp_path: Path) -> None:
    rows: Rows = [["企业名称", "设区市", "县（市、区）"], ["甲公司", "苏州市", "昆山市"], ["乙公司", "无锡市", ""]]
    assert [row[4] for row in units(csv(tmp_path / f"{TITLE}.csv", rows))] == ["苏州市昆山市", "无锡市"]


def test_year_and_round_are_looked_for_separately(tmp_path: Path) -> None:
    rows: Rows = [["企业名称", "批次"], ["甲公司", "第一批"], ["乙公司", "二"], ["丙公司", "2022年度"], ["丁公司", ""]]
    assert [row[2] for row in units(csv(tmp_path / f"{TITLE}.csv", rows))] == [
        "2023年第1批",
        "2023年第2批",
        "2022",
        "2023",
    ]


def test_a_range_in_a_cell_is_no_batch(tmp_path: Path) -> None:
    rows: Rows = [["企业名称", "批次"], ["甲公司", "2021-2023年"], ["乙公司", "第一批至第三批"], ["丙公司", "第二批"]]
    parsed, log = read(csv(tmp_path / f"{TITLE}.csv", rows))
    assert parsed.tables["listings"]["unit"].to_pylist() == ["丙公司"]
    assert [(issue.code, issue.level, issue.row) for issue in log.issues()] == [
        ("batch_range", "error", 2),
        ("batch_range", "error", 3),
    ]


def test_the_day_gives_the_year_where_no_batch_is_named(tmp_path: Path) -> None:
    rows: Rows = [["企业名称", "认定日期"], ["甲公司", "2022-11-30"], ["乙公司", "2023-01-05"]]
    assert [row[2] for row in units(csv(tmp_path / "省级绿色工厂名单.csv", rows))] == ["2022", "2023"]


@pytest.mark.parametrize(
    ("name", "header", "values", "code", "nearest"),
    [
        ("入园企业", "搬走的日子", ["2023-05-01"], "column_looks_used", "离园日期"),
        ("入园企业", "备用1", ["2023-05-01", ""], "column_looks_used", None),
        ("入园企业", "证照", ["91110000600037341L"], "column_looks_used", "统一社会信用代码"),
        ("入园企业", "日期", ["2023-05-01"], "column_two_things", None),
        ("入园企业", "联系电话", ["025-12345678"], "columns_unused", None),
        ("入园企业", "成立日期", ["2003-05-01"], "columns_unused", None),
        ("入园企业", "面积", ["1200"], "columns_unused", None),
    ],
)
def test_columns_that_nobody_uses(
    tmp_path: Path, name: str, header: str, values: list[str], code: str, nearest: str | None
) -> None:
    rows: Rows = [["企业名称", "园区名称", header], *(["甲公司", "某某开发区", value] for value in values)]
    _, log = read(csv(tmp_path / f"{name}.csv", rows))
    issue = next(issue for issue in log.issues() if issue.code.startswith("column"))
    assert (issue.code, issue.level) == (code, "hint" if code == "columns_unused" else "warning")
    if nearest is not None:
        assert nearest in issue.message()


@pytest.mark.parametrize(
    ("file", "title", "field", "value"),
    [
        ("附件", "江苏甲链主（集团）有限公司2023年度供应商名单", "buyer", "江苏甲链主（集团）有限公司"),
        ("江苏甲链主有限公司供应商清单", None, "buyer", "江苏甲链主有限公司"),
        ("附件", "江苏某某经济开发区入园企业名单", "park", "江苏某某经济开发区"),
    ],
)
def test_buyer_and_park_may_be_given_by_name(
    tmp_path: Path, file: str, title: str | None, field: str, value: str
) -> None:
    header = ["序号", "供应商名称", "年度"] if field == "buyer" else ["序号", "企业名称", "入园日期"]
    rows: Rows = [*([[title, "", ""]] if title else []), header, [1, "甲乙制造有限公司", "2020"]]
    parsed, _ = read(csv(tmp_path / f"{file}.csv", rows))
    table = parsed.tables["supplies" if field == "buyer" else "tenancies"]
    assert table[field].to_pylist() == [value]
    if field == "buyer":
        assert table["_declared"].to_pylist() == [True]
    total(parsed)


@pytest.mark.parametrize("file", ["重点产业链链主企业供应商清单", "本公司供应商清单", "各集团供应商清单", "供应商清单"])
def test_a_word_for_many_buyers_is_no_buyer(tmp_path: Path, file: str) -> None:
    parsed, log = read(csv(tmp_path / f"{file}.csv", [["序号", "供应商名称", "年度"], [1, "甲公司", "2020"]]))
    assert parsed.tables == {}
    assert codes(log) == ["column_missing"]


@pytest.mark.parametrize(
    ("file", "header", "code"),
    [
        ("附件1", ["序号", "企业名称", "设区市"], "table_unnamed"),
        ("附件1", ["序号", "园区名称", "设区市"], "table_unnamed"),
        ("附件1", ["序号", "企业名称", "设区市", "是否规上"], None),
        ("企业名录", ["序号", "企业名称", "设区市"], None),
        ("园区", ["序号", "园区名称", "设区市"], None),
        ("附件1", ["序号", "园区名称", "园区级别"], None),
    ],
)
def test_a_register_needs_its_word_or_a_column_of_its_own(
    tmp_path: Path, file: str, header: list[str], code: str | None
) -> None:
    parsed, log = read(csv(tmp_path / f"{file}.csv", [header, ["1", "甲乙丙丁单位", "南京市", "是"][: len(header)]]))
    assert [issue.code for issue in log.issues() if issue.level == "error"] == ([] if code is None else [code])
    assert bool(parsed.tables) == (code is None)
