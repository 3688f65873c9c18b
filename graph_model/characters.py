"""Characters that nobody sees: blanks, zero-width characters, direction marks, fillers, control codes.

They travel with copied names and make two spellings of one. `HIDDEN` is a character class for `re`; `HIDDEN_RE2` the same
for Arrow, whose classes know Unicode categories.
"""

from __future__ import annotations

import re
from typing import Final

_FILLERS: Final = "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u2800\u3164\uffa0"
"""Blank by their look, letters or marks by their category: grapheme joiner, Hangul and Khmer fillers, Braille blank."""
_SELECTORS: Final = "\ufe00-\ufe0f\U000e0100-\U000e01ef"
"""Variation selectors choose how the character before them is drawn."""

_CONTROLS: Final = (
    "\x00-\x1f\x7f-\x9f\xad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0001\U000e0020-\U000e007f"
)
"""Control and format characters (categories Cc and Cf): C0, C1, soft hyphen, zero widths, direction marks, byte-order mark."""

HIDDEN: Final = rf"\s{_CONTROLS}{_FILLERS}{_SELECTORS}"
HIDDEN_RE2: Final = rf"\s\p{{Z}}\p{{C}}{_FILLERS}{_SELECTORS}"

_SPACE = re.compile(f"[{HIDDEN}]+")
_UNSEEN = re.compile(f"(?!\\s)[{HIDDEN}]+")
# Between letters, digits and signs that are no Chinese, whole or half width, a space parts two words.
_LATIN: Final = "[!-~\u00a1-\u00ac\u00ae-\u024f\u1e00-\u1eff\uff01-\uff5e]"
_WORD_SPACE = re.compile(f"(?<={_LATIN})[{HIDDEN}]*\\s[{HIDDEN}]*(?={_LATIN})")


def without_space(text: str) -> str:
    """Return `text` without whitespace and without what nobody sees."""
    return _SPACE.sub("", text)


def without_unseen(text: str) -> str:
    """Return `text` without what nobody sees; blanks and line breaks stay."""
    return _UNSEEN.sub("", text)


def with_word_spaces(text: str) -> str:
    """Return `text` without whitespace, but for one space between Latin words."""
    if text.isascii() and text.isalnum():
        return text
    parts = _WORD_SPACE.split(text)
    return " ".join(_SPACE.sub("", part) for part in parts)
