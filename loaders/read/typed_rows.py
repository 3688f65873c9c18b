"""The rows of one part of a sheet, typed chunk by chunk: required values must be there, optional ones may be doubtful."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from graph_model.arrays import Flags
from graph_model.records import RECORDS, needed
from graph_model.values import STRINGS, Remark, compact
from graph_model.values.codes import CODE
from graph_model.values.numbers import MONEY, PERCENT
from loaders.issues.log import IssueLog
from loaders.read.blocks import Part
from loaders.read.data_lines import body_rows
from loaders.read.formats.sheet import Chunk
from loaders.read.given_cells import blank_cells, fill_given, fill_region, holds_provinces, joined_regions, needed_of
from loaders.read.headers import HeaderColumn, header_key, kinds, label, required, unit_in
from loaders.read.list_ends import ListEnds, list_ends
from loaders.read.percents import scale_percents
from loaders.read.table_fits import Fit
from loaders.read.typed_columns import ColumnReader, Typed
from loaders.read.unit_line import units_below
from loaders.read.unit_names import DITTO, above, names_a_unit, without_no_names

AS_NUMBER: Final = Remark("warning", "code_as_number")
_BLANK: Final = Remark("warning", "required_unknown")
_HELD_AGAINST: Final = frozenset({"incidents", "inspections", "complaints"})
"""Tables of what is held against a unit: left out for want of a name, a row would clear the unit of its code."""
MAY_HOLD: Final = frozenset({"listings", "cultivation", "reports", "tenancies", "supplies"})
"""Tables whose rows, left out for want of a tier, a category, a year or a party, may still hold of their unit."""
_BY_CODE: Final = Remark("warning", "unit_by_code")
_LEADER: Final = ("链主", "chain_leader")


@dataclass(frozen=True)
class Counts:
    """Lines of a table in one file; what was typed is `read - rejected - titles`."""

    read: int = 0
    rejected: int = 0
    titles: int = 0
    """Titles and headers, and the notes and totals among the rows."""
    notes: int = 0
    """How many of `titles` are notes, totals and repeated headers among the rows."""

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.read + other.read,
            self.rejected + other.rejected,
            self.titles + other.titles,
            self.notes + other.notes,
        )


class PartRows:
    """Reads one part as one table."""

    def __init__(self, part: Part, fit: Fit, file: str, log: IssueLog) -> None:
        self.fit, self.file, self.log = fit, file, log
        self.part, self._units_below = _without_unit_line(part)
        self.table = fit.table
        self.counts = Counts()
        self.unread: list[pa.Table] = []
        """Rows that are left out, of the tables from which a missing row would clear its unit (`MAY_HOLD`)."""
        self._kinds = kinds(fit.table)
        self._title_unit = next(filter(None, map(unit_in, part.context.titles)), None)
        self._readers = {name: self._reader(name, column) for name, column in fit.columns.items()}
        self._mapped = frozenset(column.at for column in fit.columns.values())
        self._national_here = fit.given.is_national and holds_provinces(part, fit)
        self._needed = needed_of(fit)

    def batches(self) -> Iterator[pa.Table]:
        """Yield typed rows; `counts` is complete afterwards."""
        above = self.part.lines_above()
        self.counts += Counts(above, 0, above)
        chunk = None
        for chunk in self.part.sheet.chunks(self.part.start, self.part.stop):
            data = self._data(chunk)
            self._tell_ragged(data)
            yield self._typed(data)
        if chunk is None:
            yield self._typed(Chunk(np.zeros(0, np.int32), [], {}))

    def count_only(self) -> Counts:
        """Return the counts of a part that is stopped: all of its rows are rejected."""
        for chunk in self.part.sheet.chunks(self.part.start, self.part.stop):
            data = self._data(chunk)
            self.counts += Counts(0, len(data.rows), 0)
        above = self.part.lines_above()
        return self.counts + Counts(above, 0, above)

    def _reader(self, name: str, column: HeaderColumn) -> ColumnReader:
        unit = self._units_below.get(column.at) or column.unit or self._title_unit
        if self._kinds[name] is MONEY and not unit and column.header != name:
            self._note("money_unit_missing", column.header)
        return ColumnReader(self._kinds[name], unit)

    def _data(self, chunk: Chunk) -> Chunk:
        """Return the rows that are data."""
        rows = body_rows(chunk, self.part.header.cells, self._mapped)
        data, titles = int(rows.data.sum()), int(rows.titles.sum())
        self.counts += Counts(data + titles, 0, titles, titles)
        return chunk if data == len(chunk.rows) else chunk.where(rows.data)

    def _tell_ragged(self, chunk: Chunk) -> None:
        """Warn of rows of a text file with more cells than the header: a stray delimiter shifts their values."""
        width = len(self.part.header.cells)
        if self.part.sheet.name is not None or len(chunk.columns) <= width:
            return
        over = np.zeros(len(chunk.rows), np.bool_)
        for column in chunk.columns[width:]:
            over |= np.asarray(column.is_valid())
        if over.any():
            self.log.add("rows_ragged", table=self.table, file=self.file, rows=chunk.rows[over])

    def _typed(self, chunk: Chunk) -> pa.Table:
        fields = {name: self._read(name, chunk) for name in self._kinds}
        fill_given(self.table, self.fit.given, fields, self._national_here)
        if self.part.region is not None:
            fill_region(self.table, fields, self.part.region)
        if self.table in _HELD_AGAINST:
            fields["unit"] = _named_by_code(fields["unit"], fields["uscc"])
        rejected = self._rejected(fields, chunk)
        kept = ~rejected
        ends = self._ends(fields, chunk, kept)
        for name in set(required(self.table)) - set(needed(RECORDS[self.table])):
            self._remark(name, _BLANK, chunk, blank_cells(fields[name]) & kept)
        self.counts += Counts(0, int(rejected.sum()), 0)
        for name, typed in fields.items():
            for remark, where in typed.remarks.items():
                self._remark(name, remark, chunk, where & kept)
        table = self._table(fields, chunk, ends)
        if not rejected.any():
            return table
        if self.table in MAY_HOLD:
            self.unread.append(table.filter(pa.array(rejected)))
        return table.filter(pa.array(kept))

    def _rejected(self, fields: dict[str, Typed], chunk: Chunk) -> Flags:
        """Return which rows lack what every row must know, and tell of them."""
        rejected = np.zeros(len(chunk.rows), np.bool_)
        for name in self._needed:
            missing = np.asarray(fields[name].values.is_null()) & ~rejected
            if missing.any():
                self._reject(name, fields[name], chunk, missing)
                rejected |= missing
        return rejected

    def _read(self, name: str, chunk: Chunk) -> Typed:
        column = self.fit.columns.get(name)
        if name == "region" and self.fit.joined:
            return joined_regions(
                [chunk.columns[at] for at in self.fit.joined if at < len(chunk.columns)], len(chunk.rows)
            )
        if column is None or column.at >= len(chunk.columns):
            return Typed(pa.nulls(len(chunk.rows), self._kinds[name].arrow), {})
        typed = self._readers[name].read(chunk.columns[column.at])
        stored = chunk.numbers.get(column.at)
        if stored is not None and self._kinds[name] is CODE:
            return _without_numbers(typed, stored)
        if names_a_unit(self.table, name, self._kinds[name]):
            return without_no_names(typed, chunk.columns[column.at])
        if self._kinds[name] is PERCENT:
            says_percent = "%" in (*compact(column.header), self._units_below.get(column.at))
            # Where formats are not read, 0.7 beside 62 may be shown as 70 %: then the header does not settle it.
            says_percent = says_percent and self.part.sheet.knows_formats()
            return scale_percents(typed, chunk, column.at, self.part.sheet.percent_rows(column.at), says_percent)
        return typed

    def _reject(self, name: str, typed: Typed, chunk: Chunk, missing: Flags) -> None:
        for remark, where in typed.remarks.items():
            self._remark(name, Remark("error", remark.code), chunk, where & missing)
            missing = missing & ~where
        code = "tier_open" if self.table == "listings" and name == "tier" else "required_missing"
        self._remark(name, Remark("error", code), chunk, missing)

    def _remark(self, name: str, remark: Remark, chunk: Chunk, where: Flags) -> None:
        at = np.flatnonzero(where)
        if not len(at):
            return
        column = self.fit.columns.get(name)
        has_text = column is not None and column.at < len(chunk.columns)
        values = chunk.columns[column.at].take(pa.array(at)) if has_text and column else None
        header = column.header if column else label(self.table, name)
        if column is not None and remark.code == DITTO.code:
            # Each on its own, with what the line above says as a proposal.
            for row, name in zip(at, above(chunk.columns[column.at], at), strict=True):
                one = np.array([row])
                texts = chunk.columns[column.at].take(pa.array(one))
                self._tell(remark, header, chunk.by_place(one, texts), above=name or "？")
        else:
            self._tell(remark, header, chunk.by_place(at, values))

    def _tell(self, remark: Remark, header: str, places: Iterator[tuple[str | None, Any, Any]], **facts: str) -> None:
        """Put a remark on its rows, sheet by sheet, into the log."""
        for place, rows, texts in places:
            self.log.add(
                remark.code,
                level=remark.level,
                table=self.table,
                file=self.file,
                sheet=place,
                rows=rows,
                column=header,
                values=texts,
                **facts,
            )

    def _note(self, code: str, column: str) -> None:
        self.log.add(code, table=self.table, file=self.file, sheet=self.part.sheet.name, column=column)

    def _ends(self, fields: dict[str, Typed], chunk: Chunk, kept: Flags) -> ListEnds | None:
        """Return which rows of a list are removed, and tell of those whose day is not known."""
        if self.table != "listings":
            return None
        ends = list_ends(self.fit, self.part, fields, chunk)
        for code, at, where in ends.told:
            self._tell_status(code, at, chunk, where & kept)
        return ends

    def _tell_status(self, code: str, at: int | None, chunk: Chunk, where: Flags) -> None:
        rows = np.flatnonzero(where)
        values = None if at is None else chunk.columns[at].take(pa.array(rows))
        header = label(self.table, "removed_on") if at is None else self.part.header.cells[at][0]
        for place, lines, texts in chunk.by_place(rows, values):
            self.log.add(code, table=self.table, file=self.file, sheet=place, rows=lines, column=header, values=texts)

    def _table(self, fields: dict[str, Typed], chunk: Chunk, ends: ListEnds | None) -> pa.Table:
        columns: dict[str, Any] = {name: typed.values for name, typed in fields.items()}
        columns["_sheet"] = chunk.places if chunk.places is not None else pa.nulls(len(chunk.rows), STRINGS)
        columns["_row"] = pa.array(chunk.rows, pa.int32())
        if self.table == "tenancies":
            end = fields["end"]
            columns["_end_unknown"] = np.asarray(end.values.is_null()) & ~blank_cells(end)
        if self.table == "supplies":
            buyer = self.fit.columns.get("buyer")
            declared = buyer is None or header_key(buyer.header).startswith(_LEADER)
            columns["_declared"] = pa.repeat(pa.scalar(declared), len(chunk.rows))
        if ends is not None:
            columns |= ends.columns(len(chunk.rows))
        return pa.table(columns)


def _without_unit_line(part: Part) -> tuple[Part, dict[int, str]]:
    """Return a part without the line of units below its header, and the unit under each column."""
    lines = part.sheet.lines
    units = units_below(lines[part.below].cells) if part.below < len(lines) else None
    if units is None:
        return part, {}
    return (part if part.is_group else replace(part, start=part.start + 1)), units


def _named_by_code(name: Typed, code: Typed) -> Typed:
    """Let the credit code stand for a name that is blank or none."""
    by_code = np.asarray(name.values.is_null()) & np.asarray(code.values.is_valid())
    if not by_code.any():
        return name
    texts = pc.if_else(pa.array(by_code), code.values.cast(pa.string()), name.values.cast(pa.string()))
    remarks = {remark: where & ~by_code for remark, where in name.remarks.items()}
    return Typed(texts.dictionary_encode(), remarks | {_BY_CODE: by_code})


def _without_numbers(typed: Typed, stored: Flags) -> Typed:
    """Drop codes that a spreadsheet stored as numbers: their last digits are lost."""
    present = stored
    remarks = {remark: where & ~present for remark, where in typed.remarks.items()}
    values = pc.if_else(pa.array(~present), typed.values.cast(pa.string()), pa.scalar(None, pa.string()))
    return Typed(values.dictionary_encode(), remarks | {AS_NUMBER: present})
