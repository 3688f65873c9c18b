"""Parts of a sheet: each a header, the table it belongs to, the titles above and the lines below.

A header may stand anywhere, take two rows, be repeated (pages of a PDF), follow another table on the same sheet, or stand
twice side by side. A line that heads a group (二、绿色工业园区; 一、南京市) begins a part of its own under the same header.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from loaders.read.formats.sheet import COLUMNS_LIMIT, Line, Sheet
from loaders.read.group_headings import GroupHeading, heading_of, level_of_heading
from loaders.read.header_rows import STACKED_LIMIT, HeaderRow, column_spans, filled, header_rows
from loaders.read.list_names import Context
from loaders.read.side_by_side import columns_of
from loaders.read.sources import SourceFile
from loaders.read.table_fits import TableFits, fits_of

_REGIONAL: Final = "totals"
"""The table whose rows may be regions: no line of it heads a group."""


@dataclass(frozen=True)
class Part:
    """One table on a sheet: its lines from `start` to before `stop` (None: to the end)."""

    sheet: Sheet
    header: HeaderRow
    start: int
    stop: int | None
    titles: tuple[int, int]
    """Lines of the titles above the header, or of the heading of a group."""
    context: Context
    means: TableFits
    region: str | None = None
    """The region that the heading of its group names."""
    is_group: bool = False
    """Whether it goes on under the header of the part before."""
    below: int = 0
    """The line below the header itself, which the groups under it share: it may name units."""
    beyond: int = 0
    """How many lines are counted once more, because they hold rows of several tables side by side."""

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


@dataclass(frozen=True)
class _Above:
    """What stands above the rows at hand: titles of their table, headings of their group, titles of the sheet."""

    titles: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    """The nearest first; one of a higher level ends those below it."""
    document: tuple[str, ...] = ()
    region: str | None = None

    def under(self, heading: GroupHeading) -> _Above:
        """Return what stands above the rows of a group."""
        if heading.region is not None:
            return replace(self, region=heading.region)
        level = level_of_heading(heading.text)
        kept = tuple(text for text in self.headings if level_of_heading(text) < level)
        return replace(self, headings=(heading.text, *kept), region=None)

    def context(self, sheet: Sheet, file: SourceFile) -> Context:
        document = () if self.document == self.titles else self.document
        return Context((*self.headings, *self.titles), document, sheet.name, file.stem, file.folders, file.buyer)


def parts(sheet: Sheet, file: SourceFile) -> Iterator[Part]:
    """Yield the parts of a sheet, from the top."""
    headers = header_rows(sheet)
    begins = [
        _titles_begin(sheet.lines, header, above) for header, above in zip(headers, [None, *headers], strict=False)
    ]
    above = _Above()
    for number, (header, begin) in enumerate(zip(headers, begins, strict=True)):
        before = headers[number - 1] if number else None
        above = _above(sheet, header, begin, before, above)
        last = number + 1 == len(headers)
        stop = (None if not sheet.whole else len(sheet.lines)) if last else begins[number + 1]
        spans = column_spans(header)
        if len(spans) == 1:
            for part, here in _groups(sheet, header, stop, begin, above, file):
                yield part
                above = here
        else:
            yield from _halves(sheet, header, stop, begin, above, spans, file)


def _above(sheet: Sheet, header: HeaderRow, begin: int, before: HeaderRow | None, above: _Above) -> _Above:
    """Return what stands above the rows of a header."""
    lines = sheet.lines[begin : header.first]
    headings = [heading_of(line) for line in lines]
    titles = tuple(reversed([text_of(line) for line in lines]))
    region = next((heading.region for heading in reversed(headings) if heading and heading.region), None)
    if before is None:
        titles = (*titles, *reversed(sheet.titles))
        return _Above(titles, (), titles, region)
    if header.cells == before.cells and all(heading is not None for heading in headings):
        # A header that is repeated, on a new page or under the heading of a group, goes on with what stands above.
        for heading in headings:
            above = above.under(heading) if heading else above
        return above
    return _Above(titles, (), above.document, region)


def _groups(
    sheet: Sheet, header: HeaderRow, stop: int | None, begin: int, above: _Above, file: SourceFile
) -> Iterator[tuple[Part, _Above]]:
    """Yield the part below a header, and one for each group among its rows, with what stands above each."""
    context = above.context(sheet, file)
    part = Part(sheet, header, header.last + 1, stop, (begin, header.first), context, fits_of(header.cells, context))
    part = replace(part, region=above.region, below=part.start)
    for at, heading in _headings(part):
        yield replace(part, stop=at), above
        above = above.under(heading)
        context = above.context(sheet, file)
        means = part.means if heading.region else fits_of(header.cells, context)
        row = HeaderRow(at, at, header.cells, header.matched)
        part = Part(sheet, row, at + 1, stop, (at, at), context, means, above.region, True, part.below)
    yield part, above


def _headings(part: Part) -> Iterator[tuple[int, GroupHeading]]:
    """Yield the lines that head a group among the rows of a part."""
    fits = part.means.fits
    if part.stop is None or len(part.sheet.lines) > STACKED_LIMIT or (fits and fits[0].table == _REGIONAL):
        return
    for at in range(part.start, part.stop):
        if filled(part.sheet.lines[at]) <= 3 and (heading := heading_of(part.sheet.lines[at])) is not None:
            yield at, heading


def _halves(
    sheet: Sheet,
    header: HeaderRow,
    stop: int | None,
    begin: int,
    above: _Above,
    spans: Sequence[tuple[int, int]],
    file: SourceFile,
) -> Iterator[Part]:
    """Yield the parts of a header that holds several tables side by side, from the left; titles belong to the first."""
    beyond = 0
    for line in sheet.lines[header.last + 1 : stop]:
        beyond += max(0, sum(any(line.cells[first : _end(last, spans)]) for first, last in spans) - 1)
    for first, last in spans:
        half = columns_of(sheet, first, _end(last, spans))
        cells = HeaderRow(header.first, header.last, header.cells[first:last], header.matched)
        own = tuple(reversed([_text_in(line, first, last, spans) for line in sheet.lines[begin : header.first]]))
        here = replace(above, titles=(*own, *above.titles[len(own) :])) if own else above
        for part, _ in _groups(half, cells, stop, begin, here, file):
            if first == 0:
                yield part if part.is_group else replace(part, beyond=beyond)
            else:
                yield part if part.is_group else replace(part, titles=(part.start, part.start))


def _end(last: int, spans: Sequence[tuple[int, int]]) -> int:
    """Return where the columns of a span end; the last one takes whatever stands to its right."""
    return COLUMNS_LIMIT if last == spans[-1][1] else last


def _text_in(line: Line, first: int, last: int, spans: Sequence[tuple[int, int]]) -> str:
    """Return the title of one half; a line with text in one half only is a title of all."""
    texts = ["".join(cell for cell in line.cells[start:end] if cell) for start, end in spans]
    own = texts[list(spans).index((first, last))]
    return own if sum(map(bool, texts)) > 1 else "".join(texts)


def _titles_begin(lines: Sequence[Line], header: HeaderRow, above: HeaderRow | None) -> int:
    """Return the first line of the titles: all lines above the first header, lines of one cell above a later one."""
    if above is None:
        return 0
    begin = header.first
    while begin - 1 > above.last and (filled(lines[begin - 1]) == 1 or heading_of(lines[begin - 1]) is not None):
        begin -= 1
    return begin


def text_of(line: Line) -> str:
    """Return the text of a line, as a person reads it."""
    return "".join(cell for cell in line.cells if cell)
