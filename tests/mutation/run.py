"""Mutation testing: does a test notice when one expression of the law, of eligibility or of a measure is changed?

`python -m tests.mutation.run [ROOM …] [--sample 150] [--seed 1]` changes a random sample of expressions of each room, one at a
time, and runs the tests that reach each; `--sample 0` changes all of them (some nine thousand: hours). It prints the figures
of docs/testing.md and every mutant that no test noticed; exit 1 where a room is below the goal. What is changed, and which
tests are run, stands under `tool.mutmut` in pyproject.toml. All work is done in `mutants/`.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOMS = ("law", "eligibility", "measures")
GOAL = 0.9
"""Share of mutants that the tests of a room have to notice."""
SURVIVED, UNREACHED = 0, 33
"""Exit codes of mutmut for a mutant that every test passed, and for one that no test reaches."""


def mutants_of(room: str) -> list[str]:
    """Return the names of all mutants of a room, in the order of its files."""
    from mutmut.mutation.file_mutation import mutate_file_contents
    from mutmut.utils.format_utils import get_mutant_name

    paths = sorted(Path("queries", room).rglob("*.py"))
    texts = ((path, path.read_text(encoding="utf-8")) for path in paths)
    return [
        get_mutant_name(path, name)
        for path, text in texts
        for name in mutate_file_contents(str(path), text).mutant_names
    ]


def outcomes(chosen: set[str]) -> Iterator[tuple[str, int | None]]:
    """Yield what became of every chosen mutant; None for one that was not run."""
    for meta in sorted(Path("mutants", "queries").rglob("*.meta")):
        codes = json.loads(meta.read_text(encoding="utf-8"))["exit_code_by_key"]
        yield from ((name, code) for name, code in codes.items() if name in chosen)


def figure(room: str, chosen: list[str], total: int) -> tuple[str, bool]:
    """Return the line of a room, and whether it reaches the goal."""
    ended = {name: code for name, code in outcomes(set(chosen)) if code is not None}
    alive = sorted(name for name, code in ended.items() if code in (SURVIVED, UNREACHED))
    for name in alive:
        print(f"  {'no test reaches' if ended[name] == UNREACHED else 'unnoticed'}: {name}")  # noqa: T201
    killed = len(ended) - len(alive)
    share = killed / max(len(ended), 1)
    return f"queries/{room}: {killed} of {len(ended)} noticed, {share:.1%} (of {total} mutants)", share >= GOAL


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rooms", nargs="*", default=ROOMS, metavar="ROOM")
    parser.add_argument("--sample", type=int, default=150)
    parser.add_argument("--seed", type=int, default=1)
    wanted = parser.parse_args()
    whole = {room: mutants_of(room) for room in wanted.rooms}
    chosen = {
        room: random.Random(wanted.seed).sample(names, min(wanted.sample or len(names), len(names)))
        for room, names in whole.items()
    }
    every = [name for names in chosen.values() for name in names]
    done = subprocess.run([sys.executable, "-m", "mutmut", "run", *every], check=False)
    if done.returncode:
        return done.returncode
    figures = [figure(room, chosen[room], len(names)) for room, names in whole.items()]
    print("\n".join(line for line, _ in figures))  # noqa: T201
    return 0 if all(reached for _, reached in figures) else 1


if __name__ == "__main__":
    sys.exit(main())
