"""The published national lists of Jiangsu: what the audit asks, and what it does not."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from loaders import load
from queries import open_store
from tests.queries.rulebook.asking import findings, rows_of
from tests.wanted import LISTS

DAY = date(2026, 6, 30)

pytestmark = LISTS.needed


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Any:
    store = tmp_path_factory.mktemp("lists") / "store"
    load(sorted(LISTS.path.glob("江苏_*.csv")), store=store)
    return open_store(store)


def test_eight_leaders_are_no_factory_under_that_name(session: Any) -> None:
    found = findings(session, "D-17.4", DAY)
    assert len(found) == 8
    assert {severity for *_, severity in found} == {"check"}


@pytest.mark.parametrize("rules", [None, "cn-2024"])
def test_the_cap_is_not_asked_of_years_before_it(session: Any, rules: str | None) -> None:
    assert findings(session, "A-15", DAY, rules=rules) == []


def test_on_request_the_busiest_agency_of_a_batch_is_found(session: Any) -> None:
    load_of_batch = {
        row["year"]: row["load"] for row in rows_of(session, "agency-card", DAY, agency="中国质量认证中心")
    }
    assert load_of_batch[2017] == 8
    assert [unit for unit, *_ in findings(session, "A-15", DAY, cap=7, cap_batch="1")] == ["中国质量认证中心"]
    assert findings(session, "A-15", DAY, cap=8, cap_batch="1") == []


def test_the_lists_add_up_with_what_was_published(session: Any, tmp_path: Path) -> None:
    # Fourth batch, 2019-09-02: 50 factories, 2 parks, 3 leaders of Jiangsu (published count).
    path = tmp_path / "published.csv"
    numbers = {"factory": 50, "park": 2, "supply_chain": 3}
    lines = [f"{category},national,added,2019-09-02,{count}" for category, count in numbers.items()]
    path.write_text("\n".join(["category,tier,kind,date,count", *lines]), encoding="utf-8")
    rows = rows_of(session, "reconcile", date(2019, 9, 2), since=date(2019, 9, 1), published=str(path))
    assert {row["category"]: (row["added"], row["agrees"], row["balanced"]) for row in rows} == {
        category: (count, True, True) for category, count in numbers.items()
    }
