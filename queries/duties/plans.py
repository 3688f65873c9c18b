"""D-09.2 and D-10.2: how far the cultivation plan of a park or a leader has come: planned, listed since, still open."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from graph_model.tiers import Tier
from queries.duties.duty_findings import UNIT_KINDS, AuditContext, Finding, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

RULE: dict[Kind, str] = {"park": "D-09.2", "enterprise": "D-10.2"}


@dataclass
class PlanProgress:
    """The planned units of a plan year, and those of them that were listed since the plan began."""

    planned: set[tuple[str, int]] = field(default_factory=set)
    listed: set[tuple[str, int]] = field(default_factory=set)


def find(case: AuditContext) -> Iterator[Finding]:
    """Yield the progress of every sponsor whose plan has begun, one row per sponsor and category."""
    for kind in UNIT_KINDS:
        yield _progress(case, kind)


def _progress(case: AuditContext, kind: Kind) -> Finding:
    rows = case.view.graph["cultivation"]
    sponsor = rows[f"sponsor_{kind}"]
    plans: defaultdict[tuple[int, int], defaultdict[int, PlanProgress]] = defaultdict(lambda: defaultdict(PlanProgress))
    listed = _listed_since(case)
    for row in np.flatnonzero((sponsor >= 0) & (rows["start"] <= case.day)).tolist():
        unit = (
            ("park", int(rows["park"][row])) if rows["park"][row] >= 0 else ("enterprise", int(rows["enterprise"][row]))
        )
        plan = plans[int(sponsor[row]), int(rows["category"][row])][int(rows["plan_year"][row])]
        plan.planned.add(unit)
        wanted = max(int(rows["target_tier"][row]), Tier.DISTRICT)
        since = listed.get((*unit, int(rows["category"][row])), ())
        if any(tier >= wanted and on >= rows["start"][row] for tier, on in since):
            plan.listed.add(unit)
    keys = sorted(plans)
    return Finding(
        RULE[kind],
        "info",
        kind,
        np.array([sponsor for sponsor, _ in keys], dtype=np.int64),
        [_reason(plans[key]) for key in keys],
        [_evidence(plans[key]) for key in keys],
        np.array([category for _, category in keys], dtype=np.int64),
    )


def _listed_since(case: AuditContext) -> dict[tuple[str, int, int], list[tuple[int, int]]]:
    """Return tier and publication of the active listings of every planned unit, by unit and category."""
    rows, listings = case.view.graph["cultivation"], case.view.graph["listings"]
    found: defaultdict[tuple[str, int, int], list[tuple[int, int]]] = defaultdict(list)
    for kind in UNIT_KINDS:
        planned = rows[kind][(rows["sponsor_enterprise"] >= 0) | (rows["sponsor_park"] >= 0)]
        held = case.view.listed & (listings[kind] >= 0) & np.isin(listings[kind], planned)
        for row in np.flatnonzero(held).tolist():
            key = (kind, int(listings[kind][row]), int(listings["category"][row]))
            found[key].append((int(listings["tier"][row]), int(listings["published_on"][row])))
    return dict(found)


def _reason(years: dict[int, PlanProgress]) -> str:
    planned = set[tuple[str, int]]().union(*(plan.planned for plan in years.values()))
    listed = set[tuple[str, int]]().union(*(plan.listed for plan in years.values()))
    return f"培育计划 {len(planned)} 家，已列入 {len(listed)} 家，尚余 {len(planned - listed)} 家"


def _evidence(years: dict[int, PlanProgress]) -> str:
    return "；".join(
        f"{year} 年度计划 {len(plan.planned)} 家、已列入 {len(plan.listed)} 家" for year, plan in sorted(years.items())
    )
