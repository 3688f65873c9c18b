"""A-15: an agency, or agencies with one legal representative together, makes no more than 15 national evaluations a year.

The cap is asked only of years in which it was in force. With `cap`, `cap_year` or `cap_batch` a person asks of another year or
batch, or of another number, under whatever rule set.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from graph_model.tiers import Tier
from queries.duties.duty_findings import AuditContext, Finding
from queries.duties.sentences import sentence
from queries.law.ruleset import ruleset_for
from queries.measures.agency_load import cap_in_force, loads

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph_model.bilingual import Bilingual
    from queries.measures.agency_load import Load


def find(case: AuditContext) -> Iterator[Finding]:
    """Yield groups of agencies above the cap; the busiest of them stands for the group."""
    by = "batch" if case.cap_batch is not None else "year"
    above = [(load, cap) for load in loads(case.view, by) for cap in (_cap(case, load),) if cap is not None]
    above = [(load, cap) for load, cap in above if load.total > cap]
    yield Finding(
        "A-15",
        "check",
        "agency",
        np.array([load.agencies[0] for load, _ in above], dtype=np.int64),
        [_reason(load, cap) for load, cap in above],
        [_by_agency(case, load) for load, _ in above],
        [load.rows for load, _ in above],
        tier=np.full(len(above), Tier.NATIONAL),
    )


def _cap(case: AuditContext, load: Load) -> int | None:
    """Return the cap that a load is held against, None where it is asked of another period or was not in force."""
    if case.cap_batch is not None:
        return _number(case) if load.period == case.cap_batch else None
    if case.cap_year is not None:
        return _number(case) if load.year == case.cap_year else None
    in_force = None if load.year is None else _in_force(case, load.year)
    return case.cap if in_force is not None and case.cap is not None else in_force


def _in_force(case: AuditContext, year: int) -> int | None:
    if case.cap_asked:
        return cap_in_force(year)
    since = case.rules.set.valid_from
    if case.rules.value("agency_cap") is None or (since is not None and year < since.year):
        return None
    cap = case.rules.value("agency_cap", on=date(year, 12, 31))
    return None if cap is None else int(cap)


def _number(case: AuditContext) -> int:
    """Return the number asked for, else that of the national measures."""
    return case.cap if case.cap is not None else int(ruleset_for(case.view.day, "cn-2024").value("agency_cap"))


def _reason(load: Load, cap: int) -> Bilingual:
    name = "over_cap_together" if len(load.agencies) > 1 else "over_cap"
    period = (
        (f"{load.period}年", load.period) if load.year is not None else (f"{load.period}批次", f"batch {load.period}")
    )
    return sentence(name, period=period, count=load.total, cap=cap)


def _by_agency(case: AuditContext, load: Load) -> str:
    names = case.view.graph["agencies"].texts("name", np.array(load.agencies)).to_pylist()
    return "；".join(f"{name}{count}项" for name, count in zip(names, load.counts, strict=True))
