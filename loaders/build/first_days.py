"""The first day on which each unit is on record: the earliest beginning of any fact that names it. SPEC 1 and 8."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from graph_model.days import ALWAYS, number
from graph_model.schema import NEVER
from loaders.build.cells import NULL
from loaders.resolve.mentions import UnitKind
from loaders.resolve.resolve import BEFORE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from loaders.build.merge import Merged

    Ints = NDArray[np.int64]

NAMING: dict[str, tuple[str, ...]] = {
    "annual_figures": ("enterprise",),
    "tenancies": ("enterprise", "park"),
    "supplies": ("buyer", "supplier"),
    "reports": ("enterprise", "park", "agency"),
    "listings": ("enterprise", "park", "agency"),
    "cultivation": ("enterprise", "park"),
    "incidents": ("enterprise", "park"),
    "agency_bans": ("agency",),
    "inspections": ("enterprise", "park"),
    "dynamic_forms": ("enterprise", "park"),
    "recommendations": ("enterprise", "park"),
    "name_changes": ("enterprise", "park", "agency"),
    "complaints": ("enterprise", "park", "agency"),
}
"""Columns of each table that put a unit on record; a sponsor and the scope of a total do not."""

_BEGINS: dict[str, tuple[str, ...]] = {
    "tenancies": ("start",),
    "supplies": ("start",),
    "reports": ("submitted_on", "issued_on"),
    "listings": ("published_on",),
    "cultivation": ("start",),
    "incidents": ("occurred_on", "decided_on"),
    "agency_bans": ("decided_on",),
    "inspections": ("checked_on",),
    "dynamic_forms": ("filed_on",),
    "recommendations": ("recommended_on",),
    "name_changes": (),
    "complaints": ("received_on",),
}
"""Columns that say when a fact begins, the first known one; none known: it has no first day and holds always."""

_UNIT_OF = {
    "enterprise": UnitKind.ENTERPRISE,
    "buyer": UnitKind.ENTERPRISE,
    "supplier": UnitKind.ENTERPRISE,
    "park": UnitKind.PARK,
    "agency": UnitKind.AGENCY,
}


_NOBODY = np.empty(0, dtype=np.int64)
_TOLD_APART = ("reports", "listings")
"""Tables in which rows of one fact may name different units; each of those is on record, though the fact is about none."""


def first_days(
    facts: Mapping[str, Merged], refs: Mapping[str, Mapping[str, Ints]], counts: Mapping[UnitKind, int]
) -> dict[UnitKind, Ints]:
    """Return the first day number of every unit of each kind; `NEVER` for those no row puts on record."""
    days = {kind: np.full(count, NEVER, dtype=np.int64) for kind, count in counts.items()}
    for table, columns in NAMING.items():
        if table not in facts:
            continue
        begins = _begins(table, facts[table])
        for column in columns:
            unit, since = facts[table].values[column].values, begins
            if table in _TOLD_APART:
                alive = facts[table].fact >= 0
                unit, since = refs[table][column][alive], begins[facts[table].fact[alive]]
            present = unit >= 0
            np.minimum.at(days[_UNIT_OF[column]], unit[present], since[present])
    for kind in counts:
        before = refs.get("name_changes", {}).get(BEFORE + kind.value, _NOBODY)
        days[kind][before[before >= 0]] = ALWAYS
    return days


def _begins(table: str, merged: Merged) -> Ints:
    begins = np.full(merged.facts, NULL, dtype=np.int64)
    for column in _BEGINS.get(table, ()):
        begins = np.where(begins == NULL, merged.values[column].values, begins)
    if table in ("annual_figures", "supplies"):
        by_year = _first_of_years(merged.values["year"].values, 1 if table == "annual_figures" else 0)
        begins = np.where(begins == NULL, by_year, begins)
    return np.where(begins == NULL, ALWAYS, begins)


def _first_of_years(years: Ints, later: int) -> Ints:
    known = np.unique(years[years != NULL])
    firsts = np.array([number(date(int(year) + later, 1, 1)) for year in known], dtype=np.int64)
    at = np.searchsorted(known, years)
    found = np.full(len(years), NULL, dtype=np.int64)
    present = years != NULL
    found[present] = firsts[at[present]]
    return found
