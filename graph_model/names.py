"""The normal form of Chinese names: what makes two spellings the same name.

NFKC, upper case, no whitespace, no `、·.,，。-`; brackets stay. Legal forms (有限公司, 股份有限公司) are *not* stripped: two
legal forms are two names until a person says otherwise. SPEC 5.
"""

from __future__ import annotations

import re
import unicodedata

_DROPPED = re.compile(r"[\s、·.,，。\-]+")


def normal_form(name: str) -> str:
    """Return the normal form of `name`; idempotent, empty if nothing is left of it."""
    # Upper-casing can undo NFKC (ß -> SS is stable, but ŉ -> ʼN is not), so compose once more.
    upper = unicodedata.normalize("NFKC", name).upper()
    kept = _DROPPED.sub("", unicodedata.normalize("NFKC", upper))
    # What was dropped may have kept a letter and an accent apart (O¯ is O, a space and an accent).
    return unicodedata.normalize("NFKC", kept)
