"""D-09.2 and D-10.2: how far the cultivation plan of a park or a leader has come: planned, listed since, still open.

A unit that had the target tier (or above) on the day before its plan began is no work of the plan: it is told apart. A plan
that was reported counts before it begins.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from graph_model.tiers import Tier
from queries.duties.duty_findings import UNIT_KINDS, AuditContext, Finding
from queries.duties.sentences import sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph_model.bilingual import Bilingual
    from queries.duties.duty_findings import Evidence, Kind

    Unit = tuple[str, int]

RULE: dict[Kind, str] = {"park": "D-09.2", "enterprise": "D-10.2"}


@dataclass
class PlanProgress:
    """The planned units of a plan year, those of them listed since the plan began, and those that had the tier before."""

    planned: set[Unit] = field(default_factory=set)
    listed: set[Unit] = field(default_factory=set)
    already: set[Unit] = field(default_factory=set)
    rows: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class Publication:
    """A listing of a planned unit: its tier, and from when until when it holds."""

    tier: int
    start: int
    end: int


def find(case: AuditContext) -> Iterator[Finding]:
    """Yield the progress of every sponsor whose plan is reported or begun, one row per sponsor and category."""
    for kind in UNIT_KINDS:
        yield _progress(case, kind)


def _progress(case: AuditContext, kind: Kind) -> Finding:
    rows = case.view.graph["cultivation"]
    sponsor = rows[f"sponsor_{kind}"]
    plans: defaultdict[tuple[int, int], defaultdict[int, PlanProgress]] = defaultdict(lambda: defaultdict(PlanProgress))
    publications = _publications(case)
    made = (rows["start"] <= case.day) | (rows["reported_on"] <= case.day)
    for row in np.flatnonzero((sponsor >= 0) & made).tolist():
        unit = _unit(case, row)
        plan = plans[int(sponsor[row]), int(rows["category"][row])][int(rows["plan_year"][row])]
        _count(case, plan, row, unit, publications.get((*unit, int(rows["category"][row])), ()))
    keys = sorted(plans)
    return Finding(
        RULE[kind],
        "info",
        kind,
        np.array([sponsor for sponsor, _ in keys], dtype=np.int64),
        [_reason(plans[key]) for key in keys],
        [_by_year(plans[key]) for key in keys],
        [_evidence(plans[key]) for key in keys],
        np.array([category for _, category in keys], dtype=np.int64),
    )


def _unit(case: AuditContext, row: int) -> Unit:
    rows = case.view.graph["cultivation"]
    park = int(rows["park"][row])
    return ("park", park) if park >= 0 else ("enterprise", int(rows["enterprise"][row]))


def _count(case: AuditContext, plan: PlanProgress, row: int, unit: Unit, publications: tuple[Publication, ...]) -> None:
    """Count a planned unit: already there the day before the plan began, else planned, and listed since or not."""
    rows = case.view.graph["cultivation"]
    start, wanted = int(rows["start"][row]), max(int(rows["target_tier"][row]), Tier.DISTRICT)
    plan.rows.append(row)
    fitting = [publication for publication in publications if publication.tier >= wanted]
    if any(publication.start < start <= publication.end for publication in fitting):
        plan.already.add(unit)
        return
    plan.planned.add(unit)
    if any(start <= publication.start and case.day < publication.end for publication in fitting):
        plan.listed.add(unit)


def _publications(case: AuditContext) -> dict[tuple[str, int, int], tuple[Publication, ...]]:
    """Return the listings published by the day of every planned unit, by unit and category."""
    rows, listings = case.view.graph["cultivation"], case.view.graph["listings"]
    by_unit: defaultdict[tuple[str, int, int], list[Publication]] = defaultdict(list)
    for kind in UNIT_KINDS:
        planned = rows[kind][(rows["sponsor_enterprise"] >= 0) | (rows["sponsor_park"] >= 0)]
        known = (listings["published_on"] <= case.day) & (listings["end_unknown"] != 1)
        known &= (listings[kind] >= 0) & np.isin(listings[kind], planned)
        columns = (listings[name][known].tolist() for name in (kind, "category", "tier", "published_on", "removed_on"))
        for unit, category, tier, start, end in zip(*columns, strict=True):
            by_unit[kind, unit, category].append(Publication(tier, start, end))
    return {key: tuple(publications) for key, publications in by_unit.items()}


def _reason(years: dict[int, PlanProgress]) -> Bilingual:
    planned = {unit for plan in years.values() for unit in plan.planned}
    listed = {unit for plan in years.values() for unit in plan.listed}
    if not planned:
        already = {unit for plan in years.values() for unit in plan.already}
        return sentence("plan_done_before", already=len(already))
    return sentence("plan_progress", planned=len(planned), listed=len(listed), open=len(planned - listed))


def _by_year(years: dict[int, PlanProgress]) -> str:
    return "；".join(_year(year, plan) for year, plan in sorted(years.items()))


def _year(year: int, plan: PlanProgress) -> str:
    already = f"，另有{len(plan.already)}家在计划开始前已达目标层级" if plan.already else ""
    return f"{year}年度计划{len(plan.planned)}家，已列入{len(plan.listed)}家{already}"


def _evidence(years: dict[int, PlanProgress]) -> Evidence:
    return tuple(("cultivation", row) for _, plan in sorted(years.items()) for row in plan.rows)
