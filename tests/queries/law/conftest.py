"""A fictional province, loaded once, for laws that hold on any data."""

from __future__ import annotations

import pytest

from loaders import load
from loaders.fictional import fictional_province, write_province
from queries import Session, open_store


@pytest.fixture(scope="session")
def province(tmp_path_factory: pytest.TempPathFactory) -> Session:
    folder = tmp_path_factory.mktemp("province")
    write_province(fictional_province(600, seed=20), folder / "lists")
    load([folder / "lists"], folder / "store")
    return open_store(folder / "store")
