"""What some tests want of a machine and cannot bring along: each is named once, with where it comes from."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pytest

_MARK = "for want of "


@dataclass(frozen=True)
class Wanted:
    """Something that may not be there, and how it gets there."""

    what: str
    cure: str

    @property
    def reason(self) -> str:
        """Why a test is skipped without it."""
        return f"{_MARK}{self.what} ({self.cure})"


@dataclass(frozen=True)
class WantedFolder(Wanted):
    """A folder of somebody else's files that a variable of the environment names; they are not ours to publish."""

    variable: str

    @property
    def path(self) -> Path:
        """Where it is said to be; a folder that is not there where nothing is said."""
        return Path(os.environ.get(self.variable) or f"/no {self.variable}")

    @property
    def needed(self) -> pytest.MarkDecorator:
        """The mark of a test that needs it."""
        return pytest.mark.skipif(not self.path.is_dir(), reason=self.reason)


SERVER = Wanted("a Neo4j server", "make neo4j-fetch")
BROWSER = Wanted("a browser", "Debian: apt-get install chromium fonts-noto-cjk, or VERDIGRAPH_CHROMIUM=FILE")
LISTS = WantedFolder("the lists as published by MIIT", "VERDIGRAPH_MIIT=FOLDER", "VERDIGRAPH_MIIT")
POLICY_TEXTS = WantedFolder("the policy texts", "VERDIGRAPH_POLICY_TEXTS=FOLDER", "VERDIGRAPH_POLICY_TEXTS")


def not_run(reasons: Iterable[str]) -> str | None:
    """One line that says what was not run and what for; None where nothing was wanting."""
    wanting = Counter(reason.partition(_MARK)[2] for reason in reasons if _MARK in reason)
    if not wanting:
        return None
    return "NOT RUN: " + "; ".join(f"{tests:,} tests {_MARK}{what}" for what, tests in wanting.most_common())
