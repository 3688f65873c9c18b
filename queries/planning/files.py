"""Small csv files of a plan: quotas by city, names one a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph_model.bilingual import Bilingual
from graph_model.csv_text import CsvRow
from graph_model.errors import UsageError
from queries.law.user_files import user_rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


def table_rows(
    path: str, columns: Sequence[str], also: Mapping[str, Sequence[str]]
) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield line number and cells by column; UsageError where a column is missing. `also` holds its Chinese heads."""
    rows = _rows(path)
    heads = next(rows, CsvRow(1, [])).cells
    places = {
        name: next((heads.index(head) for head in (name, *also[name]) if head in heads), None) for name in columns
    }
    missing = [name for name, place in places.items() if place is None]
    if missing:
        listed = "、".join(missing)
        raise UsageError(f"{path} 缺少列：{listed}", f"{path} has no column {', '.join(missing)}")
    for line, cells in rows:
        yield line, {name: cells[at] if at is not None and at < len(cells) else "" for name, at in places.items()}


def first_column(path: str) -> Iterator[str]:
    """Yield the first cell of every line that has one."""
    yield from (cells[0] for _, cells in _rows(path) if cells[0])


def _rows(path: str) -> Iterator[CsvRow]:
    return user_rows(path, _FILE)


_FILE = Bilingual("文件", "file")
