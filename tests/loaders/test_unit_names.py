"""What stands in a column of names and is no name: left out and told, never a unit."""

from __future__ import annotations

from pathlib import Path

import pytest

from loaders.read.unit_names import remark_of
from tests.loaders.making import codes, csv, read, total


@pytest.mark.parametrize(
    "text",
    [
        "其他", "其它供应商", "待定", "个人", "散户", "暂无", "N/A", "tbd", "XX公司", "企业", "是", "否", "√", "无",
        "12", "3.5万元", "100%", "2023年12月1日", "2023-12-01", "二〇二三年十二月", "年月日", "025-83391234", "139 0000 0000",
        "第3页", "共9页", "- 3 -", "Page 3 of 9", "抄送：各市", "联系电话：12345", "（盖章）", "审核人：张三",
        "南京市", "苏州", "鼓楼区", "江苏省", "浙江省", "保定市", "一、南京市（1家）", "（二）苏州市", "三、徐州市：", "····", "。",
        "李某某 025-83391234", "张某13800001111", "（以下空白）", "以下无正文",
    ],
)  # fmt: skip
def test_no_name(text: str) -> None:
    remark = remark_of(text)
    assert remark is not None
    assert remark.code == "not_a_name"


@pytest.mark.parametrize("text", ["同上", "〃", "″", '"', "ditto", "同 前"])
def test_ditto(text: str) -> None:
    remark = remark_of(text)
    assert remark is not None
    assert remark.code == "name_ditto"


@pytest.mark.parametrize(
    "text",
    [
        "甲厂", "乙公司", "华润超市", "某某门市", "苏州工业园区", "江北新区", "某市自来水公司",
        "其他人工智能有限公司", "个人护理用品厂",
        "3M中国有限公司", "360公司", "注塑机械有限公司", "审核科技有限公司", "江苏省某某厅", "BASF", "T公司", "12345678901公司",
    "*ST某某", "甲园区",
    ],
)  # fmt: skip
def test_name(text: str) -> None:
    assert remark_of(text) is None


def test_the_row_is_left_out_with_file_row_and_what_stands_above(tmp_path: Path) -> None:
    rows = [
        ["链主企业", "供应商", "年度", "采购额（万元）"],
        ["甲链主有限公司", "乙厂", 2024, 10],
        ["甲链主有限公司", "同上", 2024, 10],
        ["甲链主有限公司", "其他", 2024, 5],
        ["同上", "丙厂", 2024, 5],
    ]
    parsed, log = read(csv(tmp_path / "供应关系.csv", rows))
    total(parsed)
    assert parsed.tables["supplies"]["supplier"].to_pylist() == ["乙厂"]
    told = {(issue.code, issue.row, issue.column, issue.facts.get("above")) for issue in log.issues()}
    assert told == {
        ("name_ditto", 3, "供应商", "乙厂"),
        ("not_a_name", 4, "供应商", None),
        ("name_ditto", 5, "链主企业", "甲链主有限公司"),
    }
    assert log.counts()["error"] == 3


def test_an_optional_name_is_unknown_with_a_word(tmp_path: Path) -> None:
    rows = [["单位名称", "类别", "层级", "批次", "评价机构"], ["甲厂", "绿色工厂", "市级", "2023年", "待定"]]
    parsed, log = read(csv(tmp_path / "绿色制造名单.csv", rows))
    assert parsed.tables["listings"]["agency"].to_pylist() == [None]
    assert [(issue.code, issue.level) for issue in log.issues()] == [("not_a_name", "warning")]
    assert codes(log) == ["not_a_name"]


def test_a_region_may_stand_where_a_scope_is_asked(tmp_path: Path) -> None:
    rows = [["地区或园区", "年度", "工业总产值（万元）"], ["南京市", 2023, 10]]
    parsed, log = read(csv(tmp_path / "总量.csv", rows))
    assert codes(log) == []
    assert parsed.tables["totals"]["scope"].to_pylist() == ["南京市"]
