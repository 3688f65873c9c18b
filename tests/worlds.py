"""Small random worlds that hit the edges of the contract hard, and the folder a planner would write of them.

A world is made by a `Chooser`: a seeded one (`random_world`, to repeat a failure by its seed) or one that
draws from hypothesis (`worlds`, which shrinks). All names are fictional.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from hypothesis import strategies as st

from tests.reference.choosing import Drawn, Seeded
from tests.reference.folder import compact, write_folder
from tests.reference.making import DAYS
from tests.reference.making_law import LawMaker
from tests.reference.world import World

__all__ = ["compact", "day_of_seed", "random_world", "worlds", "write_folder"]


def random_world(seed: int, size: int = 6) -> World:
    """A world that can be repeated: about `size` rows in each table."""
    return LawMaker(Seeded(seed), DAYS[seed % len(DAYS)], size).world


def day_of_seed(seed: int) -> date:
    return DAYS[seed % len(DAYS)]


@st.composite
def worlds(draw: Callable[[st.SearchStrategy[Any]], Any], size: int = 3) -> tuple[World, date]:
    """A world and the day it is made around."""
    day = draw(st.sampled_from(DAYS))
    return LawMaker(Drawn(draw), day, size).world, day
