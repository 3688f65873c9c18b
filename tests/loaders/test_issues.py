"""The issue log: counts of everything, details up to a cap, and the catalogue."""

from __future__ import annotations

import pickle
import re
import string
from dataclasses import astuple
from importlib.resources import files
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from loaders.issues.catalogue import KINDS, LEVELS, IssueKind
from loaders.issues.log import DETAILS, IssueLog
from loaders.read.decisions import read_decisions
from loaders.read.sources import SourceFile, decision_files
from tests.loaders.making import codes, csv


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS.keys())
def test_every_kind_is_worded_in_both_languages_with_the_same_facts(kind: IssueKind) -> None:
    assert kind.level in LEVELS
    assert kind.what.zh
    assert kind.what.en
    for words in (kind.what, kind.expected, kind.cure):
        assert _facts(words.zh) == _facts(words.en)


def _facts(text: str) -> set[str]:
    """Return the facts a template names, but for those that are always there, without the language of each."""
    named = {name.removesuffix("_zh").removesuffix("_en") for _, name, _, _ in string.Formatter().parse(text) if name}
    return named - {"table", "column", "value"}


def log_of(count: int) -> IssueLog:
    log = IssueLog()
    log.add(
        "day_unreadable",
        table="tenancies",
        file="a.csv",
        column="入园日期",
        rows=np.arange(2, count + 2),
        values=pa.array(["x"] * count),
    )
    log.add("file_encrypted", file="b.xlsx")
    return log


def test_grouped_shows_the_first_five_then_the_count() -> None:
    lines = log_of(7).grouped()
    assert len(lines) == 1 + 5 + 1
    assert lines[0].startswith("错误 b.xlsx: 工作簿已加密")
    assert lines[1].startswith("警告 a.csv · 2 · 入园日期: “x”")
    assert "7" in lines[-1]
    assert log_of(7).grouped(first=2, lang="en")[0].startswith("error b.xlsx: the workbook is encrypted")


def test_ten_million_rows_are_counted_and_the_first_are_kept() -> None:
    log = IssueLog()
    log.add("day_from_year", table="supplies", file="a.csv", rows=np.arange(10_000_000, dtype=np.int32), values="2024")
    assert log.counts() == {"error": 0, "warning": 0, "hint": 10_000_000}
    assert sum(1 for _ in log.issues()) == DETAILS
    assert log.groups()[0].beyond == 10_000_000 - DETAILS


def test_the_log_survives_json_pickle_and_joining() -> None:
    import json

    log = log_of(3)
    again = IssueLog.from_json(json.loads(json.dumps(log.to_json())))
    assert list(again.issues()) == list(log.issues())
    assert list(pickle.loads(pickle.dumps(log)).issues()) == list(log.issues())
    again.extend(log)
    assert again.counts() == {"error": 2, "warning": 6, "hint": 0}


@pytest.mark.parametrize(
    "header",
    [
        ["name", "same_as", "different_from", "decided_by", "decided_on", "note"],
        ["名称", "等同于", "不同于", "决定人", "决定日期", "备注"],
    ],
    ids=["english", "chinese"],
)
def test_decisions(tmp_path: Path, header: list[str]) -> None:
    rows = [
        header,
        ["甲 公司", "乙公司", "", "张三", "2024-01-02", "同一家"],
        ["丙公司", "", "丁公司", "", "", ""],
        ["戊公司", "", "", "", "", ""],
    ]
    csv(tmp_path / "decisions.csv", rows, "gb18030")
    log = IssueLog()
    (file,) = decision_files(tmp_path)
    first, second = read_decisions(file, log)
    assert astuple(first)[:4] == ("甲公司", "乙公司", None, "张三")
    assert (first.file, first.row, str(first.decided_on)) == ("decisions.csv", 2, "2024-01-02")
    assert (second.name, second.same_as, second.different_from) == ("丙公司", None, "丁公司")
    assert [(issue.code, issue.row) for issue in log.issues()] == [("decision_incomplete", 4)]


def test_decisions_without_header(tmp_path: Path) -> None:
    log = IssueLog()
    path = csv(tmp_path / "decisions.csv", [["甲公司", "乙公司"]])
    assert read_decisions(SourceFile(path, tmp_path), log) == []
    assert codes(log) == ["decisions_without_header"]


def test_every_kind_of_issue_stands_once_in_the_catalogue() -> None:
    text = files("loaders.issues").joinpath("catalogue.yaml").read_text(encoding="utf-8")
    codes = re.findall(r"(?m)^([a-z_]+):$", text)
    assert sorted(codes) == sorted(KINDS)
