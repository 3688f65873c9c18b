"""Rows with the same key are one fact that keeps all its origins.

Equal or complementary values come together. Contradicting values become unknown, with a warning that names both places; of
contradicting ends the earlier is taken, of contradicting starts the later, also with a warning. SPEC 4 and 8.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from graph_model.schema import columns_settled
from loaders.build.cells import NULL, Cells, known

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from graph_model.arrays import Flags, Ints64, Rows


STARTS = columns_settled("latest")
ENDS = columns_settled("earliest")
Conflict = Callable[[str, int, int], None]
"""Is told of every contradiction: the column, and two rows that say different things."""

_NOBODY: Final = np.empty(0, dtype=np.int64)


@dataclass(frozen=True)
class Merged:
    """Facts in the order of their keys: `values` per column, and `fact` per row (-1 for rows that were left out).

    `more` are further pairs of row and fact: a removal ends several listings of its unit.
    """

    values: dict[str, Cells]
    fact: Ints64
    facts: int
    more: tuple[Ints64, Ints64] = (_NOBODY, _NOBODY)


def merge(keys: list[Cells], values: dict[str, Cells], alive: Flags, conflict: Conflict) -> Merged:
    """Merge rows by `keys`; key columns that are to be kept stand in `values` as well.

    `keys` and `values` are emptied: of ten million rows, what has been merged must make room for what comes.
    """
    rows = np.flatnonzero(alive)
    packed = pack((key.values[rows] for key in keys), len(rows))
    keys.clear()
    order = rows[np.argsort(packed, kind="stable")]
    packed.sort()
    first = np.ones(len(order), dtype=bool)
    first[1:] = packed[1:] != packed[:-1]
    fact = np.full(len(alive), -1, dtype=np.int64)
    fact[order] = np.cumsum(first) - 1
    firsts = order[first]
    several = _several(order, first)
    del rows, packed, order, first
    merged = {}
    for name in list(values):
        cells = values.pop(name)
        merged[name] = Cells(_one_column(name, cells.values, firsts, several, fact, conflict), cells.back)
    return Merged(merged, fact, len(firsts))


def pack(keys: Iterable[Ints64], rows: int) -> Ints64:
    """Return one integer per row that sorts as the key columns do, one after the other, nulls first."""
    packed = np.zeros(rows, dtype=np.int64)
    span = 1
    for key in keys:
        numbers, width = _dense(key)
        if span * width >= 2**62:
            packed, span = _dense(np.unique(packed, return_inverse=True)[1].astype(np.int64))
        packed, span = packed * width + numbers, span * width
    return packed


def _dense(key: Ints64) -> tuple[Ints64, int]:
    """Return a key as small numbers from 0 in the same order, and how many there may be."""
    if not len(key):
        return key, 1
    present = key[key != NULL]
    low = int(present.min()) if len(present) else 0
    numbers = np.where(key == NULL, 0, key - low + 1)
    width = int(numbers.max()) + 1
    if width > 2**32:
        numbers = np.unique(numbers, return_inverse=True)[1].astype(np.int64)
        width = int(numbers.max()) + 1
    return numbers, width


def _several(order: Rows, first: Flags) -> Rows:
    """Return the rows, in key order, of facts that more than one row states."""
    shared = ~first
    shared[:-1] |= ~first[1:]
    return order[shared]


def _one_column(
    name: str, values: NDArray[Any], firsts: Rows, several: Rows, fact: Ints64, conflict: Conflict
) -> NDArray[Any]:
    merged = values[firsts]
    if not len(several):
        return merged
    facts = fact[several]
    starts = np.flatnonzero(np.concatenate(([True], facts[1:] != facts[:-1])))
    shared, stated = values[several], known(values[several])
    high, low = _limits(values.dtype)
    least = np.minimum.reduceat(np.where(stated, shared, high), starts)
    most = np.maximum.reduceat(np.where(stated, shared, low), starts)
    some = np.logical_or.reduceat(stated, starts)
    apart = some & (least != most)
    chosen = np.where(some, least, shared[starts])
    if name in STARTS:
        chosen = np.where(apart, most, chosen)
    elif name not in ENDS:
        chosen = np.where(apart, np.nan if values.dtype.kind == "f" else NULL, chosen)
    merged[facts[starts]] = chosen
    _tell(name, shared, several, starts, np.flatnonzero(apart), least, most, conflict)
    return merged


def _tell(
    name: str, shared: NDArray[Any], several: Rows, starts: Rows, apart: Rows, least: Any, most: Any, conflict: Conflict
) -> None:
    ends = np.append(starts[1:], len(several))
    for group in apart.tolist():
        part = slice(starts[group], ends[group])
        rows, values = several[part], shared[part]
        conflict(name, int(rows[values == least[group]][0]), int(rows[values == most[group]][0]))


def _limits(dtype: np.dtype[Any]) -> tuple[float | int, float | int]:
    return (np.inf, -np.inf) if dtype.kind == "f" else (int(np.iinfo(np.int64).max), NULL)
