"""Where headers stand on a sheet: one row or two, repeated, one below another, or twice side by side."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from graph_model.records import RECORDS, fields_of
from loaders.read.formats.sheet import HEAD, Line, Sheet
from loaders.read.headers import header_key, is_header, is_running_number, match_columns

_DIGIT = re.compile(r"\d")
STACKED_LIMIT: Final = 50_000
"""Longest sheet that is searched for a second table below the first."""


class HeaderRow(NamedTuple):
    """Lines `first` to `last` of a sheet are a header; `cells` has the spellings of each column."""

    first: int
    last: int
    cells: list[tuple[str, ...]]
    matched: int


def header_rows(sheet: Sheet) -> list[HeaderRow]:
    """Return the first header, and on sheets of ordinary length those below it."""
    lines = sheet.lines
    first = max(
        (header for at in range(min(HEAD, len(lines))) if (header := _header_at(lines, at)) is not None),
        key=lambda header: (header.matched, -header.first),
        default=None,
    )
    if first is None:
        return []
    headers = [first]
    at = first.last + 1
    while sheet.whole and len(lines) <= STACKED_LIMIT and at < len(lines):
        header = _header_at(lines, at) if _is_all_headers(lines[at]) else None
        if header is not None:
            headers.append(header)
        at = header.last + 1 if header else at + 1
    return headers


def column_spans(header: HeaderRow) -> list[tuple[int, int]]:
    """Return the columns of each table of a header that holds several side by side; one span where it holds one.

    Tables begin at 序号 where that stands more than once, else where the same headers are repeated.
    """
    keys = [header_key(spellings[-1]) if spellings else "" for spellings in header.cells]
    whole = [(0, len(keys))]
    starts = [index for index, spellings in enumerate(header.cells) if spellings and is_running_number(spellings[-1])]
    if len(starts) < 2:
        starts = _repeats(keys)
    if len(starts) < 2:
        return whole
    spans = list(zip([0, *starts[1:]], [*starts[1:], len(keys)], strict=True))
    return spans if all(_names_units(header.cells[first:last]) for first, last in spans) else whole


def _names_units(cells: Sequence[Sequence[str]]) -> bool:
    """Tell whether a header has a column of names of units."""
    return any(fields_of(RECORDS[table])[name].reference for table in RECORDS for name in match_columns(table, cells))


def _repeats(keys: Sequence[str]) -> list[int]:
    """Return where each repetition of one sequence of at least two headers begins."""
    filled = [index for index, key in enumerate(keys) if key]
    for width in range(2, len(filled) // 2 + 1):
        groups = [[keys[index] for index in filled[at : at + width]] for at in range(0, len(filled), width)]
        if all(group == groups[0] for group in groups) and len(set(groups[0])) == width:
            return filled[::width]
    return []


def filled(line: Line) -> int:
    """Return how many cells of a line have text."""
    return sum(1 for cell in line.cells if cell)


def _header_at(lines: Sequence[Line], at: int) -> HeaderRow | None:
    """Return the header that begins with a line: one row, or two where the second finds more columns."""
    single = _header(at, at, [(cell,) if cell else () for cell in lines[at].cells])
    if at + 1 < len(lines) and filled(lines[at]) > 1:
        double = _header(at, at + 1, _combined(lines[at].cells, lines[at + 1].cells))
        below = _header(at + 1, at + 1, [(cell,) if cell else () for cell in lines[at + 1].cells])
        if double.matched > max(single.matched, below.matched):
            return double
    return single if single.matched >= _enough(lines[at]) else None


def _enough(line: Line) -> int:
    """Return how many columns make a line a header: one beside 序号, or alone in a sheet of one column, else two."""
    numbered = any(cell and is_running_number(cell) for cell in line.cells)
    return 1 if numbered or (filled(line) == 1 and len(line.cells) == 1) else 2


def _header(first: int, last: int, cells: list[tuple[str, ...]]) -> HeaderRow:
    return HeaderRow(first, last, cells, _matched(cells))


def _matched(cells: Sequence[Sequence[str]]) -> int:
    return max(len(match_columns(table, cells)) for table in RECORDS)


def _combined(above: Sequence[str | None], below: Sequence[str | None]) -> list[tuple[str, ...]]:
    """Return the spellings of a two-row header: both rows together, the lower, the upper.

    An upper cell without neighbours to its right stands over all of them, as merged cells do.
    """
    cells: list[tuple[str, ...]] = []
    group = None
    for index in range(max(len(above), len(below))):
        upper = above[index] if index < len(above) else None
        lower = below[index] if index < len(below) else None
        group = upper or group
        spellings = (f"{group or ''}{lower}", lower, upper) if lower else (upper,)
        cells.append(tuple(spelling for spelling in spellings if spelling))
    return cells


def _is_all_headers(line: Line) -> bool:
    """Tell whether most cells of a line are known headers; a row of data never is."""
    cells = [cell for cell in line.cells if cell]
    if len(cells) < 2 or any(len(cell) > 40 for cell in cells):
        return False
    words = [cell for cell in cells if not _DIGIT.search(cell)]  # No header has a digit; most cells of data have.
    known = sum(is_running_number(cell) or is_header(cell) for cell in words)
    return known > 1 and known * 10 >= len(cells) * 6
