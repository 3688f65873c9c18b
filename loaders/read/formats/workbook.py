"""Workbooks (xlsx, xls) by python-calamine: typed cells as text, and what their types and formats say beside it."""

from __future__ import annotations

import datetime as dt
import os
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import openpyxl
import python_calamine
from python_calamine import CalamineSheet, SheetTypeEnum, SheetVisibleEnum

from loaders.read.archives import check_sizes
from loaders.read.formats.sheet import COLUMNS_LIMIT, Grid, Line, Sheet
from loaders.read.refused import FileRefused

Cell = str | int | float | bool | dt.date | dt.time | dt.timedelta
_XML_BLOCK = 1 << 20


def xlsx_sheets(path: Path) -> Iterator[Sheet]:
    """Yield the worksheets of an xlsx workbook."""
    yield from _sheets(path, has_errors=check_archive(path), is_xlsx=True)


def xls_sheets(path: Path) -> Iterator[Sheet]:
    """Yield the worksheets of an old workbook."""
    with _quiet():
        sheets = list(_sheets(path, has_errors=False, is_xlsx=False))
    yield from sheets


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep the words of a Rust panic off the terminal; the issue says what is wrong."""
    kept, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)


@dataclass
class WorkbookSheet(Grid):
    """A worksheet; formats are looked up only where a column needs them."""

    path: Path = field(default_factory=Path)
    is_xlsx: bool = True

    def percent_rows(self, column: int) -> frozenset[int]:
        """Return the rows whose number in `column` is shown as a percentage."""
        return frozenset(row for row, at in self._percents if at == column)

    @cached_property
    def _percents(self) -> set[tuple[int, int]]:
        if not self.is_xlsx:
            return set()
        cells = _styled_cells(self.path, self.name or "")
        return {(cell.row, cell.column - 1) for cell in cells if "%" in (cell.number_format or "")}


def check_archive(path: Path) -> bool:
    """Refuse an archive that must not be unpacked or whose directory lies; tell whether a cell holds an Excel error.

    Unpacking to nowhere costs little and shows that no member is longer than the directory says.
    """
    has_errors = False
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            check_sizes(path, members)
            for member in members:
                with archive.open(member) as stream:
                    while block := stream.read(_XML_BLOCK):
                        has_errors = has_errors or b' t="e"' in block
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError, zlib.error) as error:
        raise _broken(error) from error
    return has_errors


def _broken(error: Exception) -> FileRefused:
    why = str(error) or type(error).__name__
    return FileRefused("file_unreadable", why_zh=f"不是有效的工作簿（{why}）", why_en=f"not a valid workbook ({why})")


def _sheets(path: Path, *, has_errors: bool, is_xlsx: bool) -> Iterator[Sheet]:
    try:
        # By content and not by path: calamine and openpyxl would judge a path by its suffix.
        with path.open("rb") as stream, python_calamine.load_workbook(stream) as workbook:
            for meta in workbook.sheets_metadata:
                if meta.typ is SheetTypeEnum.WorkSheet:
                    sheet = workbook.get_sheet_by_name(meta.name)
                    lines = _lines(sheet, _error_cells(path, meta.name) if has_errors else {})
                    hidden = meta.visible is not SheetVisibleEnum.Visible
                    yield WorkbookSheet(meta.name, lines, path=path, is_xlsx=is_xlsx, hidden=hidden)
    except python_calamine.PasswordError as error:
        raise FileRefused("file_encrypted") from error
    except python_calamine.CalamineError as error:
        raise _broken(error) from error
    except BaseException as error:
        # calamine panics on some broken xls files, and a panic is no `Exception`.
        if type(error).__name__ != "PanicException":
            raise
        raise _broken(ValueError("damaged")) from error


def _lines(sheet: CalamineSheet, errors: dict[tuple[int, int], str]) -> list[Line]:
    if sheet.total_width > COLUMNS_LIMIT:
        raise FileRefused("file_too_wide", columns=sheet.total_width, limit=COLUMNS_LIMIT)
    rows: list[list[Cell]] = sheet.to_python(skip_empty_area=False)
    _fill_groups(rows, sheet.merged_cell_ranges or [])
    for (row, column), text in errors.items():
        if row < len(rows) and column < len(rows[row]):
            rows[row][column] = text
    return [line for number, cells in enumerate(rows, 1) if (line := _line(number, cells))]


def _fill_groups(rows: list[list[Cell]], merges: Sequence[tuple[tuple[int, int], tuple[int, int]]]) -> None:
    """Give every row of a vertical group cell its text; merges across columns are titles and stay as they are."""
    for (top, left), (bottom, right) in merges:
        # A box beside the table lies outside of what calamine gives.
        if left == right and top < len(rows) and left < len(rows[top]):
            for row in rows[top + 1 : bottom + 1]:
                row[left] = rows[top][left]


def _line(number: int, cells: Sequence[Cell]) -> Line | None:
    texts = [_text(cell) for cell in cells]
    if not any(texts):
        return None
    return Line(number, texts, frozenset(at for at, cell in enumerate(cells) if type(cell) in (int, float)))


def _text(cell: Cell) -> str | None:
    """Return a cell as people read it: whole numbers without .0, days in ISO form."""
    match cell:
        case str():
            return None if not cell or cell.isspace() else cell
        case bool():
            return "TRUE" if cell else "FALSE"
        case float():
            return str(int(cell)) if cell.is_integer() and abs(cell) < 1e21 else repr(cell)
        case dt.datetime():
            return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(" ", "seconds")
        case _:
            return str(cell)


def _styled_cells(path: Path, sheet: str) -> Iterator[Any]:
    with path.open("rb") as stream:
        workbook = openpyxl.load_workbook(stream, read_only=True, data_only=True)
        for row in workbook[sheet].iter_rows():
            yield from (cell for cell in row if cell.value is not None)


def _error_cells(path: Path, sheet: str) -> dict[tuple[int, int], str]:
    """Return the cells with an Excel error; calamine shows them as blank."""
    cells = _styled_cells(path, sheet)
    return {(cell.row - 1, cell.column - 1): str(cell.value) for cell in cells if cell.data_type == "e"}
