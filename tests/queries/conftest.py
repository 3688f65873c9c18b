"""Sessions that the tests of questions share."""

from __future__ import annotations

from datetime import date

import pytest

from loaders import load
from loaders.fictional import DEMO_DAY, fictional_province, write_province
from queries import Session, open_store
from tests.queries.worlds_asked import SEEDS, everything, random_session


@pytest.fixture(scope="session")
def session(tmp_path_factory: pytest.TempPathFactory) -> Session:
    """The small world with something of everything."""
    return everything(tmp_path_factory.mktemp("everything"))


@pytest.fixture(scope="session")
def asked(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Session, date]]:
    """Random worlds of few units that meet often, and a small fictional province."""
    folder = tmp_path_factory.mktemp("random")
    province = write_province(fictional_province(150, seed=3), folder / "lists", "parquet")
    load(province, folder / "province")
    worlds = [random_session(seed, folder / str(seed), 10) for seed in SEEDS]
    return [*worlds, (open_store(folder / "province"), DEMO_DAY)]
