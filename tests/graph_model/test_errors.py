"""Errors word themselves from facts, name what may have been meant, and speak of options as the door does that shows them."""

from __future__ import annotations

import pytest

from graph_model.bilingual import Bilingual
from graph_model.errors import (
    LISTED,
    DoesNotFitError,
    ExclusiveOptionsError,
    FileFaultError,
    MissingOptionError,
    UnknownNameError,
    UnreadableFileError,
    near_matches,
    on_command_line,
)

SETS = ("js-2016", "js-draft", "cn-2024", "cn-2025")
RULE_SET = Bilingual("规则集", "rule set")


def test_an_unknown_name_is_told_with_the_nearest_and_all_there_are() -> None:
    error = UnknownNameError(RULE_SET, "js-darft", SETS, Bilingual("自己的另写", "write your own"))
    assert error.zh.startswith("没有规则集“js-darft”；是不是 js-draft")
    assert error.en.endswith("there are: js-2016, js-draft, cn-2024, cn-2025; write your own")


def test_a_long_list_is_not_recited() -> None:
    names = [f"批次{number:03}" for number in range(LISTED + 1)]
    error = UnknownNameError(Bilingual("批次", "batch"), "没有这样的", names)
    assert error.zh == "没有批次“没有这样的”"
    assert "批次007" in UnknownNameError(Bilingual("批次", "batch"), "批次007号", names).zh


@pytest.mark.parametrize(
    ("given", "known", "near"),
    [
        pytest.param("PARK-SHARE", ["park-share", "audit"], ["park-share"], id="case"),
        pytest.param(
            "测试东园", ["测试东园区", "测试西园区", "别的公司"], ["测试东园区"], id="Chinese, the nearest first"
        ),
        pytest.param("xyz", ["park-share"], [], id="nothing near"),
        pytest.param("x", [], [], id="nothing at all"),
    ],
)
def test_near_matches(given: str, known: list[str], near: list[str]) -> None:
    assert list(near_matches(given, known))[: len(near) or None] == near


@pytest.mark.parametrize(
    ("error", "python", "typed"),
    [
        pytest.param(
            DoesNotFitError("max_age", -1, Bilingual("不能小于 0", "at least 0 is expected")),
            "max_age= cannot be '-1': at least 0 is expected",
            "--max-age cannot be '-1': at least 0 is expected",
            id="a value",
        ),
        pytest.param(
            ExclusiveOptionsError("rules", "rules_file"),
            "rules= and rules_file= exclude each other",
            "--rules and --rules-file exclude each other",
            id="two at once",
        ),
        pytest.param(
            MissingOptionError(Bilingual("“明细”", "park-tenants"), "park"),
            "park-tenants needs park=",
            "park-tenants needs --park",
            id="one too few",
        ),
    ],
)
def test_an_option_is_worded_by_the_door(error: DoesNotFitError, python: str, typed: str) -> None:
    assert error.en == python
    assert error.sentence("en", on_command_line).splitlines()[0] == typed
    assert "«" not in str(error) + error.sentence("zh")


def test_a_fault_in_a_file_says_where() -> None:
    error = FileFaultError("dates.csv", 3, Bilingual("应为年份", "a year is expected"), "year")
    assert (error.zh, error.en) == ("dates.csv 第 3 行 year：应为年份", "dates.csv, line 3, year: a year is expected")
    unreadable = UnreadableFileError(Bilingual("规则文件", "rule file"), "own.yaml", "No such file")
    assert "own.yaml (No such file)" in unreadable.en
