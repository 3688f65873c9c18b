"""Several days side by side: each as if asked alone, in every format, with lines drawn; other questions refuse them."""

import csv
import io
import json
import zipfile

import openpyxl
import pandas as pd
import pytest

from graph_model.errors import UsageError
from queries import open_store
from reports.cli import main
from reports.plain import plain_value

DAYS = ["2023-06-30", "2024-06-30", "2025-06-30"]
QUESTIONS = {"park-share": "park", "leader-ratio": "leader", "tier-coverage": "region"}


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize(
    "written", [",".join(DAYS), DAYS[::-1], "2025年6月30日，2024/6/30、2023-06-30"], ids=["text", "list", "zh"]
)
def test_each_day_is_as_if_asked_alone(store, question, written):
    session = open_store(store)
    answer = session.ask(question, as_of=written)
    assert [column.name for column in answer.columns] == list(answer.table)
    assert answer.as_of.isoformat() == DAYS[-1]
    for day in DAYS:
        alone = session.ask(question, as_of=day).table
        there = answer.table[answer.table["as_of"] == pd.Timestamp(day)].drop(columns="as_of").reset_index(drop=True)
        pd.testing.assert_frame_equal(there, alone, check_dtype=False, check_exact=True)
    assert len(answer.table) == sum(len(session.ask(question, as_of=day).table) for day in DAYS)


def test_notes_say_of_which_day_they_are(store):
    notes = open_store(store).ask("park-share", as_of=DAYS).notes
    assert notes
    assert all(any(note.zh.startswith(day) for day in DAYS) for note in notes)


def test_one_day_has_no_column_of_days(store):
    answer = open_store(store).ask("park-share", as_of=DAYS[0])
    assert "as_of" not in answer.table
    assert answer.options["also_on"] == ()


def test_a_question_of_one_day_says_so(store):
    with pytest.raises(UsageError, match=r"pool looks at one day; .* park-share, leader-ratio, tier-coverage"):
        open_store(store).ask("pool", as_of=DAYS)


@pytest.mark.parametrize("command", [["plan"], ["assess", "--all"]], ids=["plan", "assess"])
def test_a_command_of_one_day_says_so(store, command, capsys):
    assert main([*command, "--store", str(store), "--as-of", ",".join(DAYS)]) == 2
    assert "应为日期" in capsys.readouterr().err


@pytest.mark.parametrize("question", QUESTIONS)
def test_csv_and_json_hold_the_day_first(store, question, capsys):
    asked = ["ask", question, "--store", str(store), "--as-of", ",".join(DAYS)]
    assert main([*asked, "--format", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out, newline="")))
    assert next(iter(rows[0])) == "as_of"
    assert sorted({row["as_of"] for row in rows}) == [row for row in DAYS if row in {other["as_of"] for other in rows}]
    assert main([*asked, "--format", "json"]) == 0
    whole = json.loads(capsys.readouterr().out)
    assert [row["as_of"] for row in whole["rows"]] == [row["as_of"] for row in rows]
    assert whole["options"]["also_on"] == DAYS[:-1]


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_workbook_has_a_day_a_column_and_a_line_chart(store, question, tmp_path, capsys):
    out = tmp_path / "days.xlsx"
    assert main(["ask", question, "--store", str(store), "--as-of", ",".join(DAYS), "--out", str(out)]) == 0
    book = openpyxl.load_workbook(out)
    rows = list(book["逐日对照"].iter_rows(values_only=True))
    assert list(rows[0][1:]) == DAYS
    answer = open_store(store).ask(question, as_of=DAYS)
    share = next(column.name for column in answer.columns if column.kind == "share")
    told = {(row[0], day): value for row in rows[1:] for day, value in zip(DAYS, row[1:], strict=True)}
    for row in answer.table.to_dict("records"):
        expected = None if row[share] != row[share] else row[share]
        assert told[row[QUESTIONS[question]], str(row["as_of"])[:10]] == (expected and pytest.approx(expected))
    with zipfile.ZipFile(out) as parts:
        charts = [parts.read(name).decode() for name in parts.namelist() if name.startswith("xl/charts/chart")]
    assert len(charts) == 1
    assert charts[0].count("<c:ser>") == min(len(rows) - 1, 10)
    assert "<c:lineChart>" in charts[0]


def test_it_can_be_verified(store, tmp_path, capsys):
    out = tmp_path / "days.xlsx"
    assert main(["ask", "park-share", "--store", str(store), "--as-of", ",".join(DAYS), "--out", str(out)]) == 0
    assert main(["verify", str(out), "--store", str(store)]) == 0


def test_several_values_are_a_list():
    assert plain_value((pd.Timestamp("2025-06-30"), "甲")) == ["2025-06-30", "甲"]
