"""`verdigraph ask`: on a real store, in every format; wrong use is one sentence in each language and status 2."""

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from docs.question_methods import needed
from queries.registry import QUESTIONS
from reports.cli import main

ROOT = Path(__file__).resolve().parents[2]
DAY = ["--as-of", "2025-06-30"]
UNIT = {
    name: [word for option, example in needed(question).items() for word in (f"--{option.replace('_', '-')}", example)]
    for name, question in QUESTIONS.items()
}
"""What a question is about where it must be said, as the examples of the docs have it."""


def run(*words):
    return main([str(word) for word in words])


def ask(store, question, *words):
    return run("ask", question, "--store", store, *DAY, *UNIT.get(question, []), *words)


def test_the_example_says_one_half(store, capsys):
    assert ask(store, "park-share", "--format", "json") == 0
    [row] = json.loads(capsys.readouterr().out)["rows"]
    assert (row["tenants"], row["base"], row["base_unknown"], row["green"]) == (4, 2, 1, 1)
    assert (row["share"], row["share_low"], row["share_high"]) == (1 / 2, 1 / 3, 1 / 2)
    assert row["listed_outside_base"] == 1


@pytest.mark.parametrize("question", list(QUESTIONS))
def test_every_question_answers_in_every_format(store, question, capsys):
    assert ask(store, question, "--format", "json") == 0
    rows = json.loads(capsys.readouterr().out)["rows"]
    assert ask(store, question, "--format", "csv") == 0
    in_csv = list(csv.DictReader(io.StringIO(capsys.readouterr().out, newline="")))
    assert ask(store, question) == 0
    in_table = capsys.readouterr().out.splitlines()
    assert [list(row) for row in rows] == [list(row) for row in in_csv]
    assert len(in_table) >= len(rows) + 2
    assert [[as_csv(value) for value in row.values()] for row in rows] == [list(row.values()) for row in in_csv]


def as_csv(value):
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


@pytest.mark.parametrize("question", list(QUESTIONS))
def test_every_question_answers_by_its_chinese_title(store, question, capsys):
    assert ask(store, question, "--format", "csv") == 0
    first = capsys.readouterr().out
    words = ["ask", QUESTIONS[question].title.zh, "--store", store, *DAY, *UNIT.get(question, []), "--format", "csv"]
    assert run(*words) == 0
    assert capsys.readouterr().out == first


@pytest.mark.parametrize("question", list(QUESTIONS))
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_help_of_a_question_shows_options_columns_and_definition(question, lang, capsys):
    assert run("ask", question, "--help", "--lang", lang) == 0
    page = capsys.readouterr().out
    asked = QUESTIONS[question]
    assert all(f"--{name.replace('_', '-')}" in page for name in asked.options.model_fields)
    assert all(column.name in page for column in asked.columns)
    assert asked.definition.in_(lang)[:12] in page


def test_without_a_question_all_are_listed(capsys):
    assert run("ask") == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines[: len(QUESTIONS)]] == list(QUESTIONS)


def test_words_go_to_standard_error(store, capsys):
    assert ask(store, "park-share") == 0
    seen = capsys.readouterr()
    assert "口径：" in seen.err
    assert "征求意见稿" in seen.err
    assert "2025-06-30" in seen.err
    assert "口径：" not in seen.out


@pytest.mark.parametrize("ending", ["csv", "json", "xlsx", "txt"])
def test_out_writes_the_format_of_its_ending(store, ending, tmp_path, capsys):
    path = tmp_path / f"答案.{ending}"
    assert ask(store, "park-share", "--out", path) == 0
    seen = capsys.readouterr()
    assert not seen.out
    assert str(path) in seen.err
    begins = {"csv": b"\xef\xbb\xbfpark_id", "json": b"{", "xlsx": b"PK", "txt": "园区".encode()}[ending]
    assert path.read_bytes().startswith(begins)
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("name", ["答案.xls", "答案.pdf", "占比3.5"])
def test_out_of_an_unknown_ending_is_refused_and_nothing_written(store, name, tmp_path, capsys):
    words = ["ask", "park-share", "--store", str(store), "--as-of", "2025-06-30", "--out", str(tmp_path / name)]
    assert main(words) == 2
    told = capsys.readouterr().err
    assert name in told
    assert ".xlsx" in told
    assert list(tmp_path.iterdir()) == []
    assert main([*words, "--format", "csv"]) == 0


def test_the_workbook_of_a_question_has_its_table_and_the_meaning_of_it(store, tmp_path):
    assert ask(store, "leader-ratio", "--out", tmp_path / "a.xlsx") == 0
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert book.sheetnames[-2:] == ["说明", "imprint"]
    assert book.worksheets[0].max_row == 2


def test_options_reach_the_question(store, capsys):
    assert ask(store, "park-share", "--tier", "省级", "--threshold", "100%", "--format", "json") == 0
    whole = json.loads(capsys.readouterr().out)
    assert whole["options"]["tier"] == "provincial"
    assert whole["rows"][0]["units_short"] == 1


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["park-sharp"], "park-sharp"),
        (["park-share", "--depth", "2"], "--depth"),
        (["park-share", "--tier", "top"], "top"),
        (["park-share", "--threshold", "1.5"], "threshold"),
        (["park-share", "--park", "没有这个园区"], "没有这个园区"),
        (["park-share", "--as-of", "2025-02-30"], "2025-02-30"),
        (["park-share", "--format", "pdf"], "pdf"),
        (["calendar", "--engine", "neo4j"], "--engine neo4j"),
        (["park-share", "--engine", "duck"], "duck"),
        (["park-share", "--rows", "0"], "--rows"),
        (["park-share", "--rows", "5", "--format", "csv"], "--rows"),
        (["park-share", "leader-ratio"], "leader-ratio"),
        (["leader-ratio", "--depth", "0"], "at least 1"),
        (["leader-ratio", "--depth", "two"], "应为整数"),
        (["ban-reach", "--agency", "虚构认证甲机构"], "authority"),
        (["leader-suppliers"], "--leader"),
        (["tier-coverage", "--category", "park", "--base", "all", "--by", "village"], "village"),
        (["park-share", "--store"], "--store"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_wrong_use_is_two_with_a_sentence_in_each_language(store, words, told, monkeypatch, capsys):
    monkeypatch.setenv("VERDIGRAPH_STORE", str(store))
    assert run("ask", *words) == 2
    seen = capsys.readouterr()
    assert not seen.out
    assert told in seen.err
    assert "Traceback" not in seen.err
    assert len(seen.err.splitlines()) == 2


@pytest.mark.parametrize(
    ("out", "told"),
    [("no/such/a.csv", "no/such/a.csv"), (".", "."), ("/dev/full", "磁盘已满")],
    ids=["no folder", "a folder", "disk full"],
)
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_place_that_cannot_be_written_is_told(store, out, told, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert ask(store, "park-share", "--format", "csv", "--out", out) == 2
    seen = capsys.readouterr().err.splitlines()
    assert told in seen[-2]
    assert len(seen) == 2


@pytest.mark.parametrize("place", ["nowhere", "empty"])
def test_a_store_that_is_none_is_told(place, tmp_path, capsys):
    (tmp_path / "empty").mkdir()
    assert ask(tmp_path / place, "park-share") == 2
    assert str(tmp_path / place) in capsys.readouterr().err


def test_no_store_named_is_told(monkeypatch, capsys):
    monkeypatch.delenv("VERDIGRAPH_STORE", raising=False)
    assert run("ask", "park-share") == 2
    assert "VERDIGRAPH_STORE" in capsys.readouterr().err


def process(words, **streams):
    code = "import sys; from reports.cli import main; sys.exit(main())"
    env = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.Popen([sys.executable, "-c", code, *map(str, words)], env=env, stderr=subprocess.PIPE, **streams)


def test_a_reader_that_leaves_is_no_fault(store):
    """`verdigraph ask … | head -0`: the pipe is closed before anything is written."""
    reading, writing = os.pipe()
    os.close(reading)
    asked = process(["ask", "park-share", "--store", store, *DAY, "--format", "csv"], stdout=writing)
    os.close(writing)
    _, err = asked.communicate(timeout=60)
    assert (asked.returncode, b"Traceback" in err, b"Broken" in err) == (0, False, False)


def test_a_full_disk_behind_standard_output_is_told(store):
    with Path("/dev/full").open("wb") as full:
        asked = process(["ask", "park-share", "--store", store, *DAY, "--format", "csv"], stdout=full)
        _, err = asked.communicate(timeout=60)
    assert asked.returncode == 2
    assert "磁盘已满" in err.decode()
    assert "Traceback" not in err.decode()


def test_a_fault_of_the_program_is_one_sentence_too(store, monkeypatch, capsys):
    from reports.commands import ask as command

    monkeypatch.setattr(command, "opened", lambda _: 1 / 0)
    assert ask(store, "park-share") == 2
    assert "ZeroDivisionError" in capsys.readouterr().err
