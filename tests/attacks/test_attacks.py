"""Attacks on a store, small; `make attack` makes them large. What survives stands in docs/reliability.md."""

from __future__ import annotations

import shutil
from collections import Counter
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from graph_model.errors import StoreError
from graph_model.store import Store
from loaders import load
from queries import open_store
from tests.attacks.bit_flips import flips, sound_store

DAY = date(2025, 6, 30)


def answer(store: Store) -> pd.DataFrame:
    return open_store(store.path).ask("park-share", as_of=DAY).table


def test_no_flipped_bit_becomes_another_answer(tmp_path: Path) -> None:
    tried = list(flips(sound_store(tmp_path), 400, seed=20251125))
    assert [flip for flip in tried if flip.outcome == "other"] == []
    kinds = Counter(flip.kind for flip in tried)
    assert {"CURRENT", "facts", "origins", "parsed"} <= set(kinds)
    assert Counter(flip.outcome for flip in tried)["refused"] > 100


PLACES = ["CURRENT", "snapshots/*/manifest.json", "snapshots/*/loading.json", "snapshots/*/facts/listings.parquet"]


@pytest.mark.parametrize("place", [*PLACES, "snapshots/*/origins/listings.parquet", "parsed/*/file.json"])
@pytest.mark.parametrize("damage", ["a bit", "cut", "gone", "empty", "two bytes that are no text"])
def test_a_load_heals_whatever_is_damaged(tmp_path: Path, place: str, damage: str) -> None:
    store = sound_store(tmp_path)
    id, sound = store.current(), answer(store)
    file = sorted(store.path.glob(place))[0]
    content = file.read_bytes()
    middle = len(content) // 2
    if damage == "gone":
        file.unlink()
    else:
        beside = shutil.copy(file, f"{file}.new")  # As everywhere: an open session holds the file that was.
        made = {
            "a bit": content[:middle] + bytes([content[middle] ^ 4]) + content[middle + 1 :],
            "cut": content[:middle],
            "empty": b"",
            "two bytes that are no text": b"\xff\xfe" + content[2:],
        }[damage]
        Path(beside).write_bytes(made)
        Path(beside).replace(file)
    assert load([tmp_path / "lists"], store.path).snapshot == id
    assert (store.current(), store.damage()) == (id, [])
    pd.testing.assert_frame_equal(answer(store), sound)
    store.loading()
    for table in store.manifest()["origins"]:
        store.origins(table)


def test_damage_is_named_by_its_file(tmp_path: Path) -> None:
    store = sound_store(tmp_path)
    file = store.snapshot(store.current() or "") / "facts" / "listings.parquet"
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    assert store.damage() == [file]
    with pytest.raises(StoreError, match=r"listings\.parquet"):
        store.graph()["listings"].arrow()


def test_the_same_lists_in_three_folders_have_one_id(tmp_path: Path) -> None:
    ids = set()
    for name in ("甲", "乙/更深", "丙"):
        (tmp_path / name).mkdir(parents=True)
        ids.add(sound_store(tmp_path / name).current())
    assert len(ids) == 1
