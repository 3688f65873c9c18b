"""Which year a batch of a list belongs to: the year its name holds; a batch that is only a number belongs to none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from graph_model.view import View

_YEAR = re.compile(r"(?:19|20)\d\d")
NO_YEAR = -1


def batch_year(batch: str) -> int:
    """Return the year that a batch names, -1 where it names none."""
    year = _YEAR.search(batch)
    return int(year[0]) if year else NO_YEAR


def batch_years(view: View) -> NDArray[np.int64]:
    """Return the year of the batch of every listing, -1 where it names none."""
    codes, batches = view.graph["listings"].words("batch")
    return np.array([*(batch_year(batch) for batch in batches), NO_YEAR], dtype=np.int64)[codes]
