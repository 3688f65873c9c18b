"""Killing `load` at any moment leaves a store that answers as before or as after, never anything else (SPEC 4, HOUSE)."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from graph_model.store import Store
from loaders import load
from queries import open_store
from tests.loaders.storing import write
from tests.reference.hand import firm, link, listed, tenant

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="loads are killed as forks")
MOMENTS = 25
DAY = date(2025, 6, 30)
ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Killed:
    """What the killed loads left, and what a store may say: before, or after."""

    source: Path
    stores: list[Path]
    before: str
    after: str
    answers: dict[str, pd.DataFrame]


def world(firms: int) -> dict[str, list[dict[str, object]]]:
    names = [f"测试{number}有限公司" for number in range(firms)]
    return {
        "enterprises": [firm(name) for name in names],
        "tenancies": [tenant(name) for name in names],
        "listings": [listed(name) for name in names[::2]],
        "supplies": [link(names[0], name) for name in names],
    }


def answer(store: Path) -> pd.DataFrame:
    return open_store(store).ask("park-share", as_of=DAY).table


@pytest.fixture(scope="module")
def killed() -> Iterator[Killed]:
    """Kill loads of a bigger source over a store that was loaded twice, so that there is an old snapshot to take away."""
    memory = Path("/dev/shm")  # A kill takes nothing that was written, so the disk may be memory.
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as name:
        folder = Path(name)
        for number, firms in enumerate((3, 4, 40)):
            write(folder / f"lists{number}", **world(firms))
        for number in (0, 1):
            before = load([folder / f"lists{number}"], folder / "store").snapshot
        command = ["tests.loaders.killing", folder / "store", folder / "lists2", folder / "left", str(MOMENTS)]
        (folder / "left").mkdir()
        subprocess.run([sys.executable, "-m", *map(str, command)], cwd=ROOT, check=True, timeout=300)
        answers = {before: answer(folder / "store")}
        after = load([folder / "lists2"], folder / "store").snapshot
        answers[after] = answer(folder / "store")
        yield Killed(folder / "lists2", sorted((folder / "left").iterdir()), before, after, answers)


def test_the_loads_were_killed_at_many_points(killed: Killed) -> None:
    kinds = Counter(store.name.partition("-")[0] for store in killed.stores)
    assert kinds["call"] > 20
    assert kinds["moment"] == MOMENTS
    states = Counter(Store(store).current() for store in killed.stores if store.name.startswith("call"))
    assert min(states[killed.before], states[killed.after]) > 0


def test_every_store_answers_as_before_or_as_after(killed: Killed) -> None:
    for path in killed.stores:
        store = Store(path)
        snapshot = store.current()
        assert snapshot in killed.answers, path.name
        pd.testing.assert_frame_equal(answer(path), killed.answers[snapshot], obj=path.name)
        for part in ("tables", "origins"):
            for table, about in store.manifest()[part].items():
                file = store.snapshot(snapshot) / {"tables": "facts"}.get(part, part) / f"{table}.parquet"
                assert hashlib.sha256(file.read_bytes()).hexdigest() == about["sha256"], (path.name, table)


def test_the_next_load_succeeds_and_sweeps_up(killed: Killed) -> None:
    for left in killed.stores:
        path = shutil.copytree(
            left, killed.source.parent / "next" / left.name
        )  # The other tests look at what was left.
        assert load([killed.source], path).snapshot == killed.after, path.name
        assert not list(path.rglob(".half-*")), path.name
        assert not list(path.rglob("*.new")), path.name
        assert {folder.name for folder in (path / "snapshots").iterdir()} == set(Store(path).snapshots()), path.name
