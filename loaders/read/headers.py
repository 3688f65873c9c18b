"""Headers: which text stands over which column of a record, whatever stars, units and line breaks people add.

A header is compared by its key: NFKC, lower case, without whitespace, `*` and （必填）; a unit is cut off and kept.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import files
from itertools import product
from typing import Any, Final, NamedTuple

import yaml

from graph_model.records import RECORDS, fields_of
from graph_model.values import Kind, compact

_DECORATION = re.compile(r"\*|\((必填|选填|必填项|选填项|required|optional)\)")
_UNIT = r"(?P<unit>%|(?:人民币|rmb|cny)?[十百千万亿]{0,3}(?:[元圆]|[美欧日英][元镑]|美金|港[元币]|usd|eur|jpy|hkd|gbp|rmb|cny))"
# Short for a unit of money, or a unit of something else, only where it stands apart.
_SHORT_UNIT = r"(?P<unit>[十百千万亿]{1,3}|[万亿千]?(?:吨|千克|公斤|件|台|套|只|平方米|亩|度|千瓦时)|k?wh|kg|t|tce|吨标准?煤|\$|€)"
_UNIT_IN_BRACKETS = re.compile(rf"[(\[【](?:[^()\[\]]*[,:、])?(?:单位[::]?)?{_UNIT}(?:[,:、][^()\[\]]*)?[)\]】]")
_SHORT_UNIT_BEHIND = re.compile(rf"[(\[【/:](?:单位[::]?)?{_SHORT_UNIT}[)\]】]?$")
_UNIT_BEHIND = re.compile(rf"[(\[【,/:]?(?:单位[::])?{_UNIT}[)\]】]?$")
# Whatever else in brackets speaks of money is a unit too: one that nobody knows is never taken for 万元.
_MONEY_IN_BRACKETS = re.compile(
    r"[(\[【](?P<unit>[^()\[\]【】]*(?:[元圆币万亿千百$€¥]|usd|rmb|cny|eur|'000)[^()\[\]【】]*)[)\]】]$"
)
_UNIT_LINE = re.compile(rf"(?:金额)?单位[::]?(?:人民币)?{_UNIT}")
_BRACKET_BEHIND = re.compile(r"\([^()]*\)$")
_ENGLISH: Final = {"buyer": ("chain_leader",), "uscc": ("credit_code",)}
"""English headers beside the field names; under `chain_leader` a buyer is declared a leader, as under 链主企业."""


class HeaderColumn(NamedTuple):
    """A field of the record, found in column `at` under `header`."""

    field: str
    at: int
    header: str
    unit: str | None


class _Variant(NamedTuple):
    field: str
    rank: int


def header_key(text: str) -> str:
    """Return what two spellings of a header have in common."""
    return _DECORATION.sub("", compact(text).casefold())


def unit_in(text: str) -> str | None:
    """Return the unit of money that a line such as 单位：万元 names."""
    found = _UNIT_LINE.search(compact(text))
    return found["unit"] if found else None


@cache
def header_words(group: str) -> Any:
    """Return one group of `header_words.yaml`."""
    text = files("loaders.read").joinpath("header_words.yaml").read_text(encoding="utf-8")
    return yaml.safe_load(text)[group]


@cache
def family(name: str) -> tuple[str, ...]:
    """Return every header of a family, those that are written out first."""
    entry = header_words("families")[name]
    built = product(entry.get("before", [""]), entry.get("core", []), entry.get("behind", [""]))
    return tuple(dict.fromkeys([*entry.get("words", []), *map("".join, built)]))


def more_headers(table: str, field: str) -> tuple[str, ...]:
    """Return the headers of a field that its families add to those of the record."""
    families = header_words("tables").get(table, {}).get(field, ())
    return tuple(header for name in families for header in family(name))


@cache
def variants(table: str) -> dict[str, _Variant]:
    """Return the field and rank of every header of a table, by key: a header of the record goes before one of a family."""
    found: dict[str, _Variant] = {}
    fields = fields_of(RECORDS[table])
    open_headers = {header_key(header) for header in header_words("two_things").get(table, ())}
    for name, column in fields.items():
        spellings = (*column.headers, name, name.replace("_", ""), *_ENGLISH.get(name, ()))
        for rank, header in enumerate(spellings):
            found.setdefault(header_key(header), _Variant(name, rank))
    for name in fields:
        for rank, header in enumerate(more_headers(table, name), start=100):
            found.setdefault(header_key(header), _Variant(name, rank))
    return {key: variant for key, variant in found.items() if key not in open_headers}


def two_things(table: str, header: str) -> tuple[str, ...]:
    """Return the fields that a header of a table may mean, none where it means one or is not known to be open."""
    key = header_key(header)
    entries = header_words("two_things").get(table, {})
    return next((tuple(fields) for word, fields in entries.items() if header_key(word) == key), ())


def in_words(group: str, header: str) -> bool:
    """Tell whether a header stands in a plain list of `header_words.yaml`."""
    return header_key(header) in _keys_of(group)


@cache
def _keys_of(group: str) -> frozenset[str]:
    return frozenset(map(header_key, header_words(group)))


@cache
def required(table: str) -> tuple[str, ...]:
    """Return the fields whose column a table must have."""
    return tuple(name for name, column in fields_of(RECORDS[table]).items() if column.required)


@cache
def kinds(table: str) -> dict[str, Kind]:
    """Return the kind of every field of a table."""
    return {name: column.kind for name, column in fields_of(RECORDS[table]).items()}


def label(table: str, field: str) -> str:
    """Return the Chinese header of a field."""
    return fields_of(RECORDS[table])[field].headers[0]


def match(table: str, header: str) -> tuple[_Variant, str | None] | None:
    """Return the field that `header` means in a table, and the unit it names."""
    known = variants(table)
    return next(((known[spelling], unit) for spelling, unit in _readings(header) if spelling in known), None)


def is_header(text: str) -> bool:
    """Tell whether any table has a column under this header."""
    return any(spelling in _every_header() for spelling, _ in _readings(text))


@cache
def _every_header() -> frozenset[str]:
    return (
        frozenset(key for table in RECORDS for key in variants(table)) | _keys_of("left_alone") | _keys_of("statuses")
    )


@lru_cache(maxsize=4096)
def _readings(header: str) -> tuple[tuple[str, str | None], ...]:
    """Return what a header may be read as: whole, without its unit of money, without any bracket behind it."""
    key = header_key(header)
    cut = (
        _UNIT_IN_BRACKETS.search(key)
        or _SHORT_UNIT_BEHIND.search(key)
        or _UNIT_BEHIND.search(key)
        or _MONEY_IN_BRACKETS.search(key)
    )
    bare = key[: cut.start()] + key[cut.end() :] if cut else key
    unit = cut["unit"] if cut else None
    return ((key, None), *((one, unit) for one in (bare, _BRACKET_BEHIND.sub("", bare)) if one))


def match_columns(table: str, cells: Sequence[Sequence[str]]) -> dict[str, HeaderColumn]:
    """Return the fields found under header cells, each of which may be written in several ways (two-row headers).

    Where two columns mean one field, the header that stands first in the record's list wins.
    """
    best: dict[str, tuple[int, int, HeaderColumn]] = {}
    for index, spellings in enumerate(cells):
        for spelling in spellings:
            if (hit := match(table, spelling)) is not None:
                (field, rank), unit = hit
                entry = (rank, index, HeaderColumn(field, index, spelling, unit))
                if field not in best or entry[:2] < best[field][:2]:
                    best[field] = entry
                break
    return {field: entry[2] for field, entry in best.items()}


def match_some(table: str, cells: Sequence[Sequence[str]], field: str, family_name: str) -> HeaderColumn | None:
    """Return the first column of a field whose header belongs to one family, None where there is none."""
    keys = frozenset(map(header_key, family(family_name)))
    for index, spellings in enumerate(cells):
        for spelling in spellings:
            key = next((reading for reading, _ in _readings(spelling) if reading in variants(table)), None)
            if key in keys and variants(table)[key].field == field:
                return HeaderColumn(field, index, spelling, None)
    return None


def match_all(table: str, cells: Sequence[Sequence[str]], field: str) -> list[HeaderColumn]:
    """Return every column whose header means a field, from the left."""
    columns = []
    for index, spellings in enumerate(cells):
        hits = ((spelling, match(table, spelling)) for spelling in spellings)
        hit = next(((spelling, found) for spelling, found in hits if found is not None), None)
        if hit is not None and hit[1][0].field == field:
            columns.append(HeaderColumn(field, index, hit[0], hit[1][1]))
    return columns


def is_running_number(header: str) -> bool:
    """Tell whether a header stands over line numbers."""
    return header_key(header) in _keys_of("running")
