"""The cells of a table of an answer as a page shows them: words for people, the value to sort by, the code that colours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pandas as pd

from queries.answers.labels import label, shown, spoken
from reports.site.page_model import Link

if TYPE_CHECKING:
    from queries.answers.column import Column
    from reports.site.page_model import AnswerTable

NUMBERS: Final = frozenset({"count", "rank", "number", "share", "money", "year", "score"})
"""Kinds of cells that stand on the right and sort by their value."""
SHORT: Final = 9
CODE: Final = 18
LONG: Final = 40
MARKED: Final = frozenset({"verdict", "outcome", "highest", "tier", "severity", "class", "next_tier"})
"""Columns whose code stands as a mark with its word."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its words, the value it sorts by where that is not the words, its code where it is marked, where it leads."""

    text: str
    value: str = ""
    mark: str = ""
    link: Link | None = None

    @property
    def shape(self) -> str:
        """Return `s` for what stays on one line (short words, codes), `l` for what wants a wide column, else nothing."""
        if len(self.text) < SHORT or (len(self.text) <= CODE and self.text.isascii()):
            return "s"
        return "l" if len(self.text) > LONG else ""


@dataclass(frozen=True, slots=True)
class PageColumn:
    """A column of a page's table: its head, what it means, whether numbers stand in it."""

    head: str
    meaning: str
    numeric: bool
    share: bool


def page_columns(table: AnswerTable, lang: str) -> list[PageColumn]:
    """Return the heads of the columns that are shown."""
    return [
        PageColumn(
            label(column, lang), column.meaning.in_(lang), column.kind in NUMBERS or column.kind == "day",
            column.kind == "share",
        )
        for column in _columns(table, lang)
    ]  # fmt: skip


def page_rows(table: AnswerTable, lang: str) -> list[list[Cell]]:
    """Return the rows that stand on the page."""
    data = table.answer.table.head(table.rows)
    columns = _columns(table, lang)
    words = shown(data, columns, lang)
    made = [_cells(table, data, column, words[label(column, lang)].tolist()) for column in columns]
    return [list(row) for row in zip(*made, strict=True)]


def _columns(table: AnswerTable, lang: str) -> tuple[Column, ...]:
    by_name = {column.name: column for column in spoken(table.answer.columns, lang)}
    english = {name: f"{name}_en" for name in table.columns if lang == "en" and f"{name}_en" in by_name}
    return tuple(by_name[english.get(name, name)] for name in table.columns if english.get(name, name) in by_name)


def _cells(table: AnswerTable, data: pd.DataFrame, column: Column, words: list[str]) -> list[Cell]:
    values = data[column.name]
    sorts = [""] * len(words)
    if column.kind in NUMBERS:
        sorts = ["" if pd.isna(value) else repr(float(value)) for value in values]
    marks = [""] * len(words)
    if column.name in MARKED:
        marks = ["" if pd.isna(value) else str(value) for value in values]
    link = table.links.get(column.name)
    leads: list[Link | None] = [None] * len(words)
    if link is not None and link.subject in data:
        leads = [None if pd.isna(subject) else Link(link.page, str(subject)) for subject in data[link.subject]]
    return [Cell(*parts) for parts in zip(words, sorts, marks, leads, strict=True)]
