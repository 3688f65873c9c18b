"""Loads that are killed, each over a copy of one store: `python -m tests.loaders.killing STORE SOURCE OUT MOMENTS`.

A process of its own, which loads nothing itself: every load is a fork, so that a kill costs no start of Python and comes at
the moment it is meant for. Prints the directories of the stores that the killed loads left behind.
"""

from __future__ import annotations

import itertools
import os
import shutil
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from loaders import load

DURABLE = ("fsync", "rename", "replace", "rmdir")
"""Calls that make something last, or take it away: between two of them a store on disk does not change its meaning."""


def run(source: Path, store: Path, dies_at: int = 0) -> int:
    """Fork a load that dies instead of making its call number `dies_at`; return its process id."""
    child = os.fork()
    if child:
        return child
    calls = itertools.count(1)

    def mortal(call: Callable[..., Any]) -> Callable[..., Any]:
        def dying(*args: Any, **kwargs: Any) -> Any:
            if next(calls) == dies_at:
                os._exit(9)
            return call(*args, **kwargs)

        return dying

    for name in DURABLE:
        setattr(os, name, mortal(getattr(os, name)))
    status = 1
    try:
        load([source], store)
        status = 0
    finally:
        os._exit(status)


def ended_well(child: int) -> bool:
    return os.waitpid(child, 0)[1] == 0


def killed_at_every_call(store: Path, source: Path, out: Path) -> None:
    for number in itertools.count(1):
        copy = shutil.copytree(store, out / f"call-{number:03}")
        if ended_well(run(source, copy, number)):
            return


def killed_over_time(store: Path, source: Path, out: Path, moments: int) -> None:
    started = time.perf_counter()
    if not ended_well(run(source, shutil.copytree(store, out / "unkilled"))):
        raise SystemExit("the unkilled load failed")
    lasts = time.perf_counter() - started
    for moment in range(moments):
        child = run(source, shutil.copytree(store, out / f"moment-{moment:03}"))
        time.sleep(lasts * (moment + 0.5) / moments)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


if __name__ == "__main__":
    template, lists, left = map(Path, sys.argv[1:4])
    killed_at_every_call(template, lists, left)
    killed_over_time(template, lists, left, int(sys.argv[4]))
