"""What calamine does not tell of an xlsx sheet, found in its XML: error cells, formulas without a value, percent formats.

The bytes are searched and not parsed: sixty thousand rows with one error cell cost a few milliseconds.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple
from xml.etree import ElementTree

Place = tuple[int, int]
"""Row and column, from 0."""

# Literal bytes, and a pattern that begins with one, are searched ten times faster than one that begins with a boundary.
_ERROR_MARKS: Final = (b't="e"', b"t='e'")
_FORMULA_MARK: Final = re.compile(rb"f(?<=[<:]f)[ >/]")
_FORMULA: Final = re.compile(rb"<(?:\w+:)?f(?=[ >/])")
_VALUE: Final = re.compile(rb"<(?:\w+:)?v(?:\s[^>]*)?>([^<]+)<")
_TEXT: Final = re.compile(rb"""\bt=["'](?:str|inlineStr)["']""")
_REFERENCE: Final = re.compile(rb"""\br=["']([A-Z]{1,3})(\d{1,7})["']""")
_STYLED: Final = re.compile(rb"""<(?:\w+:)?c\b([^>]*?\bs=["'](\d+)["'][^>]*)>""")
_QUOTED: Final = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_PERCENT_FORMATS: Final = frozenset({9, 10})


class OddCells(NamedTuple):
    """Cells with an Excel error, and formulas whose value was never stored."""

    errors: dict[Place, str]
    formulas: list[Place]


def odd_cells(path: Path, sheet: str) -> OddCells:
    """Return the error cells and the formulas without a value of a sheet."""
    xml = _sheet(path, sheet)
    errors = {place: text for place, text in _errors(xml) if place is not None}
    return OddCells(errors, [place for place in _formulas(xml) if place is not None])


def percent_cells(path: Path, sheet: str) -> set[Place]:
    """Return the cells that are shown as a percentage."""
    styles = _percent_styles(path)
    if not styles:
        return set()
    places = (_place(cell[1]) for cell in _STYLED.finditer(_sheet(path, sheet)) if int(cell[2]) in styles)
    return {place for place in places if place is not None}


def has_odd_cells(xml: bytes) -> bool:
    """Tell whether a piece of XML may hold an error cell or a formula."""
    return any(mark in xml for mark in _ERROR_MARKS) or _FORMULA_MARK.search(xml) is not None


def is_percent(code: str) -> bool:
    """Tell whether a number format shows a percentage."""
    return "%" in _QUOTED.sub("", code)


def _errors(xml: bytes) -> Iterator[tuple[Place | None, str]]:
    for begin, behind in _marked(xml):
        start, end = xml.rfind(b"<", 0, begin), xml.find(b"c>", behind)
        value = _VALUE.search(xml, behind, end if end > 0 else len(xml))
        yield (
            _place(xml[start : xml.find(b">", behind)]),
            (value[1].decode("utf-8", errors="replace") if value else "#N/A"),
        )


def _marked(xml: bytes) -> Iterator[tuple[int, int]]:
    """Yield where the type of a cell begins and ends that says it holds an error."""
    for mark in _ERROR_MARKS:
        at = xml.find(mark)
        while at >= 0:
            if xml[at - 1 : at].isspace():
                yield at, at + len(mark)
            at = xml.find(mark, at + 1)


def _formulas(xml: bytes) -> Iterator[Place | None]:
    """Yield the cells whose formula has no value; an empty text is one."""
    for formula in _FORMULA.finditer(xml) if _FORMULA_MARK.search(xml) else ():
        start, end = xml.rfind(b"<", 0, formula.start()), xml.find(b"c>", formula.end())
        cell = xml[start : formula.start()]
        if not _TEXT.search(cell) and not _VALUE.search(xml, formula.end(), end if end > 0 else len(xml)):
            yield _place(cell)


def _place(tag: bytes) -> Place | None:
    reference = _REFERENCE.search(tag)
    if reference is None:
        return None
    column = 0
    for letter in reference[1]:
        column = column * 26 + letter - 64
    return int(reference[2]) - 1, column - 1


def _sheet(path: Path, sheet: str) -> bytes:
    with zipfile.ZipFile(path) as archive:
        member = _members(archive).get(sheet)
        return archive.read(member) if member in archive.namelist() else b""


def _members(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return the member that holds each sheet."""
    book = next((name for name in archive.namelist() if name.endswith("/workbook.xml")), "xl/workbook.xml")
    folder, name = posixpath.split(book)
    try:
        links = ElementTree.fromstring(archive.read(f"{folder}/_rels/{name}.rels"))  # noqa: S314 - in the worker
        sheets = ElementTree.fromstring(archive.read(book))  # noqa: S314
    except (KeyError, ElementTree.ParseError):
        return {}
    targets = {link.get("Id"): _target(folder, link.get("Target") or "") for link in links}
    members = {}
    for element in sheets.iter():
        if element.tag.rpartition("}")[2] == "sheet":
            id = next((value for key, value in element.attrib.items() if key.endswith("}id")), None)
            members[element.get("name") or ""] = targets.get(id, "")
    return members


def _target(folder: str, target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{folder}/{target}")


def _percent_styles(path: Path) -> frozenset[int]:
    """Return the numbers of the cell styles that show a percentage."""
    with zipfile.ZipFile(path) as archive:
        name = next((name for name in archive.namelist() if name.endswith("/styles.xml")), None)
        if name is None:
            return frozenset()
        root = ElementTree.fromstring(archive.read(name))  # noqa: S314
    formats = set(_PERCENT_FORMATS)
    styles: list[int] = []
    for element in root.iter():
        match element.tag.rpartition("}")[2]:
            case "numFmt" if is_percent(element.get("formatCode") or ""):
                formats.add(int(element.get("numFmtId") or 0))
            case "cellXfs":
                styles = [int(style.get("numFmtId") or 0) for style in element]
    return frozenset(number for number, style in enumerate(styles) if style in formats)
