"""Which rows of a green list say that they are removed: a removal list all of them, else the cells of 状态 and 备注.

A removal without a day is on 31 December of the year that stands beside its word; without one its end is unknown, and the
listing is neither on the list nor off it. SPEC 8, "Ends that cannot be read".
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Final, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from graph_model.arrays import Flags, Ints64
from graph_model.days import number
from graph_model.values import compact
from graph_model.values.coded import FLAG
from graph_model.values.dates import DAY
from loaders.read.blocks import Part
from loaders.read.formats.sheet import Chunk
from loaders.read.given_cells import blank_cells
from loaders.read.headers import in_words
from loaders.read.periods import years_at
from loaders.read.removal_names import status_of
from loaders.read.table_fits import Fit
from loaders.read.typed_columns import Typed

NO_DAY: Final = int(np.iinfo(np.int64).min)
_DAY_IN_TEXT = re.compile(r"\d{4}(?:年\d{1,2}月\d{1,2}[日号]|[-/.]\d{1,2}[-/.]\d{1,2})")


@dataclass
class ListEnds:
    """`removes`: the rows take units off lists that are on record; `unknown`: the end of the row cannot be read.

    `told`: issue code, column of the cell (None: none) and rows.
    """

    removes: bool
    unknown: Flags
    assumed: Flags
    told: list[tuple[str, int | None, Flags]] = field(default_factory=list)

    def columns(self, rows: int) -> dict[str, pa.Array]:
        """Return what is kept of the ends beside the fields of a row."""
        return {
            "_removes": pa.repeat(pa.scalar(self.removes), rows),
            "_end_unknown": pa.array(self.unknown),
            "_end_assumed": pa.array(self.assumed),
        }


class _Status(NamedTuple):
    says: str | None
    day: date | None
    assumed: bool


def list_ends(fit: Fit, part: Part, fields: dict[str, Typed], chunk: Chunk) -> ListEnds:
    """Return the ends of the rows of a list, and put the days that are certain into `removed_on`."""
    rows = len(chunk.rows)
    removal = fit.given.removal
    ends = ListEnds(removal is not None, np.zeros(rows, np.bool_), np.zeros(rows, np.bool_))
    for at in fit.status:
        if at < len(chunk.columns):
            _read_status(ends, fit, part.header.cells[at], at, fields, chunk)
    dated = np.asarray(fields["removed_on"].values.is_valid())
    unreadable = ~dated & ~blank_cells(fields["removed_on"])
    ends.unknown |= unreadable
    if removal is not None:
        blank = ~dated & ~unreadable & ~ends.unknown
        if removal.year is not None:
            day = np.full(rows, number(date(removal.year, 12, 31)), np.int64)
            fields["removed_on"] = _with_days(fields["removed_on"], blank, day)
            ends.assumed |= blank
        else:
            ends.unknown |= ~dated
        return ends
    reason = np.asarray(fields["removal_reason"].values.is_valid()) & ~dated
    ends.told.append(("removal_without_day", None, reason & ~ends.unknown))
    ends.unknown |= reason
    return ends


def _read_status(
    ends: ListEnds, fit: Fit, spellings: tuple[str, ...], at: int, fields: dict[str, Typed], chunk: Chunk
) -> None:
    """Read one column of 状态, 备注 or 是否移出."""
    question = next((group for group in ("status_questions", "status_questions_kept") if _is(group, spellings)), None)
    strict = question is not None or any("状态" in spelling for spelling in spellings)
    column = (
        chunk.columns[at] if pa.types.is_dictionary(chunk.columns[at].type) else chunk.columns[at].dictionary_encode()
    )
    says = [_status(cell, question) for cell in column.dictionary.to_pylist()] + [_Status("", None, assumed=False)]
    codes = column.indices.fill_null(len(says) - 1).to_numpy(zero_copy_only=False)
    removed = np.array([each.says == "removed" for each in says], np.bool_)[codes]
    unclear = np.array([strict and each.says is None for each in says], np.bool_)[codes]
    day = np.array([NO_DAY if each.day is None else number(each.day) for each in says], np.int64)[codes]
    dated = np.asarray(fields["removed_on"].values.is_valid())
    new = removed & ~dated & (day != NO_DAY)
    fields["removed_on"] = _with_days(fields["removed_on"], new, day)
    ends.assumed |= new & np.array([each.assumed for each in says], np.bool_)[codes]
    ends.unknown |= unclear
    undated = removed & ~dated & ~new
    ends.told += [("list_status_unknown", at, unclear), ("removal_in_status", at, removed & ~undated)]
    if fit.given.removal is None:
        ends.told.append(("removal_without_day", at, undated))
        ends.unknown |= undated


def _is(group: str, spellings: tuple[str, ...]) -> bool:
    return any(in_words(group, spelling) for spelling in spellings)


@cache
def _status(cell: str, question: str | None) -> _Status:
    """Return what a cell says of its row, and the day where it names one."""
    text = compact(cell)
    if question is not None:
        flag = FLAG.parse(cell).value
        if flag is not None:
            return _Status("removed" if flag == (question == "status_questions") else "active", None, assumed=False)
    says = status_of(text)
    if says != "removed":
        return _Status(says or ("active" if not text else None), None, assumed=False)
    if (found := _DAY_IN_TEXT.search(text)) and (day := DAY.parse(found[0]).value):
        return _Status(says, day, assumed=False)
    years = {year for year, _, _ in years_at(text)}
    return (
        _Status(says, date(int(years.pop()), 12, 31), assumed=True)
        if len(years) == 1
        else _Status(says, None, assumed=False)
    )


def _with_days(typed: Typed, where: Flags, days: Ints64) -> Typed:
    """Return a column of days with some of them put in, given as day numbers."""
    if not where.any():
        return typed
    put = pa.array(np.where(where, days, 0).astype(np.int32), mask=~where).cast(pa.date32())
    return Typed(pc.if_else(pa.array(where), put, typed.values), typed.remarks)
