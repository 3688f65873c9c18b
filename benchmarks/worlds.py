"""The fictional province of a size, as csv files and as a store. Files are kept between runs, stores are loaded anew."""

from __future__ import annotations

import argparse
import shutil
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measure import in_own_process, timed

SEED = 7


@dataclass(frozen=True)
class World:
    """A province of so many enterprises and supply links, under a working directory."""

    enterprises: int
    links: int
    work: Path
    seed: int = SEED

    @property
    def lists(self) -> Path:
        """The folder of csv files."""
        return self.work / f"csv-{self.enterprises}-{self.links}-{self.seed}"

    @property
    def store(self) -> Path:
        """The store that they are loaded into."""
        return self.work / f"store-{self.enterprises}-{self.links}-{self.seed}"


def asked_world(prog: str, about: str, arguments: list[str] | None) -> World:
    """Return the world that a command line names; its working directory is there."""
    parser = argparse.ArgumentParser(prog=prog, description=about)
    parser.add_argument("--enterprises", type=int, default=60_000)
    parser.add_argument("--links", type=int, default=500_000)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--work", type=Path, default=Path(".benchmarks"), help="where files are kept between runs")
    options = parser.parse_args(arguments)
    world = World(options.enterprises, options.links, options.work.resolve(), options.seed)
    world.work.mkdir(parents=True, exist_ok=True)
    return world


def loaded_world(prog: str, about: str, arguments: list[str] | None) -> World:
    """Return the same, made and loaded where that has not been done."""
    world = asked_world(prog, about, arguments)
    in_own_process("benchmarks.worlds", "write_lists", world)
    if not world.store.is_dir():
        in_own_process("benchmarks.worlds", "load_store", world)
    return world


def write_lists(world: World) -> str:
    """Write the csv files unless an earlier run did; say which."""
    from loaders.fictional import fictional_province, write_province

    if world.lists.is_dir():
        return "kept from an earlier run"
    half = world.lists.with_suffix(".half")
    shutil.rmtree(half, ignore_errors=True)
    write_province(fictional_province(world.enterprises, world.seed, world.links), half, "csv")
    half.rename(world.lists)
    return "written"


def load_store(world: World) -> tuple[float, int]:
    """Load the csv files into an empty store; return seconds and rows read."""
    from loaders import load

    shutil.rmtree(world.store, ignore_errors=True)
    seconds, summary = timed(lambda: load([world.lists], world.store))
    return seconds, sum(count.read for count in summary.tables)
