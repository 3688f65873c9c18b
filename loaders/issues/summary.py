"""What a load did: the count of every row, the facts, the issues, the near misses, and who gained a code."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from loaders.issues.log import IssueLog


class LoadProgress(Protocol):
    """Is told how far a load is."""

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Say that `done` of `total` steps of a stage (in Chinese) are done."""
        ...


class TableCount(NamedTuple):
    """Rows of one table in one source: read = loaded + merged + rejected + titles."""

    table: str
    title: str
    source: str
    read: int
    loaded: int
    merged: int
    rejected: int
    titles: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """Two names that may be one unit: ids, names, likeness 0–100, and why."""

    kind: str
    id_a: str
    name_a: str
    id_b: str
    name_b: str
    score: float
    why: str


class GainedCode(NamedTuple):
    """A unit that was known by name only and now has a credit code."""

    old_id: str
    new_id: str
    name: str


@dataclass(frozen=True)
class LoadSummary:
    """The outcome of one load."""

    snapshot: str
    switched: bool
    """False where the sources say what the store already said."""
    tables: list[TableCount]
    facts: dict[str, int]
    log: IssueLog
    proposals: list[Proposal] = field(default_factory=list)
    gained_codes: list[GainedCode] = field(default_factory=list)
