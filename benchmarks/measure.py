"""Time and memory: the best of several runs, two contenders in turn, and a process of its own for whatever is weighed."""

from __future__ import annotations

import multiprocessing
import resource
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

PATIENCE = 2.0
"""Seconds after which a contender is not run again."""
LEAST, MOST = 3, 30


@dataclass(frozen=True)
class Weighed:
    """What a process of its own returned, how long it took, and the most memory it held, in GiB."""

    result: Any
    seconds: float
    peak: float


def timed(function: Callable[[], Any]) -> tuple[float, Any]:
    """Return the seconds of one run and its result."""
    start = time.perf_counter()
    result = function()
    return time.perf_counter() - start, result


def worked(function: Callable[[], Any]) -> tuple[float, float, Any]:
    """Return the seconds of one run, the processor's seconds of this process in it, and its result.

    On a machine that is shared the first says how long one waits, the second what there was to do.
    """
    start = time.process_time()
    seconds, result = timed(function)
    return seconds, time.process_time() - start, result


def best(function: Callable[[], Any], least: int = LEAST) -> float:
    """Return the least seconds of several runs."""
    return in_turn([function], least)[0]


def in_turn(functions: list[Callable[[], Any]], least: int = LEAST) -> list[float]:
    """Return the least seconds of each function. They take turns, so that a busy machine slows all of them alike."""
    found: list[list[float]] = [[] for _ in functions]
    while any(_goes_on(seconds, least) for seconds in found):
        for function, seconds in zip(functions, found, strict=True):
            if _goes_on(seconds, least):
                seconds.append(timed(function)[0])
    return [min(seconds) for seconds in found]


def in_own_process(module: str, function: str, *arguments: Any) -> Weighed:
    """Run a function in a fresh process, which alone imports its module: a child starts with the peak of its parent."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        return pool.submit(_weighed, module, function, arguments).result()


def _goes_on(seconds: list[float], least: int) -> bool:
    enough = len(seconds) >= least or sum(seconds) > 10 * PATIENCE
    return not enough or (sum(seconds) < PATIENCE and len(seconds) < MOST)


def _weighed(module: str, function: str, arguments: tuple[Any, ...]) -> Weighed:
    called = getattr(import_module(module), function)
    seconds, result = timed(lambda: called(*arguments))
    return Weighed(result, seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20)
