"""The normal form of Chinese names: what makes two spellings the same name.

NFKC, upper case, no whitespace and nothing invisible, no `、·.,，。-` and no other dot or hyphen; brackets stay. Legal forms
(有限公司, 股份有限公司) are *not* stripped: two legal forms are two names until a person says otherwise. SPEC 5.
"""

from __future__ import annotations

import re
import unicodedata

from graph_model.characters import HIDDEN

_DOTS = "·•‧∙⋅・･ᐧ᛫⸰⸱⸳\u2e30\u2024\u02d9\u00b7\u0387\U00010101"
"""Every kind of middle dot; some are what NFKC makes of another."""
_HYPHENS = "\u2010-\u2015\u2212\ufe58\ufe63\uff0d"
_DROPPED = re.compile(f"[{HIDDEN}{_DOTS}{_HYPHENS}、.,，。-]+")


def normal_form(name: str) -> str:
    """Return the normal form of `name`; idempotent, empty if nothing is left of it."""
    # Upper-casing can undo NFKC (ß -> SS is stable, but ŉ -> ʼN is not), so compose once more.
    upper = unicodedata.normalize("NFKC", name).upper()
    letters = _DROPPED.sub("", unicodedata.normalize("NFKC", upper))
    # What was dropped may have kept a letter and an accent apart (O¯ is O, a space and an accent).
    return unicodedata.normalize("NFKC", letters)
