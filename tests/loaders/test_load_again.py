"""Loading again: what is remembered of files, and the cure of stores that cannot be read (SPEC 4)."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet
import pytest

from graph_model.errors import DataError, StoreError
from graph_model.schema import TABLES
from graph_model.store import Store
from loaders import load
from tests.loaders.storing import Loaded, write
from tests.reference.hand import firm, listed, tenant

A, B, C = (f"测试{x}有限公司" for x in "甲乙丙")


def facts(store: Path) -> dict[str, pa.Table]:
    graph = Store(store).graph()
    return {table: graph[table].arrow() for table in TABLES}


def damaged_file(store: Store) -> None:
    file = store.snapshot(store.current() or "") / "facts" / "listings.parquet"
    file.write_bytes(file.read_bytes()[:-9])


def lost_manifest(store: Store) -> None:
    (store.snapshot(store.current() or "") / "manifest.json").unlink()


def other_version(store: Store) -> None:
    manifest = store.snapshot(store.current() or "") / "manifest.json"
    manifest.write_text(json.dumps(store.manifest() | {"format": "another"}), encoding="utf-8")


@pytest.mark.parametrize("harm", [damaged_file, lost_manifest, other_version])
def test_to_load_again_is_the_cure_of_a_store_that_cannot_be_read(
    harm: Callable[[Store], None], tmp_path: Path
) -> None:
    write(tmp_path / "lists", enterprises=[firm(A)], listings=[listed(A)])
    first = load([tmp_path / "lists"], tmp_path / "s")
    before = facts(tmp_path / "s")
    harm(Store(tmp_path / "s"))
    with pytest.raises(StoreError, match="请重新运行 verdigraph load"):
        Store(tmp_path / "s").graph()
    assert load([tmp_path / "lists"], tmp_path / "s").snapshot == first.snapshot
    assert facts(tmp_path / "s") == before


def parsed(store: Path) -> dict[str, tuple[int, int]]:
    return {home.name: (home.stat().st_ino, home.stat().st_mtime_ns) for home in (store / "parsed").iterdir()}


def test_unchanged_files_are_not_parsed_again(tmp_path: Path) -> None:
    write(tmp_path / "lists", enterprises=[firm(A)], listings=[listed(A)], tenancies=[tenant(A)])
    load([tmp_path / "lists"], tmp_path / "s")
    before = parsed(tmp_path / "s")
    load([tmp_path / "lists"], tmp_path / "s")
    assert parsed(tmp_path / "s") == before
    write(tmp_path / "lists", tenancies=[tenant(B)])
    load([tmp_path / "lists"], tmp_path / "s")
    after = parsed(tmp_path / "s")
    assert (len(after), len(after.items() & before.items())) == (3, 2)


@pytest.mark.parametrize("harm", ["cut", "empty", "gone"])
def test_a_damaged_memory_of_a_file_is_parsed_again(harm: str, tmp_path: Path) -> None:
    write(tmp_path / "lists", enterprises=[firm(A)])
    first = load([tmp_path / "lists"], tmp_path / "s")
    (home,) = (tmp_path / "s" / "parsed").iterdir()
    file = home / {"cut": "enterprises.parquet"}.get(harm, "file.json")
    if harm == "gone":
        file.unlink()
    else:
        file.write_bytes(file.read_bytes()[:-30] if harm == "cut" else b"")
    assert load([tmp_path / "lists"], tmp_path / "s").snapshot == first.snapshot
    file.write_bytes(b"")
    write(tmp_path / "more", tenancies=[tenant(A)])
    with pytest.raises(DataError, match=r"缺少已读入的 .*企业名录\.csv"):
        load([tmp_path / "more"], tmp_path / "s", add=True)


def test_a_file_that_moves_or_is_renamed_is_read_by_its_new_name(tmp_path: Path) -> None:
    """Its name may say what its headers do not."""
    write(tmp_path / "lists", listings=[listed(A)])
    file = tmp_path / "lists" / "绿色制造名单.csv"
    text = file.read_text(encoding="utf-8").replace("市级", "")
    for year, name in (("市级", "市级名单.csv"), ("省级", "省级名单.csv")):
        file.unlink(missing_ok=True)
        file = file.with_name(name)
        file.write_text(text, encoding="utf-8")
        world = Loaded(tmp_path / "s", load([tmp_path / "lists"], tmp_path / "s"))
        assert world.row("listings")["tier"] == {"市级": 2, "省级": 3}[year]
