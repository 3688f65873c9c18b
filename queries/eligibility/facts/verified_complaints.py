"""Complaints (实名举报) that were found true."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from queries.eligibility.facts.subjects import FactColumn, day_of
from queries.law.evaluation import ComplaintFact

if TYPE_CHECKING:
    from collections.abc import Hashable

    from queries.eligibility.facts.subjects import Subjects


def verified_complaints(subjects: Subjects) -> FactColumn:
    """Return the complaints of each subject that name themselves and were found true by the day."""
    table, day = subjects.view.graph["complaints"], subjects.view.facts.number
    codes, words = table.words("result")
    confirmed = np.array([word == "confirmed" for word in words] + [False])[codes]
    closed = (table["received_on"] <= day) & (table["verified_on"] <= day)
    rows = np.flatnonzero(confirmed & closed & (table["named"] == 1) & (table[subjects.unit] >= 0))
    places = subjects.place[table[subjects.unit][rows]]
    source = np.full(len(subjects.rows), -1, dtype=np.intp)
    source[places[places >= 0]] = rows[places >= 0]
    found: dict[int, tuple[ComplaintFact, ...]] = {}
    for row, place in zip(rows[places >= 0].tolist(), places[places >= 0].tolist(), strict=True):
        fact = ComplaintFact(*(day_of(table[column][row]) for column in ("received_on", "verified_on")))
        found[place] = (*found.get(place, ()), fact)
    hashable: dict[int, Hashable] = dict(found)
    return subjects.objects(hashable, (), (("complaints", source),))
