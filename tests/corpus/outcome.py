"""What a load of a folder did, read from the store's files and the load's own account; nothing through the product's words."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from graph_model.errors import DataError
from loaders import load

Row = dict[str, Any]

CATEGORIES = ("factory", "park", "product", "supply_chain")
TIERS = (None, "district", "city", "provincial", "national")
_REFERENCES = {
    "enterprise": "enterprises", "buyer": "enterprises", "supplier": "enterprises", "sponsor_enterprise": "enterprises",
    "park": "parks", "sponsor_park": "parks", "agency": "agencies",
}  # fmt: skip


@dataclass(frozen=True)
class SaidIssue:
    """One issue as a person reads it, and where it points."""

    level: str
    text: str
    file: str | None
    row: int | None


@dataclass
class Lines:
    """The account of one file: lines read = loaded + merged + rejected + notes."""

    read: int = 0
    loaded: int = 0
    merged: int = 0
    rejected: int = 0
    notes: int = 0


@dataclass
class LoadOutcome:
    """What one load left behind."""

    facts: dict[str, list[Row]] = field(default_factory=dict)
    """Rows of every table; a reference to a unit is its name, a category or tier its id, a day its ISO text."""
    said: list[SaidIssue] = field(default_factory=list)
    lines: dict[str, Lines] = field(default_factory=dict)
    pairs: list[frozenset[str]] = field(default_factory=list)
    refusal: str | None = None
    """Why nothing was loaded."""

    @property
    def loud(self) -> list[SaidIssue]:
        """Return errors and warnings."""
        return [issue for issue in self.said if issue.level != "hint"]

    @cached_property
    def names(self) -> frozenset[str]:
        """Return the shown names of all enterprises and parks."""
        return frozenset(row["name"] for table in ("enterprises", "parks") for row in self.facts.get(table, []))

    def listed(self) -> set[tuple[Any, ...]]:
        """Return the listings that are neither removed nor of an unknown end."""
        return {
            (row.get("enterprise") or row.get("park"), row["category"], row["tier"], row["batch"], row.get("region"))
            for row in self.facts.get("listings", [])
            if row.get("removed_on") is None and not row.get("end_unknown")
        }


def outcome_of(sources: list[Path], store: Path, **options: bool) -> LoadOutcome:
    """Load folders and return what came of it."""
    outcome = LoadOutcome()
    try:
        summary = load(sources, store, **options)
    except DataError as error:
        outcome.refusal = f"{error}"
        outcome.said = [SaidIssue("error", str(error), None, None)]
        log = getattr(error, "log", None)
        counts = getattr(error, "tables", [])
    else:
        outcome.facts = _facts(store)
        outcome.pairs = [frozenset((pair.name_a, pair.name_b)) for pair in summary.proposals]
        log, counts = summary.log, summary.tables
    outcome.said += [] if log is None else [_said(issue) for issue in log.issues()]
    accounts: defaultdict[str, Lines] = defaultdict(Lines)
    for count in counts:
        account = accounts[count.source]
        account.read += count.read
        account.loaded += count.loaded
        account.merged += count.merged
        account.rejected += count.rejected
        account.notes += count.titles
    outcome.lines = dict(accounts)
    return outcome


def _said(issue: Any) -> SaidIssue:
    texts = (issue.place(), issue.value, issue.message("zh"), issue.expected("zh"), issue.cure("zh"))
    return SaidIssue(issue.level, " ".join(text for text in texts if text), issue.file, issue.row)


def _facts(store: Path) -> dict[str, list[Row]]:
    current = (store / "CURRENT").read_text().strip()
    folder = store / "snapshots" / current / "facts"
    tables = {path.stem: pq.read_table(path).to_pylist() for path in folder.glob("*.parquet")}
    names = {table: [row["name"] for row in tables[table]] for table in ("enterprises", "parks", "agencies")}
    for rows in tables.values():
        for row in rows:
            _decode(row, names)
    return tables


def _decode(row: Row, names: dict[str, list[str]]) -> None:
    for column, value in row.items():
        if value is None:
            continue
        if column in _REFERENCES:
            row[column] = names[_REFERENCES[column]][value]
        elif column in ("tier", "target_tier", "level") and isinstance(value, int):
            row[column] = TIERS[value]
        elif column == "category" and isinstance(value, int):
            row[column] = CATEGORIES[value]
        elif hasattr(value, "isoformat"):
            row[column] = value.isoformat()
