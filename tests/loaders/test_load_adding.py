"""`--add`, and what leaves the store as it was (SPEC 4)."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from graph_model.errors import DataError
from graph_model.store import Store
from loaders import load
from loaders.accounts import NothingLoadedError
from tests.loaders.storing import Loaded, decision, files_of, write
from tests.reference.hand import firm, link, listed, tenant

A, B, C = (f"测试{x}有限公司" for x in "甲乙丙")


class TestAdding:
    """`add` keeps the other sources and replaces only those given, by path."""

    @pytest.fixture
    def store(self, tmp_path: Path) -> Path:
        write(tmp_path / "east", enterprises=[firm(A)], listings=[listed(A)])
        write(tmp_path / "west", tenancies=[tenant(B)])
        load([tmp_path / "east", tmp_path / "west"], tmp_path / "s")
        return tmp_path / "s"

    def test_other_sources_stay(self, store: Path, tmp_path: Path) -> None:
        write(tmp_path / "north", supplies=[link(A, C)])
        summary = load([tmp_path / "north"], store, add=True)
        assert set(Loaded(store, summary).units().values()) == {A, B, C}
        together = load([tmp_path / name for name in ("east", "north", "west")], tmp_path / "other")
        assert (together.facts, together.snapshot) == (summary.facts, summary.snapshot)
        assert files_of(store / "snapshots" / summary.snapshot) == files_of(
            tmp_path / "other" / "snapshots" / summary.snapshot
        )

    def test_a_source_given_again_is_replaced(self, store: Path, tmp_path: Path) -> None:
        shutil.rmtree(tmp_path / "west")
        write(tmp_path / "west", tenancies=[tenant(C)])
        summary = load([tmp_path / "west"], store, add=True)
        assert [row["enterprise"] for row in Loaded(store, summary).rows("tenancies")] == [f"name:{C}"]
        assert summary.facts["listings"] == 1

    def test_a_file_gone_from_a_given_folder_is_gone(self, store: Path, tmp_path: Path) -> None:
        (tmp_path / "east" / "绿色制造名单.csv").unlink()
        with pytest.raises(DataError, match="绿色制造名单"):
            load([tmp_path / "east"], store, add=True)
        summary = load([tmp_path / "east"], store, add=True, replace=True)
        assert (summary.facts["listings"], summary.facts["tenancies"]) == (0, 1)

    def test_kept_sources_need_not_be_at_hand(self, store: Path, tmp_path: Path) -> None:
        shutil.rmtree(tmp_path / "west")
        write(tmp_path / "north", supplies=[link(A, C)])
        assert load([tmp_path / "north"], store, add=True).facts["tenancies"] == 1

    def test_one_file_of_a_folder_is_replaced_alone(self, store: Path, tmp_path: Path) -> None:
        write(tmp_path / "east", listings=[listed(A), listed(C)])
        summary = load([tmp_path / "east" / "绿色制造名单.csv"], store, add=True)
        assert (summary.facts["listings"], summary.facts["enterprises"]) == (2, 3)

    def test_decisions_are_kept_too(self, tmp_path: Path) -> None:
        write(tmp_path / "a", enterprises=[firm(A)], listings=[listed(B)], decisions=[decision(B, same_as=A)])
        load([tmp_path / "a"], tmp_path / "s")
        write(tmp_path / "b", tenancies=[tenant(B)])
        summary = load([tmp_path / "b"], tmp_path / "s", add=True)
        assert Loaded(tmp_path / "s", summary).units() == {f"name:{A}": A}

    def test_into_an_empty_store_it_is_a_plain_load(self, tmp_path: Path) -> None:
        write(tmp_path / "a", enterprises=[firm(A)])
        assert load([tmp_path / "a"], tmp_path / "s", add=True).facts["enterprises"] == 1


class TestRefusing:
    """What leaves the store as it was."""

    @pytest.fixture
    def store(self, tmp_path: Path) -> Path:
        write(tmp_path / "lists", enterprises=[firm(A)], listings=[listed(A)])
        load([tmp_path / "lists"], tmp_path / "s")
        return tmp_path / "s"

    def test_a_table_is_not_emptied_without_replace(self, store: Path, tmp_path: Path) -> None:
        before = files_of(store / "snapshots"), Store(store).current()
        write(tmp_path / "less", enterprises=[firm(A)])
        with pytest.raises(DataError) as caught:
            load([tmp_path / "less"], store)
        assert "绿色制造名单" in caught.value.zh
        assert "--replace" in caught.value.zh
        assert "listings" not in caught.value.zh
        assert (files_of(store / "snapshots"), Store(store).current()) == before
        assert load([tmp_path / "less"], store, replace=True).facts["listings"] == 0

    def test_nothing_to_load(self, store: Path, tmp_path: Path) -> None:
        before = Store(store).current()
        (tmp_path / "empty").mkdir()
        (tmp_path / "empty" / "说明.txt").write_text("没有表格", encoding="utf-8")
        with pytest.raises(NothingLoadedError) as caught:
            load([tmp_path / "empty"], store)
        assert [issue.code for issue in caught.value.log.issues()] == ["sheet_without_table"]
        assert Store(store).current() == before

    def test_a_source_that_is_not_there(self, store: Path, tmp_path: Path) -> None:
        with pytest.raises(DataError, match="找不到数据来源"):
            load([tmp_path / "lists", tmp_path / "nowhere"], store)

    def test_every_row_left_out(self, tmp_path: Path) -> None:
        write(tmp_path / "lists", listings=[listed(A, "city", None, batch="三")])
        with pytest.raises(DataError):
            load([tmp_path / "lists"], tmp_path / "new")
