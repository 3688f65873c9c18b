"""The first day on which each unit is on record: the earliest beginning of any fact that names it. SPEC 1 and 8."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from graph_model.column_types import NEVER
from graph_model.days import ALWAYS, number
from graph_model.kinds import UnitKind
from graph_model.records import RECORDS, fields_of
from loaders.build.cells import NULL
from loaders.resolve.resolve import BEFORE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graph_model.arrays import Ints64
    from loaders.build.merge import Merged


_NOBODY = np.empty(0, dtype=np.int64)
_TOLD_APART = ("reports", "listings")
"""Tables in which rows of one fact may name different units; each of those is on record, though the fact is about none."""


def first_days(
    facts: Mapping[str, Merged], refs: Mapping[str, Mapping[str, Ints64]], counts: Mapping[UnitKind, int]
) -> dict[UnitKind, Ints64]:
    """Return the first day number of every unit of each kind; `NEVER` for those no row puts on record."""
    days = {kind: np.full(count, NEVER, dtype=np.int64) for kind, count in counts.items()}
    for table, merged in facts.items():
        begins = _begins(table, merged)
        for kind, column in _naming(table):
            unit, since = merged.values[column].values, begins
            if table in _TOLD_APART:
                alive = merged.fact >= 0
                unit, since = refs[table][column][alive], begins[merged.fact[alive]]
            present = unit >= 0
            np.minimum.at(days[kind], unit[present], since[present])
    for kind in counts:
        before = refs.get("name_changes", {}).get(BEFORE + kind.value, _NOBODY)
        days[kind][before[before >= 0]] = ALWAYS
    return days


def _naming(table: str) -> list[tuple[UnitKind, str]]:
    """Return the columns of a table that put a unit on record; a sponsor does not."""
    references = (field.reference for field in fields_of(RECORDS[table]).values())
    return [pair for by in references if by and by.kind is not UnitKind.SPONSOR for pair in by.columns.items()]


def _begins(table: str, merged: Merged) -> Ints64:
    record = RECORDS[table]
    begins = np.full(merged.facts, NULL, dtype=np.int64)
    for column in record.begins:
        begins = np.where(begins == NULL, merged.values[column].values, begins)
    if record.year_begins is not None:
        by_year = _first_of_years(merged.values["year"].values, record.year_begins)
        begins = np.where(begins == NULL, by_year, begins)
    return np.where(begins == NULL, ALWAYS, begins)


def _first_of_years(years: Ints64, later: int) -> Ints64:
    distinct = np.unique(years[years != NULL])
    firsts = np.array([number(date(int(year) + later, 1, 1)) for year in distinct], dtype=np.int64)
    at = np.searchsorted(distinct, years)
    first_of_row = np.full(len(years), NULL, dtype=np.int64)
    present = years != NULL
    first_of_row[present] = firsts[at[present]]
    return first_of_row
