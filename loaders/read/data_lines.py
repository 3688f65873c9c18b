"""Which rows of a body are no data: blank ones, repeated headers, totals, notes and lines that only carry a number.

Only suspicious rows are looked at one by one: those with a single cell, or with a cell that a pattern picks out
among the distinct texts of its column.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from graph_model.arrays import Flags, Ints32
from graph_model.values import compact
from loaders.read.formats.sheet import Chunk
from loaders.read.headers import header_key, is_running_number
from loaders.read.line_words import DATE, alternatives, signs, words

_WHOLE: Final = "(本页|本表|全部|全省|全市|以上)?"
# A firm may begin with a word for a total (总和（苏州）精密有限公司): brackets end a total line, or hold its count.
_BEHIND_TOTAL: Final = (
    r"([::].*|(\([^()]*\))?[::]?约?[\d,.]*(家|个|户|项|条|万元|亿元|元|%)?(企业|单位|工厂|园区)?[。;;]?)"
)
_TOTAL = re.compile(rf"{_WHOLE}({alternatives('totals')}){_BEHIND_TOTAL}")
# No name of a unit ends with a word for a total: 苏州市小计, 一、绿色工厂合计.
_SUBTOTAL = re.compile(rf".{{1,20}}(合计|总计|小计|共计){_BEHIND_TOTAL}")
_COUNT_LINE = re.compile(r"[(]?(以上|合计|总计|累计)?共计?\d+[家个户项条](企业|单位|工厂|园区)?[)]?[。;;]?")
# A name may begin like a note (注塑机械有限公司, *ST某某), so a note needs its colon or number.
_NOTE = re.compile(rf"[*※]?({alternatives('notes')})(\([^()]*\))?\d*[::、.].*|※.*|\*(?!ST).+")
_NOTE_ALONE = re.compile(
    rf"[(]?({alternatives('notes')}|{alternatives('closings')})[)]?\d*|以上.*[。;]|第\d+页([,,]?共\d+页)?|共\d+页|[-—–·]*\d+[-—–·]*/?\d*"
)
_DAY_HEADER = re.compile(r"日期|时间|年|月|日|date|day|year| on$")
# The same in RE2 over raw cells: wide enough to pick out every row that the patterns above could name.
_SPACED: Final = "|".join(r"\s*".join(map(re.escape, word)) for word in sorted(words("totals")))
_SUSPICIOUS: Final = (
    rf"^[\s\p{{Z}}*※(（]*(本页|本表|全部|全省|全市|以上)?\s*({_SPACED}|共\s*计?\s*\p{{Nd}}|{alternatives('notes')}"
    r"|[*※]|备\s*注|说\s*明)|(合|总|小|共)\s*计[\s\p{Z}:：()（）\p{Nd},.，家个户项条企业单位工厂园区]*$"
    r"|^[^\p{L}]*年[^\p{L}]*(月|$)|^[〇○零一二三四五六七八九十]{2,5}\s*年"
)


class BodyRows(NamedTuple):
    """Rows of a chunk: data, and titles (headers, totals, notes); what is neither is blank."""

    data: Flags
    titles: Flags


def body_rows(chunk: Chunk, header: Sequence[Sequence[str]], mapped: frozenset[int]) -> BodyRows:
    """Tell data from other lines; `header` has the spellings of each column, `mapped` the columns that a field has."""
    filled = np.zeros(len(chunk.rows), np.int32)
    suspicious = np.zeros(len(chunk.rows), np.bool_)
    for index, column in enumerate(chunk.columns):
        spellings = header[index] if index < len(header) else ()
        present, picked = _look(column, spellings)
        filled += present
        if picked is not None:
            suspicious |= picked
    suspicious |= filled == 1
    suspicious &= filled > 0
    titles = np.zeros(len(chunk.rows), np.bool_)
    at = np.flatnonzero(suspicious)
    if len(at):
        texts = [column.take(pa.array(at)).to_pylist() for column in chunk.columns]
        titles[at] = [is_title(cells, header, mapped) for cells in zip(*texts, strict=True)]
    return BodyRows((filled > 0) & ~titles, titles)


def _look(column: pa.Array, spellings: Sequence[str]) -> tuple[Flags, Flags | None]:
    """Return where a column has text, and where a text may belong to a title line."""
    if not pa.types.is_dictionary(column.type):
        column = column.dictionary_encode()
    words, indices = column.dictionary, column.indices
    blank = pc.fill_null(pc.or_(pc.utf8_is_space(words), pc.equal(pc.binary_length(words), 0)), fill_value=True)
    present = _by_index(pc.invert(blank), indices)
    picked = pc.fill_null(pc.match_substring_regex(words, _SUSPICIOUS), fill_value=False)
    if spellings:
        picked = pc.or_(picked, pc.is_in(words, pa.array(list(spellings), words.type)))
    return present, _by_index(picked, indices) if pc.any(picked).as_py() else None


def _by_index(mask: pa.Array, indices: pa.Array) -> Flags:
    flags: Flags = np.append(np.asarray(mask.to_numpy(zero_copy_only=False), dtype=np.bool_), [False])
    at: Ints32 = np.asarray(indices.fill_null(len(flags) - 1).to_numpy(zero_copy_only=False))
    return flags[at]


def is_title(cells: Sequence[str | None], header: Sequence[Sequence[str]], mapped: frozenset[int]) -> bool:
    """Tell whether a line is a repeated header, a total, a note, a signature, or carries no more than its number."""
    filled = [(index, compact(cell)) for index, cell in enumerate(cells) if cell and compact(cell)]
    if not filled:
        return True
    if len(filled) == 1 and (filled[0][0] not in mapped or _NOTE_ALONE.fullmatch(filled[0][1])):
        return True
    return _is_total(filled) or _is_note(filled) or _is_signature(filled, header) or _repeats_header(filled, header)


def _is_total(filled: Sequence[tuple[int, str]]) -> bool:
    first = filled[0][1]
    begins = any(_TOTAL.fullmatch(text) or _SUBTOTAL.fullmatch(text) for _, text in filled[:2])
    return begins or _COUNT_LINE.fullmatch(first) is not None


def _is_note(filled: Sequence[tuple[int, str]]) -> bool:
    texts = [text for _, text in filled]
    if len(texts) < 3:  # 联系人 | 李某某 025-…: the word alone in front is as good as with its colon.
        return _NOTE.fullmatch(texts[0]) is not None or texts[0].upper() in words("notes")
    return all(_NOTE.fullmatch(text) or DATE.fullmatch(text) for text in texts)


def _is_signature(filled: Sequence[tuple[int, str]], header: Sequence[Sequence[str]]) -> bool:
    """Tell whether a line is an office and a day that sign the list: no number in front, no day under a header of days."""
    if len(header) < 2 or len(filled) > 3 or not all(signs(text) for _, text in filled):
        return False
    days = [index for index, text in filled if DATE.fullmatch(text)]
    if days:
        return not any(
            _DAY_HEADER.search(spelling)
            for index in days
            for spellings in header[index : index + 1]
            for spelling in spellings
        )
    numbers = [index for index, spellings in enumerate(header) if spellings and is_running_number(spellings[-1])]
    return bool(numbers) and len(filled) == 1 and filled[0][0] not in numbers


def _repeats_header(filled: Sequence[tuple[int, str]], header: Sequence[Sequence[str]]) -> bool:
    """Tell whether every cell of a line stands in the header of its column."""
    return len(filled) > 1 and all(
        index < len(header) and header_key(text) in {header_key(spelling) for spelling in header[index]}
        for index, text in filled
    )
