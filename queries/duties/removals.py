"""D-20, D-22 and D-22.3: what makes a listed unit leave the lists. The finding starts a procedure; it removes nobody.

One row per unit and fact, however many lists the unit stands on. D-20: an accident, or an environmental event, of the floor's
severity or above within the window of D-18: at once, from every tier. D-22: any fact of D-18 that counts on the day. D-22.3:
falsified material or data, whenever. A fact that may count or not (its day, grade or source unknown) is a question, not an
act. Facts of tenants reach a listed park as D-18 says, all in one row; nothing else is passed on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from graph_model.days import OPEN, number
from queries.duties.assessed import assessed_facts, in_words
from queries.duties.duty_findings import UNIT_KINDS, AuditContext, Finding, ListedUnitKind
from queries.duties.incidents import incident_words, of_kinds
from queries.duties.listed_facts import UnitFact, about_listed
from queries.duties.sentences import sentence
from queries.duties.tenants import facts_by_park
from queries.law.negative_list import REMOVED, kind_words
from queries.law.rule import Outcome
from queries.law.severity import at_least
from queries.measures.incident_days import incident_days

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph_model.bilingual import Bilingual
    from queries.duties.assessed import AssessedFact
    from queries.duties.duty_findings import Severity

MAJOR: Final = ("安全事故", "质量事故", "环境污染")
"""Accidents and environmental events: what D-20 asks of."""
FALSIFIED: Final = ("材料造假", "数据造假")


def find(case: AuditContext) -> Iterator[Finding]:
    """Yield what listed units leave the lists for."""
    facts = assessed_facts(case)
    counting = [fact for fact in facts if fact.outcome is Outcome.FAIL]
    unclear = _once([fact for fact in facts if fact.outcome is Outcome.UNKNOWN])
    for kind in UNIT_KINDS:
        yield _major(case, kind, [fact for fact in counting if _is_major(case, fact)])
        yield _negative_list(case, kind, counting, "act")
        yield _negative_list(case, kind, unclear, "check")
        yield _falsified(case, kind)
    for outcome, severity in ((Outcome.FAIL, "act"), (Outcome.UNKNOWN, "check")):
        yield _tenants(case, facts, outcome, "act" if severity == "act" else "check")


def _once(facts: list[AssessedFact]) -> list[AssessedFact]:
    """Return facts without those of a row that stands there already: one of unknown kind is held under every item."""
    return list({fact.held.row: fact for fact in reversed(facts)}.values())[::-1]


def _is_major(case: AuditContext, fact: AssessedFact) -> bool:
    floor = case.rules.value("removal_floor")
    in_window = fact.on >= number(case.rules.window_start)
    return in_window and fact.held.kind in MAJOR and floor is not None and at_least(fact.held.severity, floor)


def _unit(kind: ListedUnitKind, fact: AssessedFact) -> int:
    return fact.park if kind == "park" else fact.enterprise


def _major(case: AuditContext, kind: ListedUnitKind, major: list[AssessedFact]) -> Finding:
    """Return D-20 of a kind; due at once, which is the day of the event."""
    facts = [
        UnitFact(
            _unit(kind, fact),
            sentence("major", kind=_kind(fact), severity=fact.held.severity),
            in_words(case.view, fact),
            (fact.held.row,),
            fact.on,
        )
        for fact in major
        if _unit(kind, fact) >= 0
    ]
    return about_listed(case.view, "D-20", "act", kind, facts, ("D-22b",))


def _negative_list(case: AuditContext, kind: ListedUnitKind, facts: list[AssessedFact], severity: Severity) -> Finding:
    of_units = [
        UnitFact(_unit(kind, fact), _reason(case, fact, severity), in_words(case.view, fact), (fact.held.row,))
        for fact in facts
        if _unit(kind, fact) >= 0
    ]
    return about_listed(case.view, "D-22", severity, kind, of_units)


def _reason(case: AuditContext, fact: AssessedFact, severity: Severity) -> Bilingual:
    if fact.held.kind is None:
        return sentence("kind_unreadable")
    if severity == "check":
        return sentence("negative_unclear", kind=_kind(fact))
    if fact.held.kind == REMOVED:
        return sentence("negative_removed")
    return sentence("negative_major" if _is_major(case, fact) else "negative", kind=_kind(fact))


def _kind(fact: AssessedFact) -> tuple[str, str]:
    return kind_words(fact.held.kind)


def _tenants(case: AuditContext, facts: list[AssessedFact], outcome: Outcome, severity: Severity) -> Finding:
    """Return what reaches listed parks from their tenants: one row per park, with every fact as evidence."""
    of_parks = [
        UnitFact(park, sentence(f"tenants{'' if severity == 'act' else '_unclear'}", units=units), words, evidence)
        for park, (units, words, evidence) in facts_by_park(case, facts, outcome).items()
    ]
    return about_listed(case.view, "D-22", severity, "park", of_parks)


def _falsified(case: AuditContext, kind: ListedUnitKind) -> Finding:
    on, units = incident_days(case.view.graph), case.view.graph["incidents"][kind]
    chosen = of_kinds(case.view, FALSIFIED) & ((on <= case.day) | (on == OPEN)) & (units >= 0)
    rows = np.flatnonzero(chosen)
    facts = [
        UnitFact(unit, sentence("falsified"), incident_words(case.view, row), (("incidents", row),))
        for unit, row in zip(units[rows].tolist(), rows.tolist(), strict=True)
    ]
    return about_listed(case.view, "D-22.3", "act", kind, facts)
