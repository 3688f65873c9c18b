"""Where the tiles of the thirteen cities stand: a grid, no boundary map, so that it needs no approval number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

PLACES: Final = {
    "徐州市": (0, 0), "宿迁市": (1, 1), "连云港市": (2, 0), "淮安市": (2, 1), "盐城市": (3, 1), "扬州市": (1, 2), "泰州市": (2, 2),
    "南通市": (3, 2), "南京市": (0, 3), "镇江市": (1, 3), "常州市": (2, 3), "无锡市": (3, 3), "苏州市": (4, 3),
}  # fmt: skip
"""Column and row of each city, roughly where it lies."""
SHADES: Final = 5


def place(city: str) -> tuple[int, int] | None:
    """Return column and row of a city, None for one that has no tile."""
    return PLACES.get(city)


def shades(shares: Sequence[float | None]) -> list[int | None]:
    """Return the shade of each share, 1 to 5, between the least and the greatest of them: real shares are a few percent."""
    known = [share for share in shares if share is not None]
    low, high = (min(known), max(known)) if known else (0.0, 0.0)
    width = (high - low) or 1.0
    return [None if share is None else min(int((share - low) / width * SHADES), SHADES - 1) + 1 for share in shares]
