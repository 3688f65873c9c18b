"""Which lines under a header are no data; a name that only begins like a note is one."""

from __future__ import annotations

import pytest

from loaders.read.data_lines import is_title

HEADER = [("序号",), ("企业名称",), ("园区名称",)]
MAPPED = frozenset({1, 2})


@pytest.mark.parametrize(
    "cells",
    [
        ["合计", None, "3"],
        ["合 计", "3", None],
        [None, "总计", "12"],
        ["小计：", None, None],
        ["共12家", None, None],
        ["注：以上数据截至2023年底。", None, None],
        ["备注", None, None],
        ["填表人：张三", "联系电话：025", None],
        ["5", None, None],
        ["一、南京市", None, None],
        [None, "注1：略", None],
        ["序号", "企业名称", "园区名称"],
        ["江苏省某某厅", "2023年12月1日", None],
        [None, "二〇二三年十二月一日", None],
        [None, "江苏省某某厅", None],
        [None, None, "2023年12月"],
        [None, "年 月 日", None],
        ["抄送：各设区市人民政府", None, None],
        [None, "抄送：各设区市人民政府。", None],
        ["合计（12家）", None, None],
        [None, "苏州市小计", "3"],
        [None, "共计 12 家", None],
        [None, "（共12家）", None],
        [None, "第 3 页，共 9 页", None],
        [None, "- 3 -", None],
    ],
    ids=str,
)
def test_no_data(cells: list[str | None]) -> None:
    assert is_title(cells, HEADER, MAPPED)


@pytest.mark.parametrize(
    "cells",
    [
        ["1", "注塑机械有限公司", None],
        [None, "注塑机械有限公司", None],
        [None, "*ST某某股份有限公司", None],
        [None, "以上海为基地有限公司", None],
        ["1", "合计科技有限公司", "某园区"],
        [None, "说明书印刷有限公司", "某园区"],
        ["1", "企业名称", "某园区"],
        ["1", "总和（苏州）精密有限公司", None],
        ["1", "累计（南京）科技有限公司", "某园区"],
        [None, "总和（苏州）精密有限公司", None],
        ["1", "合计统计（苏州）有限公司", None],
        ["1", "南京会计事务所", None],
        ["1", "某市供电局", None],
    ],
    ids=str,
)
def test_data(cells: list[str | None]) -> None:
    assert not is_title(cells, HEADER, MAPPED)


def test_a_day_under_a_header_of_days_is_data() -> None:
    cells = ["某市供电局", "2024年3月1日"]
    assert not is_title(cells, [("单位名称",), ("抽查日期",)], frozenset({0, 1}))
    assert is_title(cells, [("单位名称",), ("所在园区",)], frozenset({0, 1}))
