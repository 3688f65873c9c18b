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
    ],
    ids=str,
)
def test_data(cells: list[str | None]) -> None:
    assert not is_title(cells, HEADER, MAPPED)
