"""The fictional province of a size, as csv files and as a store. Files are kept between runs, stores are loaded anew."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measure import timed

SEED = 7


@dataclass(frozen=True)
class World:
    """A province of so many enterprises and supply links, under a working directory."""

    enterprises: int
    links: int
    work: Path

    @property
    def lists(self) -> Path:
        """The folder of csv files."""
        return self.work / f"csv-{self.enterprises}-{self.links}-{SEED}"

    @property
    def store(self) -> Path:
        """The store that they are loaded into."""
        return self.work / f"store-{self.enterprises}-{self.links}-{SEED}"


def write_lists(world: World) -> str:
    """Write the csv files unless an earlier run did; say which."""
    from loaders.fictional import fictional_province, write_province

    if world.lists.is_dir():
        return "kept from an earlier run"
    half = world.lists.with_suffix(".half")
    shutil.rmtree(half, ignore_errors=True)
    write_province(fictional_province(world.enterprises, SEED, world.links), half, "csv")
    half.rename(world.lists)
    return "written"


def load_store(world: World) -> tuple[float, int]:
    """Load the csv files into an empty store; return seconds and rows read."""
    from loaders import load

    shutil.rmtree(world.store, ignore_errors=True)
    seconds, summary = timed(lambda: load([world.lists], world.store))
    return seconds, sum(count.read for count in summary.tables)
