"""The product, asked the same way as the reference: a world goes in as a folder, plain rows come out."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pandas as pd

from graph_model.errors import VerdigraphError
from loaders import load
from queries import open_store
from tests.reference.answer import COLUMNS
from tests.reference.folder import write_folder
from tests.reference.world import Refused, Row, World

NOT_COMPARED = {"path"}
"""Free in its words (SPEC 6.3 gives an example); tests/queries/test_ban_paths.py looks at it."""
RELATIVE = 1e-12


class Product:
    """A world loaded into a store."""

    def __init__(self, world: World, folder: Path) -> None:
        write_folder(world, folder / "source")
        load([folder / "source"], store=folder / "store")
        self.session = open_store(folder / "store")

    def answer(self, question: str, as_of: date, **options: Any) -> list[Row]:
        """The rows of the product's answer as plain python values; exit 2 becomes `Refused`."""
        try:
            table = self.session.ask(question, as_of=as_of, **options).table
        except VerdigraphError as error:
            raise Refused(str(error)) from error
        assert list(table.columns) == COLUMNS[question].split()
        columns = [[plain(value) for value in table[column].tolist()] for column in table.columns]
        return [dict(zip(table.columns, values, strict=True)) for values in zip(*columns, strict=True)]


def plain(value: Any) -> Any:
    """None for every null, dates without time; nothing else changes."""
    if value is None or value is pd.NA or value is pd.NaT or (isinstance(value, float) and value != value):
        return None
    if isinstance(value, datetime):
        return value.date()
    return value


def difference(expected: list[Row], actual: list[Row]) -> str:
    """What differs, in one short text; empty when nothing does."""
    if len(expected) != len(actual):
        return f"{len(expected)} rows expected, {len(actual)} found" + row_heads(expected, actual)
    lines = []
    for number, (mine, theirs) in enumerate(zip(expected, actual, strict=True)):
        for column in mine:
            if column not in NOT_COMPARED and not same(mine[column], theirs[column]):
                head = next(iter(mine.values()))
                lines.append(f"row {number} ({head}) {column}: {mine[column]!r} expected, {theirs[column]!r} found")
    return "\n".join(lines[:12])


def row_heads(expected: list[Row], actual: list[Row]) -> str:
    return "".join(
        f"\n  {who}: " + " | ".join(",".join(str(v) for v in list(row.values())[:8]) for row in rows)
        for who, rows in (("expected", expected), ("found", actual))
    )


def same(mine: Any, theirs: Any) -> bool:
    """Equal in value and in kind: a flag is no number, a whole number no text; floats to one part in 10^12."""
    if isinstance(mine, bool) or isinstance(theirs, bool):
        return mine is theirs
    if isinstance(mine, (int, float)) and isinstance(theirs, (int, float)):
        return abs(mine - theirs) <= RELATIVE * max(abs(mine), abs(theirs))
    return type(mine) is type(theirs) and bool(mine == theirs)
