"""What the negative list (D-18) says of every fact on record: the articles' own words, one fact at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from queries.duties.incidents import incident_words, removal_words
from queries.eligibility.facts.negative import held_rows
from queries.law.adverse import effect
from queries.law.negative_list import items
from queries.law.rule import Outcome
from queries.law.rulebook import EFFECTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph_model.view import View
    from queries.duties.duty_findings import AuditContext
    from queries.law.adverse import AdverseFact


@dataclass(frozen=True, slots=True)
class AssessedFact:
    """A fact, whose it is (row of the enterprise or the park, -1 for none), its day number, and whether it counts.

    `outcome` is `FAIL` where it counts on the day, `UNKNOWN` where that is not known.
    """

    item: str
    enterprise: int
    park: int
    on: int
    held: AdverseFact
    outcome: Outcome


def assessed_facts(case: AuditContext) -> list[AssessedFact]:
    """Return every fact that counts on the day, and every one of which that is not known."""
    held = sorted({item for item in items().values() if case.rules.has(item)})
    return [fact for item in held for fact in _of_item(case, item)]


def _of_item(case: AuditContext, item: str) -> Iterator[AssessedFact]:
    rows = held_rows(case.view, item)
    for at, held in enumerate(rows.facts):
        counting = effect(held, case.rules, EFFECTS[item])
        outcome = Outcome.PASS if counting is None else counting.outcome
        if outcome in (Outcome.FAIL, Outcome.UNKNOWN):
            yield AssessedFact(item, int(rows.enterprise[at]), int(rows.park[at]), int(rows.on[at]), held, outcome)


def in_words(view: View, fact: AssessedFact) -> str:
    """Return a fact in words, from the row it stands in."""
    table, row = fact.held.row
    return incident_words(view, row) if table == "incidents" else removal_words(view, row)
