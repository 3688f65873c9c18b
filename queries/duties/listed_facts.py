"""Facts about listed units as findings: one row per unit and fact, however many lists the unit stands on."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from graph_model.days import OPEN
from queries.duties.duty_findings import Finding
from queries.duties.standing import lists_by_unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph_model.bilingual import Bilingual
    from graph_model.view import View
    from queries.duties.duty_findings import Evidence, ListedUnitKind, Severity


class UnitFact(NamedTuple):
    """A fact about a unit (its row): why it matters, the fact in words, and the rows it rests on."""

    unit: int
    reason: Bilingual
    words: str
    evidence: Evidence
    due: int = OPEN


def about_listed(
    view: View,
    rule: str,
    severity: Severity,
    kind: ListedUnitKind,
    facts: Sequence[UnitFact],
    clauses: tuple[str, ...] = (),
) -> Finding:
    """Return the facts of units that stand on a list; category is null where a unit's lists are of several, tier the highest."""
    lists = lists_by_unit(view, kind, {fact.unit for fact in facts})
    facts = [fact for fact in facts if fact.unit in lists]
    of_units = [lists[fact.unit] for fact in facts]
    return Finding(
        rule,
        severity,
        kind,
        np.array([fact.unit for fact in facts], dtype=np.int64),
        [fact.reason for fact in facts],
        [f"{fact.words}；在{stands.words}名单内" for fact, stands in zip(facts, of_units, strict=True)],
        [fact.evidence + stands.evidence for fact, stands in zip(facts, of_units, strict=True)],
        np.array([stands.category for stands in of_units], dtype=np.int64),
        np.array([stands.tier for stands in of_units], dtype=np.int64),
        np.array([fact.due for fact in facts], dtype=np.int64),
        clauses,
    )
