"""Files of the user that options name: their text, whatever encoding a spreadsheet saved them in, and the rows of csv files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from graph_model.bilingual import Bilingual
from graph_model.csv_text import CsvTable, csv_table
from graph_model.errors import FileFaultError, UnreadableFileError
from graph_model.text_encoding import TextFault, decoded

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def user_text(path: Path | str, what: Bilingual) -> str:
    """Return the text of a file, its encoding told by its bytes; UnreadableFileError where it is none that is known."""
    try:
        return decoded(Path(path).read_bytes())
    except OSError as error:
        raise UnreadableFileError(what, path, error.strerror or "") from None
    except TextFault as fault:
        raise UnreadableFileError(what, path, Bilingual(fault.zh, fault.en)) from None


def user_table(path: Path | str, what: Bilingual) -> CsvTable:
    """Return a csv file of the user; FileFaultError where a stray quote or delimiter puts cells into doubt."""
    table = csv_table(user_text(path, what))
    if table.stray_quote is not None:
        raise FileFaultError(path, table.stray_quote, _STRAY_QUOTE)
    if (row := table.too_wide()) is not None:
        raise FileFaultError(path, row, _TOO_WIDE)
    return table


def csv_rows(path: Path | str, what: Bilingual, columns: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the row number and the cells of every row, stripped; FileFaultError where the header lacks a column."""
    table = user_table(path, what)
    if not set(columns) <= set(table.header):
        fault = Bilingual(f"表头应有 {'、'.join(columns)}", f"the columns {', '.join(columns)} are expected")
        raise FileFaultError(path, table.header_row, fault)
    for number, row in table.dicts():
        yield number, {name: row[name] for name in columns}


_STRAY_QUOTE = Bilingual(
    "单元格以引号开头，但没有闭合，请删去多余的引号", "a quote begins a cell and nothing closes it; delete it"
)
_TOO_WIDE = Bilingual("单元格多于表头，请删去多余的分隔符", "more cells than the header; delete the stray delimiter")
