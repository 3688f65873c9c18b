"""D-18.1: deregistered, stopped for a year or more, or on the list of abnormal operation.

A deregistration counts for ever; a stop only from its first anniversary (same day next year) and while it overlaps the window;
the abnormal list only while the entry is open, however old. It does not reach a park: every large one has a deregistered tenant.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph_model.days import years_later
from queries.answers.bilingual import Bilingual
from queries.law.adverse import NEEDS, AdverseFact, AdverseFacts, FactOutcome, counts, weigh
from queries.law.rule import EVERYONE, Citation, Decision, Outcome, Rule, SourceDocument

if TYPE_CHECKING:
    from queries.law.rules import Rules

CITATION = Citation(
    SourceDocument.DRAFT,
    18,
    1,
    Bilingual("注销、停产一年以上或被列入经营异常名录", "deregistered, stopped for a year, or abnormal"),
)


def effect_of(held: AdverseFact, rules: Rules) -> FactOutcome | None:
    """Return how one fact counts."""
    assert held.day is not None
    if held.kind == "注销":
        return FactOutcome(
            Outcome.FAIL, act=Bilingual("已注销，须由存续主体申报", "deregistered: an existing entity must apply")
        )
    if held.kind == "经营异常":
        return (
            None
            if held.ended
            else FactOutcome(Outcome.FAIL, act=Bilingual("移出经营异常名录", "be taken off the abnormal list"))
        )
    if years_later(held.day, rules.value("stop_years")) > (held.ended or rules.day):
        return None
    if held.ended is None:
        return FactOutcome(
            Outcome.FAIL, act=Bilingual("恢复生产，再满近三年", "resume production, then wait out the window")
        )
    return counts(rules.leaves_window(held.ended)) if held.ended >= rules.window_start else None


def decide(facts: AdverseFacts, rules: Rules) -> Decision:
    """Weigh what is held against the unit."""
    return weigh(RULE.id, facts, rules, effect_of)


RULE = Rule("D-18.1", CITATION, EVERYONE, AdverseFacts, decide, needs=(*NEEDS, "stop_years"))
