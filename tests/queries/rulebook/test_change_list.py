"""The yearly list of changes (Art. 21): which listings are to be changed, from what to what, and when."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.queries.rulebook.asking import DAY, ONE_DAY, A, B, C, firm, listing, opened, rows_of

ADDED = date(2024, 6, 1)
OLD = "测试旧名有限公司"


def change(unit: str = A, on: date | None = date(2025, 3, 1), kind: str | None = "更名", old: str = OLD) -> Any:
    return {"old_name": old, "new_name": unit, "changed_on": on, "kind": kind}


def asked(folder: Path, *changes: Any, as_of: date = DAY, **options: Any) -> list[Any]:
    listings = [
        listing(A, "city", ADDED),
        listing(A, "national", ADDED),
        listing(B, on=ADDED, removed_on=date(2025, 1, 1), removal_reason="关闭"),
    ]
    session = opened(folder, enterprises=[firm(A), firm(B), firm(C)], listings=listings, name_changes=list(changes))
    return rows_of(session, "change-list", as_of, **options)


def test_one_row_per_listing_from_what_to_what(tmp_path: Path) -> None:
    rows = asked(tmp_path, change())
    assert [(row["place"], row["unit"], row["tier"]) for row in rows] == [(1, A, "national"), (2, A, "city")]
    first = rows[0]
    assert (first["changed_from"], first["changed_to"], first["change_kind"]) == (OLD, A, "更名")
    assert (first["changed_on"], first["batch"], first["city"], first["opinion"]) == (
        date(2025, 3, 1),
        "2024",
        "南京市",
        None,
    )
    assert "变更.csv 第2行" in first["evidence"]


@pytest.mark.parametrize(
    ("on", "options", "count"),
    [
        (date(2025, 1, 1), {}, 2),
        (date(2024, 12, 31), {}, 0),
        (date(2024, 12, 31), {"year": 2024}, 2),
        (DAY + ONE_DAY, {}, 0),
        (None, {}, 2),
        (ADDED, {"year": 2024}, 0),
        (date(2025, 3, 1), {"year": 2026}, 0),
    ],
    ids=[
        "first day",
        "the year before",
        "asked of it",
        "tomorrow",
        "without a day",
        "before it was listed",
        "next year",
    ],
)
def test_changes_of_the_year_after_the_listing(tmp_path: Path, on: date | None, options: Any, count: int) -> None:
    assert len(asked(tmp_path, change(on=on), **options)) == count


def test_who_stands_on_no_list_has_nothing_to_change(tmp_path: Path) -> None:
    assert asked(tmp_path, change(B), change(C, old="测试另一旧名有限公司")) == []


def test_other_changes_and_a_blank_kind(tmp_path: Path) -> None:
    rows = asked(tmp_path, change(kind=None), change(kind="生产地址", old=A, on=date(2025, 4, 1)))
    assert {row["change_kind"] for row in rows} == {"更名", "生产地址"}
    assert len(rows) == 4
