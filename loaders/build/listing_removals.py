"""Removal lists applied: they end the listings of their units that are on record, and add none. SPEC 8.

A row ends every listing of its category (of the tier and batch where named) that began by its day. Without a day the end is
unknown; without such a listing the row is an error.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np

from loaders.build.cells import NULL, Cells
from loaders.read.periods import parts_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graph_model.arrays import Flags, Ints64
    from loaders.build.merge import Merged
    from loaders.issues.log import IssueLog
    from loaders.read.table_rows import TableRows


_KEYS: Final = ("enterprise", "park", "category")


def removing(rows: TableRows) -> Flags:
    """Return which rows of listings take a unit off instead of listing it."""
    return has_flag(rows, "_removes") & rows.alive


def end_unknown(rows: TableRows, merged: Merged, end: str) -> Ints64:
    """Return 1 for each fact whose end a row of it says and nobody can read, else 0."""
    unknown = np.zeros(merged.facts, dtype=np.int64)
    flagged = has_flag(rows, "_end_unknown") & (merged.fact >= 0)
    unknown[merged.fact[flagged]] = 1
    unknown[merged.values[end].values != NULL] = 0
    return unknown


def apply_removals(rows: TableRows, values: Mapping[str, Cells], merged: Merged, log: IssueLog) -> Merged:
    """End the listings that removal rows name; `values` holds the columns of all rows, `merged` the listings."""
    removals = np.flatnonzero(removing(rows))
    if not len(removals):
        return merged
    row, fact = _pairs(removals, values, merged)
    fits = _named_fits(row, fact, values, merged)
    day = values["removed_on"].values[row]
    begun = (day == NULL) | (merged.values["published_on"].values[fact] <= day)
    row, fact, day = row[fits & begun], fact[fits & begun], day[fits & begun]
    rows.reject(log, "removal_without_listing", np.setdiff1d(removals, row), "unit")
    assumed = has_flag(rows, "_end_assumed")
    rows.report(log, "removed_on_assumed", np.unique(row[assumed[row] & (day != NULL)]), "unit")
    rows.report(log, "removal_without_day", np.unique(row[day == NULL]), "unit")
    _tell_disputed(rows, row[~assumed[row]], fact[~assumed[row]], day[~assumed[row]], merged, log)
    ended = _ended(merged, row, fact, day, values["removal_reason"].values)
    placed = merged.fact.copy()
    first_row, first = np.unique(row, return_index=True)
    placed[first_row] = fact[first]
    more = np.setdiff1d(np.arange(len(row)), first)
    return replace(merged, values=ended, fact=placed, more=(row[more], fact[more]))


def has_flag(rows: TableRows, column: str) -> Flags:
    """Return which rows are marked in a column that the reader adds (`_removes`, `_end_unknown`, `_end_assumed`)."""
    flags: Flags = rows[column].to_numpy().astype(bool)
    return flags


def _pairs(removals: Ints64, values: Mapping[str, Cells], merged: Merged) -> tuple[Ints64, Ints64]:
    """Return every pair of a removal row and a listing of the same unit and category."""
    of_rows = np.stack([values[name].values[removals] for name in _KEYS])
    of_facts = np.stack([merged.values[name].values for name in _KEYS])
    _, codes = np.unique(np.concatenate((of_facts, of_rows), axis=1), axis=1, return_inverse=True)
    codes = codes.reshape(-1)
    facts, wanted = codes[: merged.facts], codes[merged.facts :]
    order = np.argsort(facts, kind="stable")
    low = np.searchsorted(facts[order], wanted, side="left")
    count = np.searchsorted(facts[order], wanted, side="right") - low
    at = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count) + np.repeat(low, count)
    return np.repeat(removals, count), order[at]


def _named_fits(row: Ints64, fact: Ints64, values: Mapping[str, Cells], merged: Merged) -> Flags:
    """Return where tier, year and round of a listing are those that the removal names; what it does not name fits."""
    tier = values["tier"].values[row]
    fits = (tier == NULL) | (tier == merged.values["tier"].values[fact])
    batch = values["batch"]
    row_batch, theirs = batch.values[row], merged.values["batch"].values[fact]
    codes = np.unique(np.concatenate((row_batch, theirs)))
    texts = batch.back(codes).to_pylist()
    for part in (0, 1):
        words = [None if text is None else parts_of(text)[part] for text in texts]
        numbers = np.array([-1 if word is None else int(word) for word in words], dtype=np.int64)
        wanted, held = (numbers[np.searchsorted(codes, side)] for side in (row_batch, theirs))
        fits &= (wanted < 0) | (wanted == held)
    return np.asarray(fits, dtype=np.bool_)


def _tell_disputed(rows: TableRows, row: Ints64, fact: Ints64, day: Ints64, merged: Merged, log: IssueLog) -> None:
    """Warn where a removal list and the list itself tell different days."""
    ended_on = merged.values["removed_on"].values[fact]
    for index in np.flatnonzero((ended_on != NULL) & (day != NULL) & (ended_on != day)).tolist():
        first = int(np.flatnonzero(merged.fact == fact[index])[0])
        first_end = rows["removed_on"][first].as_py()
        here = np.array([row[index]])
        rows.report(
            log,
            "contradiction_dates",
            here,
            "removed_on",
            other_place=rows.place(first),
            other_value=first_end,
            what="removed_on",
        )


def _ended(merged: Merged, row: Ints64, fact: Ints64, day: Ints64, reasons: Ints64) -> dict[str, Cells]:
    """Return the columns of the listings with their ends: the earliest day, the reason where none was known."""
    values = dict(merged.values)
    end, reason, unknown = (values[name].values.copy() for name in ("removed_on", "removal_reason", "end_unknown"))
    earliest = np.where(end == NULL, np.iinfo(np.int64).max, end)
    np.minimum.at(earliest, fact[day != NULL], day[day != NULL])
    end = np.where(earliest == np.iinfo(np.int64).max, NULL, earliest)
    unknown[fact[day == NULL]] = 1
    unknown[end != NULL] = 0
    has_reason = (reasons[row] != NULL) & (reason[fact] == NULL)
    reason[fact[has_reason]] = reasons[row[has_reason]]
    for name, new in (("removed_on", end), ("removal_reason", reason), ("end_unknown", unknown)):
        values[name] = Cells(new, values[name].back)
    return values
