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
from queries.law.ruleset import ruleset_for
from queries.measures.agency_load import cap_in_force, loads

if TYPE_CHECKING:
    from collections.abc import Iterator

    from queries.measures.agency_load import Load


def find(case: AuditContext) -> Iterator[Finding]:
    """Yield groups of agencies above the cap; the busiest of them stands for the group."""
    asked = (case.cap, case.cap_year, case.cap_batch) != (None, None, None)
    by = "batch" if case.cap_batch is not None else "year"
    above = [(load, cap) for load in loads(case.view, by) for cap in (_cap(case, load, asked),) if cap is not None]
    above = [(load, cap) for load, cap in above if load.total > cap]
    yield Finding(
        "A-15",
        "check",
        "agency",
        np.array([load.agencies[0] for load, _ in above], dtype=np.int64),
        [_reason(load, cap, asked) for load, cap in above],
        [_evidence(case, load) for load, _ in above],
        tier=np.full(len(above), Tier.NATIONAL),
    )


def _cap(case: AuditContext, load: Load, asked: bool) -> int | None:
    """Return the cap that a load is held against, None where it is asked of another period or was not in force."""
    if case.cap_batch is not None:
        return _number(case) if load.period == case.cap_batch else None
    if case.cap_year is not None:
        return _number(case) if load.year == case.cap_year else None
    in_force = None if load.year is None else _in_force(case, load.year, asked)
    return case.cap if in_force is not None and case.cap is not None else in_force


def _in_force(case: AuditContext, year: int, asked: bool) -> int | None:
    if asked:
        return cap_in_force(year)
    since = case.rules.set.valid_from
    if case.rules.value("agency_cap") is None or (since is not None and year < since.year):
        return None
    cap = case.rules.value("agency_cap", on=date(year, 12, 31))
    return None if cap is None else int(cap)


def _number(case: AuditContext) -> int:
    """Return the number asked for, else that of the national measures."""
    return case.cap if case.cap is not None else int(ruleset_for(case.view.day, "cn-2024").value("agency_cap"))


def _reason(load: Load, cap: int, asked: bool) -> str:
    who = "同一法定代表人的机构合计" if len(load.agencies) > 1 else "该机构"
    period = f"{load.period} 年" if load.year is not None else f"批次 {load.period}"
    supposed = "（按指定的上限或年度、批次核对）" if asked else ""
    return f"{who}{period}国家级评价 {load.total} 项，超过上限 {cap} 项{supposed}"


def _evidence(case: AuditContext, load: Load) -> str:
    names = case.view.graph["agencies"].texts("name", np.array(load.agencies)).to_pylist()
    return "；".join(f"{name} {count} 项" for name, count in zip(names, load.counts, strict=True))
