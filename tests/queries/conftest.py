"""Sessions that the tests of questions share."""

from __future__ import annotations

import pytest

from queries import Session
from tests.queries.worlds_asked import everything


@pytest.fixture(scope="session")
def session(tmp_path_factory: pytest.TempPathFactory) -> Session:
    """The small world with something of everything."""
    return everything(tmp_path_factory.mktemp("everything"))
