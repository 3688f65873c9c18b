"""Files of the user that options name: their text, whatever encoding a spreadsheet saved them in, and the rows of csv files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from graph_model.bilingual import Bilingual
from graph_model.csv_text import CsvRow, TextFault, decoded
from graph_model.csv_text import csv_rows as read_rows
from graph_model.errors import FileFaultError, UnreadableFileError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def user_text(path: Path | str, what: Bilingual) -> str:
    """Return the text of a file, whatever encoding it is in; UnreadableFileError where it is none that is read."""
    try:
        return decoded(_user_bytes(path, what))
    except TextFault as fault:
        raise UnreadableFileError(what, path, Bilingual(fault.zh, fault.en)) from None


def user_rows(path: Path | str, what: Bilingual) -> Iterator[CsvRow]:
    """Yield the rows of a csv that hold anything, stripped, each with its number; UnreadableFileError."""
    try:
        yield from read_rows(_user_bytes(path, what))
    except TextFault as fault:
        raise UnreadableFileError(what, path, Bilingual(fault.zh, fault.en)) from None


def csv_rows(path: Path | str, what: Bilingual, columns: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the row number and the cells of every row by column; FileFaultError where the header lacks a column."""
    rows = user_rows(path, what)
    head = next(rows, CsvRow(1, []))
    if not set(columns) <= set(head.cells):
        fault = Bilingual(f"表头应有 {'、'.join(columns)}", f"the columns {', '.join(columns)} are expected")
        raise FileFaultError(path, head.number, fault)
    for number, cells in rows:
        by_head = dict(zip(head.cells, cells, strict=False))
        yield number, {name: by_head.get(name, "") for name in columns}


def _user_bytes(path: Path | str, what: Bilingual) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise UnreadableFileError(what, path, error.strerror or "") from None
