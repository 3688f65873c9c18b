"""A page of a PDF as pdfium sees it: its characters with their boxes, its ruled lines, whether it is a picture.

All coordinates are points from the upper left corner of the page as it is shown.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from graph_model.arrays import Floats

THIN: Final = 3.0
"""Objects no thicker than this are lines; lines no farther apart than this are one."""
_NEST_LIMIT: Final = 8
_POINTS_LIMIT: Final = 20_000
_BACKGROUND: Final = 0.9
"""A box over this part of both sides of a page is its ground and rules no table."""
_WHITE: Final = 250
_NO_WIDTH: Final = 0.02


@dataclass
class PageContent:
    """What stands on a page."""

    chars: list[str]
    boxes: Floats
    """Of each character: left, top, right, bottom."""
    across: Floats
    """Ruled lines from left to right: y, left, right."""
    down: Floats
    """Ruled lines from top to bottom: x, top, bottom."""
    has_picture: bool
    is_whole: bool = True
    """False where pdfium leaves text out: pieces without an outline, in a font that the file does not hold."""


class _Edges:
    """Collects the ruled lines of a page."""

    def __init__(self, width: float, height: float) -> None:
        self.width, self.height = width, height
        self.across: list[tuple[float, float, float]] = []
        self.down: list[tuple[float, float, float]] = []
        self.has_picture = False
        self.is_whole = True
        self._points = 0

    def add_box(self, left: float, bottom: float, right: float, top: float) -> bool:
        """Add a thin box as a line; tell whether it was one."""
        if top - bottom <= THIN and right - left > THIN:
            self.across.append(((top + bottom) / 2, left, right))
        elif right - left <= THIN and top - bottom > THIN:
            self.down.append(((left + right) / 2, bottom, top))
        else:
            return right - left <= THIN
        return True

    def add_segment(self, first: tuple[float, float], second: tuple[float, float]) -> None:
        """Add a straight piece of a path if it is upright or level."""
        (x0, y0), (x1, y1) = first, second
        if abs(y0 - y1) <= 1 and abs(x0 - x1) > THIN:
            self.across.append(((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
        elif abs(x0 - x1) <= 1 and abs(y0 - y1) > THIN:
            self.down.append(((x0 + x1) / 2, min(y0, y1), max(y0, y1)))

    def may_add(self, points: int) -> bool:
        """Tell whether so many more points are looked at: a drawing is no table."""
        self._points += points
        return self._points <= _POINTS_LIMIT


def page_content(page: pdfium.PdfPage) -> PageContent:
    """Return what stands on a page."""
    width, height = page.get_size()
    turn = _Turn(page)
    edges = _Edges(width, height)
    _collect(edges, _page_objects(page), None, 0)
    chars, boxes = _characters(page)
    across, down = turn.lines(edges.across, edges.down)
    return PageContent(chars, turn.boxes(boxes), across, down, edges.has_picture, edges.is_whole)


class _Turn:
    """Turns coordinates of a page's own space into those of the page as it is shown."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        self.quarters = page.get_rotation() // 90 % 4
        self.left, self.bottom, self.right, self.top = page.get_mediabox()

    def boxes(self, boxes: Floats) -> Floats:
        """Return boxes of left, bottom, right, top as left, top, right, bottom."""
        x, y = self._points(boxes[:, [0, 2]], boxes[:, [1, 3]])
        return np.stack((x.min(axis=1), y.min(axis=1), x.max(axis=1), y.max(axis=1)), axis=1) if len(boxes) else boxes

    def lines(
        self, across: list[tuple[float, float, float]], down: list[tuple[float, float, float]]
    ) -> tuple[Floats, Floats]:
        """Return ruled lines across and down."""
        level = np.array(across, np.float64).reshape(-1, 3)
        upright = np.array(down, np.float64).reshape(-1, 3)
        x, y = self._points(level[:, 1:], level[:, [0, 0]])
        u, v = self._points(upright[:, [0, 0]], upright[:, 1:])
        if self.quarters % 2:
            x, y, u, v = u, v, x, y
        return (
            np.stack((y[:, 0], x.min(axis=1, initial=np.inf), x.max(axis=1, initial=-np.inf)), axis=1),
            np.stack((u[:, 0], v.min(axis=1, initial=np.inf), v.max(axis=1, initial=-np.inf)), axis=1),
        )

    def _points(self, x: Floats, y: Floats) -> tuple[Floats, Floats]:
        match self.quarters:
            case 0:
                return x - self.left, self.top - y
            case 1:
                return y - self.bottom, x - self.left
            case 2:
                return self.right - x, y - self.bottom
            case _:
                return self.top - y, self.right - x


def _characters(page: pdfium.PdfPage) -> tuple[list[str], Floats]:
    """Return the visible characters in the order of the file, and their boxes."""
    text = page.get_textpage()
    chars: list[str] = []
    boxes: list[tuple[float, float, float, float]] = []
    box = raw.FS_RECTF()
    for index in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(text, index)
        if code <= 32 or code == 0xA0 or not raw.FPDFText_GetLooseCharBox(text, index, box):
            continue
        chars.append(chr(code) if code < 0x110000 else "\ufffd")
        boxes.append((box.left, box.bottom, box.right, box.top))
    text.close()
    return chars, np.array(boxes, np.float64).reshape(-1, 4)


def _page_objects(page: pdfium.PdfPage) -> Iterator[Any]:
    for index in range(raw.FPDFPage_CountObjects(page)):
        yield raw.FPDFPage_GetObject(page, index)


def _collect(edges: _Edges, objects: Iterator[Any], matrix: tuple[float, ...] | None, depth: int) -> None:
    """Collect the lines of page objects, those of forms inside a matrix of their own."""
    for item in objects:
        kind = raw.FPDFPageObj_GetType(item)
        if kind == raw.FPDF_PAGEOBJ_IMAGE:
            edges.has_picture = True
        elif kind == raw.FPDF_PAGEOBJ_TEXT:
            edges.is_whole = edges.is_whole and not _is_left_out(item)
        elif kind == raw.FPDF_PAGEOBJ_PATH:
            _collect_path(edges, item, matrix)
        elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _NEST_LIMIT:
            inner = (raw.FPDFFormObj_GetObject(item, index) for index in range(raw.FPDFFormObj_CountObjects(item)))
            _collect(edges, inner, _product(_matrix(item), matrix), depth + 1)


def _is_left_out(item: Any) -> bool:
    """Tell whether pdfium passes over a piece of text: it takes one without width for no text."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    return bool(raw.FPDFPageObj_GetBounds(item, left, bottom, right, top)) and right.value - left.value < _NO_WIDTH


def _collect_path(edges: _Edges, item: Any, matrix: tuple[float, ...] | None) -> None:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not raw.FPDFPageObj_GetBounds(item, left, bottom, right, top):
        return
    box = (left.value, bottom.value, right.value, top.value)
    if matrix is not None:
        first, second = _moved(matrix, box[0], box[1]), _moved(matrix, box[2], box[3])
        box = (min(first[0], second[0]), min(first[1], second[1]), max(first[0], second[0]), max(first[1], second[1]))
    if edges.add_box(*box) or _is_ground(edges, item, box):
        return
    points = raw.FPDFPath_CountSegments(item)
    if edges.may_add(points):
        _collect_segments(edges, item, points, _product(_matrix(item), matrix))


def _collect_segments(edges: _Edges, item: Any, points: int, matrix: tuple[float, ...]) -> None:
    x, y = ctypes.c_float(), ctypes.c_float()
    start = last = (0.0, 0.0)
    for index in range(points):
        segment = raw.FPDFPath_GetPathSegment(item, index)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        here = _moved(matrix, x.value, y.value)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            start = here
        elif kind == raw.FPDF_SEGMENT_LINETO:
            edges.add_segment(last, here)
        if raw.FPDFPathSegment_GetClose(segment):
            edges.add_segment(here, start)
        last = here


def _is_ground(edges: _Edges, item: Any, box: tuple[float, float, float, float]) -> bool:
    """Tell whether a box is the ground of the page, or white upon it."""
    if box[2] - box[0] > _BACKGROUND * edges.width and box[3] - box[1] > _BACKGROUND * edges.height:
        return True
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(item, fill, stroke)
    if stroke.value:
        return False
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    known = raw.FPDFPageObj_GetFillColor(item, red, green, blue, alpha)
    return not fill.value or bool(known and min(red.value, green.value, blue.value) >= _WHITE)


def _matrix(item: Any) -> tuple[float, ...]:
    matrix = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(item, matrix)
    return (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)


def _product(inner: tuple[float, ...], outer: tuple[float, ...] | None) -> tuple[float, ...]:
    """Return the matrix that applies `inner`, then `outer`."""
    if outer is None:
        return inner
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def _moved(matrix: tuple[float, ...], x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f
