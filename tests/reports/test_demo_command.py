"""`verdigraph demo`: the main job in one go, and `fictional`, which makes its lists."""

import csv
import io
import re

import openpyxl
import pytest

from queries.registry import QUESTIONS
from reports.cli import main


@pytest.fixture(scope="module")
def shown(tmp_path_factory):
    """Return where a demo went, and what it printed."""
    import contextlib

    out = tmp_path_factory.mktemp("demo") / "demo"
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        assert main(["demo", "--out", str(out)]) == 0
    return out, printed.getvalue()


def test_every_answer_is_left_as_csv_and_workbook(shown):
    out, _ = shown
    wanted = {f"{name}.{form}" for name in QUESTIONS for form in ("csv", "xlsx")}
    assert {path.name for path in out.iterdir()} == wanted | {
        "README.txt",
        "issues.xlsx",
        "sources",
        "store",
        "plan.csv",
        "plan.xlsx",
    }


@pytest.mark.parametrize("name", list(QUESTIONS))
def test_the_csv_and_the_workbook_of_an_answer_have_the_same_rows(shown, name):
    out, printed = shown
    text = (out / f"{name}.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    book = openpyxl.load_workbook(out / f"{name}.xlsx", read_only=True)
    assert rows
    assert sum(1 for _ in book.worksheets[0].iter_rows()) == len(rows) + 1
    assert list(rows[0]) == [column.name for column in QUESTIONS[name].columns]
    assert f"verdigraph ask {name}" in printed
    assert f"共 {len(rows):,} 行" in printed


def test_the_load_summary_is_printed_and_adds_up(shown):
    _, printed = shown
    summary, _, _ = printed.partition("verdigraph ask")  # Answers follow, and may end in five numbers too.
    rows = re.findall(r"^(\S+) .*?((?: +[\d,]+){5})$", summary, re.MULTILINE)
    assert len(rows) > 15
    for _, numbers in rows:
        read, loaded, merged, rejected, titles = (int(number.replace(",", "")) for number in numbers.split())
        assert read == loaded + merged + rejected + titles


def test_the_end_says_what_is_where_and_what_to_try(shown):
    out, printed = shown
    last = printed.splitlines()[-3:]
    assert all(line.startswith("  verdigraph ") for line in last)
    assert f"已写入 {out}" in printed


def test_the_commands_it_names_run(shown, tmp_path, monkeypatch, capsys):
    import shlex

    _, printed = shown
    monkeypatch.chdir(tmp_path)
    for line in printed.splitlines()[-3:]:
        assert main(shlex.split(line)[1:]) == 0
    assert (tmp_path / "培育计划.xlsx").exists()


def test_lines_are_no_wider_than_a_wide_terminal(shown):
    from rich.cells import cell_len

    _, printed = shown
    _, answers = printed.split("verdigraph ask park-share", 1)
    tables = [line for line in answers.splitlines() if not line.lstrip().startswith("verdigraph")]
    assert max(cell_len(line.rstrip()) for line in tables) <= 110


def test_a_folder_with_other_content_is_not_touched(tmp_path, capsys):
    (tmp_path / "我的文件.txt").write_text("别动", encoding="utf-8")
    assert main(["demo", "--out", str(tmp_path)]) == 2
    assert [path.name for path in tmp_path.iterdir()] == ["我的文件.txt"]
    assert str(tmp_path) in capsys.readouterr().err


def test_fictional_writes_lists_and_says_what_next(tmp_path, capsys):
    assert main(["fictional", "--out", str(tmp_path / "a"), "--enterprises", "60", "--seed", "3", "--lang", "en"]) == 0
    assert "verdigraph load" in capsys.readouterr().err
    assert main(["fictional", "--out", str(tmp_path / "b"), "--enterprises", "60", "--seed", "3"]) == 0
    files = [sorted(path.rglob("*.*")) for path in (tmp_path / "a", tmp_path / "b")]
    assert files[0]
    assert [path.read_bytes() for path in files[0]] == [path.read_bytes() for path in files[1]]


@pytest.mark.parametrize("words", [["--enterprises", "3"], ["--seed", "-1"], []], ids=["few", "seed", "no out"])
def test_wrong_use_of_fictional_is_two(words, tmp_path, capsys):
    place = ["--out", str(tmp_path / "x")] if words else []
    assert main(["fictional", *words, *place]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 2
