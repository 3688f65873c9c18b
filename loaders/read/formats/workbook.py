"""Workbooks (xlsx, xls) by python-calamine: typed cells as text, and what their types and formats say beside it."""

from __future__ import annotations

import datetime as dt
import os
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Final

import python_calamine
from python_calamine import CalamineSheet, SheetTypeEnum, SheetVisibleEnum

from loaders.read.archives import check_sizes
from loaders.read.formats.biff import percent_places
from loaders.read.formats.sheet import COLUMNS_LIMIT, Grid, Line, Sheet
from loaders.read.formats.sheet_xml import OddCells, Place, has_odd_cells, odd_cells, percent_cells
from loaders.read.refused import FileRefused

Cell = str | int | float | bool | dt.date | dt.time | dt.timedelta
_XML_BLOCK = 1 << 20
_SEAM = 64


def xlsx_sheets(path: Path) -> Iterator[Sheet]:
    """Yield the worksheets of an xlsx, xlsb or ods workbook."""
    yield from _sheets(path, is_odd=check_archive(path), is_xlsx=True)


def xls_sheets(path: Path) -> Iterator[Sheet]:
    """Yield the worksheets of an old workbook."""
    with _quiet():
        sheets = list(_sheets(path, is_odd=False, is_xlsx=False))
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
    number: int = 0
    """Which worksheet of the workbook it is."""

    def knows_formats(self) -> bool:
        """Tell whether formats are read: those of ods and xlsb are not."""
        return not self.is_xlsx or self._has_styles

    @cached_property
    def _has_styles(self) -> bool:
        with zipfile.ZipFile(self.path) as archive:
            return "xl/styles.xml" in archive.namelist() or "xl/workbook.xml" in archive.namelist()

    def percent_rows(self, column: int) -> frozenset[int]:
        """Return the rows whose number in `column` is shown as a percentage."""
        return frozenset(row + 1 for row, at in self._percents if at == column)

    @cached_property
    def _percents(self) -> set[Place]:
        if not self.is_xlsx:
            return percent_places(self.path, self.number)
        return percent_cells(self.path, self.name or "")


def check_archive(path: Path) -> bool:
    """Refuse an archive that must not be unpacked or whose directory lies; tell whether it may have error cells or formulas.

    Unpacking to nowhere costs little and shows that no member is longer than the directory says.
    """
    is_odd = False
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            check_sizes(path, members)
            for member in members:
                with archive.open(member) as stream:
                    seam = b""
                    while block := stream.read(_XML_BLOCK):
                        is_odd = is_odd or ("sheet" in member.filename and has_odd_cells(seam + block))
                        seam = block[-_SEAM:]
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError, zlib.error) as error:
        raise _broken(error) from error
    return is_odd


def _broken(error: Exception) -> FileRefused:
    why = str(error) or type(error).__name__
    return FileRefused("file_unreadable", why_zh=f"不是有效的工作簿（{why}）", why_en=f"not a valid workbook ({why})")


def _sheets(path: Path, *, is_odd: bool, is_xlsx: bool) -> Iterator[Sheet]:
    try:
        # By content and not by path: calamine would judge a path by its suffix.
        with path.open("rb") as stream, python_calamine.load_workbook(stream) as workbook:
            tables = [meta for meta in workbook.sheets_metadata if meta.typ is SheetTypeEnum.WorkSheet]
            for number, meta in enumerate(tables):
                odd = odd_cells(path, meta.name) if is_odd else OddCells({}, [])
                lines = _lines(workbook.get_sheet_by_name(meta.name), odd.errors)
                hidden = meta.visible is not SheetVisibleEnum.Visible
                formulas = [(row + 1, column_letters(column)) for row, column in odd.formulas]
                yield WorkbookSheet(
                    meta.name, lines, path=path, is_xlsx=is_xlsx, number=number, hidden=hidden, formulas=formulas
                )
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
    # Nearly every cell is text; a call for each would take longer than to read the sheet.
    texts = [
        (cell if cell and not cell.isspace() else None) if cell.__class__ is str else _WRITERS[type(cell)](cell)
        for cell in cells
    ]
    return Line(number, texts, _numbers(tuple(map(type, cells)))) if any(texts) else None


@lru_cache(maxsize=4096)
def _numbers(types: tuple[type, ...]) -> frozenset[int]:
    """Return which cells of a row are stored numbers; most rows of a sheet are alike."""
    return frozenset(at for at, kind in enumerate(types) if kind in (int, float))


def _number(cell: float) -> str:
    return str(int(cell)) if cell.is_integer() and abs(cell) < 1e21 else repr(cell)


def _moment(cell: dt.datetime) -> str:
    return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(" ", "seconds")


_WRITERS: Final[dict[type, Callable[[Any], str | None]]] = {
    bool: lambda cell: "TRUE" if cell else "FALSE",
    float: _number,
    int: str,
    dt.datetime: _moment,
    dt.date: str,
    dt.time: str,
    dt.timedelta: str,
}
"""How people read a cell: whole numbers without .0, days in ISO form."""


def column_letters(column: int) -> str:
    """Return how a spreadsheet names a column (from 0)."""
    letters = ""
    while column >= 0:
        letters = chr(65 + column % 26) + letters
        column = column // 26 - 1
    return letters
