"""Units that an option names: ids, codes or names, or a file with one of them a line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from graph_model.bilingual import Bilingual
from graph_model.errors import UnreadableFileError
from queries.asking.find_unit import find_on_record
from queries.planning.files import first_column

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from graph_model.view import View

FILE_ENDINGS = (".txt", ".csv")


def named_units(view: View, names: Sequence[str], table: str) -> list[int]:
    """Return the rows of units on record, each once, in the order named; UsageError for one that is not."""
    rows: dict[int, None] = {}
    for name in _written(names):
        rows[find_on_record(view, name, table)] = None
    return list(rows)


def _written(names: Sequence[str]) -> Iterator[str]:
    """Yield the names, those of a file one by one."""
    for name in names:
        if name.lower().endswith(FILE_ENDINGS) and Path(name).is_file():
            yield from first_column(name)
        elif name.lower().endswith(FILE_ENDINGS):
            raise UnreadableFileError(Bilingual("名单", "list of units"), name)
        else:
            yield name
