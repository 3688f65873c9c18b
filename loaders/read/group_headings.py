"""Lines among the rows that head a group: 一、南京市（1家） gives the region of the rows below, 二、绿色工业园区 their list."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from graph_model.regions import jiangsu
from graph_model.values import compact
from loaders.read.formats.sheet import Line
from loaders.read.list_names import words_of
from loaders.read.periods import period_in

_NUMBER = r"(?:第?[一二三四五六七八九十百]+[部分类章节]*|[(][一二三四五六七八九十\d]+[)]|\d+)"
_NUMBERED = re.compile(rf"{_NUMBER}[、..,,:：)]?")
_BEFORE = re.compile(rf"^(?:{_NUMBER}[、..,,:：)]|[(][一二三四五六七八九十\d]+[)]|[一二三四五六七八九十]+(?=[^批、]))")
_COUNT = re.compile(r"[(]?[共计合]*\d+[家个户项][^()]{0,4}[)]?[:：]?")
_COUNT_BEHIND = re.compile(r"[(]?[共计合]*\d+[家个户项]?(?:企业|单位|工厂|园区)?[)]?[:：]?$|[(][^()]*[)]$|[:：]$")
_LIST = re.compile(r"(?:名单|批次?|年度?|[国省市区县家]级)$")
_OF_UNIT = re.compile(r"(?:公司|集团|厂(?<!工厂)|店|社|所|院|中心)$")


class GroupHeading(NamedTuple):
    """A line that heads a group of rows: the region it names, or the list; the text as it stands there."""

    text: str
    region: str | None


def heading_of(line: Line) -> GroupHeading | None:
    """Return what a line heads, None for a line that is a row, a note or anything else."""
    cells = [compact(cell) for cell in line.cells if cell]
    words = [cell for cell in cells if not (_NUMBERED.fullmatch(cell) or _COUNT.fullmatch(cell))]
    if len(set(words)) != 1 or len(cells) > 3 or (len(cells) > 1 and cells[0].isdigit()):
        return None
    text = words[0]
    bare = _COUNT_BEHIND.sub("", _BEFORE.sub("", text))
    if is_region(bare):
        return GroupHeading(text, bare)
    return GroupHeading(text, None) if len(cells) <= 2 and _heads_a_list(bare, bare != text) else None


@cache
def is_region(text: str) -> bool:
    """Tell whether a text is a region and nothing else."""
    reading = jiangsu().read(text)
    return len(text) > 1 and not text.isascii() and reading.code != 0 and reading.doubt is None


@cache
def _heads_a_list(bare: str, is_numbered: bool) -> bool:
    """Tell whether a text names a list of its own: its category, tier, batch, or that it takes units off."""
    if not bare or _OF_UNIT.search(bare) or len(bare) > 40:
        return False
    words = [word for group in words_of("categories").values() for word in group]
    ends = any(bare.endswith((word, f"{word}管理企业", f"{word}企业", f"{word}示范企业")) for word in words)
    speaks = any(
        word in bare for word in (*words, *words_of("removal")["words"], *words_of("any_category"), "级", "批")
    )
    if ends or (is_numbered and speaks):
        return True
    return _LIST.search(bare) is not None and (speaks or period_in(bare) != (None, None, False, False))


def level_of_heading(text: str) -> int:
    """Return the level of a heading by its number: 一、 is above （一）, that above 1、; without a number it is the lowest."""
    one = "[一二三四五六七八九十百]+"
    levels = (f"第{one}[部章节]", f"{one}[、..,:]", f"[(]{one}[)]", r"\d+[、..]", r"[(]\d+[)]")
    plain = compact(text)
    return next((level for level, pattern in enumerate(levels) if re.match(pattern, plain)), len(levels))
