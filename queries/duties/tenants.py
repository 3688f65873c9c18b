"""Facts of tenants that reach their park ("含园区内企业"), in words: which do is decided as `assess` decides it. D-18."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from queries.duties.assessed import in_words
from queries.eligibility.tenant_reach import parks_reached
from queries.law.adverse import FactOutcome
from queries.law.propagation import reaching
from queries.law.severity import GRADES

if TYPE_CHECKING:
    from graph_model.view import View
    from queries.duties.assessed import AssessedFact
    from queries.duties.duty_findings import AuditContext, Evidence
    from queries.law.rule import Outcome

SHOWN = 5
"""Offenders named in the evidence, the most severe first; the others are counted."""
_ORDER = {severity: place for place, severity in enumerate(GRADES)}
"""The most severe first; what is no grade, or unknown, stands behind them."""


def facts_by_park(
    case: AuditContext, facts: list[AssessedFact], outcome: Outcome
) -> dict[int, tuple[int, str, Evidence]]:
    """Return, per park, how many tenants have facts that reach it with an outcome, the worst in words, and the rows of all."""
    of_tenants = [fact for fact in facts if fact.enterprise >= 0 and _reaches(case, fact) is outcome]
    # One of unknown kind is held under every item, and is one fact.
    of_tenants = list({fact.held.row: fact for fact in of_tenants}.values())
    if not of_tenants:
        return {}
    enterprise = np.array([fact.enterprise for fact in of_tenants], dtype=np.int32)
    reached = parks_reached(case.view, case.rules.window_start, enterprise, [fact.held for fact in of_tenants])
    by_park: defaultdict[int, list[AssessedFact]] = defaultdict(list)
    for park, at in zip(reached.park.tolist(), reached.fact.tolist(), strict=True):
        by_park[park].append(of_tenants[at])
    return {
        park: (
            len({fact.enterprise for fact in of_park}),
            _in_words(case.view, of_park),
            tuple(fact.held.row for fact in of_park),
        )
        for park, of_park in by_park.items()
    }


def _reaches(case: AuditContext, fact: AssessedFact) -> Outcome | None:
    """Return how a fact of a tenant counts against its park, None where it does not reach it."""
    counting = reaching(fact.held, FactOutcome(fact.outcome), fact.item, case.rules.park_propagation, case.rules)
    return None if counting is None else counting.outcome


def _in_words(view: View, facts: list[AssessedFact]) -> str:
    facts = sorted(
        facts, key=lambda fact: (_ORDER.get(fact.held.severity or "", len(GRADES)), -fact.on, fact.enterprise)
    )
    worst = facts[:SHOWN]
    names = view.graph["enterprises"].texts("name", np.array([fact.enterprise for fact in worst])).to_pylist()
    shown = "；".join(f"{name} {in_words(view, fact)}" for name, fact in zip(names, worst, strict=True))
    more = f"；另有{len(facts) - SHOWN}项" if len(facts) > SHOWN else ""
    return f"园区内企业{len({fact.enterprise for fact in facts})}家{len(facts)}项：{shown}{more}"
