"""Load a folder in a process of its own, with an end to its time and memory: a hostile file must not take the tests along."""

from __future__ import annotations

import pickle
import resource
import subprocess
import sys
from pathlib import Path

from tests.corpus.outcome import LoadOutcome, outcome_of

SECONDS = 90
"""The limit of one reader is 60 seconds; what lies around it takes a few more."""
_ROOM = 8 << 30
_ROOT = Path(__file__).parents[2]


def outcome_apart(source: Path, store: Path) -> LoadOutcome:
    """Return what came of a load in a process of its own; an abort or a hang is a fault with its last words."""
    out = store.with_suffix(".pickle")
    command = [sys.executable, "-W", "error", "-m", "tests.corpus.apart", str(source), str(store), str(out)]
    try:
        run = subprocess.run(command, cwd=_ROOT, capture_output=True, text=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired as late:
        raise AssertionError(f"still reading after {SECONDS} s") from late
    assert run.returncode == 0, f"exit {run.returncode}: {run.stderr.strip()[-600:]}"
    outcome: LoadOutcome = pickle.loads(out.read_bytes())
    return outcome


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (_ROOM, _ROOM))
    source, store, out = map(Path, sys.argv[1:])
    out.write_bytes(pickle.dumps(outcome_of([source], store)))
