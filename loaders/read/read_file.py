"""A source file into typed rows with their origin: every field of a record, `_sheet`, `_row`, and what was left out.

Counts hold exactly: rows read = typed rows + rejected + titles (title, header, note and total lines); blank rows do
not count.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

import pyarrow as pa

from graph_model.records import RECORDS
from loaders.issues.log import IssueLog
from loaders.read.blocks import Part, parts
from loaders.read.formats import read_sheets
from loaders.read.formats.sheet import Refused, Sheet
from loaders.read.headers import is_running_number, label
from loaders.read.sources import SourceFile
from loaders.read.typed_rows import Counts, PartRows

__all__ = ["Counts", "ParsedFile", "read_source"]


@dataclass
class ParsedFile:
    """What one file holds: per table its typed rows and counts."""

    path: str
    sha256: str
    tables: dict[str, pa.Table] = field(default_factory=dict)
    counts: dict[str, Counts] = field(default_factory=dict)


def read_source(file: SourceFile, log: IssueLog) -> ParsedFile:
    """Read every table of a file; what is wrong with it goes to `log` and never stops other files."""
    return _FileReading(file, log).read()


class _FileReading:
    """One pass over the sheets of a file."""

    def __init__(self, file: SourceFile, log: IssueLog) -> None:
        self.file, self.log = file, log
        self._batches: defaultdict[str, list[pa.Table]] = defaultdict(list)
        self._counts: defaultdict[str, Counts] = defaultdict(Counts)
        self._without_table: list[tuple[Sheet, Part | None]] = []

    def read(self) -> ParsedFile:
        """Return the tables found, whatever else the file holds."""
        try:
            lines = sum(self._read_sheet(sheet) for sheet in read_sheets(self.file))
        except Refused as refusal:
            # Half a file is no file: what was read before the refusal does not count either.
            self._batches.clear()
            self._counts.clear()
            self.log.add_refusal(self.file.name, refusal.code, refusal.facts)
        else:
            if not lines:
                self.log.add("file_empty", file=self.file.name)
            for sheet, part in self._without_table:
                self._report_without_table(sheet, part)
        tables = {table: _joined(batches) for table, batches in self._batches.items()}
        return ParsedFile(self.file.name, self.file.sha256, tables, dict(self._counts))

    def _read_sheet(self, sheet: Sheet) -> int:
        if not sheet.lines:
            return 0
        if sheet.hidden:
            self.log.add("sheet_hidden", file=self.file.name, sheet=sheet.name)
        found = list(parts(sheet, self.file))
        for part in found:
            self._read_part(part)
        if not found:
            self._without_table.append((sheet, None))
        return len(sheet.lines)

    def _read_part(self, part: Part) -> None:
        best = part.fits[0] if part.fits else None
        if best is None or (len(part.fits) > 1 and best.missing):
            self._without_table.append((part.sheet, part))
        elif len(part.fits) > 1:
            self._report_open(part)
        elif best.missing:
            self._stop(part)
        else:
            rows = PartRows(part, best, self.file.name, self.log)
            self._batches[best.table] += rows.batches()
            self._counts[best.table] += rows.counts
            self._report_unused(part)

    def _stop(self, part: Part) -> None:
        """Leave out a table that lacks a required column."""
        best = part.fits[0]
        code = "tier_open" if best.table == "listings" and best.missing == ("tier",) else "column_missing"
        self.log.add(
            code,
            table=best.table,
            file=self.file.name,
            sheet=part.sheet.name,
            rows=part.sheet.lines[part.header.first].row,
            table_zh=RECORDS[best.table].title,
            missing="、".join(label(best.table, field) for field in best.missing),
            headers="、".join(part.header_texts()),
        )
        self._counts[best.table] += PartRows(part, best, self.file.name, IssueLog()).count_only()

    def _report_open(self, part: Part) -> None:
        tables = [RECORDS[fit.table].title for fit in part.fits]
        self.log.add(
            "table_open",
            file=self.file.name,
            sheet=part.sheet.name,
            rows=part.sheet.lines[part.header.first].row,
            candidates="、".join(tables),
            example=tables[0],
        )

    def _report_unused(self, part: Part) -> None:
        used = {column.at for column in part.fits[0].columns.values()}
        left = [
            spellings[0]
            for index, spellings in enumerate(part.header.cells)
            if spellings and index not in used and not is_running_number(spellings[-1])
        ]
        if left:
            self.log.add(
                "columns_unused",
                table=part.fits[0].table,
                file=self.file.name,
                sheet=part.sheet.name,
                headers="、".join(left),
            )

    def _report_without_table(self, sheet: Sheet, part: Part | None) -> None:
        """Tell of a sheet that is no table: an error if nothing else in the file is one, else a hint."""
        first = part.header_texts() if part else [cell for cell in sheet.lines[0].cells if cell]
        file, name = self.file.name, sheet.name
        if self._counts or (part is None and len(first) < 2):
            self.log.add("sheet_without_table", file=file, sheet=name, lines=len(sheet.lines))
        else:
            self.log.add("table_unknown", file=file, sheet=name, headers="、".join(first[:20]))


def _joined(batches: list[pa.Table]) -> pa.Table:
    return pa.concat_tables(batches).unify_dictionaries().combine_chunks()
