"""What a column of the graph may hold: its Arrow type, what stands for "missing" in a vector, and how rows settle a dispute.

Units are integers inside: a column that refers to an enterprise, a park or an agency holds its row number in that table,
and the unit tables are sorted by id, so that integer order is id order. On disk a missing value is a null; in a vector it
is the `missing` value of its type, chosen so that questions need no null test: a missing start is `ALWAYS`, a missing end
and a day that never came `OPEN`, a missing reference or code -1, a missing region 0.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

import numpy as np
import pyarrow as pa

from graph_model.days import ALWAYS, OPEN, number

UNKNOWN_MONEY: Final = int(np.iinfo(np.int64).min)
NEVER: Final = number(date(9999, 12, 31))
"""First day of a unit that only a sponsor column names: it is never on record."""

Settled = Literal["unknown", "earliest", "latest"]


@dataclass(frozen=True, slots=True)
class ColumnType:
    """What a column holds: its Arrow type, and the value that stands for null in a vector (None: stays text)."""

    name: str
    arrow: pa.DataType
    missing: int | float | None = None
    refers_to: str | None = None
    disputed: Settled = "unknown"
    """What becomes of a fact whose rows contradict each other in this column."""


TEXT = ColumnType("text", pa.string())
WORD = ColumnType("word", pa.dictionary(pa.int32(), pa.string()))
"""Text with few distinct values."""
FLAG = ColumnType("flag", pa.bool_(), -1)
TIER = ColumnType("tier", pa.int8(), 0)
CATEGORY = ColumnType("category", pa.int8(), -1)
REGION = ColumnType("region", pa.int32(), 0)
START = ColumnType("start", pa.date32(), ALWAYS, disputed="latest")
END = ColumnType("end", pa.date32(), OPEN, disputed="earliest")
DAY = ColumnType("day", pa.date32(), OPEN)
"""A day on which something happens; missing = it has not been seen to happen."""
FIRST = ColumnType("first", pa.date32(), OPEN, disputed="latest")
"""A day on which something happens, and from which on it holds."""
YEAR = ColumnType("year", pa.int32(), -1)
COUNT = ColumnType("count", pa.int64(), -1)
MONEY = ColumnType("money", pa.int64(), UNKNOWN_MONEY)
"""Whole 分 (1e-6 万元), so that sums are exact in any order."""
NUMBER = ColumnType("number", pa.float64(), float("nan"))

COLUMN_TYPES: Final[dict[str, ColumnType]] = {
    holds.name: holds
    for holds in (TEXT, WORD, FLAG, TIER, CATEGORY, REGION, START, END, DAY, FIRST, YEAR, COUNT, MONEY, NUMBER)
}
"""Every type of a column but references, by name."""


def ref(table: str) -> ColumnType:
    """Return the type of a column of row numbers of `table`."""
    return ColumnType(table, pa.int32(), -1, table)
