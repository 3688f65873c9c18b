"""A file with an imprint, read back: what it says it is made of, every cell or line of it, and whether it still says the same."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING, Any, Final
from zipfile import BadZipFile

from pydantic import ValidationError

from graph_model.errors import UsageError
from loaders.read.formats.workbook import column_letters, xlsx_sheets
from loaders.read.refused import FileRefused
from reports.cell_digest import CellDigest
from reports.imprint import Imprint
from reports.plain import json_digest
from reports.sheets import IMPRINT_SHEET
from reports.word_text import word_digest, word_imprint, word_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Cells = dict[tuple[str, str], str]
"""What a file says, by sheet (or part) and place."""
ABOUT: Final = frozenset({"说明", "About", "封面", "Cover"})
"""Sheets that say what stands behind the numbers: they name the snapshot, and differ where it does."""


@dataclass(frozen=True)
class Imprinted:
    """A file's imprint, its cells, and the hash of what it says now."""

    imprint: Imprint
    content: str
    cells: Mapping[tuple[str, str], str] = field(default_factory=dict)

    @property
    def untouched(self) -> bool:
        """Whether the file says what it said when it was written."""
        return self.content == self.imprint.content


def read_imprinted(path: Path) -> Imprinted:
    """Read a file that the program wrote; UsageError where it is of another kind, or carries no imprint that can be read."""
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        kinds = "、".join(READERS)
        raise UsageError(
            f"只能核验 {kinds} 文件，“{path.name}”不是",
            f"{path.name!r} is none of the kinds that carry an imprint: {kinds}",
        )
    path.stat()  # a file that is not there is told as such
    try:
        return reader(path)
    except (FileRefused, BadZipFile, KeyError, ValidationError, ValueError) as error:
        raise UsageError(
            f"“{path.name}”没有可读的出处记录，不是本程序写出的，或已另存为别的格式",
            f"{path.name!r} carries no imprint that can be read: it was not written by this program, or saved otherwise since",
        ) from error


def imprinted_bytes(content: bytes, suffix: str) -> Imprinted:
    """Read a file that has just been made, by the same reader as one on disk."""
    with NamedTemporaryFile(suffix=suffix) as file:
        file.write(content)
        file.flush()
        return read_imprinted(Path(file.name))


def _workbook(path: Path) -> Imprinted:
    digest, cells, imprint = CellDigest(), {}, ""
    for sheet in xlsx_sheets(path):
        lines = sheet.lines
        if sheet.name == IMPRINT_SHEET:
            imprint = "".join(line.cells[0] or "" for line in lines)
            continue
        for line in lines:
            for at, text in enumerate(line.cells):
                digest.add(sheet.name or "", line.row - 1, at, text)
                if text is not None:
                    cells[sheet.name or "", f"{column_letters(at)}{line.row}"] = text
    return Imprinted(Imprint.model_validate_json(imprint), digest.sha256, cells)


def _json(path: Path) -> Imprinted:
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8-sig"))
    cells = {place: text for place, text in _leaves(content) if not place[0].startswith("imprint")}
    return Imprinted(Imprint.model_validate(content["imprint"]), json_digest(content), cells)


def _leaves(content: Mapping[str, Any]) -> list[tuple[tuple[str, str], str]]:
    """Return every value of a json object under its key, by its path within it."""
    leaves: list[tuple[tuple[str, str], str]] = []

    def walk(part: str, place: str, value: Any) -> None:
        if isinstance(value, dict):
            for name, inner in value.items():
                walk(part, f"{place}.{name}".lstrip("."), inner)
        elif isinstance(value, list):
            for at, inner in enumerate(value, 1):
                walk(part, f"{place}[{at}]", inner)
        else:
            leaves.append(((part, place), json.dumps(value, ensure_ascii=False)))

    for name, value in content.items():
        walk(name, "", value)
    return leaves


def _word(path: Path) -> Imprinted:
    lines = word_lines(path)
    cells = {("正文", f"第 {number} 段"): text for number, text in enumerate(lines, 1) if text}
    return Imprinted(Imprint.model_validate_json(word_imprint(path)), word_digest(lines), cells)


READERS: Final[dict[str, Callable[[Path], Imprinted]]] = {".xlsx": _workbook, ".json": _json, ".docx": _word}
"""By ending, what reads a file with an imprint."""
