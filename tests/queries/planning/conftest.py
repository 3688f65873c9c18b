"""Random worlds and small fictional provinces, loaded once for all tests of planning."""

from __future__ import annotations

from datetime import date

import pytest

from loaders import load
from loaders.fictional import DEMO_DAY, fictional_province, write_province
from queries import Session, open_store
from reports.commands.demo import ENTERPRISES, SEED
from tests.reference.product import Product
from tests.worlds import day_of_seed, random_world

Asked = list[tuple[Session, date]]


@pytest.fixture(scope="session")
def worlds_asked(tmp_path_factory: pytest.TempPathFactory) -> Asked:
    """Return sessions on two provinces of a hundred enterprises and two random worlds, each with a day."""
    asked: Asked = []
    for seed in (3, 4):
        place = tmp_path_factory.mktemp(f"province{seed}")
        write_province(fictional_province(100, seed=seed), place / "lists")
        load([place / "lists"], place / "store")
        asked.append((open_store(place / "store"), DEMO_DAY))
    for seed in (1, 5):
        world = random_world(seed, 24)
        asked.append((Product(world, tmp_path_factory.mktemp(f"plan{seed}")).session, day_of_seed(seed)))
    return asked


@pytest.fixture(scope="session")
def demo_day() -> date:
    return DEMO_DAY


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Session:
    """The province of `verdigraph demo`."""
    place = tmp_path_factory.mktemp("demo")
    write_province(fictional_province(ENTERPRISES, SEED), place / "lists")
    load([place / "lists"], place / "store")
    return open_store(place / "store")
