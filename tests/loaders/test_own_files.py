"""What the program wrote is told apart: answers and stores are no lists, plans as lists and forms are (SPEC 8, "Marks")."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from graph_model.errors import DataError
from graph_model.store import Store
from loaders import load
from queries import open_store
from reports.cli import main
from tests.loaders.storing import write
from tests.reference.hand import firm, listed, tenant

DAY = date(2025, 6, 30)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of lists, loaded into a store that stands in it, with answers beside."""
    names = ["测试甲有限公司", "测试乙有限公司"]
    write(
        tmp_path / "lists",
        enterprises=[firm(name) for name in names],
        tenancies=[tenant(name) for name in names],
        listings=[listed(names[0])],
    )
    load([tmp_path / "lists"], tmp_path / "lists" / "store")
    session = open_store(tmp_path / "lists" / "store")
    for question in ("park-share", "enterprise-ladder"):
        session.ask(question, as_of=DAY).save(tmp_path / "lists" / f"{question}.xlsx")
    return tmp_path / "lists"


def test_answers_and_stores_in_the_folder_change_nothing(folder: Path, tmp_path: Path) -> None:
    before = Store(folder / "store").current()
    summary = load([folder], tmp_path / "again")
    assert summary.snapshot == before
    assert [issue.code for issue in summary.log.issues() if issue.code == "own_answer"] == ["own_answer"] * 2
    assert {issue.file for issue in summary.log.issues() if issue.code == "own_answer"} == {
        "park-share.xlsx",
        "enterprise-ladder.xlsx",
    }


@pytest.mark.parametrize("name", ["park-share.xlsx", "store"])
def test_alone_they_give_nothing_and_the_store_stays_as_it_was(folder: Path, tmp_path: Path, name: str) -> None:
    with pytest.raises(DataError, match="没有读入任何数据"):
        load([folder / name], tmp_path / "other")
    assert Store(tmp_path / "other").current() is None


def test_a_plan_as_a_list_is_a_list(folder: Path, tmp_path: Path) -> None:
    plan = str(tmp_path / "计划.xlsx")
    store = str(folder / "store")
    assert main(["plan", "--store", store, "--as-of", DAY.isoformat(), "--tier", "city", "--as-list", plan]) == 0
    summary = load([folder, Path(plan)], tmp_path / "planned")
    assert summary.facts["cultivation"] > 0
