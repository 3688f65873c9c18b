"""Arrow columns from numpy vectors: words, days, flags and money, each with its own unknowns."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from zlib import crc32

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from graph_model.arrays import Flags, Floats, Ints
from graph_model.records import RECORDS

_EPOCH = date(1970, 1, 1)


def stream(seed: int, enterprises: int, purpose: str) -> np.random.Generator:
    """Return the random stream of one purpose; no other purpose moves it."""
    return np.random.default_rng([seed, enterprises, crc32(purpose.encode())])


def chance(rng: np.random.Generator, size: int, rate: float) -> Flags:
    """Return a mask that holds at `rate`."""
    return np.asarray(rng.random(size, dtype=np.float32) < rate)


def weighted(rng: np.random.Generator, size: int, weights: Sequence[float] | Floats) -> Ints:
    """Return `size` positions drawn in proportion to `weights`."""
    reach = np.cumsum(np.asarray(weights, dtype=float))
    drawn = np.searchsorted(reach, rng.random(size) * reach[-1], side="right")
    return np.asarray(np.minimum(drawn, len(reach) - 1), dtype=np.int32)


def day(value: date) -> int:
    """Return the number of the day, as date32 counts."""
    return (value - _EPOCH).days


def between(rng: np.random.Generator, size: int, first: date, last: date) -> Ints:
    """Return `size` days from `first` to `last`, both ends in."""
    return rng.integers(day(first), day(last) + 1, size).astype(np.int32)


def years_of(days: Ints) -> Ints:
    """Return the calendar year of each day."""
    return days.astype("datetime64[D]").astype("datetime64[Y]").astype(np.int32) + 1970


def words(vocabulary: pa.Array | Sequence[str], positions: Ints, unknown: Flags | None = None) -> pa.Array:
    """Return the words at `positions`, dictionary-coded; a negative position is unknown."""
    blank = positions < 0 if unknown is None else unknown | (positions < 0)
    coded = pa.array(positions.astype(np.int32), mask=blank)
    dictionary = vocabulary if isinstance(vocabulary, pa.Array) else pa.array(vocabulary, pa.string())
    return pa.DictionaryArray.from_arrays(coded, dictionary)


def days(values: Ints, unknown: Flags | None = None) -> pa.Array:
    """Return days as date32."""
    return pa.array(values.astype(np.int32), mask=unknown).cast(pa.date32())


def years(values: Ints, unknown: Flags | None = None) -> pa.Array:
    """Return calendar years."""
    return pa.array(values.astype(np.int32), mask=unknown)


def flags(yes: Flags, unknown: Flags | None = None) -> pa.Array:
    """Return yes, no or unknown."""
    return pa.array(yes, mask=unknown)


def money(values: Floats, unknown: Flags | None = None) -> pa.Array:
    """Return amounts in 万元 with two decimals."""
    return pa.array(np.round(values, 2), mask=unknown)


def numbered(prefix: str, year: Ints, numbers: Ints) -> pa.Array:
    """Return serial numbers such as LP2024-000017."""
    serial = pc.utf8_lpad(pa.array(numbers).cast(pa.string()), 6, padding="0")
    return pc.binary_join_element_wise(prefix, pa.array(year).cast(pa.string()), "-", serial, "")


def table(name: str, columns: dict[str, pa.Array]) -> pa.Table:
    """Return the columns in the order of the record; what is not given is unknown throughout."""
    size = len(next(iter(columns.values())))
    fields = RECORDS[name].model_fields
    strangers = set(columns) - set(fields)
    assert not strangers, f"{name} has no {strangers}"
    return pa.table({field: _coded(columns.get(field), size) for field in fields})


def _coded(values: pa.Array | None, size: int) -> pa.Array:
    """Return texts dictionary-coded, over a vocabulary no longer than the column."""
    if values is None:
        values = pa.nulls(size, pa.string())
    if pa.types.is_dictionary(values.type) and len(values.dictionary) > size:
        values = values.cast(pa.string())
    return values.dictionary_encode() if pa.types.is_string(values.type) else values
