"""Files as people make them, written into a test's folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl

from loaders.issues.log import IssueLog
from loaders.read.read_file import ParsedFile, read_source
from loaders.read.sources import SourceFile, source_files

Rows = Sequence[Sequence[Any]]


def read(path: Path, root: Path | None = None) -> tuple[ParsedFile, IssueLog]:
    """Read one file."""
    log = IssueLog()
    return read_source(SourceFile(path, root or path), log), log


def read_folder(folder: Path) -> tuple[list[ParsedFile], IssueLog]:
    """Read a folder."""
    log = IssueLog()
    return [read_source(file, log) for file in source_files(folder, log)], log


def codes(log: IssueLog) -> list[str]:
    """Return the codes of all issues kept."""
    return [issue.code for issue in log.issues()]


def xlsx(path: Path, sheets: dict[str, Rows], merges: dict[str, Sequence[str]] | None = None) -> Path:
    """Write a workbook."""
    book = openpyxl.Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        for merge in (merges or {}).get(name, ()):
            sheet.merge_cells(merge)
    book.save(path)
    return path


def csv(path: Path, rows: Rows, encoding: str = "utf-8", delimiter: str = ",") -> Path:
    """Write a csv file."""
    text = "".join(delimiter.join(map(str, row)) + "\r\n" for row in rows)
    path.write_bytes(text.encode(encoding))
    return path


def total(parsed: ParsedFile) -> None:
    """Assert that every line is typed, rejected, a title, or of a part that is left out."""
    for table, counts in parsed.counts.items():
        typed = parsed.tables[table].num_rows if table in parsed.tables else 0
        assert counts.read == typed + counts.rejected + counts.titles, table
    read = sum(counts.read for counts in parsed.counts.values())
    assert parsed.lines == read + parsed.notes + sum(part.lines for part in parsed.left_out if part.table is None)
