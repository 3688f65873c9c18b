"""Large text is read like small text: both paths give the same rows, the same account and the same issues."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from graph_model.csv_text import csv_rows
from loaders.issues.log import IssueLog
from loaders.read.decisions import read_decisions
from loaders.read.formats import text
from loaders.read.formats.text_rows import is_one_table
from loaders.read.read_file import ParsedFile, read_source
from loaders.read.sources import SourceFile

NAME = "2023年度省级绿色工厂名单.csv"
HEAD = "序号,企业名称,地区\n"
ROWS = [f"{number},江苏甲乙丙{number:03}号制造有限公司,苏州市\n" for number in range(1, 121)]
BODY = "".join(ROWS)


def _read(path: Path) -> tuple[ParsedFile, IssueLog]:
    log = IssueLog()
    return read_source(SourceFile(path, path.parent), log), log


def _account(path: Path) -> dict[str, Any]:
    file, log = _read(path)
    rows = {table: arrow.to_pylist() for table, arrow in file.tables.items()}
    issues = sorted((issue.code, issue.row or 0, issue.value or "") for issue in log.issues())
    return {"lines": file.lines, "counts": file.counts, "rows": rows, "issues": issues, "left_out": file.left_out}


def _odd(number: int, line: str) -> str:
    """Return the list with another line in place of one that stands behind the head."""
    return HEAD + "".join([*ROWS[: number - 1], line, *ROWS[number:]])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize(
    ("content", "rows"),
    [
        pytest.param(HEAD + BODY, 120, id="plain"),
        pytest.param((HEAD + BODY).removesuffix("\n"), 120, id="no break at the end"),
        pytest.param((HEAD + BODY).replace("\n", "\r\n"), 120, id="crlf"),
        pytest.param((HEAD + BODY).replace("\n", "\r"), 120, id="cr"),
        pytest.param((HEAD + BODY).replace(",", "|"), 120, id="bars"),
        pytest.param((HEAD + BODY).replace(",", "，"), 120, id="full-width commas"),
        pytest.param((HEAD + BODY).replace("江苏", '"江苏').replace("公司", '公司"'), 120, id="quoted names"),
        pytest.param(_odd(90, '90,"江苏甲乙丙090号制造有限公司,苏州市\n'), 120, id="a stray quote"),
        pytest.param(_odd(90, '90,"江苏甲乙丙090号\n制造有限公司",苏州市\n'), 120, id="a quoted break"),
        pytest.param(_odd(90, "\n90,江苏甲乙丙090号制造有限公司,苏州市\n"), 120, id="a blank line"),
        pytest.param(_odd(90, ",,\n90,江苏甲乙丙090号制造有限公司,苏州市\n"), 120, id="a line of delimiters"),
        pytest.param(_odd(90, "90,江苏甲乙丙090号制造有限公司\n"), 120, id="a short row"),
        pytest.param(_odd(90, '90,,"南京市\n'), 119, id="a rejected row with a stray quote"),
        pytest.param("关于公布名单的通知\n" + HEAD + BODY + "注：以上名单\n", 120, id="title and note"),
    ],
)
def test_both_paths_agree(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str, rows: int, encoding: str
) -> None:
    path = tmp_path / NAME
    path.write_bytes(content.encode(encoding))
    small = _account(path)
    monkeypatch.setattr(text, "LARGE", 0)
    large = _account(path)
    assert large == small
    assert len(small["rows"]["listings"]) == rows
    assert "lines_unaccounted" not in {code for code, _, _ in small["issues"]}


@pytest.mark.parametrize("is_large", [False, True])
def test_a_row_that_is_lost_shows_in_the_account(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_large: bool
) -> None:
    """Whatever reads the rows: the lines of the text are counted apart from them."""
    path = tmp_path / NAME
    path.write_text(HEAD.replace("地区", '"地区"') + BODY + '"\n', encoding="utf-8")
    reading = "loaders.read.formats.text_rows.csv_rows"
    monkeypatch.setattr(reading, lambda *given: (row for at, row in enumerate(csv_rows(*given)) if at != 100))
    if is_large:
        monkeypatch.setattr(text, "LARGE", 0)
    file, log = _read(path)
    assert "lines_unaccounted" in {issue.code for issue in log.issues()}
    assert sum(part.lines for part in file.left_out) == 1


@pytest.mark.parametrize("is_large", [False, True])
def test_stray_quotes_and_wrapped_rows_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_large: bool
) -> None:
    path = tmp_path / NAME
    body = [*ROWS[:79], '80,"江苏甲\n乙丙有限公司",苏州市\n', '81,"江苏丁有限公司,苏州市\n', *ROWS[81:]]
    path.write_text(HEAD + "".join(body), encoding="utf-8")
    if is_large:
        monkeypatch.setattr(text, "LARGE", 0)
    told = {issue.code: (issue.row, issue.value) for issue in _read(path)[1].issues()}
    assert told["quote_not_closed"] == (82, '"江苏丁有限公司')
    assert told["rows_of_several_lines"][0] == 81


def test_large_decisions_are_obeyed_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "decisions.csv"
    rows = [f"江苏甲{number}厂,江苏乙{number}厂\n" for number in range(500)]
    rows[300] = f'"{rows[300]}'
    path.write_text("名称,等同于\n" + "".join(rows), encoding="utf-8")
    monkeypatch.setattr(text, "LARGE", 0)
    log = IssueLog()
    decisions = read_decisions(SourceFile(path, path.parent), log)
    assert [decision.row for decision in decisions] == list(range(2, 502))
    assert [(issue.code, issue.row) for issue in log.issues()] == [("quote_not_closed", 302)]


PARK_HEAD = "序号,园区名称,地区\n"


@pytest.mark.parametrize(
    ("tail", "is_one"),
    [
        pytest.param("", True, id="rows alone"),
        pytest.param("注：以上名单\n某某局\n", True, id="notes at the end"),
        pytest.param("2023年度省级绿色工业园区名单\n" + PARK_HEAD + "1,江苏某某经济开发区,苏州市\n", False, id="another table"),
        pytest.param(PARK_HEAD + "1,江苏某某经济开发区,苏州市\n", False, id="another header"),
        pytest.param("二、南京市\n1,江苏丁制造有限公司,南京市\n", False, id="a heading of a group"),
        pytest.param("二、南京市,,\n1,江苏丁制造有限公司,南京市\n", False, id="a heading with delimiters"),
        pytest.param(",江苏丁制造有限公司,南京市\n", False, id="a row without digits"),
    ],
)  # fmt: skip
def test_tables_lower_down_are_looked_for(tail: str, is_one: bool) -> None:
    assert is_one_table((HEAD + BODY + tail).splitlines(), ",") is is_one


@pytest.mark.parametrize("is_small", [True, False])
def test_a_second_table_of_a_middling_file_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_small: bool
) -> None:
    path = tmp_path / "2023年度省级名单.csv"
    title = "2023年度省级绿色供应链管理企业名单\n" + HEAD
    path.write_text(
        "2023年度省级绿色工厂名单\n" + HEAD + BODY + title + "1,江苏某某有限公司,苏州市\n", encoding="utf-8"
    )
    if not is_small:
        monkeypatch.setattr(text, "_SMALL", 0)
    categories = [row["category"] for row in _account(path)["rows"]["listings"]]
    assert [categories.count(category) for category in dict.fromkeys(categories)] == [120, 1]
