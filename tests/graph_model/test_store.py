"""Snapshots on disk: whole or not at all, one writer, readers undisturbed, clear sentences (SPEC 4, HOUSE)."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from graph_model.errors import SnapshotGoneError, StoreError
from graph_model.schema import TABLES, arrow_schema
from graph_model.store import KEPT, Store

ROOT = Path(__file__).resolve().parents[2]
EMPTY = {table: arrow_schema(table).empty_table() for table in TABLES}
ORIGINS = {"parks": pa.table({"fact": [0], "source": [0], "sheet": ["一"], "row": [2]})}


def parks(*names: str) -> dict[str, pa.Table]:
    rows = [{"id": f"park:{name}", "name": name, "registered": True} for name in sorted(names)]
    return EMPTY | {"parks": pa.Table.from_pylist(rows, arrow_schema("parks"))}


def write(store: Store, *names: str) -> str:
    with store.writing():
        return store.write(parks(*names), ORIGINS, {"sources": []})


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


def names(graph) -> list[str]:  # type: ignore[no-untyped-def]
    return graph["parks"].texts("name").to_pylist()  # type: ignore[no-any-return]


def test_what_is_written_is_read(store: Store) -> None:
    id = write(store, "东园区", "西园区")
    graph = store.graph()
    assert (store.current(), graph.snapshot, names(graph)) == (id, id, ["东园区", "西园区"])
    assert all(graph[table].arrow().schema.equals(arrow_schema(table)) for table in TABLES)
    assert store.origins("parks").to_pylist() == ORIGINS["parks"].to_pylist()
    assert store.origins("supplies").num_rows == 0


def test_the_manifest_holds_rows_and_hashes(store: Store) -> None:
    write(store, "东园区")
    manifest = store.manifest()
    assert manifest["tables"]["parks"]["rows"] == 1
    for part, folder in (("tables", "facts"), ("origins", "origins")):
        files = {path.stem: path for path in (store.snapshot(store.current() or "") / folder).iterdir()}
        assert set(files) == set(manifest[part])
        for table, about in manifest[part].items():
            assert about["sha256"] == hashlib.sha256(files[table].read_bytes()).hexdigest()
            assert about["rows"] == pq.read_metadata(files[table]).num_rows


def test_the_id_is_the_hash_of_the_manifest_and_so_of_the_content(store: Store) -> None:
    id = write(store, "东园区")
    text = (store.snapshot(id) / "manifest.json").read_bytes()
    assert hashlib.sha256(text).hexdigest().startswith(id)
    assert write(store, "西园区") != id
    assert write(store, "东园区") == id


def test_a_session_reads_on_while_others_load(store: Store) -> None:
    """Its files stay open, even when later loads take the snapshot away."""
    write(store, "东园区")
    early = store.graph()
    for number in range(KEPT + 1):
        write(store, f"{number}号园区")
    assert names(early) == ["东园区"]
    assert names(store.graph()) == [f"{KEPT}号园区"]


def test_where_facts_come_from_is_said_to_be_gone_and_never_empty(store: Store) -> None:
    id = write(store, "东园区")
    for number in range(KEPT + 1):
        write(store, f"{number}号园区")
    with pytest.raises(SnapshotGoneError, match=id):
        store.origins("parks", id)


def test_the_newest_snapshots_stay_and_an_older_one_can_be_opened(store: Store) -> None:
    ids = [write(store, f"{number}号园区") for number in range(KEPT + 2)]
    assert store.snapshots() == ids[:1:-1]
    assert {path.name for path in (store.path / "snapshots").iterdir()} == set(ids[2:])
    assert names(store.graph(ids[3])) == ["3号园区"]


def test_loading_again_what_is_there_makes_it_the_newest(store: Store) -> None:
    first, second = write(store, "东园区"), write(store, "西园区")
    assert store.snapshots() == [second, first]
    assert write(store, "东园区") == first
    assert store.snapshots() == [first, second]


def test_what_belongs_to_one_machine_is_not_in_the_id(store: Store, tmp_path: Path) -> None:
    here, there = Store(tmp_path / "here"), Store(tmp_path / "there")
    ids = []
    for place in (here, there):
        with place.writing():
            source = {"name": "园区.csv", "path": f"{place.path}/园区.csv", "key": "k"}
            ids.append(place.write(parks("东园区"), ORIGINS, {"sources": [{"name": "园区.csv"}]}, [source]))
    assert ids[0] == ids[1]
    assert str(here.path) in here.loading()["sources"][0]["path"]
    assert str(tmp_path) not in (here.snapshot(ids[0]) / "manifest.json").read_text(encoding="utf-8")


def test_a_snapshot_that_is_not_the_one_wanted_is_not_switched_to(store: Store) -> None:
    id = write(store, "东园区")
    with store.writing():
        other = store.write(parks("西园区"), ORIGINS, {"sources": []}, only=id)
    assert other != id
    assert store.current() == id
    assert store.snapshots() == [id]


def test_what_a_killed_load_left_is_swept_up(store: Store) -> None:
    id = write(store, "东园区")
    half = store.path / "snapshots" / ".half-1"
    (half / "facts").mkdir(parents=True)
    (half / "facts" / "parks.parquet").write_bytes(b"half")
    with store.writing():
        assert not half.exists()
    assert store.current() == id


HOLD = """
import sys
from pathlib import Path
from graph_model.store import Store
with Store(Path(sys.argv[1])).writing():
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_second_writer_is_turned_away_until_the_first_is_gone(store: Store) -> None:
    write(store, "东园区")
    command = [sys.executable, "-c", HOLD, str(store.path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT) as first:
        assert first.stdout is not None
        assert first.stdout.readline() == b"held\n"
        with pytest.raises(StoreError, match="正由另一个 load 写入"), store.writing():
            pass
        assert names(store.graph()) == ["东园区"]
        first.kill()
    assert write(store, "西园区") == store.current()


def test_the_lock_is_let_go_after_an_error(store: Store) -> None:
    with pytest.raises(ZeroDivisionError), store.writing():
        raise ZeroDivisionError
    assert write(store, "东园区") == store.current()


def test_an_error_while_writing_leaves_the_store_as_it_was(store: Store) -> None:
    id = write(store, "东园区")
    with pytest.raises(KeyError), store.writing():
        store.write({"parks": parks("西园区")["parks"]}, {}, {})
    assert (store.current(), names(store.graph())) == (id, ["东园区"])
    assert write(store, "西园区") == store.current()


@pytest.mark.parametrize("make", [False, True], ids=["no directory", "an empty directory"])
def test_a_store_without_data_says_what_to_do(store: Store, make: bool) -> None:
    if make:
        store.path.mkdir()
    with pytest.raises(StoreError) as caught:
        store.graph()
    assert str(store.path) in caught.value.zh
    assert "verdigraph load" in caught.value.zh
    assert "run verdigraph load first" in caught.value.en
    assert caught.value.sentence("en").startswith(caught.value.en)


def test_a_file_is_no_place_for_a_store(store: Store) -> None:
    store.path.write_text("", encoding="utf-8")
    with pytest.raises(StoreError, match="不能在"), store.writing():
        pass
    with pytest.raises(StoreError):
        store.graph()


def test_a_store_of_another_version_says_so(store: Store) -> None:
    id = write(store, "东园区")
    manifest = store.snapshot(id) / "manifest.json"
    about = json.loads(manifest.read_text(encoding="utf-8"))
    manifest.write_text(json.dumps(about | {"format": "another"}), encoding="utf-8")
    with pytest.raises(StoreError, match="另一版本"):
        store.graph()


def test_a_missing_snapshot_is_a_store_error(store: Store) -> None:
    write(store, "东园区")
    (store.path / "CURRENT").write_text("0123456789abcdef\n", encoding="utf-8")
    with pytest.raises(StoreError):
        store.graph()


@pytest.mark.parametrize("damage", ["cut", "gone"])
def test_a_damaged_snapshot_is_a_store_error(store: Store, damage: str) -> None:
    id = write(store, "东园区")
    file = store.snapshot(id) / "facts" / "parks.parquet"
    if damage == "cut":
        file.write_bytes(file.read_bytes()[:-20])
    else:
        file.unlink()
    with pytest.raises(StoreError, match=r"parks|数据仓"):
        store.graph()


def test_dates_and_nulls_survive(store: Store) -> None:
    row = {"enterprise": 0, "park": 0, "start": date(2024, 2, 29), "end": None, "end_unknown": None}
    tables = EMPTY | {"tenancies": pa.Table.from_pylist([row], arrow_schema("tenancies"))}
    with store.writing():
        store.write(tables, ORIGINS, {})
    [stored] = store.graph()["tenancies"].arrow().to_pylist()
    assert {name: stored[name] for name in row} == row
    assert {stored[name] for name in set(stored) - set(row)} <= {None}


@pytest.mark.skipif(os.name != "posix", reason="write permission as POSIX has it")
def test_a_store_can_be_read_without_the_right_to_write(store: Store) -> None:
    write(store, "东园区")
    store.path.chmod(0o500)
    try:
        assert names(store.graph()) == ["东园区"]
    finally:
        store.path.chmod(0o700)
