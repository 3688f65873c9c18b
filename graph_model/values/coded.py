"""Coded words: closed sets of ids, each with the spellings of SPEC 4; any other text is unknown, with a warning."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files
from typing import Final

import pyarrow as pa

from graph_model.values.kind import NOTHING, STRINGS, Kind, ParsedValue, compact, says_nothing, warning

CATEGORY_WORDS: Final = {
    "factory": ("绿色工厂",),
    "park": ("绿色工业园区", "绿色园区"),
    "supply_chain": (
        "绿色供应链管理企业",
        "绿色供应链管理示范企业",
        "卓越绿色供应链管理企业",
        "绿色供应链",
        "绿色供应链企业",
    ),
    "product": ("绿色产品", "绿色设计产品"),
}
TIER_WORDS: Final = {
    "national": ("国家级", "国家"),
    "provincial": ("省级", "省"),
    "city": ("市级", "市", "3A"),
    "district": ("区级", "区县级", "2A"),
}
MODE_WORDS: Final = {"self": ("自评价",), "third_party": ("第三方", "第三方评价")}
OUTCOME_WORDS: Final = {"accepted": ("通过", "受理", "采信"), "refused": ("不予受理", "未通过")}
RESULT_WORDS: Final = {"clean": ("无问题", "合格"), "problem": ("有问题", "不合格")}
COMPLAINT_RESULT_WORDS: Final = {
    "confirmed": ("属实", "查实", "基本属实", "部分属实"),
    "unfounded": ("不属实", "查无实据"),
}
STATUS_WORDS: Final = {"filed": ("已报",), "late": ("迟报",), "missing": ("未报",), "refused": ("拒报",)}
BAN_REASON_WORDS: Final = {"fraud": ("弄虚作假",), "poor": ("质量较差",), "unqualified": ("不具备条件",)}
# NFKC turns Ⅰ into I, so the Roman digits stand here in Latin letters.
SEVERITY_WORDS: Final = {
    "特别重大": ("特别重大事故", "I", "I级"),
    "重大": ("重大事故", "II", "II级"),
    "较大": ("较大事故", "III", "III级"),
    "一般": ("一般事故", "IV", "IV级"),
}
FLAG_WORDS: Final = {
    True: ("是", "y", "yes", "1", "true", "√", "✓", "✔"),
    False: ("否", "n", "no", "0", "false", "×", "✗", "✘"),
}


def coded(words: Mapping[str, tuple[str, ...]], code: str) -> Callable[[str], ParsedValue]:
    """Return the parser of a closed set; ids are spellings of themselves."""
    lookup = {compact(word).casefold(): value for value, spellings in words.items() for word in (value, *spellings)}

    def parse(text: str) -> ParsedValue:
        word = compact(text).casefold()
        if says_nothing(word):
            return NOTHING
        return ParsedValue(lookup[word]) if word in lookup else warning(code)

    return parse


_FLAGS: Final = {word: flag for flag, words in FLAG_WORDS.items() for word in words}


def flag(text: str) -> ParsedValue:
    """Read yes or no."""
    word = compact(text).casefold()
    if says_nothing(word):
        return NOTHING
    return ParsedValue(_FLAGS[word]) if word in _FLAGS else warning("flag_unknown")


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


CATEGORY: Final = Kind("category", STRINGS, coded(CATEGORY_WORDS, "category_unknown"))
TIER: Final = Kind("tier", STRINGS, coded(TIER_WORDS, "tier_unknown"))
MODE: Final = Kind("mode", STRINGS, coded(MODE_WORDS, "mode_unknown"))
OUTCOME: Final = Kind("outcome", STRINGS, coded(OUTCOME_WORDS, "outcome_unknown"))
RESULT: Final = Kind("result", STRINGS, coded(RESULT_WORDS, "result_unknown"))
COMPLAINT_RESULT: Final = Kind("complaint result", STRINGS, coded(COMPLAINT_RESULT_WORDS, "complaint_result_unknown"))
STATUS: Final = Kind("status", STRINGS, coded(STATUS_WORDS, "status_unknown"))
BAN_REASON: Final = Kind("ban reason", STRINGS, coded(BAN_REASON_WORDS, "ban_reason_unknown"))
SEVERITY: Final = Kind("severity", STRINGS, coded(SEVERITY_WORDS, "severity_unknown"))
FLAG: Final = Kind("flag", pa.bool_(), flag)
COUNTRY: Final = Kind("country", STRINGS, country)
