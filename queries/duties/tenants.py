"""Facts of tenants that reach their park ("含园区内企业"): items 2 to 6 of D-18, while the tenancy was active on the fact's day.

Nothing passes from a park to its tenants. With `serious` only facts of the floor's severity or above are passed on.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from queries.duties.assessed import in_words
from queries.law.rule import Outcome
from queries.law.severity import GRADES, at_least

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph_model.view import View
    from queries.duties.assessed import AssessedFact
    from queries.duties.duty_findings import AuditContext

SHOWN = 5
"""Offenders named in the evidence, the most severe first; the others are counted."""
_ORDER = [*GRADES, None]


def words_by_park(case: AuditContext, facts: list[AssessedFact]) -> dict[int, list[str]]:
    """Return, per park, how many tenants have facts that count against it, and the worst of them in words."""
    passed = [fact for fact in facts if fact.outcome is Outcome.FAIL and fact.enterprise >= 0 and _passes(case, fact)]
    found: defaultdict[int, list[AssessedFact]] = defaultdict(list)
    for park, fact in _met(case.view, passed):
        found[park].append(fact)
    return {park: [_in_words(case.view, of_park)] for park, of_park in found.items()}


def _passes(case: AuditContext, fact: AssessedFact) -> bool:
    if fact.item not in (case.rules.value("propagated_items") or ()):
        return False
    if case.rules.park_propagation == "serious":
        return at_least(fact.held.severity, case.rules.value("propagation_floor"))
    return case.rules.park_propagation == "literal"


def _met(view: View, facts: list[AssessedFact]) -> Iterator[tuple[int, AssessedFact]]:
    """Yield each fact with every park in which the unit was a tenant on the day of the fact, once."""
    tenancies = view.graph["tenancies"]
    near = np.isin(tenancies["enterprise"], [fact.enterprise for fact in facts])
    of_tenant: defaultdict[int, list[int]] = defaultdict(list)
    for row in np.flatnonzero(near & (tenancies["start"] <= view.facts.number)).tolist():
        of_tenant[int(tenancies["enterprise"][row])].append(row)
    for fact in facts:
        rows = of_tenant[fact.enterprise]
        parks = {
            int(tenancies["park"][row]) for row in rows if tenancies["start"][row] <= fact.on < tenancies["end"][row]
        }
        yield from ((park, fact) for park in sorted(parks))


def _in_words(view: View, facts: list[AssessedFact]) -> str:
    facts = sorted(facts, key=lambda fact: (_ORDER.index(fact.held.severity), -fact.on, fact.enterprise))
    worst = facts[:SHOWN]
    names = view.graph["enterprises"].texts("name", np.array([fact.enterprise for fact in worst])).to_pylist()
    shown = "；".join(f"{name} {in_words(view, fact)}" for name, fact in zip(names, worst, strict=True))
    more = f"；另有 {len(facts) - SHOWN} 项" if len(facts) > SHOWN else ""
    return f"园区内企业 {len({fact.enterprise for fact in facts})} 家 {len(facts)} 项：{shown}{more}"
