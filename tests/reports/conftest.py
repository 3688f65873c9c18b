"""A store of the example lists, made once."""

from pathlib import Path

import pytest

from loaders import load
from loaders.fictional import fictional_province, write_province

LISTS = Path(__file__).resolve().parents[2] / "examples" / "lists"


@pytest.fixture(scope="session")
def store(tmp_path_factory):
    """Return a store that holds `examples/lists`."""
    path = tmp_path_factory.mktemp("example") / "store"
    load([LISTS], path)
    return path


@pytest.fixture(scope="session")
def province(tmp_path_factory):
    """Return a store of a small fictional province."""
    folder = tmp_path_factory.mktemp("province")
    write_province(fictional_province(300, 3), folder / "lists")
    load([folder / "lists"], folder / "store")
    return folder / "store"
