"""What titles, sheet, file and folder names say: which tables are possible, whether a list is final, and what it removes.

The words stand in `list_names.yaml`. The nearest text that speaks decides; a complete fit of headers never goes before a
name. SPEC 4, "The nearest name that speaks".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final, NamedTuple

import yaml

from graph_model.values import compact, without_space

LISTS: Final = frozenset({"listings", "recommendations", "cultivation"})
REGISTERS: Final = frozenset({"enterprises", "parks"})

_LONGEST_NAME: Final = 80
_NOTE = re.compile(r"[(]?(注|备注|说明|填表说明|附注)[)]?\d*[::、.]")
# What may stand around a word that is nothing but the kind of its table: 附件1：2023年度企业名单.xlsx
_AROUND = re.compile(
    r"附件\d*|附表\d*|表\d+|sheet\d*|20\d\d年?度?|[0-9一二三四五六七八九十]+[、.]|[\W_\d]+", re.IGNORECASE
)

# 星级工厂, 特色园区: named like ours, and of another kind.
_OTHER_KIND = re.compile(r"([\u4e00-\u9fff]{2})(?:工厂|园区)")


@dataclass(frozen=True)
class Context:
    """Texts around a table, the nearest first."""

    titles: tuple[str, ...] = ()
    document: tuple[str, ...] = ()
    """Titles of the sheet above an earlier table of it."""
    sheet: str | None = None
    file: str = ""
    folders: tuple[str, ...] = ()
    buyer: str | None = None
    """Who buys in a list of suppliers that does not name him; it says nothing else of a table."""

    def written(self) -> tuple[str, ...]:
        """Return titles, titles of the whole sheet, its name and the file name; sentences and notes are no names."""
        titles = (text for text in (*self.titles, *self.document) if is_name(compact(text)))
        return tuple(filter(None, map(without_space, (*titles, self.sheet or "", self.file))))

    def near(self) -> tuple[str, ...]:
        """Return the same, compact."""
        return tuple(map(compact, self.written()))

    def all(self) -> tuple[str, ...]:
        """Return every text, compact."""
        return (*self.near(), *filter(None, map(compact, self.folders)))


class Stop(NamedTuple):
    """Why a list is not loaded though its columns may fit: the code of the issue, the word, and the text it stands in."""

    code: str
    word: str
    text: str


@cache
def words_of(group: str) -> Any:
    """Return one group of `list_names.yaml`."""
    text = files("loaders.read").joinpath("list_names.yaml").read_text(encoding="utf-8")
    return yaml.safe_load(text)[group]


def is_name(text: str) -> bool:
    """Tell whether a line above a table is a name of it, and no sentence about it, nor a note."""
    short = len(text) <= _LONGEST_NAME and "。" not in text[:-1]
    return bool(text) and not _NOTE.match(text) and (short or re.search(r"如下[::。]?$", text) is not None)


def first_word(group: str, text: str) -> str | None:
    """Return the longest word of a group with `words` (and `but_not`) that a compact text holds."""
    entry = words_of(group)
    words, exceptions = (entry["words"], entry.get("but_not", ())) if isinstance(entry, dict) else (entry, ())
    for exception in exceptions:
        text = text.replace(compact(exception), "|")
    return max((word for word in words if compact(word) in text), key=len, default=None)


def named_tables(context: Context) -> frozenset[str]:
    """Return the tables that the nearest of title, sheet and file name allows; empty where none of them speaks."""
    texts = context.near()
    for read in (_strong_tables, _weak_tables):
        for text in texts:
            if tables := read(text):
                return tables
    return frozenset()


def folder_tables(context: Context) -> frozenset[str]:
    """Return the tables that the nearest folder name speaks of."""
    for text in map(compact, context.folders):
        if tables := _strong_tables(text) or _weak_tables(text):
            return tables
    return frozenset()


def stop_of(context: Context, tables: frozenset[str]) -> Stop | None:
    """Return why a list is not to be loaded: not final, a review, or an honour that is none of ours; None if it may.

    `tables` are those that the names allow. Of another kind than a list or a register nothing is asked here.
    """
    if tables and not tables & (LISTS | REGISTERS):
        return None
    names = {compact(context.sheet or ""), compact(context.file)}
    for text in context.near():
        word = first_word("not_final", text)
        if word is not None and (text in names or _speaks(text)):
            return Stop("list_not_final", word, text)
    for text in context.near():
        if (stop := _of_another_kind(text)) is not None:
            return stop
        if _strong_tables(text):
            return None
    return None


def _of_another_kind(text: str) -> Stop | None:
    """Return the honour that is none of ours, or the review, that a text speaks of."""
    if (word := first_word("honours", text)) is not None:
        return Stop("list_of_other_honour", word, text)
    if (word := first_word("review", text)) is not None and removal_word(text) is None:
        return Stop("list_of_review", word, text)
    other = None if _strong_tables(text) else _OTHER_KIND.search(text)
    if other is not None and other[1] not in words_of("neutral_before_kind"):
        return Stop("list_of_other_honour", other[0], text)
    return None


def removal_word(text: str) -> str | None:
    """Return the word by which a compact text removes units from a list."""
    return first_word("removal", text)


def _speaks(text: str) -> bool:
    return bool(_strong_tables(text) or _weak_tables(text)) or len(text) <= 8


@cache
def _strong_tables(text: str) -> frozenset[str]:
    """Return the tables of the words of a text: a process first, then the longest word; a whole text is a word too."""
    process, words = _found(text, "process"), _found(text, "words")
    bare = _AROUND.sub("", text)
    for table, entry in words_of("tables").items():
        if bare in map(compact, (*entry.get("whole", ()), table)) or _has_id(text, table):
            words[table] = max(words.get(table, 0), len(bare))
    if "listings" in words and removal_word(text) is not None:
        process.pop("dynamic_forms", None)  # 动态管理移出名单 takes units off a list and is no form.
    tables = _longest(process) or _longest(words)
    return tables - REGISTERS if "listings" in words and not process else tables


@cache
def _weak_tables(text: str) -> frozenset[str]:
    return _longest(_found(text, "weak"))


def _has_id(text: str, table: str) -> bool:
    return re.search(rf"(?<![a-z]){table}(?![a-z])", text.casefold()) is not None


def _found(text: str, strength: str) -> dict[str, int]:
    """Return the length of the longest word of each table that stands in a text outside a longer word of any table."""
    spans = [
        (start, start + len(word), table, level)
        for word, table, level in _every_word()
        for start in _places(word, text)
    ]
    outer = [
        span
        for span in spans
        if not any(
            other[0] <= span[0] and span[1] <= other[1] and other[1] - other[0] > span[1] - span[0] for other in spans
        )
    ]
    lengths: dict[str, int] = {}
    for start, end, table, level in outer:
        if level == strength:
            lengths[table] = max(lengths.get(table, 0), end - start)
    return lengths


@cache
def _every_word() -> tuple[tuple[str, str, str], ...]:
    return tuple(
        (compact(word), table, level)
        for table, entry in words_of("tables").items()
        for level in ("process", "words", "weak")
        for word in entry.get(level, ())
    )


def _places(word: str, text: str) -> list[int]:
    return [found.start() for found in re.finditer(re.escape(word), text)]


def _longest(lengths: dict[str, int]) -> frozenset[str]:
    longest = max(lengths.values(), default=0)
    return frozenset(table for table, length in lengths.items() if length == longest)
