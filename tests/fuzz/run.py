"""Fuzz the readers: mutants in batches, each batch in a process of its own; a batch that breaks a law is halved to its mutant.

`python -m tests.fuzz.run --mutants 10000 --seed 1 [--keep FOLDER]`; exit 1 where a law is broken.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from multiprocessing.connection import Connection
from pathlib import Path

from tests.fuzz.law import SECONDS, Breach, breaches
from tests.fuzz.mutate import Mutant, mutant
from tests.fuzz.seeds import Seed, seeds

BATCH = 40
MEMORY = 2 << 30
"""No load of a batch takes more, nor any process that reads for it."""
_ROOM = 12 << 30
# Forked from a process that has imported the readers and started no thread.
_PROCESSES = multiprocessing.get_context("forkserver")
_PROCESSES.set_forkserver_preload(["tests.fuzz.law"])


def mutants(count: int, seed: int, sound: Sequence[Seed] | None = None) -> Iterator[Mutant]:
    """Yield a batch of mutants of every sound file in turn, always the same for a seed."""
    rng = random.Random(seed)
    sound = sound or seeds()
    for at in range(count):
        yield mutant(sound[at // BATCH % len(sound)], random.Random(rng.getrandbits(64)))


def batches(made: Iterator[Mutant]) -> Iterator[list[Mutant]]:
    """Yield mutants as they are loaded together."""
    while batch := list(islice(made, BATCH)):
        yield batch


def judge(batch: Sequence[Mutant]) -> list[tuple[Mutant | None, Breach]]:
    """Return the laws that a batch breaks, each with the mutant that breaks it where halving finds it."""
    found = _apart(batch)
    if len(batch) == 1 or not found:
        return [(batch[breach.at] if breach.at is not None else batch[0], breach) for breach in found]
    if all(breach.at is not None for breach in found):
        return [(batch[breach.at], breach) for breach in found if breach.at is not None]
    half = len(batch) // 2
    return [*judge(batch[:half]), *judge(batch[half:])] or [(None, breach) for breach in found]


def _apart(batch: Sequence[Mutant]) -> list[Breach]:
    """Load a batch in a process of its own, with an end to its time and memory."""
    ours, theirs = multiprocessing.Pipe(duplex=False)
    process = _PROCESSES.Process(target=_child, args=(batch, theirs))
    process.start()
    theirs.close()
    late = not ours.poll(SECONDS * 2 + len(batch))
    try:
        found: list[Breach] = [Breach(None, "hang", "no end")] if late else ours.recv()
    except EOFError:
        process.join(5)
        found = [Breach(None, "abort", f"exit {process.exitcode}")]
    process.kill()
    process.join()
    return found


def _child(batch: Sequence[Mutant], out: Connection) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_ROOM, _ROOM))
    with tempfile.TemporaryDirectory() as folder:
        found = breaches(batch, Path(folder))
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) << 10
    out.send(found if peak < MEMORY else [*found, Breach(None, "memory", f"{peak >> 20} MiB")])


def main() -> int:
    """Try as many mutants as asked for and say what was broken."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--mutants", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="folder for the mutants that break a law")
    asked = parser.parse_args()
    tried, broken, start = Counter[str](), Counter[str](), time.monotonic()
    for number, batch in enumerate(batches(mutants(asked.mutants, asked.seed))):
        tried.update(made.seed.suffix for made in batch)
        for culprit, breach in judge(batch):
            broken[breach.law] += 1
            _report(culprit, breach, number, asked.keep)
    total = sum(tried.values())
    formats = ", ".join(f"{suffix} {count}" for suffix, count in sorted(tried.items()))
    sys.stdout.write(
        f"{total} mutants ({formats}) in {time.monotonic() - start:.0f} s; broken: {dict(broken) or 'nothing'}\n"
    )
    return 1 if broken else 0


def _report(culprit: Mutant | None, breach: Breach, number: int, keep: Path | None) -> None:
    made = f"{culprit.seed.name}, {culprit.change}" if culprit else "a batch, no mutant of it alone"
    sys.stdout.write(f"{breach.law}: {made}: {breach.what}\n")
    if keep and culprit:
        keep.mkdir(parents=True, exist_ok=True)
        (keep / f"{breach.law}-{number}-{id(culprit)}{culprit.seed.suffix}").write_bytes(culprit.content)


if __name__ == "__main__":
    sys.exit(main())
