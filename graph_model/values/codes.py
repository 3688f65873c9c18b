"""Codes: credit codes that pass their check, industry codes of the right shape, batches in one spelling."""

from __future__ import annotations

import re
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from stdnum.cn import uscc

from graph_model.values.kind import NOTHING, STRINGS, Kind, ParsedValue, compact, says_nothing, warning

_SCIENTIFIC = re.compile(r"\d(\.\d+)?E\+?\d+", re.IGNORECASE)
_GUARD = re.compile(r'^(=?"|\'|=)|"$')
_INDUSTRY = re.compile(r"[A-T]?\d{2,4}|[A-T]")

_CODE_LENGTH: Final = 18
_CODE_LETTERS: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CODE_SHAPE: Final = f"^[0-9]{{8}}[{_CODE_LETTERS}]{{10}}$"
_MODULUS: Final = 31
# The check digit itself has weight 1: the weighted sum of all eighteen is a multiple of 31.
_WEIGHTS: Final = np.array([pow(3, place, _MODULUS) for place in range(_CODE_LENGTH - 1)] + [1])
_VALUE_OF: Final = np.zeros(256, np.int64)
_VALUE_OF[np.frombuffer(_CODE_LETTERS.encode(), np.uint8)] = np.arange(_MODULUS)

_DIGITS: Final = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"两": 2, "\u3007": 0}
_ROUND = r"([0-9]+|[零\u3007一二两三四五六七八九十]+)"
_YEAR_ROUND = re.compile(rf"((?:19|20)\d\d)年?度?第?{_ROUND}批次?")
_YEAR_ONLY = re.compile(r"((?:19|20)\d\d)(?:\.0)?(?:年|年度)?")
_ROUND_ONLY = re.compile(rf"(?:第{_ROUND}批次?|{_ROUND}批次?|{_ROUND}(?:\.0)?)")
_TO = "[-—–~至到、,和及/]"
_SEVERAL = re.compile(rf".*(?:19|20)\d\d年?度?{_TO}(?:19|20)?\d\d年?度?.*|.*{_ROUND}批?次?{_TO}第?{_ROUND}批.*")


def credit_code(text: str) -> ParsedValue:
    """Read a unified social credit code; one that fails its check is dropped."""
    code = _GUARD.sub("", compact(text)).upper()
    if says_nothing(code) or code == "无":
        return NOTHING
    if _SCIENTIFIC.fullmatch(code):
        return warning("code_as_number")
    return ParsedValue(code) if len(code) == 18 and uscc.is_valid(code) else warning("code_invalid")


def is_plain_code(texts: pa.Array) -> pa.Array:
    """Tell which texts are codes that pass their check, by the arithmetic of `stdnum.cn.uscc` on all of them at once."""
    shaped = pc.fill_null(pc.match_substring_regex(texts, _CODE_SHAPE), fill_value=False)
    letters = "".join(texts.filter(shaped).to_pylist()).encode("ascii")
    values = _VALUE_OF[np.frombuffer(letters, np.uint8)].reshape(-1, _CODE_LENGTH)
    passes = np.zeros(len(texts), np.bool_)
    passes[np.flatnonzero(shaped)] = values @ _WEIGHTS % _MODULUS == 0
    return pa.array(passes)


def industry_code(text: str) -> ParsedValue:
    """Read an industry code of GB/T 4754: a letter, two to four digits, or both."""
    code = _GUARD.sub("", compact(text)).upper()
    if says_nothing(code):
        return NOTHING
    return ParsedValue(code) if _INDUSTRY.fullmatch(code) else warning("industry_code_invalid")


def batch(text: str) -> ParsedValue:
    """Read a batch: 2021年度 is `2021`, 第三批 is `3`, 2023年第一批 is `2023年第1批`; a range is none, other texts stay."""
    cell = compact(text)
    if says_nothing(cell):
        return NOTHING
    if _SEVERAL.fullmatch(cell):
        return warning("batch_range")
    if found := _YEAR_ROUND.fullmatch(cell):
        return ParsedValue(f"{found[1]}年第{_integer(found[2])}批")
    if found := _YEAR_ONLY.fullmatch(cell):
        return ParsedValue(found[1])
    if found := _ROUND_ONLY.fullmatch(cell):
        return ParsedValue(str(_integer(found[1] or found[2] or found[3])))
    return ParsedValue(cell)


def _integer(digits: str) -> int:
    """Return 1–99 from Arabic or Chinese digits; 十二 is 12, 二十 is 20."""
    if digits.isdigit():
        return int(digits)
    if "十" in digits:
        tens, _, ones = digits.partition("十")
        return 10 * (_DIGITS.get(tens, 1) if tens else 1) + (_DIGITS.get(ones, 0) if ones else 0)
    return int("".join(str(_DIGITS[digit]) for digit in digits))


CODE: Final = Kind("credit code", STRINGS, credit_code, is_plain_code)
INDUSTRY_CODE: Final = Kind("industry code", STRINGS, industry_code)
BATCH: Final = Kind("batch", STRINGS, batch)
