"""What a written name may stand for: the firms in it, its former name in brackets, and the skeleton that spellings share.

The skeleton leaves out what people write in any order or not at all (places, brackets, numbers in front, 省 and 市), takes every
legal form for one, and takes traditional characters and those that scanning confuses for one. It compares; it never renames.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final, NamedTuple

import yaml

from graph_model.names import normal_form
from graph_model.regions import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from graph_model.regions import Regions

_LEGAL = re.compile(r"股份有限公司|有限责任公司|有限公司|公司|集团|管理委员会|管委会")
_ZONES = re.compile(
    r"经济技术开发区|经济开发区|高新技术产业开发区|高新技术开发区|高新区|经开区|开发区|产业园区?|工业园区?|园区"
)
_BRACKETS = re.compile("[()（）\\[\\]【】\u3014\u3015「」《》<>]")
_BRACKETED = re.compile(r"[（(\[【]([^（()）\[\]【】]+)[）)\]】]")
_NUMBER = re.compile(r"^\s*[（(]?(?:\d{1,4}|[一二三四五六七八九十]{1,3})[)）、.．,，:：\s]+|^[*★☆▲△●#\s]+")
_LEAST: Final = 5
"""A firm's name is at least this long."""


class NameReading(NamedTuple):
    """A name that a written one holds beside itself, and why."""

    name: str
    why: str


class Skeleton(NamedTuple):
    """What is left of a name without places, brackets and legal form, and the codes of the places."""

    text: str
    places: frozenset[int]


@cache
def _words() -> dict[str, list[str]]:
    text = files("loaders.resolve").joinpath("name_words.yaml").read_text(encoding="utf-8")
    words: dict[str, list[str]] = yaml.safe_load(text)
    return words


@cache
def _one_for_all() -> dict[int, str]:
    """Return for `str.translate` the character that stands for every traditional or look-alike one."""
    text = files("loaders.resolve").joinpath("traditional.txt").read_text(encoding="utf-8")
    pairs = "".join(line for line in text.splitlines() if not line.startswith("#"))
    simple = dict(zip(pairs[::2], pairs[1::2], strict=True))
    leaders: dict[str, str] = {}
    for group in _words()["look_alikes"]:
        known = next((leaders[letter] for letter in group if letter in leaders), group[0])
        leaders.update(dict.fromkeys(group, known))
    table = leaders | {letter: leaders.get(plain, plain) for letter, plain in simple.items()}
    return {ord(letter): plain for letter, plain in table.items() if letter != plain}


class NameReader:
    """Reads names against the places of the country."""

    def __init__(self, regions: Regions) -> None:
        spelled = regions.names.spelled.items()
        self._places = {_same(text): codes[0] for text, codes in spelled if not text.isdigit() and len(text) <= _LEAST}
        self._places |= {"省": UNKNOWN, "市": UNKNOWN}
        self._provinces = {text: code for text, code in self._places.items() if not code % 10000}
        marks = _alternatives(_words()["separators"])
        self._firm = re.compile(rf".{{{_LEAST - 2},}}({_alternatives(_words()['legal_forms'])})")
        self._between = re.compile(rf"(?:{marks})\s*|(?<=(?<!分)公司)(?=.{{{_LEAST},}}公司$)")
        self._former = re.compile(_alternatives(_words()["former"]))

    def skeleton(self, name: str) -> Skeleton:
        """Return what spellings of one name share, and the places in it; of a name that is all place, all but its province."""
        normal = normal_form(_NUMBER.sub("", name))
        bare = _same(_BRACKETS.sub("", _ZONES.sub("区", _LEGAL.sub("", normal))))
        core, places = _without(bare, self._places)
        if len(core) < 2:
            core = _without(bare, self._provinces)[0]
        return Skeleton(core or bare or normal, frozenset(places - {UNKNOWN}))

    def readings(self, name: str) -> list[NameReading]:
        """Return the names that a written one holds: behind its number, in and before its brackets, and each of several firms."""
        found = []
        plain = _NUMBER.sub("", name)
        if plain != name:
            found.append(NameReading(plain, "名称前有序号"))
        for bracket in _BRACKETED.finditer(plain):
            word = self._former.match(bracket[1])
            inside = bracket[1][word.end() :].lstrip(":：为是") if word else bracket[1]
            if bracket.end() == len(plain) and not word and self._firm.fullmatch(plain[: bracket.start()]):
                found.append(NameReading(plain[: bracket.start()], "名称后有括注"))
            if (word and len(inside) > 1) or self._firm.fullmatch(inside):
                outside = plain[: bracket.start()] + plain[bracket.end() :]
                why = "括号内为曾用名" if word else "括号内为另一名称"
                found += [NameReading(inside, why), NameReading(outside, why)]
        parts = [part.strip() for part in self._between.split(plain) if part.strip()]
        if len(parts) > 1 and all(self._firm.fullmatch(part) for part in parts):
            found += [NameReading(part, "一格内有两家单位") for part in parts]
        return found


def _without(text: str, words: Mapping[str, int]) -> tuple[str, set[int]]:
    """Return a text without the words in it, the longest first, and what they mean."""
    kept, found, at = [], set(), 0
    while at < len(text):
        word = next((text[at : at + size] for size in range(_LEAST, 0, -1) if text[at : at + size] in words), None)
        if word is None:
            kept.append(text[at])
            at += 1
        else:
            found.add(words[word])
            at += len(word)
    return "".join(kept), found


def _alternatives(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(set(words), key=len, reverse=True)))


def _same(text: str) -> str:
    """Return a text with one character for all that are taken for each other."""
    return text.translate(_one_for_all())
