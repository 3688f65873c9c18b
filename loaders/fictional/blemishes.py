"""Honest slips: the few things a planner's folder always has wrong, so that a load summary has something to say."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

from loaders.fictional.columns import stream

_SEARCHED = 3_000
"""Slips happen among the first rows of a table; there is no need to look through a million."""


class Blemish(NamedTuple):
    """One cell written wrongly, or (column empty) one row written twice."""

    table: str
    row: int
    column: str
    written: str
    why: str


class _Slip(NamedTuple):
    why: str
    table: str
    column: str
    fits: Callable[[dict[str, Any]], bool]
    write: Callable[[Any], str]


def _month(day: date) -> str:
    return f"{day.year}年{day.month}月"


def _typo(code: str) -> str:
    """Change one digit in the middle, so that the check digit no longer fits."""
    return code[:11] + ("7" if code[11] != "7" else "1") + code[12:]


_SLIPS = (
    _Slip(
        "half-width brackets in a name",
        "listings",
        "unit",
        lambda row: row["tier"] == "provincial" and "（" in row["unit"],
        lambda name: name.replace("（", "(").replace("）", ")"),
    ),
    _Slip(
        "a space inside a name",
        "tenancies",
        "name",
        lambda row: row["uscc"] is None,
        lambda name: f"{name[:2]} {name[2:]}",
    ),
    _Slip(
        "a full-width space after a name",
        "supplies",
        "supplier",
        lambda row: row["year"] is not None and row["supplier_uscc"] is None,
        lambda name: f"{name}\u3000",
    ),
    _Slip("a code with a wrong digit", "reports", "uscc", lambda row: row["uscc"] is not None, _typo),
    _Slip(
        "a date that is only a month",
        "tenancies",
        "start",
        lambda row: row["start"] is not None and row["start"].year > 2015 and row["end"] is None,
        _month,
    ),
    _Slip("a row written twice", "incidents", "", lambda row: row["occurred_on"] is not None, lambda _: ""),
    _Slip(
        "a name that is nearly another",
        "supplies",
        "supplier",
        lambda row: (
            row["year"] is None
            and row["supplier_uscc"] is None
            and row["country"] is None
            and row["supplier"].endswith("有限公司")
            and "股份" not in row["supplier"]
        ),
        lambda name: name.replace("有限公司", "有限责任公司"),
    ),
)


def blemishes(tables: dict[str, pa.Table], seed: int) -> tuple[Blemish, ...]:
    """Return one slip of each kind that the tables leave room for, on different rows."""
    rng = stream(seed, tables["enterprises"].num_rows, "blemishes")
    made: list[Blemish] = []
    for slip in _SLIPS:
        rows = tables[slip.table].slice(0, _SEARCHED).to_pylist()
        taken = {(blemish.table, blemish.row) for blemish in made}
        fitting = [n for n, row in enumerate(rows) if (slip.table, n) not in taken and slip.fits(row)]
        if fitting:
            row = int(np.asarray(fitting)[rng.integers(0, len(fitting))])
            value = rows[row][slip.column] if slip.column else None
            made.append(Blemish(slip.table, row, slip.column, slip.write(value), slip.why))
    return tuple(made)
