"""Who is assessed, and a fact of all of them: one code per subject into the distinct values, with the rows it was read from."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from graph_model.days import ALWAYS, OPEN, day
from graph_model.kinds import NODE_KINDS
from graph_model.tiers import CATEGORIES, Category

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence
    from datetime import date

    from numpy.typing import NDArray

    from graph_model.arrays import Rows
    from graph_model.view import View
    from queries.law.rules import Rules
    from queries.law.schemes import UnitScore


@dataclass(frozen=True)
class FactColumn:
    """One fact of every subject: `values[codes[i]]` is the fact of subject i."""

    codes: NDArray[Any]
    values: Sequence[Any]
    sources: tuple[tuple[str, Rows], ...] = ()
    """Per table the row of each subject that the fact was read from, -1 for none."""


@dataclass(frozen=True)
class Subjects:
    """Enterprises or parks (`rows` of `table`) that apply in a category, on the day of a view."""

    view: View
    rows: Rows
    category: Category
    rules: Rules
    scores: Mapping[int, UnitScore] = field(default_factory=dict)
    """Scores that were handed in, by row: they stand in place of what the report that decides says of itself."""

    @property
    def table(self) -> str:
        """Return the table of units they are in."""
        return NODE_KINDS[self.unit].table

    @property
    def unit(self) -> str:
        """Return the column by which tables of facts refer to them."""
        return self.category.unit

    @cached_property
    def place(self) -> Rows:
        """Return for every unit of the table its place among the subjects, -1 for the others (and for row -1)."""
        place = np.full(len(self.view.graph[self.table]) + 1, -1, dtype=np.intp)
        place[self.rows] = np.arange(len(self.rows))
        return place

    @property
    def category_code(self) -> int:
        """Return the category as tables hold it."""
        return CATEGORIES.index(self.category)

    def same(self, value: Any) -> FactColumn:
        """Return a fact that is the same for all."""
        return FactColumn(np.zeros(len(self.rows), dtype=np.int64), [value])

    def flag(self, values: NDArray[Any], own_row: bool = True) -> FactColumn:
        """Return a yes/no fact from 1, 0, -1 of every subject."""
        return FactColumn(values.astype(np.int64) + 1, [None, False, True], self.own_row if own_row else ())

    def word(self, column: str) -> FactColumn:
        """Return a text column of the subjects' own table."""
        codes, words = self.view.graph[self.table].words(column)
        return FactColumn(codes[self.rows].astype(np.int64) + 1, [None, *words], self.own_row)

    def number(self, column: str) -> FactColumn:
        """Return a number of the subjects' own table; NaN is unknown."""
        known, codes = np.unique(self.view.graph[self.table][column][self.rows], return_inverse=True)
        return FactColumn(codes, [None if np.isnan(one) else float(one) for one in known], self.own_row)

    def day(self, column: str) -> FactColumn:
        """Return a day of the subjects' own table; what lies after the day of the view is not known yet."""
        known, codes = np.unique(self.view.graph[self.table][column][self.rows], return_inverse=True)
        return FactColumn(
            codes, [on if (on := day_of(one)) and on <= self.view.day else None for one in known], self.own_row
        )

    def objects(
        self, found: dict[int, Hashable], otherwise: Any, sources: tuple[tuple[str, Rows], ...] = ()
    ) -> FactColumn:
        """Return a fact that some subjects have (by place), and the rest have `otherwise`."""
        number = {value: code for code, value in enumerate(dict.fromkeys(found.values()), start=1)}
        codes = np.zeros(len(self.rows), dtype=np.int64)
        for place, value in found.items():
            codes[place] = number[value]
        return FactColumn(codes, [otherwise, *number], sources)

    @property
    def own_row(self) -> tuple[tuple[str, Rows], ...]:
        """Return the subjects' own rows as where a fact was read from."""
        return ((self.table, self.rows),)


def day_of(number: Any) -> date | None:
    """Return the date of a day number, None for a missing one."""
    return None if number in (OPEN, ALWAYS) else day(int(number))


def three(value: Any) -> bool | None:
    """Return yes, no or unknown of a flag in a vector."""
    return None if value < 0 else bool(value)
