"""Flip single bits of a store: every reading is as before, or an error that says so; never another answer.

`python -m tests.attacks.bit_flips --flips 1000 --seed 1`: counts by kind of file; exit 1 where another answer came without a word.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph_model.errors import StoreError
from graph_model.schema import TABLES
from graph_model.store import Store
from loaders import load
from loaders.read.parse_cache import ParsedFiles

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Flip:
    """One bit of one file, and what came of it: `same`, `refused`, `again` (read anew), `other` (another answer, no word)."""

    file: str
    bit: int
    outcome: str

    @property
    def kind(self) -> str:
        """Return what the file is: `CURRENT`, `manifest.json`, `loading.json`, `facts`, `origins`, `parsed`."""
        parts = Path(self.file).parts
        return parts[0] if parts[0] in ("CURRENT", "parsed") else parts[2]


def sound_store(folder: Path) -> Store:
    """Load the lists of examples/ into a new store, which no list is needed for any more."""
    lists = shutil.copytree(ROOT / "examples" / "lists", folder / "lists")
    load([lists], folder / "store")
    return Store(folder / "store")


def flips(store: Store, count: int, seed: int) -> Iterator[Flip]:
    """Flip `count` bits, one at a time and always the same for a seed, in files chosen evenly, and mend each again."""
    rng = random.Random(seed)
    files = sorted(file for file in store.path.rglob("*") if file.is_file() and file.name != ".lock")
    sound = reading(store)
    for _ in range(count):
        file = rng.choice(files)
        content = file.read_bytes()
        bit = rng.randrange(len(content) * 8)
        # Written beside and renamed: the sound session holds the file that was, as sessions do.
        _put(file, content[: bit // 8] + bytes([content[bit // 8] ^ 1 << bit % 8]) + content[bit // 8 + 1 :])
        outcome = _outcome(store, sound)
        _put(file, content)
        yield Flip(file.relative_to(store.path).as_posix(), bit, outcome)


def _outcome(store: Store, sound: dict[str, Any]) -> str:
    try:
        now = reading(store)
    except StoreError:
        return "refused"
    if now == sound:
        return "same"
    again = {key for key in sound if key.startswith("parsed/") and now[key] is None}
    return "again" if now == sound | dict.fromkeys(again) else "other"


def reading(store: Store) -> dict[str, Any]:
    """Return everything a store says: facts, where they come from, and what `--add` would take from it."""
    graph = store.graph()
    said: dict[str, Any] = {table: graph[table].arrow().to_pylist() for table in TABLES}
    said |= {f"origins of {table}": store.origins(table).to_pylist() for table in TABLES}
    said |= {"manifest": store.manifest(), "loading": store.loading()}
    cache = ParsedFiles(store.path / "parsed")
    for home in sorted((store.path / "parsed").iterdir()):
        kept = cache.kept(home.name)
        said[f"parsed/{home.name}"] = None if kept is None else _parsed(kept)
    return said


def _parsed(kept: Any) -> Any:
    return kept.file.sha256, {table: rows.to_pylist() for table, rows in kept.file.tables.items()}, kept.decisions


def _put(file: Path, content: bytes) -> None:
    beside = file.with_name(f"{file.name}.flip")
    beside.write_bytes(content)
    beside.replace(file)


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--flips", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        tried = list(flips(sound_store(Path(place)), chosen.flips, chosen.seed))
    for (kind, outcome), count in sorted(Counter((flip.kind, flip.outcome) for flip in tried).items()):
        print(f"{kind:14} {outcome:8} {count}")  # noqa: T201
    wrong = [flip for flip in tried if flip.outcome == "other"]
    for flip in wrong:
        print(f"another answer without a word: {flip.file}, bit {flip.bit}")  # noqa: T201
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
