"""A file is held against its store: one changed digit, one changed source byte, another rule set, each is said."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from loaders import load
from reports.cli import main

DAY = ["--as-of", "2025-06-30"]
RULES = "id: own-rules\nbased_on: js-draft\nvalues:\n  window_years: {value: 3, clause: D-18, source: 自定, verified: false}\n"


@pytest.fixture
def lists(tmp_path: Path) -> Path:
    """A copy of the example lists that a test may change."""
    return Path(shutil.copytree(Path(__file__).resolve().parents[2] / "examples" / "lists", tmp_path / "lists"))


@pytest.fixture
def own_store(lists: Path, tmp_path: Path) -> Path:
    load([lists], tmp_path / "own")
    return tmp_path / "own"


def verified(capsys: pytest.CaptureFixture[str], *words: str | Path) -> tuple[int, str]:
    capsys.readouterr()
    status = main(["verify", *map(str, words)])
    return status, capsys.readouterr().err


ASKED: dict[str, list[str]] = {
    "a question": ["ask", "park-share", "--threshold", "12.5%"],
    "filtered": ["ask", "enterprise-ladder", "--city", "苏州市", "--base", "all"],
    "a question under rules": ["ask", "audit"],
    "all rule sets": ["ask", "calendar", "--rules", "all"],
    "findings": ["assess", "--all"],
    "verdicts": ["assess", "--all", "--summary", "--rules", "cn-2024"],
    "a plan": ["plan", "--count", "2", "--exclude", "虚构己材料有限公司"],
    "what if": ["what-if", "--list", "虚构己材料有限公司@省级"],
}


@pytest.mark.parametrize("ending", ["xlsx", "json"])
@pytest.mark.parametrize("words", ASKED.values(), ids=ASKED)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_was_just_written_is_computed_again(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str], ending: str, lang: str
) -> None:
    file = tmp_path / f"answer.{ending}"
    assert main([*words, *DAY, "--store", str(store), "--out", str(file), "--lang", lang]) == 0
    status, said = verified(capsys, file, "--store", store)
    assert (status, "不同：" in said) == (0, False), said


def test_a_changed_digit_is_named_by_its_cell(store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "park-share.xlsx"
    main(["ask", "park-share", *DAY, "--store", str(store), "--out", str(file)])
    book = openpyxl.load_workbook(file)
    cell = next(cell for cell in book.worksheets[0][2] if isinstance(cell.value, int))
    then, cell.value = cell.value, cell.value + 1
    book.save(file)
    status, said = verified(capsys, file, "--store", store)
    assert status == 1
    assert "被改动过" in said
    assert f"{cell.coordinate} 文件为 {then + 1}，复算为 {then}" in said


def test_a_workbook_saved_again_unchanged_still_holds(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "park-share.xlsx"
    main(["ask", "park-share", *DAY, "--store", str(store), "--out", str(file)])
    openpyxl.load_workbook(file).save(file)
    assert verified(capsys, file, "--store", store)[0] == 0


def test_a_changed_digit_of_json_is_named_by_its_place(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "park-share.json"
    main(["ask", "park-share", *DAY, "--store", str(store), "--out", str(file)])
    answer: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    answer["rows"][0]["tenants"] += 1
    file.write_text(json.dumps(answer), encoding="utf-8")
    status, said = verified(capsys, file, "--store", store)
    assert (status, "rows [1].tenants" in said, "被改动过" in said) == (1, True, True)


def test_a_changed_byte_of_a_source_is_named_by_its_file(
    lists: Path, own_store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "park-share.xlsx"
    main(["ask", "park-share", *DAY, "--store", str(own_store), "--out", str(file)])
    changed = lists / "入园企业.csv"
    changed.write_bytes(changed.read_bytes() + b"\n")
    shutil.rmtree(own_store)
    load([lists], own_store)
    status, said = verified(capsys, file, "--store", own_store)
    assert "来源“入园企业.csv”的内容不同" in said
    assert said.count("来源“") == 1
    assert (status, "复算一致" in said) == (0, True)  # a blank line moves no number


def test_a_changed_source_that_moves_a_number_does_not_hold(
    lists: Path, own_store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "park-share.xlsx"
    main(["ask", "park-share", *DAY, "--store", str(own_store), "--out", str(file)])
    (lists / "入园企业.csv").unlink()
    shutil.rmtree(own_store)
    load([lists], own_store)
    status, said = verified(capsys, file, "--store", own_store)
    assert (status, "来源“入园企业.csv”已不在数据目录中" in said, "不同：" in said) == (1, True, True)


def test_the_snapshot_it_was_made_from_answers_while_the_store_has_it(
    lists: Path, own_store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "park-share.xlsx"
    main(["ask", "park-share", *DAY, "--store", str(own_store), "--out", str(file)])
    (lists / "入园企业.csv").unlink()
    load([lists], own_store, replace=True)
    status, said = verified(capsys, file, "--store", own_store)
    assert (status, "仍保存着的快照" in said, "复算一致" in said) == (0, True, True)


def test_another_rule_set_is_said(store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rules, file = tmp_path / "rules.yaml", tmp_path / "verdicts.xlsx"
    rules.write_text(RULES, encoding="utf-8")
    asked = ["assess", "--all", "--summary", "--rules-file", str(rules), *DAY, "--store", str(store)]
    main([*asked, "--out", str(file)])
    assert verified(capsys, file, "--store", store)[0] == 0
    rules.write_text(RULES.replace("value: 3", "value: 9"), encoding="utf-8")
    _, said = verified(capsys, file, "--store", store)
    assert "规则集不同：文件用 own-rules" in said
    assert "选项 rules_file 所指的文件" in said
    rules.unlink()
    status, said = verified(capsys, file, "--store", store)
    assert (status, "不能复算" in said) == (1, True)


@pytest.mark.parametrize("name", ["answer.csv", "list.xlsx", "broken.json"])
def test_a_file_without_an_imprint_is_wrong_use(store: Path, tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    if name == "list.xlsx":
        openpyxl.Workbook().save(file)
    else:
        file.write_text("{}", encoding="utf-8")
    assert main(["verify", str(file), "--store", str(store)]) == 2


def test_a_store_is_looked_through_byte_by_byte(own_store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, said = verified(capsys, "--store", own_store)
    assert (status, "完好" in said) == (0, True)
    [table] = own_store.glob("snapshots/*/facts/listings.parquet")
    content = bytearray(table.read_bytes())
    content[-1] ^= 1
    table.write_bytes(content)
    status, said = verified(capsys, "--store", own_store)
    assert (status, "listings.parquet" in said) == (1, True)
