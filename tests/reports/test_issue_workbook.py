"""The issue workbook: every issue with its place and cure, groups too long to list, names that are alike."""

import io

import openpyxl

from loaders.issues.log import IssueLog
from loaders.issues.summary import LoadSummary, Proposal, TableCount
from reports import load_summary
from reports.issue_workbook import issues_bytes


def summary(rows=3, **more):
    log = IssueLog()
    log.add(
        "code_invalid",
        table="listings",
        file="名单.xlsx",
        sheet="表一",
        rows=list(range(rows)),
        column="代码",
        values="=X",
    )
    counts = [TableCount("listings", "绿色制造名单", "名单.xlsx", rows + 1, rows, 0, 0, 1)]
    return LoadSummary("0123456789abcdef", True, counts, {"listings": rows}, log, **more)


def sheets(made):
    book = openpyxl.load_workbook(io.BytesIO(issues_bytes(made)))
    return {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book}


def test_a_line_for_every_issue():
    rows = sheets(summary())["问题"]
    assert len(rows) == 4
    assert rows[1][:8] == ["警告", "code_invalid", "绿色制造名单", "名单.xlsx", "表一", 0, "代码", "=X"]


def test_issues_beyond_the_kept_ones_are_counted(monkeypatch):
    monkeypatch.setattr("loaders.issues.log.DETAILS", 2)
    rows = sheets(summary(5))["问题"]
    assert len(rows) == 4
    assert "还有 3 条" in rows[-1][8]


def test_names_that_are_alike_are_put_to_a_person():
    near = Proposal("企业", "name:甲", "甲", "name:乙", "乙", 91.5, "名称相近")
    _, row = sheets(summary(proposals=[near]))["疑似同名"]
    assert row[:7] == ["企业", "甲", "乙", 91.5, "名称相近", "name:甲", "name:乙"]
    assert "decisions.csv" in row[7]


def test_equal_loads_give_equal_workbooks():
    assert issues_bytes(summary()) == issues_bytes(summary())


def test_gained_codes_beyond_five_are_counted():
    gained = [("name:甲", "uscc:1", f"甲{number}") for number in range(7)]
    lines = list(load_summary._gained(summary(gained_codes=gained), "zh"))
    assert len(lines) == 6
    assert "共 7 家" in lines[-1]
