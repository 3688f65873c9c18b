"""Small csv files of a plan: quotas by city, names one a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph_model.bilingual import Bilingual
from graph_model.csv_text import csv_table
from graph_model.errors import MissingPartsError
from queries.law.user_files import user_table, user_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


def table_rows(
    path: str, columns: Sequence[str], also: Mapping[str, Sequence[str]]
) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield line number and cells by column; UsageError where a column is missing. `also` holds its Chinese heads."""
    table = user_table(path, _FILE)
    heads = {name: next((head for head in (name, *also[name]) if head in table.header), None) for name in columns}
    missing = [name for name, head in heads.items() if head is None]
    if missing:
        raise MissingPartsError(path, Bilingual("列", "columns"), missing)
    for number, row in table.dicts():
        yield number, {name: row[head] for name, head in heads.items() if head is not None}


def first_column(path: str) -> Iterator[str]:
    """Yield the first cell of every line that has one."""
    table = csv_table(user_text(path, _FILE))
    yield from (cells[0] for cells in (table.header, *(cells for _, cells in table.rows)) if cells and cells[0])


_FILE = Bilingual("文件", "file")
