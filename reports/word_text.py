"""What a Word document says, paragraph by paragraph, and the imprint that travels in it as a part of its own.

The note of a reviewer is written in after the document was made: what stands from its heading on is no part of the hash.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, Final
from xml.etree import ElementTree
from zipfile import ZipFile

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

IMPRINT_MEMBER: Final = "customXml/verdigraph.xml"
IMPRINT_TAG: Final = "{urn:verdigraph:imprint}imprint"
NOTE_HEADINGS: Final = ("复核意见", "Reviewer's note")
_PARAGRAPH: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p"
_TEXT: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"


def word_lines(path: Path) -> list[str]:
    """Return the text of every paragraph and cell of a file in order, up to the reviewer's note."""
    return word_lines_of(_root(path, "word/document.xml"))


def word_lines_of(body: Any) -> list[str]:
    """Return the text of every paragraph and cell of a body, parsed by whatever parser, up to the reviewer's note."""
    lines: list[str] = []
    for paragraph in body.iter(_PARAGRAPH):
        text = "".join(piece.text or "" for piece in paragraph.iter(_TEXT))
        if text.strip() in NOTE_HEADINGS:
            break
        lines.append(text)
    return lines


def word_digest(lines: Sequence[str]) -> str:
    """Return the SHA-256 of the lines of a document; white space around them says nothing."""
    return hashlib.sha256("\n".join(line.strip() for line in lines if line.strip()).encode()).hexdigest()


def word_imprint(path: Path) -> str:
    """Return the imprint of a document; KeyError where it carries none."""
    with ZipFile(path) as archive:
        names = [name for name in archive.namelist() if name.startswith("customXml/") and name.endswith(".xml")]
    for name in (IMPRINT_MEMBER, *names):
        if name in names and (root := _root(path, name)).tag == IMPRINT_TAG:
            return root.text or ""
    raise KeyError(IMPRINT_MEMBER)


def _root(path: Path, member: str) -> ElementTree.Element:
    with ZipFile(path) as archive:
        return ElementTree.fromstring(archive.read(member))  # noqa: S314 - no entities are resolved by this parser
