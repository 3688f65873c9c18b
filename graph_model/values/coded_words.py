"""Closed lists of words with the spellings of each, read from `data/coded_words.yaml`.

A word is compared whole, never by prefix or part: 省级以下 is no province, 不满足 is not 满足. Some columns become the id of
the word, others keep the text as written and are read by `meaning` where a rule asks what it says.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import Any, Final

import yaml

from graph_model.values.kind import NOTHING, ParsedValue, compact, says_nothing, warning

_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DROPPED: Final = re.compile("[\"'\\[\\]()“”\u2018\u2019「」『』《》〈〉【】\u3014\u3015、]")
_SEPARATORS: Final = re.compile(r"[、,;/|+；\n]|以及|和|及|与")
_FRAME: Final = re.compile(
    r"^(已|已经)?(充分)?(征求|会商)(了)?(市|区|县)?|(等)?(部门|单位)?(的)?(书面)?意见$|等(部门|单位)$"
)

Spellings = Mapping[Any, tuple[str, ...]]


@cache
def spellings() -> dict[str, Spellings]:
    """Return every list by name: id (or yes and no, or None for "no answer yet") to its spellings, the usual one first."""
    text = files("graph_model.data").joinpath("coded_words.yaml").read_text(encoding="utf-8")
    lists: dict[str, dict[Any, list[str]]] = yaml.load(text, Loader=_LOADER)  # noqa: S506 - a safe loader, in C if there
    return {name: {id: tuple(words) for id, words in ids.items()} for name, ids in lists.items()}


def word_key(text: str) -> str:
    """Return what two spellings of a word have in common."""
    return _DROPPED.sub("", compact(text).casefold())


@dataclass(frozen=True)
class CodedWords:
    """One closed list by its name in the file, with those of the lists it extends."""

    name: str
    extends: tuple[str, ...] = ()
    issue: str = ""
    """The kind of issue of an unknown word, `<name>_unknown` if not given."""

    @cached_property
    def ids(self) -> dict[str, Any]:
        """Return the id of every spelling by key; ids are spellings of themselves, None is "no answer yet"."""
        lists = [spellings()[name] for name in (*self.extends, self.name)]
        return {
            word_key(word): id
            for words in lists
            for id, spelled in words.items()
            for word in ((id, *spelled) if isinstance(id, str) else spelled)
        }

    def knows(self, text: str) -> bool:
        """Return whether a text is one of the spellings."""
        return word_key(text) in self.ids

    def meaning(self, text: str | None) -> Any:
        """Return the id of a text, None for an unknown one and for no text."""
        return None if text is None else self.ids.get(word_key(text))

    def meanings(self, text: str | None) -> frozenset[Any]:
        """Return the ids of the words of a text, None among them where one is unknown; empty for no text."""
        if text is None or says_nothing(text):
            return frozenset()
        return frozenset((self.meaning(text),)) if self.knows(text) else frozenset(map(self.meaning, cell_words(text)))

    def parse(self, text: str) -> ParsedValue:
        """Read the id of a word."""
        if says_nothing(text):
            return NOTHING
        return ParsedValue(self.ids[word_key(text)]) if self.knows(text) else self._unknown()

    def check(self, value: ParsedValue) -> ParsedValue:
        """Return a text as it was read, with a warning where it is none of the words."""
        if value.value is None or self.knows(value.value):
            return value
        return value._replace(remark=self._unknown().remark)

    def check_each(self, value: ParsedValue) -> ParsedValue:
        """Return a text of one or several words as it was read, with a warning where one is none of the list."""
        return value._replace(remark=self._unknown().remark) if None in self.meanings(value.value) else value

    def _unknown(self) -> ParsedValue:
        return warning(self.issue or f"{self.name}_unknown")


def cell_words(text: str) -> list[str]:
    """Return the words of a cell such as 已征求生态环境、应急管理和市场监管部门意见."""
    bare = _FRAME.sub("", compact(text))
    return [part for part in _SEPARATORS.split(bare) if part]
