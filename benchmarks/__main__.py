"""Measure one size of the fictional province and print one table.

python -m benchmarks --enterprises 60000 --links 500000
python -m benchmarks --enterprises 1000000 --links 10000000

Each stage runs in a process of its own, one after the other, so that its peak memory is its own.
"""

from __future__ import annotations

import os
import platform
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.measure import in_own_process
from benchmarks.worlds import asked_world

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.measure import Weighed
    from benchmarks.stages import Beside
    from benchmarks.worlds import World

PACKAGES = ("numpy", "pyarrow", "pandas", "duckdb", "igraph")


def main(arguments: list[str] | None = None) -> None:
    """Run the stages and print what they took."""
    world = asked_world("python -m benchmarks", __doc__.splitlines()[0] if __doc__ else "", arguments)
    print("\n".join(_machine()))
    print(f"province: {world.enterprises:,} enterprises, {world.links:,} supply links\n")
    for what, ours, theirs, note in _lines(world):
        ratio = f"{theirs / ours:8.1f}" if ours and theirs else " " * 8
        print(f"{what:34}{_seconds(ours):>12}{_seconds(theirs):>12}{ratio}  {note}", flush=True)


def _lines(world: World) -> Iterator[tuple[str, float | None, float | None, str]]:
    """Yield what was measured, our seconds, the other's seconds, and a note."""
    made = in_own_process("benchmarks.worlds", "write_lists", world)
    for read in in_own_process("benchmarks.reading", "read_lists").result:
        yield read.title, read.ours, read.theirs, read.note
    yield "fictional province as csv", made.seconds, None, f"{made.result}; peak {made.peak:.2f} GiB"
    loaded = in_own_process("benchmarks.worlds", "load_store", world)
    seconds, rows = loaded.result
    yield "load from csv", seconds, None, f"{rows:,} rows, {rows / seconds:,.0f} a second; peak {loaded.peak:.2f} GiB"
    yield from _answering(in_own_process("benchmarks.stages", "answer_everything", world.store))
    yield from _beside(in_own_process("benchmarks.stages", "compare", world.store).result)


def _answering(answered: Weighed) -> Iterator[tuple[str, float | None, float | None, str]]:
    once = answered.result
    yield "open the store", once.opening, None, ""
    yield "make the view", once.view, None, "every vector that the questions need, columns read from Parquet"
    yield "every question, the first time", once.questions, None, f"peak of opening to here {answered.peak:.2f} GiB"


def _beside(beside: Beside) -> Iterator[tuple[str, float | None, float | None, str]]:
    yield "DuckDB loads the same tables", None, beside.loading, f"in memory; {beside.threads} threads, its default"
    for one in beside.questions:
        yield one.title, one.ours, one.duckdb, f"{one.rows:,} rows, equal"
    yield "view.without, parks anew", beside.what_if, None, "all national factory listings struck"
    reach = beside.reach
    note = f"{reach.leaders:,} leaders, {reach.pairs:,} reached, equal; second column igraph"
    yield "depth-3 reach of all leaders", reach.ours, reach.igraph, note
    yield "make ready for that", reach.our_making, reach.igraph_making, "second column igraph"


def _machine() -> Iterator[str]:
    cores, load = os.cpu_count(), os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    yield f"machine: {_processor()}, {cores} cores, load {load:.1f} at the start, {platform.system()} {platform.release()}"
    yield f"Python {platform.python_version()}, " + ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    yield "seconds: the least of several runs, ours and the other's in turn; ratio: theirs / ours"


def _processor() -> str:
    about = Path("/proc/cpuinfo")
    lines = about.read_text(encoding="utf-8").splitlines() if about.is_file() else []
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())


def _seconds(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value * 1000:,.1f} ms" if value < 1 else f"{value:,.2f} s"


if __name__ == "__main__":
    main()
