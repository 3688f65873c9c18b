"""Random worlds, loaded once for all tests of planning."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from queries import Session
from tests.reference.product import Product
from tests.worlds import day_of_seed, random_world

Asked = list[tuple[Session, date]]


@pytest.fixture(scope="session")
def worlds_asked(tmp_path_factory: pytest.TempPathFactory) -> Asked:
    """Return sessions on a few random worlds, with the day each was made around."""

    def session_of(seed: int, place: Path) -> Session:
        return Product(random_world(seed, 22 + seed % 5), place).session

    return [(session_of(seed, tmp_path_factory.mktemp(f"plan{seed}")), day_of_seed(seed)) for seed in range(4)]
