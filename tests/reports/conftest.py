"""A store of the example lists, made once."""

from pathlib import Path

import pytest

from loaders import load

LISTS = Path(__file__).resolve().parents[2] / "examples" / "lists"


@pytest.fixture(scope="session")
def store(tmp_path_factory):
    """Return a store that holds `examples/lists`."""
    path = tmp_path_factory.mktemp("example") / "store"
    load([LISTS], path)
    return path
