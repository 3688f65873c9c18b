"""The clause mirror as a workbook: a sentence whose carrier is gone is red."""

from __future__ import annotations

from pathlib import Path

import openpyxl

from reports.cli import main

OWN = "id: own\nbased_on: js-draft\nrules: [D-08.1, D-08.2]\n"


def test_a_place_whose_rule_is_gone_is_red(store: Path, tmp_path: Path) -> None:
    rules, out = tmp_path / "own.yaml", tmp_path / "clauses.xlsx"
    rules.write_text(OWN, encoding="utf-8")
    asked = ["ask", "clauses", "--as-of", "2025-06-30", "--store", str(store), "--rules-file", str(rules)]
    assert main([*asked, "--out", str(out)]) == 0
    head, *rows = openpyxl.load_workbook(out).worksheets[0].iter_rows()
    at = [cell.value for cell in head].index("对应情况")
    red = {row[at].value for row in rows if row[at].fill.fgColor.rgb == "FFB3261E"}
    assert red == {"缺失"}
    assert {row[at].value for row in rows} > red
