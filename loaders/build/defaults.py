"""What a missing date means, applied to the merged fact. SPEC 4 (published files, dates) and 8 (merging, cultivation)."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from graph_model.days import number
from graph_model.national_batches import national_batches
from graph_model.tiers import Tier
from loaders.build.cells import NULL

if TYPE_CHECKING:
    from graph_model.arrays import Ints64


_YEAR = re.compile(r"(?:19|20)\d\d")


def published_on(tier: Ints64, batch: list[str | None], published: Ints64) -> tuple[Ints64, Ints64]:
    """Return publication days with the missing ones filled, and the facts whose day is 31 December of the batch year.

    National batches have their own days. A listing without day and year stays `NULL`: it cannot be placed in time.
    """
    filled = published.copy()
    assumed = []
    for row in np.flatnonzero(published == NULL).tolist():
        text = batch[row] or ""
        year = _YEAR.search(text)
        if tier[row] == Tier.NATIONAL and text in national_batches():
            filled[row] = national_batches()[text]
        elif year is not None:
            filled[row] = number(date(int(year[0]), 12, 31))
            assumed.append(row)
    return filled, np.array(assumed, dtype=np.int64)


def plan_span(year: Ints64, start: Ints64, end: Ints64) -> tuple[Ints64, Ints64]:
    """Return start and end of cultivation rows: from 1 January of the plan year to 1 April of the next."""
    years = np.unique(year[year != NULL]).tolist()
    opens = {plan_year: number(date(plan_year, 1, 1)) for plan_year in years}
    closes = {plan_year: number(date(plan_year + 1, 4, 1)) for plan_year in years}
    first = np.array([opens.get(plan_year, NULL) for plan_year in year.tolist()], dtype=np.int64)
    last = np.array([closes.get(plan_year, NULL) for plan_year in year.tolist()], dtype=np.int64)
    return np.where(start == NULL, first, start), np.where(end == NULL, last, end)
