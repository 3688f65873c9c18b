"""Columns of text into columns of values, by the parser of their kind, which runs once per distinct text.

Plain amounts and scores, of which nearly every one is distinct, are read by Arrow; whatever is not plain goes to the
parser like everything else.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from graph_model.arrays import Flags, Ints32, Ints64
from graph_model.values import STRINGS, Kind, ParsedValue, Remark
from graph_model.values.numbers import MONEY, MONEY_LIMIT, NUMBER, fen_of, money

# At most 12 digits before and 6 behind the point fit an int64 of millionths.
_PLAIN_NUMBER: Final = r"^[0-9]{1,12}(\.[0-9]{1,6})?$"
_MILLIONTHS: Final = pa.decimal128(18, 6)


class Typed(NamedTuple):
    """Values, and for each remark where it holds."""

    values: pa.Array
    remarks: dict[Remark, Flags]


class ColumnReader:
    """Reads the chunks of one column; remembers what every text meant."""

    def __init__(self, kind: Kind, unit: str | None = None) -> None:
        self.kind = kind
        self._unit = unit or "万元"
        self._factor = fen_of(self._unit) or 0
        self._parse: Callable[[str], ParsedValue] = kind.parse
        if kind is MONEY and self._unit != "万元":
            self._parse = self._money_in_unit
        self._memory: dict[str, ParsedValue] = {}

    def read(self, texts: pa.Array) -> Typed:
        """Return the values of a column of strings, dictionary-encoded or not."""
        encoded = texts if pa.types.is_dictionary(texts.type) else None
        if encoded is None and self.kind not in (MONEY, NUMBER):
            encoded = texts.dictionary_encode()
        if encoded is None:
            return self._read_distinct(texts)
        typed = self._read_distinct(encoded.dictionary)
        indices = encoded.indices
        return Typed(
            _take(typed.values, indices), {remark: _take_mask(mask, indices) for remark, mask in typed.remarks.items()}
        )

    def _read_distinct(self, texts: pa.Array) -> Typed:
        if self.kind is NUMBER or (self.kind is MONEY and self._factor):
            return self._read_numbers(texts)
        if self.kind.plain is not None:
            return self._read_plain(texts, self.kind.plain)
        return self._parse_all(texts)

    def _parse_all(self, texts: pa.Array) -> Typed:
        parsed = [self._recall(text) for text in texts.to_pylist()]
        remarks: dict[Remark, Flags] = {}
        for remark in {each.remark for each in parsed if each.remark}:
            remarks[remark] = np.fromiter((each.remark == remark for each in parsed), np.bool_, len(parsed))
        return Typed(pa.array([each.value for each in parsed], _value_type(self.kind)), remarks)

    def _recall(self, text: str | None) -> ParsedValue:
        if text is None:
            return ParsedValue(None)
        known = self._memory.get(text)
        if known is None:
            known = self._memory[text] = self._parse(text)
        return known

    def _read_plain(self, texts: pa.Array, is_plain: Callable[[pa.Array], pa.Array]) -> Typed:
        """Leave plain names and codes as they are and parse the others."""
        plain = pc.or_(pc.fill_null(is_plain(texts), fill_value=False), texts.is_null())
        if pc.all(plain, min_count=0).as_py():
            return Typed(texts.cast(pa.string()), {})
        return _merge(texts.cast(pa.string()), _mask(plain), self._parse_all(texts.filter(pc.invert(plain))))

    def _read_numbers(self, texts: pa.Array) -> Typed:
        plain = pc.fill_null(pc.match_substring_regex(texts, _PLAIN_NUMBER), fill_value=False)
        bare = pc.if_else(plain, texts, pa.scalar(None, texts.type))
        values = self._fen(bare) if self.kind is MONEY else bare.cast(pa.float64())
        done = _mask(pc.or_(values.is_valid(), texts.is_null()))
        if done.all():
            return Typed(values, {})
        rest = texts.filter(pa.array(~done)).dictionary_encode()
        few = self._parse_all(rest.dictionary)
        spread = Typed(
            few.values.take(rest.indices),
            {remark: mask[rest.indices.to_numpy()] for remark, mask in few.remarks.items()},
        )
        return _merge(values, done, spread)

    def _fen(self, texts: pa.Array) -> pa.Array:
        """Return plain amounts as 分, null where the parser has to look (too large)."""
        millionths = texts.cast(_MILLIONTHS)
        low = np.frombuffer(millionths.buffers()[1], np.int64)[::2][millionths.offset : millionths.offset + len(texts)]
        factor, known = self._factor, _mask(texts.is_valid())
        if factor >= 10**6:
            times = factor // 10**6
            known = known & (low <= MONEY_LIMIT // times)
            fen = np.where(known, low, 0) * times
        else:
            fen = _half_even(np.where(known, low, 0), 10**6 // factor)
        return pa.array(fen, pa.int64(), mask=~known)

    def _money_in_unit(self, text: str) -> ParsedValue:
        # Excel errors are for `Kind.parse` to tell.
        first = self.kind.parse(text)
        return first if first.remark and first.remark.code == "cell_error" else money(text, self._unit)


def _half_even(amounts: Ints64, divisor: int) -> Ints64:
    """Divide whole numbers, rounding half to even."""
    quotient, rest = amounts // divisor, amounts % divisor
    up = (rest * 2 > divisor) | ((rest * 2 == divisor) & (quotient % 2 == 1))
    halves: Ints64 = (quotient + up).astype(np.int64)
    return halves


def _value_type(kind: Kind) -> pa.DataType:
    return pa.string() if kind.arrow == STRINGS else kind.arrow


def _mask(array: Any) -> Flags:
    return np.asarray(array.to_numpy(zero_copy_only=False), dtype=np.bool_)


def _merge(values: pa.Array, done: Flags, rest: Typed) -> Typed:
    """Put the values read by the parser where `done` is false."""
    merged = pc.replace_with_mask(values, pa.array(~done), rest.values)
    remarks: dict[Remark, Flags] = {}
    for remark, where in rest.remarks.items():
        remarks[remark] = np.zeros(len(done), np.bool_)
        remarks[remark][np.flatnonzero(~done)[where]] = True
    return Typed(merged, remarks)


def _take(values: pa.Array, indices: pa.Array) -> pa.Array:
    """Return values by index; strings stay dictionary-encoded, each distinct one once."""
    if values.type != pa.string():
        return values.take(indices)
    distinct = values.dictionary_encode()
    return pa.DictionaryArray.from_arrays(distinct.indices.take(indices), distinct.dictionary)


def _take_mask(mask: Flags, indices: pa.Array) -> Flags:
    at: Ints32 = np.asarray(indices.fill_null(len(mask)).to_numpy(zero_copy_only=False))
    flags: Flags = np.append(mask, [False])
    return flags[at]
