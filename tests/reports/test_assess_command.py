"""`verdigraph assess`: on a real store, in every format; wrong use is one sentence in each language and status 2."""

import csv
import io
import json

import openpyxl
import pytest

from reports.cli import main

DAY = ["--as-of", "2025-06-30"]
LEADER = "虚构戊装备集团有限公司"


def assess(store, *words):
    return main(["assess", "--store", str(store), *DAY, *map(str, words)])


def test_one_unit_shows_its_verdict_and_every_finding(store, capsys):
    assert assess(store, "--unit", LEADER) == 0
    told = capsys.readouterr()
    assert told.out.count("待补资料") == 1
    assert told.out.index("待补资料") < told.out.index("D-08.1")
    assert all(rule in told.out for rule in ("D-08.2", "D-11", "D-18.6", "D-24"))
    assert "征求意见稿" in told.err
    assert "共 1 个单位：已列入 0，可以推荐 0，待补资料 1，不可推荐 0" in told.err
    assert "需人工核对：依法设立并具有独立法人资格" in told.err


def test_all_units_in_short(store, capsys):
    assert assess(store, "--all", "--summary", "--format", "json") == 0
    said = json.loads(capsys.readouterr().out)
    assert {row["unit_id"] for row in said["rows"]}
    assert len({row["unit_id"] for row in said["rows"]}) == len(said["rows"])
    assert said["options"]["rules"] == "js-draft"
    assert {row["verdict"] for row in said["rows"]} <= {"listed", "yes", "unclear", "no"}


@pytest.mark.parametrize("category", ["factory", "绿色工业园区", "supply_chain"])
def test_findings_are_the_same_in_every_format(store, category, tmp_path, capsys):
    words = ["--all", "--category", category, "--tier", "国家级"]
    assert assess(store, *words, "--format", "json") == 0
    rows = json.loads(capsys.readouterr().out)["rows"]
    assert assess(store, *words, "--format", "csv") == 0
    in_csv = list(csv.DictReader(io.StringIO(capsys.readouterr().out, newline="")))
    assert [row["reason"] for row in rows] == [row["reason"] for row in in_csv]
    assert {row["tier"] for row in rows} == {"national"}
    assert all(row["clause"] and row["reason"] and row["reason_en"] for row in rows)
    out = tmp_path / "核对.xlsx"
    assert assess(store, *words, "--out", out) == 0
    book = openpyxl.load_workbook(out)
    assert book.worksheets[0].max_row == len(rows) + 1
    assert any("征求意见稿" in str(cell.value) for line in book["说明"] for cell in line)


def test_a_set_of_ones_own_is_used_and_named(store, tmp_path, capsys):
    own = tmp_path / "本市.yaml"
    own.write_text("id: 本市\n", encoding="utf-8")
    assert assess(store, "--all", "--rules-file", own) == 2
    assert f"{own} 第 1 行 id" in capsys.readouterr().err
    own.write_text("id: city-2025\nbased_on: js-draft\nrules: [D-08.2]\n", encoding="utf-8")
    assert assess(store, "--all", "--rules-file", own, "--format", "json") == 0
    said = json.loads(capsys.readouterr().out)
    assert {row["rule"] for row in said["rows"]} == {"D-08.2"}
    assert said["options"]["rules"] == "city-2025"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "--unit"),
        (["--all", "--unit", LEADER], "二者之一"),
        (["--all", "--tier", "district"], "--tier"),
        (["--all", "--rules", "js-2030"], "js-2030"),
        (["--all", "--rules", "js-2016", "--rules-file", "x.yaml"], "不能同时"),
        (["--all", "--rules-file", "没有.yaml"], "没有.yaml"),
        (["--all", "--park-propagation", "some"], "--park-propagation"),
        (["--all", "--engine", "neo4j"], "内存"),
        (["--unit", "没有这家"], "没有这家"),
        ([LEADER], "--unit"),
        (["--all", "--format", "table", "--rows", "0"], "--rows"),
    ],
    ids=" ".join,
)
def test_wrong_use_is_a_sentence_and_status_2(store, words, said, capsys):
    assert assess(store, *words) == 2
    told = capsys.readouterr()
    assert said in told.err
    assert "Traceback" not in told.err
    assert not told.out
