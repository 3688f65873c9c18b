"""Ruled tables of a PDF page: columns and rows from its lines, texts from the characters between them.

A row may be open: the page ends, or begins, inside it, so that only the lines between columns run on.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from graph_model.arrays import Floats
from loaders.read.formats.pdf_page import THIN, PageContent

Cells = list[str | None]

_WORD_GAP: Final = 0.2
"""Latin letters farther apart than this part of their height are two words."""
_COLUMN_GAP: Final = 1.5
"""Pieces of a line farther apart than this many letters stand in different columns."""


class TextPiece(NamedTuple):
    """Characters of a line without a wide gap."""

    left: float
    right: float
    text: str


class TextLine(NamedTuple):
    """A line of text outside the tables."""

    top: float
    bottom: float
    pieces: tuple[TextPiece, ...]

    @property
    def text(self) -> str:
        """Return the whole line."""
        return " ".join(piece.text for piece in self.pieces)


@dataclass
class PageTable:
    """A table on one page."""

    columns: list[float]
    """Where its columns begin, and where the last ends."""
    top: float
    bottom: float
    rows: list[Cells]
    open_top: bool
    open_bottom: bool
    joined_down: set[int] = field(default_factory=set)
    """Columns whose cell in the last row is one with the cell above it."""
    joined_top: dict[int, int] = field(default_factory=dict)
    """Columns whose first cell takes several rows, with their number."""
    is_ruled: bool = True
    """Whether there are lines between the rows."""


@dataclass
class PageTables:
    """The tables of a page from the top, and the lines of text outside them."""

    tables: list[PageTable]
    lines: list[TextLine]


def page_tables(page: PageContent) -> PageTables:
    """Return the tables of a page."""
    across, down = _merged(page.across), _merged(page.down)
    middle = np.stack(((page.boxes[:, 0] + page.boxes[:, 2]) / 2, (page.boxes[:, 1] + page.boxes[:, 3]) / 2), axis=1)
    outside = np.ones(len(page.chars), np.bool_)
    tables = []
    for level, upright in _components(across, down):
        grid = _grid(level, upright)
        if grid is None:
            continue
        inside = _inside(middle, grid)
        if not inside.any():
            continue
        tables.append(_table(grid, page, middle, np.flatnonzero(inside)))
        outside &= ~inside
    tables.sort(key=lambda table: (table.top, table.columns[0]))
    return PageTables(tables, _text_lines(page, np.flatnonzero(outside).tolist()))


def _merged(lines: Floats) -> Floats:
    """Return lines with those at one place laid together: place, start, end."""
    if not len(lines):
        return lines
    lines = lines[np.argsort(lines[:, 0], kind="stable")]
    groups = np.cumsum(np.diff(lines[:, 0], prepend=lines[0, 0]) > THIN / 2)
    merged = []
    for group in np.unique(groups):
        here = lines[groups == group]
        place = float(here[:, 0].mean())
        here = here[np.argsort(here[:, 1], kind="stable")]
        start, end = here[0, 1:]
        for _, left, right in here[1:]:
            if left > end + THIN:
                merged.append((place, start, end))
                start, end = left, right
            end = max(end, right)
        merged.append((place, start, end))
    return np.array(merged, np.float64)


def _components(across: Floats, down: Floats) -> list[tuple[Floats, Floats]]:
    """Return the sets of lines that touch each other."""
    if not len(across) or not len(down):
        return []
    y, left, right = across.T[:, :, None]
    x, top, bottom = down.T[:, None, :]
    touch = (left - THIN <= x) & (x <= right + THIN) & (top - THIN <= y) & (y <= bottom + THIN)
    group = np.arange(len(across))
    while True:
        of_down = np.where(touch, group[:, None], len(across)).min(axis=0)
        smaller = np.minimum(group, np.where(touch, of_down[None, :], len(across)).min(axis=1))
        if (smaller == group).all():
            break
        group = smaller
    return [
        (across[group == number], down[of_down == number]) for number in np.unique(group) if (of_down == number).any()
    ]


class _Grid(NamedTuple):
    """Columns, rows, and which places of them are one cell."""

    columns: Floats
    rows: Floats
    owner: NDArray[np.int64]
    open_top: bool
    open_bottom: bool


def _grid(across: Floats, down: Floats) -> _Grid | None:
    """Return the grid that lines make, None where it has a single cell."""
    columns, rows = _places(down[:, 0]), _places(across[:, 0])
    left, right = across[:, 1].min(), across[:, 2].max()
    columns = _extended(columns, left, right)
    open_top, open_bottom = down[:, 1].min() < rows[0] - THIN, down[:, 2].max() > rows[-1] + THIN
    rows = _extended(rows, down[:, 1].min(), down[:, 2].max())
    if len(columns) < 2 or len(rows) < 2 or (len(columns) == 2 and len(rows) == 2):
        return None
    return _Grid(columns, rows, _owners(columns, rows, across, down), open_top, open_bottom)


def _places(places: Floats) -> Floats:
    """Return distinct places in order."""
    ordered = np.sort(places)
    return ordered[np.diff(ordered, prepend=-np.inf) > THIN]


def _extended(places: Floats, first: float, last: float) -> Floats:
    before = [first] if first < places[0] - THIN else []
    after = [last] if last > places[-1] + THIN else []
    return np.array([*before, *places, *after])


def _owners(columns: Floats, rows: Floats, across: Floats, down: Floats) -> NDArray[np.int64]:
    """Return for each place of a grid the number of its cell: where no line parts two places, they are one cell."""
    middles_x, middles_y = (columns[1:] + columns[:-1]) / 2, (rows[1:] + rows[:-1]) / 2
    parted_left = _covered(columns[:-1], middles_y, down).T
    parted_above = _covered(rows[:-1], middles_x, across)
    height, width = len(middles_y), len(middles_x)
    owner = np.arange(height * width).reshape(height, width)
    for row in range(height):
        for column in range(width):
            if column and not parted_left[row, column]:
                owner[row, column] = owner[row, column - 1]
            elif row and not parted_above[row, column]:
                owner[row, column] = owner[row - 1, column]
    return owner


def _covered(places: Floats, middles: Floats, lines: Floats) -> NDArray[np.bool_]:
    """Tell for each place and middle whether a line at the place runs past the middle."""
    at, start, end = lines.T[:, None, None, :]
    near = np.abs(places[:, None, None] - at) <= THIN
    past = (start <= middles[None, :, None]) & (middles[None, :, None] <= end)
    covered: NDArray[np.bool_] = (near & past).any(axis=2)
    return covered


def _inside(middle: Floats, grid: _Grid) -> NDArray[np.bool_]:
    x, y = middle[:, 0], middle[:, 1]
    inside: NDArray[np.bool_] = (
        (x >= grid.columns[0]) & (x <= grid.columns[-1]) & (y >= grid.rows[0]) & (y <= grid.rows[-1])
    )
    return inside


def _table(grid: _Grid, page: PageContent, middle: Floats, at: NDArray[np.intp]) -> PageTable:
    row = np.clip(np.searchsorted(grid.rows, middle[at, 1], side="right") - 1, 0, len(grid.rows) - 2)
    column = np.clip(np.searchsorted(grid.columns, middle[at, 0], side="right") - 1, 0, len(grid.columns) - 2)
    chars: defaultdict[int, list[int]] = defaultdict(list)
    for index, cell in zip(at.tolist(), grid.owner[row, column].tolist(), strict=True):
        chars[cell].append(index)
    lines = {cell: _cell_lines(page, indices) for cell, indices in chars.items()}
    rows = [_row(grid, number, lines) for number in range(len(grid.rows) - 1)]
    last, first = grid.owner[-1], grid.owner[0]
    joined_down = {at for at in range(len(last)) if len(grid.owner) > 1 and last[at] == grid.owner[-2][at]}
    spans = {at: int((grid.owner[:, at] == first[at]).sum()) for at in range(len(first))}
    return PageTable(
        grid.columns.tolist(),
        float(grid.rows[0]),
        float(grid.rows[-1]),
        rows,
        grid.open_top,
        grid.open_bottom,
        joined_down,
        {at: span for at, span in spans.items() if span > 1},
        not _rows_unruled(grid, lines),
    )


def _row(grid: _Grid, number: int, lines: dict[int, list[str]]) -> Cells:
    """Return the cells of a row: one over several columns shows its text once, one over several rows in each."""
    owners = grid.owner[number].tolist()
    cells: Cells = []
    for column, owner in enumerate(owners):
        is_first = column == 0 or owners[column - 1] != owner
        cells.append(_closed(lines.get(owner, [])) if is_first else None)
    return cells


def _rows_unruled(grid: _Grid, lines: dict[int, list[str]]) -> bool:
    """Tell whether one cell holds the running numbers of several rows."""
    for owner in set(grid.owner[:, 0].tolist()):
        numbers = [text for text in lines.get(owner, []) if text.isdecimal()]
        if len(numbers) > 2 and [int(text) for text in numbers] == list(
            range(int(numbers[0]), int(numbers[0]) + len(numbers))
        ):
            return True
    return False


def _cell_lines(page: PageContent, indices: list[int]) -> list[str]:
    """Return the text of characters, line by line."""
    return [line.text for line in _text_lines(page, indices)]


def _text_lines(page: PageContent, indices: list[int]) -> list[TextLine]:
    """Return characters as lines from the top, each from the left."""
    boxes = page.boxes
    order = sorted(indices, key=lambda index: (boxes[index, 1] + boxes[index, 3]) / 2)
    lines: list[list[int]] = []
    level = -np.inf
    for index in order:
        middle, height = (boxes[index, 1] + boxes[index, 3]) / 2, boxes[index, 3] - boxes[index, 1]
        if not lines or middle - level > max(height, 2) / 2:
            lines.append([])
            level = middle
        lines[-1].append(index)
    return [_text_line(page, sorted(line, key=lambda index: boxes[index, 0])) for line in lines]


def _text_line(page: PageContent, line: list[int]) -> TextLine:
    """Return a line in pieces, with spaces between Latin words."""
    pieces: list[TextPiece] = []
    for before, index in zip([None, *line[:-1]], line, strict=True):
        left, right, char = page.boxes[index, 0], page.boxes[index, 2], page.chars[index]
        height = page.boxes[index, 3] - page.boxes[index, 1]
        gap = np.inf if before is None else left - page.boxes[before, 2]
        if gap > height * _COLUMN_GAP:
            pieces.append(TextPiece(left, right, char))
            continue
        is_latin = before is not None and page.chars[before].isascii() and char.isascii()
        space = " " if is_latin and gap > height * _WORD_GAP else ""
        pieces[-1] = TextPiece(pieces[-1].left, right, f"{pieces[-1].text}{space}{char}")
    return TextLine(float(page.boxes[line, 1].min()), float(page.boxes[line, 3].max()), tuple(pieces))


def _closed(lines: list[str]) -> str | None:
    """Return the lines of a cell as one text: a space only where a Latin word ends and another begins."""
    text = ""
    for line in lines:
        is_break = (
            bool(text) and text[-1].isascii() and text[-1].isalnum() and line[:1].isascii() and line[:1].isalnum()
        )
        text += f" {line}" if is_break and not (text[-1].isdigit() or line[:1].isdigit()) else line
    return text or None
