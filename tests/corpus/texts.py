"""No fact has a text that is not in its files: every text of the store must stand in what the case describes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from tests.corpus.making import hostile
from tests.corpus.outcome import LoadOutcome

# Columns that hold what a person wrote; the others are ids, codes, days, numbers, or words of a closed set.
_WRITTEN = {
    "enterprises": ("name", "former_names", "city", "registered_province", "industry", "chain", "tags", "energy_level"),
    "parks": ("name", "aliases", "level", "city"),
    "agencies": ("name", "legal_representative", "city"),
    "listings": ("industry", "report_no", "removal_reason"),
    "reports": ("report_no", "standard"),
    "incidents": ("kind", "source"),
    "agency_bans": ("authority", "document"),
    "recommendations": ("recommended_by", "consulted"),
    "name_changes": ("old_name", "new_name", "kind"),
    "supplies": ("category",),
    "totals": ("scope",),
}
_GONE = re.compile(r"<w:(del|moveFrom) .*?</w:\1>|<w:instrText>.*?</w:instrText>")
_INVISIBLE = "\u3164\ufe0f"
_DOTS = re.compile("[·•‧・⋅∙·]")


def made_up(files: dict[str, Any], outcome: LoadOutcome) -> list[str]:
    """Return the texts of facts that no file of the case holds."""
    there = squeezed("\n".join(_texts(files)))
    texts = {
        text
        for table, columns in _WRITTEN.items()
        for row in outcome.facts.get(table, [])
        for column in columns
        for text in re.split("[；;]", row.get(column) or "")
    }
    return sorted(text for text in texts if squeezed(text) not in there)


def _texts(node: Any) -> Iterator[str]:
    """Yield every text of a description, what stands in XML without its tags, and what hostile files hold."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield str(key)
            yield from _texts(value)
        if "made" in node:
            yield from _texts([hostile.TITLE, hostile.ROWS, "江苏甲乙丙三号制造有限公司", *_LARGE])
    elif isinstance(node, list):
        for value in node:
            yield from _texts(value)
    elif node is not None:
        yield re.sub(r"<[^<>]*>", "", _GONE.sub("", str(node)))


_LARGE = ["江苏甲乙丙", "号虚构精密制造有限责任公司"]


def squeezed(text: str) -> str:
    """Return a text in NFKC without spaces, dots and what cannot be seen."""
    normal = _DOTS.sub("", unicodedata.normalize("NFKC", text))
    return "".join(
        letter for letter in normal if unicodedata.category(letter)[0] not in "ZC" and letter not in _INVISIBLE
    )
