"""Words that tell lines of a list from units, read from `line_words.yaml`, and what is put together from them."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Final

import yaml

from graph_model.values import compact

_NUMERALS: Final = "〇○零一二三四五六七八九十百"
DATE: Final = re.compile(
    rf"(公示|印发|填报|制表)?(日期|时间)?[::]?(\d{{0,4}}|[{_NUMERALS}]{{2,5}})年((\d{{0,2}}|[{_NUMERALS}]{{1,3}})月)?"
    rf"((\d{{0,2}}|[{_NUMERALS}]{{1,4}})[日号])?(印发)?"
)
"""A day, month or year as it stands under a letter; also the form that was never filled in (年月日)."""


@cache
def words(group: str) -> frozenset[str]:
    """Return the words of one group, compact and in upper case."""
    return frozenset(compact(word).upper() for word in _groups()[group])


@cache
def _groups() -> dict[str, list[str]]:
    text = files("loaders.read").joinpath("line_words.yaml").read_text(encoding="utf-8")
    groups: dict[str, list[str]] = yaml.safe_load(text)
    return groups


@cache
def alternatives(group: str) -> str:
    """Return a pattern that fits any word of a group, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words(group), key=lambda word: (-len(word), word)))


def signs(text: str) -> bool:
    """Tell whether a compact text is what stands under a letter: an office or a day."""
    return DATE.fullmatch(text) is not None or text.endswith(tuple(words("offices")))


def is_note_sheet(name: str | None) -> bool:
    """Tell whether a sheet is named as one that holds notes and no list."""
    return name is not None and compact(name).upper() in words("note_sheets")
