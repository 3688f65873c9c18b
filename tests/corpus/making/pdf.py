"""PDFs of the corpus, written by hand: ruled or unruled tables over pages, running heads and feet, a row split by a page.

The font is a standard Chinese one that readers know by name (STSong-Light with the map UniGB-UCS2-H), so that a file is
small and its text can be read.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_FONT = (
    "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /W [1 95 500] "
    "/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 0 >> "
    "/FontDescriptor << /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] "
    "/ItalicAngle 0 /Ascent 752 /Descent -271 /CapHeight 737 /StemV 58 >> >>"
)
_WIDTH, _HEIGHT, _SIZE = 595, 842, 10
_BOTTOM = 50
_TOP, _LEFT, _LINE, _PAD, _GAP = 770, 60, 14, 4, 30


@dataclass
class _Page:
    """Drawing commands of one page, from the top down; `y` is where the next thing goes."""

    commands: list[str] = field(default_factory=list)
    y: float = _TOP

    def text(self, x: float, y: float, text: str) -> None:
        code = text.encode("utf-16-be").hex()
        self.commands.append(f"BT /F1 {_SIZE} Tf {x:.1f} {y:.1f} Td <{code}> Tj ET")

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> None:
        self.commands.append(f"{x0:.1f} {y0:.1f} m {x1:.1f} {y1:.1f} l S")


def write_pdf(path: Path, spec: dict[str, Any]) -> None:
    """Write titles and `rows`.

    `page_rows`: rows of data a page; `header`: on the `first` page only (default) or on `every`; `head` and `foot`: a text on
    every page, `{page}` and `{pages}` put in; `ruled: false`: no lines; `open_row`: no line is drawn where a page ends
    (`split`: and the first row of the next page leaves its last cell behind); `widths`: of the columns, texts are broken to
    fit; `merged`: the first column is one tall cell where it repeats; `tables`: several tables, each with its own title,
    on the `same_page` or each on a page of its own.
    """
    pages: list[_Page] = []
    for table in spec.get("tables", [spec]):
        pages += _table_pages(table, pages, spec)
    for number, page in enumerate(pages, 1):
        for key, y in (("head", 810), ("foot", 30)):
            if key in spec:
                page.text(_WIDTH / 2 - 60, y, spec[key].format(page=number, pages=len(pages)))
    path.write_bytes(pdf_bytes(["\n".join(page.commands) for page in pages]))


def _table_pages(table: dict[str, Any], before: list[_Page], spec: dict[str, Any]) -> list[_Page]:
    header, *rows = table["rows"]
    size = table.get("page_rows", len(rows)) or 1
    widths = table.get("widths") or [_room(column) for column in zip(*table["rows"], strict=True)]
    chunks = [rows[at : at + size] for at in range(0, len(rows), size)] or [[]]
    pages = []
    for number, chunk in enumerate(chunks):
        page = before[-1] if number == 0 and before and spec.get("same_page") else _Page()
        if number == 0:
            _titles(page, table)
        lines = [header, *chunk] if number == 0 or table.get("header") == "every" else chunk
        if table.get("open_row") == "split" and number:
            lines = [[*lines[0][:-1], None], *lines[1:]]
        _grid(page, lines, widths, table, opened=number > 0, cut=number + 1 < len(chunks))
        if table.get("open_row") == "split" and number + 1 < len(chunks):
            page.text(_LEFT + sum(widths[:-1]) + 3, page.y + _GAP - _SIZE - _PAD, str(chunks[number + 1][0][-1]))
        if page not in before:
            pages.append(page)
    return pages


def _titles(page: _Page, table: dict[str, Any]) -> None:
    titles = table.get("title", [])
    for title in [titles] if isinstance(titles, str) else titles:
        page.text(_LEFT + 80, page.y, title)
        page.y -= 24
    for line in table.get("text", []):
        page.text(_LEFT, page.y, line)
        page.y -= 18


def _grid(
    page: _Page, rows: list[list[Any]], widths: list[float], table: dict[str, Any], *, opened: bool, cut: bool
) -> None:
    """Draw rows; where the table has an `open_row`, the first or last one has no line towards the other page."""
    is_open = table.get("open_row", False)
    edges = [_LEFT + sum(widths[:at]) for at in range(len(widths) + 1)]
    for number, row in enumerate(rows):
        covered = bool(table.get("merged")) and number > 0 and rows[number - 1][0] == row[0]
        height = _row(page, ["" if covered else row[0], *row[1:]], widths, edges)
        if table.get("ruled", True):
            if not (is_open and opened and number == 0):
                page.rule(edges[int(covered)], page.y, edges[-1], page.y)
            for x in edges:
                page.rule(x, page.y, x, page.y - height)
        page.y -= height
        if page.y < _BOTTOM:
            raise ValueError(f"the page has no room for {len(rows)} rows")
    if table.get("ruled", True) and not (is_open and cut):
        page.rule(edges[0], page.y, edges[-1], page.y)
    page.y -= _GAP


def _row(page: _Page, row: list[Any], widths: list[float], edges: list[float]) -> float:
    """Write the texts of a row and return its height."""
    cells = [_broken("" if cell is None else str(cell), width) for cell, width in zip(row, widths, strict=False)]
    for lines, x in zip(cells, edges, strict=False):
        for line, text in enumerate(lines):
            page.text(x + 3, page.y - _PAD - _SIZE - line * _LINE, text)
    return max(map(len, cells)) * _LINE + 2 * _PAD


def _broken(text: str, width: float) -> list[str]:
    """Return the lines of a cell."""
    lines = [""]
    for character in text:
        if character == "\n" or _length(lines[-1] + character) > width - 6:
            lines.append("")
        lines[-1] += character.strip("\n")
    return lines


def _length(text: str) -> float:
    """Return how wide a text is: a Latin character half as wide as a Chinese one."""
    return sum(_SIZE if ord(character) > 127 else _SIZE / 2 for character in text)


def _room(column: tuple[Any, ...]) -> float:
    """Return the width that the longest text of a column needs."""
    return max(_length("" if cell is None else str(cell)) for cell in column) + 14


def pdf_bytes(contents: list[str], media_box: str = "[0 0 595 842]") -> bytes:
    """Return a PDF of these page contents."""
    kids = " ".join(f"{5 + 2 * at} 0 R" for at in range(len(contents)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(contents)} >>",
        "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>",
        _FONT,
    ]
    for at, content in enumerate(contents):
        resources = "<< /Font << /F1 3 0 R >> >>"
        page = f"/MediaBox {media_box} /Resources {resources} /Contents {6 + 2 * at} 0 R"
        objects.append(f"<< /Type /Page /Parent 2 0 R {page} >>")
        objects.append(f"<< /Length {len(content.encode('latin-1'))} >>\nstream\n{content}\nendstream")
    return _file(objects)


def _file(objects: list[str]) -> bytes:
    out, offsets = bytearray(b"%PDF-1.4\n"), []
    for number, content in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n".encode("latin-1")
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{offset:010d} 00000 n \n".encode() for offset in offsets)
    out += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)
