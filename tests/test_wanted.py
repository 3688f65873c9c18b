"""Whoever runs the tests is told what this machine could not show."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.wanted import LISTS, POLICY_TEXTS, SERVER, not_run


def test_what_was_not_run_is_one_line_with_its_cures() -> None:
    reasons = [
        f"Skipped: {SERVER.reason}",
        f"Skipped: {LISTS.reason}",
        f"Skipped: {LISTS.reason}",
        "Skipped: POSIX only",
    ]
    assert not_run(reasons) == (
        "NOT RUN: 2 tests for want of the lists as published by MIIT (VERDIGRAPH_MIIT=FOLDER); "
        "1 tests for want of a Neo4j server (make neo4j-fetch)"
    )


@pytest.mark.parametrize("reasons", [[], ["Skipped: write permission as POSIX has it"]], ids=["all run", "elsewhere"])
def test_nothing_is_said_where_nothing_is_wanting(reasons: list[str]) -> None:
    assert not_run(reasons) is None


def test_a_folder_is_where_its_variable_says(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("VERDIGRAPH_POLICY_TEXTS", str(tmp_path))
    assert POLICY_TEXTS.path == tmp_path
    assert POLICY_TEXTS.needed.args == (False,)


@pytest.mark.parametrize("said", [None, ""], ids=["unset", "empty"])
def test_a_folder_that_nobody_names_is_not_there(monkeypatch: pytest.MonkeyPatch, said: str | None) -> None:
    monkeypatch.delenv("VERDIGRAPH_MIIT", raising=False)
    if said is not None:
        monkeypatch.setenv("VERDIGRAPH_MIIT", said)
    assert LISTS.needed.args == (True,)
