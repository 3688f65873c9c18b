"""What kind of value a column of facts holds: how it is made of the plain values that a server gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from graph_model.column_types import UNKNOWN_MONEY
from graph_model.days import OPEN, number
from queries.answers.frame import counts, days, flags, money, tiers

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Series = pd.Series[Any]
    Values = Sequence[Any]


@dataclass(frozen=True, slots=True)
class FactKind:
    """A kind of fact; `column` makes a column of plain values, None where one is not known."""

    name: str
    column: Callable[[Values], Series]


def _text(values: Values) -> Series:
    return pd.Series(list(values), dtype="str")


def _number(values: Values) -> Series:
    return pd.Series(np.array(values, dtype=np.int64))


def _count(values: Values) -> Series:
    present = np.array([value is not None for value in values], dtype=bool)
    return counts(np.array([value or 0 for value in values], dtype=np.int64), present)


def _amount(values: Values) -> Series:
    return pd.Series(np.array(values, dtype=np.float64))


def _flag(values: Values) -> Series:
    return flags(np.array([-1 if value is None else int(value) for value in values], dtype=np.int8))


def _day(values: Values) -> Series:
    return days(np.array([OPEN if value is None else number(value) for value in values], dtype=np.int32))


def _tier(values: Values) -> Series:
    return tiers(np.array(values, dtype=np.int8))


def _money(values: Values) -> Series:
    fen = np.array([UNKNOWN_MONEY if value is None else value for value in values])
    return money(fen, np.array([value is not None for value in values], dtype=bool))


TEXT = FactKind("text", _text)
NUMBER = FactKind("number", _number)
"""A whole number that is always known."""
COUNT = FactKind("count", _count)
AMOUNT = FactKind("amount", _amount)
"""An amount in 分 that is always known; long contracts leave fractions."""
FLAG = FactKind("flag", _flag)
DAY = FactKind("day", _day)
TIER = FactKind("tier", _tier)
MONEY = FactKind("money", _money)


def of_kind(kind: FactKind, names: str) -> dict[str, FactKind]:
    """Return columns of one kind by name, in order; the names stand in one text, parted by blanks."""
    return dict.fromkeys(names.split(), kind)
