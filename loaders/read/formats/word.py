"""Word documents: every table is a sheet, the paragraphs above it are its titles; a nested table is a sheet of its own.

The text is that of the document as it stands when all changes are accepted: inserted text is in, deleted text is out and counted.
Paragraphs that stand in rows like a list, or fill a document without tables, are lines of their own: none is passed over.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from xml.etree import ElementTree

from loaders.read.archives import check_sizes
from loaders.read.formats.sheet import COLUMNS_LIMIT, Grid, Line, Sheet, grid_line
from loaders.read.refused import FileRefused

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT: Final = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_DELETED: Final = frozenset({f"{_W}del", f"{_W}moveFrom"})
_IGNORED: Final = frozenset({f"{_W}instrText", f"{_W}delText", f"{_W}pPr", f"{_W}rPr", _FALLBACK})
_MARKS: Final = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_LISTED: Final = re.compile(r"\s*[（(]?\d+[）)]?\s*[.、．\t ]?\s*\S.*(公司|厂|集团|园|园区|开发区)\S{0,12}")
_LISTED_FROM: Final = 3
"""So many paragraphs in a row that look like a list are one."""
_PARAGRAPHS: Final = "正文"


@dataclass
class _Body:
    """What was met on the way down a document."""

    deleted: int = 0
    tables: int = 0
    titles: list[str] = field(default_factory=list)
    """Paragraphs since the last table."""


def docx_sheets(path: Path) -> Iterator[Sheet]:
    """Yield the tables of a Word document, and its paragraphs where they are a list or all there is."""
    body = _document(path).find(f"{_W}body")
    if body is None:
        raise _broken("no body")
    met = _Body()
    sheets = list(_sheets(body, met))
    paragraphs, met.titles = met.titles, []
    if not sheets:
        yield Grid(_PARAGRAPHS, _as_lines(paragraphs), code="document_of_paragraphs")
        return
    sheets[-1].below = tuple(paragraphs)
    sheets[0].deleted = met.deleted
    for sheet in sheets:
        lists = [*_lists(sheet.titles), *_lists(sheet.below)]
        sheet.titles = tuple(text for text in sheet.titles if text not in lists)
        sheet.below = tuple(text for text in sheet.below if text not in lists)
        yield sheet
        if lists:
            yield Grid(_PARAGRAPHS, _as_lines(lists), code="document_of_paragraphs")


def _document(path: Path) -> ElementTree.Element:
    try:
        with zipfile.ZipFile(path) as archive:
            check_sizes(path, archive.infolist())
            content = archive.read("word/document.xml")
            root = ElementTree.fromstring(content.replace(_STRICT[1:-1].encode(), _W[1:-1].encode()))  # noqa: S314
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, KeyError, ValueError, zlib.error) as error:
        raise _broken(str(error) or type(error).__name__) from error
    except ElementTree.ParseError as error:
        raise _broken(str(error)) from error
    return root


def _broken(why: str) -> FileRefused:
    return FileRefused(
        "file_unreadable", why_zh=f"不是有效的 Word 文档（{why}）", why_en=f"not a valid Word file ({why})"
    )


def _sheets(body: ElementTree.Element, met: _Body) -> Iterator[Grid]:
    """Yield tables in the order in which they stand, through content controls, custom XML and tracked changes."""
    for block in body:
        if block.tag == f"{_W}p":
            met.titles += _paragraph_lines(block, met)
        elif block.tag == f"{_W}tbl":
            yield from _table(block, met)
        elif block.tag in _DELETED:
            met.deleted += 1
        elif block.tag not in _IGNORED:
            yield from _sheets(block, met)


def _paragraph_lines(paragraph: ElementTree.Element, met: _Body) -> list[str]:
    boxes: list[ElementTree.Element] = []
    lines = [_text(paragraph, met, boxes)]
    lines += [_text(inner, met, []) for box in boxes for inner in box.iter(f"{_W}p")]
    return [line for text in lines for line in text.split("\n") if line.strip()]


def _table(table: ElementTree.Element, met: _Body) -> Iterator[Grid]:
    met.tables += 1
    sheet = Grid(f"表格{met.tables}", [], tuple(met.titles))
    met.titles = []
    nested: list[ElementTree.Element] = []
    above: dict[int, str] = {}
    for number, row in enumerate(_rows(table, met), 1):
        line = grid_line(number, _cells(row, above, met, nested))
        if line is not None:
            sheet.lines.append(line)
    if sheet.lines or sheet.titles:
        yield sheet
    for inner in nested:
        yield from _table(inner, met)


def _rows(table: ElementTree.Element, met: _Body) -> Iterator[ElementTree.Element]:
    for child in table:
        if child.tag == f"{_W}tr":
            if child.find(f"{_W}trPr/{_W}del") is None:
                yield child
            else:
                met.deleted += 1
        elif child.tag in _DELETED:
            met.deleted += 1
        elif child.tag not in _IGNORED and child.tag != f"{_W}tblPr":
            yield from _rows(child, met)


def _cells(
    row: ElementTree.Element, above: dict[int, str], met: _Body, nested: list[ElementTree.Element]
) -> list[str | None]:
    """Return the cells of a row: one merged across columns shows its text once, one merged down in every row.

    `above` holds the texts of cells that are merged downwards, by column.
    """
    before = _number(row.find(f"{_W}trPr/{_W}gridBefore"), 0)
    cells: list[str | None] = [None] * _within(before)
    for cell in _cells_of(row):
        column, width = len(cells), _within(_number(cell.find(f"{_W}tcPr/{_W}gridSpan"), 1))
        merge = cell.find(f"{_W}tcPr/{_W}vMerge")
        text = _cell_text(cell, met, nested)
        if merge is None:
            above.pop(column, None)
        elif merge.get(f"{_W}val") == "restart" or column not in above:
            above[column] = text
        else:
            text = above[column]
        cells += [text, *[None] * (width - 1)]
        _within(len(cells))
    return cells


def _cells_of(row: ElementTree.Element) -> Iterator[ElementTree.Element]:
    for child in row:
        if child.tag == f"{_W}tc":
            yield child
        elif child.tag not in _IGNORED and child.tag not in _DELETED and child.tag != f"{_W}trPr":
            yield from _cells_of(child)


def _cell_text(cell: ElementTree.Element, met: _Body, nested: list[ElementTree.Element]) -> str:
    """Return the paragraphs of a cell, a line each; tables inside are put aside."""
    lines: list[str] = []
    for block in cell:
        if block.tag == f"{_W}p":
            lines.append(_text(block, met, []))
        elif block.tag == f"{_W}tbl":
            nested.append(block)
        elif block.tag in _DELETED:
            met.deleted += 1
        elif block.tag not in _IGNORED and block.tag != f"{_W}tcPr":
            lines.append(_cell_text(block, met, nested))
    return "\n".join(lines)


def _text(element: ElementTree.Element, met: _Body, boxes: list[ElementTree.Element]) -> str:
    """Return the text of runs, whatever wraps them; text boxes are put aside."""
    parts: list[str] = []
    for child in element:
        if child.tag == f"{_W}t":
            parts.append(child.text or "")
        elif child.tag in _MARKS:
            parts.append(_MARKS[child.tag])
        elif child.tag in _DELETED:
            met.deleted += 1
        elif child.tag == f"{_W}txbxContent":
            boxes.append(child)
        elif child.tag not in _IGNORED:
            parts.append(_text(child, met, boxes))
    return "".join(parts)


def _number(element: ElementTree.Element | None, default: int) -> int:
    text = "" if element is None else element.get(f"{_W}val") or ""
    return int(text) if text.isascii() and text.isdecimal() and 0 < len(text) < 12 else default


def _within(columns: int) -> int:
    if columns > COLUMNS_LIMIT:
        raise FileRefused("file_too_wide", columns=columns, limit=COLUMNS_LIMIT)
    return columns


def _lists(paragraphs: tuple[str, ...]) -> list[str]:
    """Return the paragraphs that are lines of a list: several numbered ones that name units."""
    listed = [text for text in paragraphs if _LISTED.fullmatch(text)]
    return listed if len(listed) >= _LISTED_FROM else []


def _as_lines(paragraphs: list[str]) -> list[Line]:
    """Return paragraphs as lines, their tabs as columns."""
    split = (grid_line(number, text.split("\t")) for number, text in enumerate(paragraphs, 1))
    return [line for line in split if line is not None]
