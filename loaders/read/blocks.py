"""Parts of a sheet: each a header, the table it belongs to, the titles above and the lines below.

A header may stand anywhere, take two rows, be repeated (pages of a PDF), or follow another table on the same sheet. The
table is the one whose columns the header names best; title, sheet and file name count where headers leave it open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from graph_model.records import RECORDS
from graph_model.values import compact
from loaders.read.formats.sheet import HEAD, Line, Sheet
from loaders.read.headers import HeaderColumn, is_header, is_running_number, match_columns, required
from loaders.read.published import Context, ListFacts, list_facts
from loaders.read.sources import SourceFile

NAMED: Final = 3
"""How many columns it is worth to be named by title, sheet or file name."""

_DIGIT = re.compile(r"\d")
_STACKED_LIMIT: Final = 50_000
"""Longest sheet that is searched for a second table below the first."""

_NO_FACTS: Final = ListFacts(None, None, None, is_national=False)


class HeaderRow(NamedTuple):
    """Lines `first` to `last` of a sheet are a header; `cells` has the spellings of each column."""

    first: int
    last: int
    cells: list[tuple[str, ...]]
    matched: int


class Fit(NamedTuple):
    """How a header fits a table."""

    table: str
    columns: dict[str, HeaderColumn]
    missing: tuple[str, ...]
    score: int
    facts: ListFacts


@dataclass(frozen=True)
class Part:
    """One table on a sheet: its lines from `start` to before `stop` (None: to the end)."""

    sheet: Sheet
    header: HeaderRow
    start: int
    stop: int | None
    titles: tuple[int, int]
    """Lines of the titles above the header."""
    context: Context
    fits: list[Fit]
    """Tables that the header may mean, the best first; several equally good ones leave it open."""

    def lines(self) -> int:
        """Return how many lines it has, with what stands above it."""
        return self.lines_above() + sum(chunk.filled() for chunk in self.sheet.chunks(self.start, self.stop))

    def lines_above(self) -> int:
        """Return how many lines its titles and its header take, those outside the sheet's rows included."""
        outside = len(self.sheet.titles) if self.titles[0] == 0 else 0
        return self.start - self.titles[0] + outside

    def header_texts(self) -> list[str]:
        """Return the headers as a person reads them."""
        return [spellings[0] for spellings in self.header.cells if spellings]


def parts(sheet: Sheet, file: SourceFile) -> Iterator[Part]:
    """Yield the parts of a sheet, from the top."""
    headers = _header_rows(sheet)
    begins = [
        _titles_begin(sheet.lines, header, above) for header, above in zip(headers, [None, *headers], strict=False)
    ]
    context = Context(sheet=sheet.name, file=file.stem, folders=file.folders)
    document: tuple[str, ...] = ()
    for number, (header, begin) in enumerate(zip(headers, begins, strict=True)):
        titles = tuple(reversed([_text(line) for line in sheet.lines[begin : header.first]]))
        if number == 0:
            titles = document = (*titles, *reversed(sheet.titles))
        elif not titles and header.cells == headers[number - 1].cells:
            titles = context.titles
        context = Context(titles, document if number else (), sheet.name, file.stem, file.folders)
        last = number + 1 == len(headers)
        stop = (None if not sheet.whole else len(sheet.lines)) if last else begins[number + 1]
        yield Part(sheet, header, header.last + 1, stop, (begin, header.first), context, fits(header, context))


def fits(header: HeaderRow, context: Context) -> list[Fit]:
    """Return the tables a header may mean: complete ones before incomplete ones, equally good ones together."""
    named = named_tables(context)
    found = [_fit(table, header, context, table in named) for table in RECORDS]
    found = [
        fit for fit in found if fit.columns and (len(fit.columns) > 1 or fit.table in named or len(header.cells) == 1)
    ]
    complete = [fit for fit in found if not fit.missing] or found
    best = max((fit.score for fit in complete), default=0)
    return [fit for fit in complete if fit.score == best]


def _fit(table: str, header: HeaderRow, context: Context, is_named: bool) -> Fit:
    columns = match_columns(table, header.cells)
    facts = list_facts(columns, context) if table == "listings" else _NO_FACTS
    said = facts.known() | (frozenset({"tier"}) if facts.is_national and "batch" in columns else frozenset())
    missing = tuple(field for field in required(table) if field not in columns and field not in said)
    score = len(columns) + len(said - columns.keys()) + NAMED * is_named
    return Fit(table, columns, missing, score, facts)


def named_tables(context: Context) -> frozenset[str]:
    """Return the tables that the nearest text names which names any; the longest word in it decides."""
    for text in map(compact, (*context.near(), *context.folders)):
        words = {
            table: max((len(word) for word in (record.title, *record.also, table) if word in text), default=0)
            for table, record in RECORDS.items()
        }
        longest = max(words.values())
        if longest:
            return frozenset(table for table, length in words.items() if length == longest)
    return frozenset()


def _header_rows(sheet: Sheet) -> list[HeaderRow]:
    """Return the first header, and on sheets of ordinary length those below it."""
    lines = sheet.lines
    first = max(
        (header for at in range(min(HEAD, len(lines))) if (header := _header_at(lines, at)) is not None),
        key=lambda header: (header.matched, -header.first),
        default=None,
    )
    if first is None:
        return []
    found = [first]
    at = first.last + 1
    while sheet.whole and len(lines) <= _STACKED_LIMIT and at < len(lines):
        header = _header_at(lines, at) if _is_all_headers(lines[at]) else None
        if header is not None:
            found.append(header)
        at = header.last + 1 if header else at + 1
    return found


def _header_at(lines: Sequence[Line], at: int) -> HeaderRow | None:
    """Return the header that begins with a line: one row, or two where the second finds more columns."""
    single = _matched(at, at, [(cell,) if cell else () for cell in lines[at].cells])
    if at + 1 < len(lines) and _filled(lines[at]) > 1:
        double = _matched(at, at + 1, _combined(lines[at].cells, lines[at + 1].cells))
        if double.matched > single.matched and double.matched > _matched_below(lines, at + 1):
            return double
    enough = 1 if _filled(lines[at]) == 1 and len(lines[at].cells) == 1 else 2
    return single if single.matched >= enough else None


def _matched_below(lines: Sequence[Line], at: int) -> int:
    return _matched(at, at, [(cell,) if cell else () for cell in lines[at].cells]).matched


def _matched(first: int, last: int, cells: list[tuple[str, ...]]) -> HeaderRow:
    best = max(len(match_columns(table, cells)) for table in RECORDS)
    return HeaderRow(first, last, cells, best)


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
    filled = [cell for cell in line.cells if cell]
    if len(filled) < 2 or any(len(cell) > 40 for cell in filled):
        return False
    words = [cell for cell in filled if not _DIGIT.search(cell)]  # No header has a digit; most cells of data have.
    known = sum(is_running_number(cell) or is_header(cell) for cell in words)
    return known > 1 and known * 10 >= len(filled) * 6


def _titles_begin(lines: Sequence[Line], header: HeaderRow, above: HeaderRow | None) -> int:
    """Return the first line of the titles: all lines above the first header, lines of one cell above a later one."""
    if above is None:
        return 0
    begin = header.first
    while begin - 1 > above.last and _filled(lines[begin - 1]) == 1:
        begin -= 1
    return begin


def _filled(line: Line) -> int:
    return sum(1 for cell in line.cells if cell)


def _text(line: Line) -> str:
    return "".join(cell for cell in line.cells if cell)
