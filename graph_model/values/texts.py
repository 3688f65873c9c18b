"""Names and other texts: kept as the writer wrote them, free of whitespace and of words for nothing."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from graph_model.characters import HIDDEN_RE2, with_word_spaces, without_space, without_unseen
from graph_model.values.coded_words import CodedWords
from graph_model.values.kind import NOTHING, STRINGS, Kind, ParsedValue, compact, says_nothing

NAMES_SEPARATOR: Final = "；"
"""Joins several names in one value."""

_NO_NAME: Final = frozenset({"无"})
_MODES: Final = CodedWords("mode")
_SCOPES: Final = CodedWords("attested_scope")
_NO_CHAIN: Final = frozenset({"无", "否"})
_BREAK_IN_WORDS = re.compile(r"(?<=[!-~])\s*[\r\n]\s*(?=[!-~])")
_BREAK = re.compile(r"\s*[\r\n]\s*")
_SEPARATORS = re.compile(r"[；;|｜]")

# Five visible characters and no Excel error: longer than any word for nothing.
_PLAIN_NAME: Final = rf"^[^#{HIDDEN_RE2}][^{HIDDEN_RE2}]{{4,}}$"


def is_plain_name(texts: pa.Array) -> pa.Array:
    """Tell which texts are names as they stand."""
    return pc.match_substring_regex(texts, _PLAIN_NAME)


def is_plain_agency(texts: pa.Array) -> pa.Array:
    """Tell which texts are names of agencies as they stand; 企业自我评价 is long enough for one, and none."""
    return pc.and_(is_plain_name(texts), pc.invert(pc.match_substring_regex(texts, "自.?评")))


def name(text: str) -> ParsedValue:
    """Read a name: the writer's characters without whitespace but that between Latin words; 无 is no name."""
    return _named(text, _NO_NAME)


def agency_name(text: str) -> ParsedValue:
    """Read the name of an agency; 无 and 自评价 are no agency."""
    return NOTHING if _MODES.meaning(text) == "self" else _named(text, _NO_NAME)


def _named(text: str, nobody: frozenset[str]) -> ParsedValue:
    if says_nothing(text) or compact(text) in nobody:
        return NOTHING
    return ParsedValue(with_word_spaces(text))


def names(text: str) -> ParsedValue:
    """Read several names split by `；`, `;` or `|`, each once, joined by `；`."""
    parts = (name(part).value for part in _SEPARATORS.split(text))
    return ParsedValue(NAMES_SEPARATOR.join(dict.fromkeys(part for part in parts if part)) or None)


def chain(text: str) -> ParsedValue:
    """Read the chain that an enterprise leads; 无, 否 and `/` are blank."""
    return NOTHING if compact(text) in _NO_CHAIN else plain_text(text)


def plain_text(text: str) -> ParsedValue:
    """Read a text: NFKC, stripped, line breaks inside a cell closed."""
    if says_nothing(text):
        return NOTHING
    normal = without_unseen(unicodedata.normalize("NFKC", text))
    closed = _BREAK.sub("", _BREAK_IN_WORDS.sub(" ", normal)).strip()
    return ParsedValue(unicodedata.normalize("NFKC", closed) or None)


def report_no(text: str) -> ParsedValue:
    """Read a report number: NFKC without whitespace; 无 is none."""
    number = compact(text)
    return NOTHING if says_nothing(number) or number in _NO_NAME else ParsedValue(number)


def scope(text: str) -> ParsedValue:
    """Read for whom something was looked up; only a blank, 全部 and their like mean everybody, so 不详 and errors stay texts."""
    if not compact(text) or _SCOPES.knows(text):
        return NOTHING
    return ParsedValue(without_space(unicodedata.normalize("NFKC", text)))


class _ScopeKind(Kind):
    """A scope. A cell whose formula failed is no blank: it must not come to mean everybody."""

    def parse(self, text: str) -> ParsedValue:
        """Return the value that a cell writes."""
        return self.parser(text)


SCOPE: Final = _ScopeKind("scope", STRINGS, scope)
NAME: Final = Kind("name", STRINGS, name, is_plain_name)
PERSON_NAME: Final = Kind("person name", STRINGS, name, is_plain_name)
AGENCY_NAME: Final = Kind("agency name", STRINGS, agency_name, is_plain_agency)
NAMES: Final = Kind("names", STRINGS, names)
CHAIN: Final = Kind("chain", STRINGS, chain)
TEXT: Final = Kind("text", STRINGS, plain_text)
REPORT_NO: Final = Kind("report number", STRINGS, report_no)
