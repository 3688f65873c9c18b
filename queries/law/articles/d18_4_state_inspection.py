"""D-18.4: problems that an inspection of the state (督查) found in the last three years.

Whether they have been put right is not asked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from queries.answers.bilingual import Bilingual
from queries.law.adverse import NEEDS, AdverseFact, AdverseFacts, FactOutcome, counts, weigh
from queries.law.rule import EVERYONE, Citation, Decision, Rule, SourceDocument

if TYPE_CHECKING:
    from queries.law.rules import Rules

CITATION = Citation(
    SourceDocument.DRAFT,
    18,
    4,
    Bilingual("近三年在督查中发现问题", "problems found by an inspection in the last three years"),
)


def effect_of(held: AdverseFact, rules: Rules) -> FactOutcome | None:
    """Count a fact of the window until it has left it."""
    assert held.day is not None
    return counts(rules.leaves_window(held.day)) if held.day >= rules.window_start else None


def decide(facts: AdverseFacts, rules: Rules) -> Decision:
    """Weigh what is held against the unit."""
    return weigh(RULE.id, facts, rules, effect_of)


RULE = Rule("D-18.4", CITATION, EVERYONE, AdverseFacts, decide, needs=NEEDS)
