"""Cases that need a file beside the lists: published numbers of a flow, and a rule set of one's own."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.rulebook_cases.asking import OfProduct, plain_rows
from tests.rulebook_cases.reading import DAY, base, changed

A_YEAR_AGO = date(2024, 12, 1)


def published(folder: Path, *rows: str) -> Path:
    file = folder / "published.csv"
    file.write_text("\n".join(["category,tier,kind,date,count", *rows]) + "\n", encoding="utf-8")
    return file


def flow(folder: Path, changes: dict[str, Any], tier: str, *rows: str, **options: Any) -> dict[str, Any]:
    session = OfProduct(changed(base(), changes), folder).session
    file = {"published": str(published(folder, *rows))} if rows else {}
    table = plain_rows(session.ask("reconcile", as_of=DAY, **file, **options).table)
    return next(row for row in table if (row["category"], row["tier"]) == ("factory", tier))


@pytest.mark.parametrize(
    ("last", "balanced"),
    [(5095, True), (5096, False), (5094, False)],
)
def test_the_published_flow_of_the_nation_closes_or_does_not(tmp_path: Path, last: int, balanced: bool) -> None:
    numbers = ["stock,2024-12-01,3616", "added,2025-02-01,1488", "removed,2025-02-01,9", f"stock,2025-12-01,{last}"]
    rows = [f"factory,national,{number}" for number in numbers]
    row = flow(tmp_path, {}, "national", *rows, since=A_YEAR_AGO, scope="national")
    assert row["balanced"] is balanced


def test_nothing_published_is_nothing_to_close(tmp_path: Path) -> None:
    assert flow(tmp_path, {}, "city", since=A_YEAR_AGO)["balanced"] is None


def test_published_numbers_are_held_against_the_events(tmp_path: Path) -> None:
    """A unit listed and struck within the span moves nothing net: one listed, one struck."""
    there = {"unit": "乙", "category": "绿色工厂", "tier": "市级", "batch": 2025, "published_on": "2025-06-01"}
    changes = {"add": {"listings": [there | {"removed_on": "2025-09-01", "removal_reason": "关闭"}]}}
    rows = ["factory,city,added,2025-06-01,1", "factory,city,removed,2025-09-01,1"]
    row = flow(tmp_path, changes, "city", *rows, since=A_YEAR_AGO)
    assert (row["added"], row["removed"], row["listed"], row["struck"]) == (0, 0, 1, 1)
    assert row["agrees"] is True
    assert row["balanced"] is True


@pytest.mark.parametrize(
    ("years", "decided_on", "outcome"),
    [
        (5, "2020-04-02", "fail"),
        (5, "2020-04-01", "pass"),
        (1, "2024-04-02", "fail"),
        (1, "2024-04-01", "pass"),
    ],
)
def test_how_long_a_ban_lasts_is_the_rules_in_use(tmp_path: Path, years: int, decided_on: str, outcome: str) -> None:
    file = tmp_path / "rules.yaml"
    value = f"{{value: {years}, clause: D-24, source: 本市办法, verified: true}}"
    file.write_text(f"id: own\nbased_on: js-draft\nvalues:\n  ban_years: {value}\n", encoding="utf-8")
    ban = {"agency": "评", "authority": "江苏省", "decided_on": decided_on}
    session = OfProduct(changed(base(), {"add": {"agency_bans": [ban]}}), tmp_path).session
    found = plain_rows(
        session.assess("虚构甲有限公司", as_of=DAY, tier="provincial", rules_file=str(file)).findings.table
    )
    assert {row["rule"]: row["outcome"] for row in found}["D-24"] == outcome
    duties = plain_rows(session.ask("audit", as_of=DAY, rules_file=str(file)).table)
    assert any((row["rule"], row["unit"]) == ("D-24", "虚构甲有限公司") for row in duties) is (outcome == "fail")
