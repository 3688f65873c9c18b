"""Cells of a column of names that name no unit: days, phones, page marks, regions, placeholders, 同上. SPEC 4.

They are left out with the row, or unknown where the column is optional; nothing is filled in. Only distinct texts that a
wide pattern picks out are looked at one by one.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from graph_model.regions import jiangsu
from graph_model.values import Kind, Remark, compact
from graph_model.values.texts import AGENCY_NAME, NAME
from loaders.read.line_words import DATE, alternatives, words
from loaders.read.typed_columns import Typed

if TYPE_CHECKING:
    from graph_model.arrays import Ints64


NOT_A_NAME: Final = Remark("warning", "not_a_name")
DITTO: Final = Remark("warning", "name_ditto")

_NO_UNITS: Final = frozenset({("totals", "scope"), ("agency_bans", "authority")})
"""Columns of names that may hold a region or an office."""

# A name of ordinary length that begins with no word of a note, ends like no region and holds no colon.
_SURELY_NAME: Final = r"^[^\s\p{P}\p{S}\p{Nd}][^\s:：]{4,}(公司|集团|厂|院|校|店|部|社|中心|园|区|所|会)$"
_NOTE = re.compile(rf"({alternatives('notes')})(\([^()]*\))?[::].*|\(?(签字|签章|盖章|公章)\)?")
_AMOUNT = re.compile(r"[\d.,]+(万|亿|千|百)?(元|家|个|户|项|条|吨|%)")
_CLOSING = re.compile(rf"\(?({alternatives('closings')})\)?")
# Somebody's telephone: no name of a unit holds one.
_PHONE = re.compile(r"[^\d]{0,12}(\(?0\d{2,3}\)?-?\d{7,8}|1[3-9]\d{9})(-\d{1,5})?")
_PAGE = re.compile(r"(第\d+页)?[,,]?(共\d+页)?|PAGE\d+(OF\d+)?", re.IGNORECASE)
_HEADING_NUMBER = re.compile(r"^([一二三四五六七八九十百]+|\d+|[((][一二三四五六七八九十\d]+[))])[、..,,]?")
_HEADING_COUNT = re.compile(r"([((]?共?\d+[家个户项]?(企业|单位)?[))]?)?[::]?$")
_REGION = re.compile(r"[\u4e00-\u9fff]{1,6}(省|市|县|自治区|自治州|自治县|地区|盟)")
_NO_REGION = re.compile(r"(超|门|夜|城|都|菜|集|早|花|书|车|房|楼|股|牛)市$")
_ZONE = re.compile(r"(园区|园|新区|高新区|经开区|开发区|港区|保税区|示范区)$")


def names_a_unit(table: str, field: str, kind: Kind) -> bool:
    """Tell whether a column must hold the names of units."""
    return kind in (NAME, AGENCY_NAME) and (table, field) not in _NO_UNITS


def without_no_names(typed: Typed, texts: pa.Array) -> Typed:
    """Make cells that are no name unknown, each with its remark; `texts` is the column as it was read."""
    encoded = texts if pa.types.is_dictionary(texts.type) else texts.dictionary_encode()
    distinct = encoded.dictionary
    doubtful = pc.invert(pc.fill_null(pc.match_substring_regex(distinct, _SURELY_NAME), fill_value=True))
    at = np.flatnonzero(np.asarray(doubtful.to_numpy(zero_copy_only=False), dtype=np.bool_))
    remarks = [remark_of(text) for text in distinct.take(pa.array(at)).to_pylist()]
    if not any(remarks):
        return typed
    present = np.asarray(typed.values.is_valid())
    found = dict(typed.remarks)
    for remark in {remark for remark in remarks if remark is not None}:
        codes = at[[each == remark for each in remarks]]
        found[remark] = np.asarray(pc.is_in(encoded.indices, pa.array(codes, encoded.indices.type))) & present
    nobody = np.logical_or.reduce([found[remark] for remark in (NOT_A_NAME, DITTO) if remark in found])
    values = pc.if_else(pa.array(~nobody), typed.values.cast(pa.string()), pa.scalar(None, pa.string()))
    return Typed(values.dictionary_encode() if pa.types.is_dictionary(typed.values.type) else values, found)


@cache
def remark_of(text: str) -> Remark | None:
    """Return why a text is no name; None where it may be one."""
    plain = compact(text).upper()
    if plain in words("ditto"):
        return DITTO
    if not any(letter.isalpha() for letter in plain) or plain in words("placeholders") or plain in words("flags"):
        return NOT_A_NAME
    if any(pattern.fullmatch(plain) for pattern in (DATE, _NOTE, _AMOUNT, _PAGE, _CLOSING, _PHONE)) or _is_region(
        plain
    ):
        return NOT_A_NAME
    return None


def above(texts: pa.Array, rows: Ints64) -> list[str]:
    """Return for each row the last name that stands above it in the column, blank where none does."""
    column = texts.to_pylist()
    names = []
    for row in rows.tolist():
        before = (text for text in reversed(column[:row]) if text and remark_of(text) is None)
        names.append(next(before, ""))
    return names


def _is_region(text: str) -> bool:
    """Tell whether a text is a bare region, or the heading of a region's group (一、南京市（1家）)."""
    bare = _HEADING_COUNT.sub("", _HEADING_NUMBER.sub("", text))
    if _ZONE.search(bare):
        return False
    return bare in _region_names() or (_REGION.fullmatch(bare) is not None and _NO_REGION.search(bare) is None)


@cache
def _region_names() -> frozenset[str]:
    return frozenset(spelling for region in jiangsu().regions.values() for spelling in region.spellings)
