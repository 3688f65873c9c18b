"""Coded words: closed sets of ids, each with the spellings of SPEC 4; any other text is unknown, with a warning.

The spellings are data, `data/coded_words.yaml`. Columns that are shown as written (why a unit left a list, the level of a
park, energy levels, what changed) keep their text; `REMOVAL_REASON` and its like tell what it means.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import Final

import pyarrow as pa

from graph_model.values.coded_words import CodedWords
from graph_model.values.kind import NOTHING, STRINGS, Kind, ParsedValue, compact, says_nothing, warning
from graph_model.values.texts import plain_text

INCIDENT_KINDS: Final = CodedWords("incident_kind")
REMOVAL_REASONS: Final = CodedWords("removal_reason")
PARK_LEVELS: Final = CodedWords("park_level")
ENERGY_LEVELS: Final = CodedWords("energy_level")
FOCUS_TAGS: Final = CodedWords("focus_tag")
CHANGE_KINDS: Final = CodedWords("change_kind")
CONSULTED_OFFICES: Final = CodedWords("consulted_office")
RENAMED: Final = "更名"
"""The kind of change that makes two names one unit; so does a blank kind."""


@cache
def countries() -> dict[str, str]:
    """Return alpha-2 codes by every spelling of `data/countries.csv`, spellings in lower case."""
    text = files("graph_model").joinpath("data/countries.csv").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    spellings: dict[str, str] = {}
    for row in csv.DictReader(lines):
        words = (row["alpha2"], row["alpha3"], row["zh"], row["en"], *row["also"].split("|"))
        spellings.update({_country_word(word): row["alpha2"] for word in words if word})
    return spellings


_LEFT_OUT = re.compile("[\\s.,'\u2019·・()-]+")


def _country_word(text: str) -> str:
    return _LEFT_OUT.sub("", compact(text)).casefold()


def country(text: str) -> ParsedValue:
    """Read a country or region as ISO 3166 alpha-2; Hong Kong, Macao and Taiwan have codes of their own."""
    if says_nothing(text):
        return NOTHING
    code = countries().get(_country_word(text))
    return ParsedValue(code) if code else warning("country_unknown")


def _closed(name: str, *extends: str) -> Kind:
    return Kind(name.replace("_", " "), STRINGS, CodedWords(name, extends).parse)


def _flag(*names: str) -> Kind:
    """Return the kind of a yes/no column; it reads words of its own beside 是 and 否."""
    return Kind(names[0].replace("_", " "), pa.bool_(), CodedWords(names[0], names[1:], "flag_unknown").parse)


def _as_written(name: str, check: Callable[[ParsedValue], ParsedValue]) -> Kind:
    return Kind(name, STRINGS, lambda text: check(plain_text(text)))


CATEGORY: Final = _closed("category")
TIER: Final = _closed("tier")
MODE: Final = _closed("mode")
OUTCOME: Final = _closed("outcome")
RESULT: Final = _closed("result")
COMPLAINT_RESULT: Final = _closed("complaint_result")
STATUS: Final = _closed("status")
BAN_REASON: Final = _closed("ban_reason")
SEVERITY: Final = _closed("severity")
INCIDENT_KIND: Final = _closed("incident_kind")
ATTESTED_KIND: Final = _closed("attested_kind", "incident_kind")
REMOVAL_REASON: Final = _as_written("removal reason", REMOVAL_REASONS.check)
PARK_LEVEL: Final = _as_written("park level", PARK_LEVELS.check)
ENERGY_LEVEL: Final = _as_written("energy level", ENERGY_LEVELS.check)
CHANGE_KIND: Final = _as_written("change kind", CHANGE_KINDS.check_each)
CONSULTED: Final = _as_written("consulted offices", CONSULTED_OFFICES.check_each)
FLAG: Final = _flag("flag")
ABOVE_SCALE: Final = _flag("above_scale", "flag")
MANUFACTURER: Final = _flag("manufacturer", "flag")
PRESENT: Final = _flag("present", "flag")
MET: Final = _flag("met", "flag")
KEY_SUPPLIER: Final = _flag("key_supplier", "flag")
NAMED: Final = _flag("named", "flag")
COUNTRY: Final = Kind("country", STRINGS, country)
