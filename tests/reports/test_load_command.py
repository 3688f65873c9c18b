"""`verdigraph load`: what it prints, what it writes, how it ends."""

import openpyxl
import pytest

from reports.cli import main
from tests.reports.conftest import LISTS

DOUBTFUL = """\
企业名称,统一社会信用代码,是否规上
虚构甲有限公司,91320000000000000X,是
虚构乙有限公司,,也许
=虚构丙有限公司,,否
"""


@pytest.fixture
def doubtful(tmp_path):
    """Return a list with a code that fails its check, a flag that is none, and a name that looks like a formula."""
    path = tmp_path / "企业名录.csv"
    path.write_text(DOUBTFUL, encoding="utf-8")
    return path


def run(*words):
    return main([str(word) for word in words])


def test_counts_of_every_table_and_source_are_printed(tmp_path, capsys):
    assert run("load", LISTS, "--store", tmp_path / "s") == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["表", "来源", "读取", "=", "载入", "+", "合并", "+", "未载入", "+", "标题与合计"]
    rows = [line.split() for line in lines[2 : 2 + len(list(LISTS.iterdir()))]]
    assert ["企业名录", "企业名录.csv", "6", "5", "0", "0", "1"] in rows
    for _, _, read, loaded, merged, rejected, titles in rows:
        assert int(read) == int(loaded) + int(merged) + int(rejected) + int(titles)
    assert lines[-1].startswith("快照 ")


def test_the_same_lists_again_say_so(tmp_path, capsys):
    assert run("load", LISTS, "--store", tmp_path / "s") == 0
    assert run("load", LISTS, "--store", tmp_path / "s", "--lang", "en") == 0
    assert capsys.readouterr().out.splitlines()[-1].endswith("(the store said the same)")


@pytest.mark.parametrize(("strict", "status"), [([], 0), (["--strict"], 1)], ids=["plain", "strict"])
def test_doubts_are_told_and_strict_ends_with_one(doubtful, tmp_path, strict, status, capsys):
    assert run("load", doubtful, "--store", tmp_path / "s", *strict) == status
    out = capsys.readouterr().out
    assert "91320000000000000X" in out
    assert "也许" in out
    assert "警告 2" in out


def test_strict_without_doubts_ends_with_zero(tmp_path):
    assert run("load", LISTS, "--store", tmp_path / "s", "--strict") == 0


def test_issues_are_written_as_a_workbook(doubtful, tmp_path, capsys):
    path = tmp_path / "问题.xlsx"
    assert run("load", doubtful, "--store", tmp_path / "s", "--issues", path) == 0
    assert str(path) in capsys.readouterr().err
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["问题", "疑似同名", "读取统计"]
    head, *rows = book["问题"].iter_rows(values_only=True)
    assert head == ("级别", "代码", "表", "文件", "工作表", "行号", "列", "内容", "问题", "应为", "处理办法")
    told = {row[7]: row for row in rows}
    assert told["也许"][0] == "警告"
    assert told["也许"][3:7] == ("企业名录.csv", None, 3, "是否规上")
    assert all(told["也许"][8:])
    assert list(book["读取统计"].iter_rows(min_row=2, values_only=True)) == [
        ("企业名录", "企业名录.csv", 4, 3, 0, 0, 1)
    ]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["load"], "SOURCE"),
        (["load", "x"], "--store"),
        (["load", "/no/such", "--store", "s"], "/no/such"),
        (["load", "x", "--store", "s", "--bogus"], "--bogus"),
        (["load", "x", "--store", "s", "--add", "--replace"], "--add"),
        (["load", "x", "--store", "s", "--issues", "i.csv"], ".xlsx"),
        (["load", "x", "--store", "s", "--issues", "no/such/i.xlsx"], "no/such/i.xlsx"),
        (["load", "x", "--store", "s", "--lang", "fr"], "fr"),
        (["lod", "x"], "lod"),
    ],
    ids=[
        "nothing",
        "no store",
        "no source",
        "unknown option",
        "both",
        "no workbook",
        "no folder",
        "language",
        "command",
    ],
)
def test_wrong_use_is_two_with_a_sentence_in_each_language(words, told, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("VERDIGRAPH_STORE", raising=False)
    assert main(words) == 2
    seen = capsys.readouterr()
    zh, en = seen.err.splitlines()
    assert told in zh
    assert told in en
    assert not seen.out


def test_a_source_of_which_nothing_loads_is_two_and_says_why(tmp_path, capsys):
    (tmp_path / "名单.xlsx").write_bytes(b"\x00\x01 no workbook")
    assert run("load", tmp_path / "名单.xlsx", "--store", tmp_path / "s") == 2
    err = capsys.readouterr().err
    assert "名单.xlsx" in err
    assert "Traceback" not in err


def test_the_store_may_come_from_the_environment(tmp_path, monkeypatch):
    monkeypatch.setenv("VERDIGRAPH_STORE", str(tmp_path / "s"))
    assert run("load", LISTS) == 0
    assert (tmp_path / "s").is_dir()
