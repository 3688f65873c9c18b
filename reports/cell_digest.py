"""One hash of all that stands in the cells of a workbook, the same before it is written and after it is read back."""

from __future__ import annotations

import hashlib
import re
from datetime import date
from typing import Final

_UNWRITTEN: Final = re.compile(r"_x00[01][0-9A-Fa-f]_|[\x00-\x1f]")
"""Control characters, which a workbook cannot hold as they are."""


def cell_text(value: object) -> str | None:
    """Return a cell as text: whole numbers without .0, others to the sixteen digits that a workbook keeps, days in ISO form."""
    if value is None:
        return None
    if isinstance(value, (int, float)):
        number = float(f"{value:.16G}")
        return str(int(number)) if number.is_integer() and abs(number) < 1e21 else repr(number)
    text = value.isoformat()[:10] if isinstance(value, date) else str(value)
    return _UNWRITTEN.sub("", text).strip() or None


class CellDigest:
    """Takes cells in reading order, sheet by sheet and row by row, and gives one SHA-256 of them."""

    def __init__(self) -> None:
        self._hash = hashlib.sha256()

    def add(self, sheet: str, row: int, column: int, value: object) -> None:
        """Take a cell, counted from 0; blank ones say nothing."""
        text = cell_text(value)
        if text is not None:
            self._hash.update(f"{sheet}\x1f{row}\x1f{column}\x1f{text}\x1e".encode())

    @property
    def sha256(self) -> str:
        """Return the hash of the cells so far."""
        return self._hash.hexdigest()
