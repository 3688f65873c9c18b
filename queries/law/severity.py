"""How severe an accident or an event is: four words, four grades, one order.

特别重大 = Ⅰ, 重大 = Ⅱ, 较大 = Ⅲ, 一般 = Ⅳ. A *smaller* grade is the *more* severe one, so "Ⅱ级及以上" is Ⅰ and Ⅱ, never Ⅲ and Ⅳ.
"""

from __future__ import annotations

from typing import Final

GRADES: Final = {"特别重大": "Ⅰ", "重大": "Ⅱ", "较大": "Ⅲ", "一般": "Ⅳ"}
"""Each word and its grade, the most severe first."""

_RANK: Final = {word: place for place, word in enumerate(reversed(GRADES))}


def at_least(severity: str | None, floor: str) -> bool:
    """Return whether a severity is a grade as severe as `floor` or more (`及以上`). KeyError where the floor is none."""
    return severity in _RANK and _RANK[severity] >= _RANK[floor]
