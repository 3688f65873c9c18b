"""A source file into typed rows with their origin: every field of a record, `_sheet`, `_row`, and what was left out.

Every line that is not blank is accounted for: lines = typed rows + rejected + titles (title, header, note and total lines) +
lines of parts that were left out whole.
"""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import pyarrow as pa

from graph_model.records import RECORDS
from graph_model.tiers import TIER_ZH, Tier
from loaders.issues.log import IssueLog
from loaders.read.blocks import Part, parts
from loaders.read.column_doubts import tell_doubtful_columns
from loaders.read.formats import read_sheets
from loaders.read.formats.sheet import Sheet, TextLines
from loaders.read.headers import label
from loaders.read.line_words import is_note_sheet
from loaders.read.list_names import Stop
from loaders.read.periods import batch_of
from loaders.read.published import GivenByName
from loaders.read.refused import FileRefused
from loaders.read.running_numbers import number_gaps
from loaders.read.sources import SourceFile
from loaders.read.table_fits import Fit
from loaders.read.typed_rows import Counts, PartRows

__all__ = ["Counts", "LeftOut", "ParsedFile", "read_source"]


_SHOWN = 3
"""First lines of a sheet without a header that its issue shows."""


class LeftOut(NamedTuple):
    """A whole file, sheet or table that was not read: its sheet and table where known, and its lines."""

    sheet: str | None
    table: str | None
    lines: int


@dataclass
class ParsedFile:
    """What one file holds: its lines, per table its typed rows and counts, and what was left out whole."""

    path: str
    sha256: str
    tables: dict[str, pa.Table] = field(default_factory=dict)
    counts: dict[str, Counts] = field(default_factory=dict)
    unread: dict[str, pa.Table] = field(default_factory=dict)
    """Rows that were left out and may still hold of their unit."""
    lines: int = 0
    """Lines that are not blank, as the format's reader counts them."""
    notes: int = 0
    """Lines of sheets that hold notes and no table."""
    left_out: list[LeftOut] = field(default_factory=list)

    def typed(self) -> int:
        """Return how many rows were typed."""
        return sum(rows.num_rows for rows in self.tables.values())


def read_source(file: SourceFile, log: IssueLog) -> ParsedFile:
    """Read every table of a file; what is wrong with it goes to `log` and never stops other files."""
    with _without_collection():
        return _FileReading(file, log).read()


@contextmanager
def _without_collection() -> Iterator[None]:
    """Let Python look for no cycles: the cells of a sheet have none, and to look through them takes half the time of reading."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class _FileReading:
    """One pass over the sheets of a file."""

    def __init__(self, file: SourceFile, log: IssueLog) -> None:
        self.file, self.log = file, log
        self._batches: defaultdict[str, list[pa.Table]] = defaultdict(list)
        self._unread: defaultdict[str, list[pa.Table]] = defaultdict(list)
        self._counts: defaultdict[str, Counts] = defaultdict(Counts)
        self._left_out: list[LeftOut] = []
        self._notes = 0

    def read(self) -> ParsedFile:
        """Return the tables found, whatever else the file holds."""
        try:
            lines = sum(self._read_sheet(sheet) for sheet in read_sheets(self.file))
        except FileRefused as refusal:
            return self.refused(refusal)
        if not lines:
            return self.refused(FileRefused("file_empty"))
        tables = {table: _joined(batches) for table, batches in self._batches.items()}
        return ParsedFile(
            self.file.name,
            self.file.sha256,
            tables,
            dict(self._counts),
            {table: _joined(batches) for table, batches in self._unread.items() if batches},
            lines,
            self._notes,
            self._left_out,
        )

    def refused(self, refusal: FileRefused) -> ParsedFile:
        """Return a file of which nothing is read; half a file is no file."""
        self.log.add_refusal(self.file.name, refusal.code, refusal.facts)
        left_out = [LeftOut(None, None, refusal.lines)]
        return ParsedFile(self.file.name, self.file.sha256, lines=refusal.lines, left_out=left_out)

    def _read_sheet(self, sheet: Sheet) -> int:
        if not sheet.lines and not sheet.titles and not sheet.below:
            return 0
        if sheet.hidden:
            self.log.add("sheet_hidden", file=self.file.name, sheet=sheet.name)
        if sheet.deleted:
            self.log.add("text_deleted", file=self.file.name, sheet=sheet.name, count=sheet.deleted)
        found = list(parts(sheet, self.file)) if sheet.lines else []
        self._tell_formulas(sheet)
        if sheet.is_paged:
            self._check_numbers(sheet, found)
        counted = sum(self._read_part(part) for part in found) if found else self._without_header(sheet)
        self._notes += len(sheet.below)
        counted += len(sheet.below)
        beyond = len(sheet.below) + sum(part.beyond for part in found)
        lines = len(sheet.lines) + len(sheet.titles) + beyond if sheet.whole else counted
        if lines != counted:
            self.log.add("lines_unaccounted", file=self.file.name, sheet=sheet.name, lines=lines, counted=counted)
            self._left_out.append(LeftOut(sheet.name, None, lines - counted))
        if sheet.text_lines is not None:
            self._check_text(sheet.text_lines, lines - sum(part.beyond for part in found))
        return lines

    def _check_text(self, text: TextLines, rows: int) -> None:
        """Hold the rows of a text against its lines, and tell of rows that take several and of quotes that nothing closes."""
        if text.total != rows + text.inside:
            self.log.add(
                "lines_unaccounted", file=self.file.name, sheet=None, lines=text.total, counted=rows + text.inside
            )
            self._left_out.append(LeftOut(None, None, text.total - rows - text.inside))
        if text.wrapped:
            self.log.add("rows_of_several_lines", file=self.file.name, rows=text.wrapped, lines=text.inside)
        if text.stray:
            rows_of, cells = zip(*text.stray, strict=True)
            self.log.add("quote_not_closed", file=self.file.name, rows=rows_of, values=cells)
        if text.other_delimiter:
            self.log.add("row_of_other_delimiter", file=self.file.name, rows=text.other_delimiter)

    def _tell_formulas(self, sheet: Sheet) -> None:
        """Tell of formulas that no program has worked out: their cells look blank."""
        for letters in sorted({column for _, column in sheet.formulas}):
            rows = [row for row, column in sheet.formulas if column == letters]
            self.log.add(
                "formula_without_value",
                file=self.file.name,
                sheet=sheet.name,
                rows=rows,
                column=letters,
                values=[f"{letters}{row}" for row in rows],
            )

    def _check_numbers(self, sheet: Sheet, found: list[Part]) -> None:
        """Tell of rows that were not read, by the running numbers of those that were."""
        for gap in number_gaps(found):
            self.log.add(
                "rows_missing",
                file=self.file.name,
                sheet=gap.line.place or sheet.name,
                rows=gap.line.row,
                values=gap.number,
                before=gap.before,
            )

    def _read_part(self, part: Part) -> int:
        """Read one table, or tell why it is left out; return how many lines that accounts for."""
        means = part.means
        best = means.fits[0] if means.fits else None
        if means.stop is not None:
            return self._stop_by_name(part, means.stop)
        if means.unnamed or best is None or (len(means.fits) > 1 and best.missing):
            code = "table_unnamed" if means.unnamed else "table_unknown"
            self._tell(code, part, headers="、".join(part.header_texts()[:20]))
            return self._leave_out(part)
        if len(means.fits) > 1:
            tables = [RECORDS[fit.table].title for fit in means.fits]
            self._tell("table_open", part, candidates="、".join(tables), example=tables[0])
            return self._leave_out(part)
        if best.missing:
            return self._stop(part, best)
        rows = PartRows(part, best, self.file.name, self.log)
        self._batches[best.table] += rows.batches()
        self._unread[best.table] += rows.unread
        self._counts[best.table] += rows.counts
        if best.given.removal is not None and "removed_on" not in best.columns:
            self._tell_removal(part, best.given)
        if not part.is_group:
            tell_doubtful_columns(part, best, self.file.name, self.log)
        return rows.counts.read

    def _tell(self, code: str, part: Part, table: str | None = None, **facts: Any) -> None:
        """Log that a table is left out, at its header."""
        row = part.sheet.lines[part.header.first].row
        self.log.add(code, table=table, file=self.file.name, sheet=part.sheet.name, rows=row, **facts)

    def _tell_removal(self, part: Part, given: GivenByName) -> None:
        """Say of a removal list how far it reaches; its rows add nothing."""
        assert given.removal is not None
        batch = batch_of(given.year, given.round)
        tier = TIER_ZH[Tier.of(given.values["tier"])] if "tier" in given.values else None
        scope = "、".join(filter(None, (tier, batch))) or "各层级、各批次"
        self._tell(
            "removal_list_loaded", part, "listings", word=given.removal.word, text=given.removal.text, scope=scope
        )

    def _leave_out(self, part: Part) -> int:
        lines = part.lines()
        self._left_out.append(LeftOut(part.sheet.name, None, lines))
        return lines

    def _without_header(self, sheet: Sheet) -> int:
        """Account for a sheet in which no header was found."""
        lines = len(sheet.titles) + sum(chunk.filled() for chunk in sheet.chunks(0, None))
        if is_note_sheet(sheet.name) and all(sum(map(bool, line.cells)) == 1 for line in sheet.lines):
            self.log.add("sheet_of_notes", file=self.file.name, sheet=sheet.name, lines=lines)
            self._notes += lines
        else:
            first = [*sheet.titles[:_SHOWN], *("｜".join(filter(None, line.cells)) for line in sheet.lines[:_SHOWN])]
            shown = "；".join(first[:_SHOWN])[:200]
            code = sheet.code or "sheet_without_table"
            self.log.add(code, file=self.file.name, sheet=sheet.name, lines=lines, first=shown)
            self._left_out.append(LeftOut(sheet.name, None, lines))
        return lines

    def _stop_by_name(self, part: Part, stop: Stop) -> int:
        """Leave out a table because of what its names say."""
        best = part.means.fits[0] if part.means.fits else None
        self._tell(stop.code, part, best.table if best else None, word=stop.word, text=stop.text)
        return self._count_out(part, best) if best else self._leave_out(part)

    def _stop(self, part: Part, best: Fit) -> int:
        """Leave out a table that lacks a required column, or whose names say several things at once."""
        table, missing = best.table, "、".join(label(best.table, field) for field in best.missing)
        texts = [best.given.open[field] for field in best.missing if field in best.given.open]
        code = "tier_open" if table == "listings" and best.missing == ("tier",) else "column_missing"
        self._tell(
            "name_says_several" if texts else code,
            part,
            table,
            table_zh=RECORDS[table].title,
            missing=missing,
            text=texts[0] if texts else "",
            headers="、".join(part.header_texts()),
        )
        return self._count_out(part, best)

    def _count_out(self, part: Part, best: Fit) -> int:
        """Count the lines of a table that is left out."""
        counts = PartRows(part, best, self.file.name, IssueLog()).count_only()
        self._counts[best.table] += counts
        self._left_out.append(LeftOut(part.sheet.name, best.table, counts.rejected))
        return counts.read


def _joined(batches: list[pa.Table]) -> pa.Table:
    return pa.concat_tables(batches).unify_dictionaries().combine_chunks()
