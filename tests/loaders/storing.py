"""A small folder of lists, loaded: what the store then says, in plain Python."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph_model.kinds import UNIT_TABLES
from graph_model.schema import TABLES
from graph_model.store import Store
from loaders import load
from loaders.issues.log import Issue
from loaders.issues.summary import LoadSummary
from tests.reference.folder import write_folder
from tests.reference.hand import world
from tests.reference.world import Row


@dataclass(frozen=True)
class Loaded:
    """A store and the load that made it."""

    store: Path
    summary: LoadSummary

    def rows(self, table: str) -> list[Row]:
        """Return the rows of a table without what is unknown; a reference to a unit is its id."""
        graph = Store(self.store).graph()
        ids = {unit: graph[unit].texts("id").to_pylist() for unit in UNIT_TABLES}
        rows = []
        for row in graph[table].arrow().to_pylist():
            for name, holds in TABLES[table].items():
                if row[name] is not None and holds.refers_to in ids:
                    row[name] = ids[holds.refers_to][row[name]]
            rows.append({name: value for name, value in row.items() if value is not None})
        return rows

    def row(self, table: str) -> Row:
        """Return the only row of a table."""
        (row,) = self.rows(table)
        return row

    def units(self, table: str = "enterprises") -> dict[str, str]:
        """Return the shown name of every unit by its id."""
        return {row["id"]: row["name"] for row in self.rows(table)}

    def issues(self, *codes: str) -> list[Issue]:
        """Return the issues of some kinds, of all kinds by default."""
        return [issue for issue in self.summary.log.issues() if not codes or issue.code in codes]

    def codes(self) -> list[str]:
        """Return the kinds of all issues, each once."""
        return sorted({issue.code for issue in self.issues()})


def write(folder: Path, **tables: list[Row]) -> Path:
    """Write tables as a planner's csv files; `decisions` are rows of decisions.csv."""
    write_folder(world(**tables), folder)
    return folder


def loaded(folder: Path, **tables: list[Row]) -> Loaded:
    """Write tables into `folder/lists` and load them into `folder/store`."""
    return Loaded(folder / "store", load([write(folder / "lists", **tables)], folder / "store"))


def decision(name: str, **more: Any) -> Row:
    """A row of decisions.csv."""
    return {"name": name, "same_as": None, "different_from": None} | more


def files_of(folder: Path) -> dict[str, str]:
    """Return the hash of every file under a folder, but for what a store notes of the day and the machine."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "loading.json"
    }
