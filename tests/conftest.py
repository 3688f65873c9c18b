"""One fixture for all hand-made worlds: ask the reference, then ask the product."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from tests.reference import answer
from tests.reference.world import Row, World
from tests.wanted import not_run

# A machine that several jobs share is no judge of how long one example takes.
settings.register_profile("house", deadline=None)
settings.load_profile("house")


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> Iterator[None]:
    """Say last, in one loud line, what was not run for want of a server, a browser, lists or texts."""
    yield
    skipped = terminalreporter.stats.get("skipped", ())
    line = not_run(report.longrepr[2] for report in skipped if isinstance(report.longrepr, tuple))
    if line is not None:
        terminalreporter.write_line(line, red=True, bold=True)


@pytest.fixture(params=["reference", "product"])
def ask(request: pytest.FixtureRequest, tmp_path: Path) -> Any:
    """Return `ask(world, question, day, **options)`, rows as dicts."""
    if request.param == "reference":
        return answer
    loaded: dict[int, Any] = {}

    def ask_product(world: World, question: str, as_of: date, **options: Any) -> list[Row]:
        from tests.reference.product import Product

        if id(world) not in loaded:
            # The world is kept too: the id of a world that is gone may come again.
            loaded[id(world)] = (world, Product(world, tmp_path / str(len(loaded))))
        rows: list[Row] = loaded[id(world)][1].answer(question, as_of, **options)
        return rows

    return ask_product
