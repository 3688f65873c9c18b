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
    """Lines of one table in one source: read = loaded + merged + rejected + titles.

    `table` is None for the lines of a source that belong to no known table: rejected, or notes.
    """

    table: str | None
    title: str
    source: str
    read: int
    loaded: int
    merged: int
    rejected: int
    titles: int


class SourceLines(NamedTuple):
    """Lines of one source that are not blank: lines = rows + titles + notes + left_out."""

    source: str
    lines: int
    """As the reader of its format counts them."""
    rows: int
    """Loaded or merged."""
    titles: int
    notes: int
    left_out: int


class SourceLeftOut(NamedTuple):
    """A whole file, sheet or table of a source that was not loaded; None where the next larger thing is meant."""

    source: str
    sheet: str | None
    table: str | None
    lines: int


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
    lines: list[SourceLines] = field(default_factory=list)
    left_out: list[SourceLeftOut] = field(default_factory=list)
    """Whole files, sheets and tables that were not loaded."""
