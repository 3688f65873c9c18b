"""Which sheets a planner's workbook has, read from `sheets.yaml`; and in which order the columns of an answer stand."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

import yaml
from pydantic import BaseModel, ConfigDict

from queries.audience import AudienceKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from queries.answers.column import Column

NAMES: Final = ("unit", "enterprise", "park", "leader", "agency", "region", "name", "goal", "sponsor", "supplier")
"""Columns that name what a row is about; the first of them that there is stands first."""
CODES: Final = ("uscc",)
"""Columns that stand behind everything but ids."""


class ChartOfSheet(BaseModel):
    """A chart of a sheet: columns of names and values, at most so many bars, title, and axes (names, values; in two languages)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    names: str
    values: str
    most: int
    title: tuple[str, str]
    axes: tuple[str, str, str, str]


class SheetOfBook(BaseModel):
    """A sheet of a planner's workbook: the answer to a question."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: tuple[str, str]
    question: str
    kinds: tuple[AudienceKind, ...] = ("province", "city", "park", "leader")
    options: dict[str, Any] = {}
    subject: str | None = None
    """Option that takes the audience itself, where the question is about one park or leader."""
    unfiltered: bool = False
    chart: ChartOfSheet | None = None


@cache
def sheets() -> tuple[SheetOfBook, ...]:
    """Return every sheet, in order."""
    text = files("reports.books").joinpath("sheets.yaml").read_text(encoding="utf-8")
    return tuple(SheetOfBook.model_validate(entry) for entry in yaml.safe_load(text))


def names_first(columns: Sequence[Column]) -> tuple[Column, ...]:
    """Return columns as people read them: what a row is about, then what is said of it, codes and ids last."""
    subject = next((column for name in NAMES for column in columns if column.name == name), None)

    def place(column: Column) -> int:
        if column is subject:
            return 0
        return 3 if column.kind == "id" else 2 if column.name in CODES else 1

    return tuple(sorted(columns, key=place))
