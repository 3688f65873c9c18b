"""Which offices a text says were consulted: whole words of the coded list, never a part of one; 未征求…意见 is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph_model.values.coded import CONSULTED_OFFICES
from graph_model.values.coded_words import cell_words, spellings
from graph_model.values.kind import compact

if TYPE_CHECKING:
    from graph_model.regions import Regions


def consulted(text: str, regions: Regions) -> frozenset[str]:
    """Return the offices that a text says were consulted, by the names of the law. A denial anywhere says that none was."""
    bare = _without_opinions(compact(text))
    if any(denial in bare for denial in spellings()["consultation"]["denied"]):
        return frozenset()
    offices = (_office(word, regions) for word in cell_words(bare))
    return frozenset(office for office in offices if office is not None)


def _without_opinions(text: str) -> str:
    """Return a text without what the offices answered: 无异议 denies nothing."""
    for opinion in spellings()["consultation"]["answered"]:
        text = text.replace(opinion, "")
    return text


def _office(word: str, regions: Regions) -> str | None:
    """Return the office of a word, also where a place of the province stands before it (苏州市生态环境局)."""
    places = (end for end in range(len(word)) if end == 0 or word[:end] in regions.names.spelled)
    offices = (CONSULTED_OFFICES.meaning(word[end:]) for end in places)
    return next((str(office) for office in offices if office is not None), None)
