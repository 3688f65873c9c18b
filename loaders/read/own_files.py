"""What this program wrote itself and is no list of anybody's: stores, and workbooks of answers (SPEC 8, "Marks")."""

from __future__ import annotations

import re
import zipfile
import zlib
from pathlib import Path
from typing import Final

_PROPERTIES: Final = "docProps/custom.xml"
_ANSWER_MARK: Final = re.compile(rb'name="verdigraph\.mark"[^>]*>\s*<vt:lpwstr>answer</vt:lpwstr>')
"""What a workbook of answers says of itself among its properties."""


def is_store(entry: Path) -> bool:
    """Tell whether a folder is a store: what lies in it was loaded from lists and is none."""
    return (entry / "CURRENT").is_file() and (entry / "snapshots").is_dir()


def is_own_answer(path: Path) -> bool:
    """Tell whether a workbook is an answer that this program wrote (SPEC 8, "Marks"): no list of anybody's."""
    if path.suffix.lower() != ".xlsx":
        return False
    try:
        with zipfile.ZipFile(path) as archive:
            properties = archive.read(_PROPERTIES)
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, EOFError, OSError, ValueError, zlib.error):
        return False  # No workbook of ours; whoever reads it says what it is.
    return _ANSWER_MARK.search(properties) is not None
