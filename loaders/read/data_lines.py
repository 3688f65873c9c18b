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
from numpy.typing import NDArray

from graph_model.values import compact
from loaders.read.formats.sheet import Chunk
from loaders.read.headers import header_key

Mask = NDArray[np.bool_]

_TOTAL_WORDS: Final = "合计|总计|小计|共计|总和|累计"
_NOTE_WORDS: Final = (
    "注|备注|说明|填表说明|填报说明|附注|数据来源|资料来源|填表人|填报人|制表人|制表|审核人|审核|联系人|联系电话"
    "|填报单位|填表单位|填报日期|填表日期|制表日期|单位负责人|单位[(]盖章[)]|以上"
)
_TOTAL = re.compile(rf"(本页|本表|全部|全省|全市)?({_TOTAL_WORDS})([::(].*)?")
_COUNT_LINE = re.compile(r"共\d+[家个户项条](企业|单位)?。?")
# A name may begin like a note (注塑机械有限公司, *ST某某), so a note needs its colon or number.
_NOTE = re.compile(rf"[*※]?({_NOTE_WORDS})\d*[::、.].*|※.*|\*(?!ST).*")
_NOTE_ALONE = re.compile(rf"({_NOTE_WORDS})|以上.*[。;]|第\d+页(共\d+页)?|-?\d+-?/\d+")
# The same in RE2 over raw cells: wide enough to pick out every row that the patterns above could name.
_SUSPICIOUS: Final = (
    r"^[\s\p{Z}*※]*(本页|本表|全部|全省|全市)?\s*"
    rf"(合\s*计|总\s*计|小\s*计|共\s*计|总和|累计|共\s*\p{{Nd}}|{_NOTE_WORDS}|[*※]|备\s*注|说\s*明)"
)


class BodyRows(NamedTuple):
    """Rows of a chunk: data, and titles (headers, totals, notes); what is neither is blank."""

    data: Mask
    titles: Mask


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


def _look(column: pa.Array, spellings: Sequence[str]) -> tuple[Mask, Mask | None]:
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


def _by_index(mask: pa.Array, indices: pa.Array) -> Mask:
    flags: Mask = np.append(np.asarray(mask.to_numpy(zero_copy_only=False), dtype=np.bool_), [False])
    at: NDArray[np.int32] = np.asarray(indices.fill_null(len(flags) - 1).to_numpy(zero_copy_only=False))
    return flags[at]


def is_title(cells: Sequence[str | None], header: Sequence[Sequence[str]], mapped: frozenset[int]) -> bool:
    """Tell whether a line is a repeated header, a total, a note, or carries no more than its number."""
    filled = [(index, compact(cell)) for index, cell in enumerate(cells) if cell and compact(cell)]
    if not filled:
        return True
    first = filled[0][1]
    if len(filled) == 1 and (filled[0][0] not in mapped or _NOTE_ALONE.fullmatch(first)):
        return True
    if any(_TOTAL.fullmatch(text) for _, text in filled[:2]) or _COUNT_LINE.fullmatch(first):
        return True
    if len(filled) < 3 and _NOTE.fullmatch(first):
        return True
    return _repeats_header(filled, header)


def _repeats_header(filled: Sequence[tuple[int, str]], header: Sequence[Sequence[str]]) -> bool:
    """Tell whether every cell of a line stands in the header of its column."""
    return len(filled) > 1 and all(
        index < len(header) and header_key(text) in {header_key(spelling) for spelling in header[index]}
        for index, text in filled
    )
