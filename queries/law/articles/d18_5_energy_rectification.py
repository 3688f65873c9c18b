"""D-18.5: ordered by energy inspection (节能监察) to rectify, in the last three years, and not done in time.

Rectified by the due day (the day itself is in time) does not count; before the due day nothing is late yet. Without a due day, what
is rectified does not count and what is not does.
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
    5,
    Bilingual("近三年节能监察整改未按期完成", "energy rectification of the last three years not done in time"),
)


def effect_of(held: AdverseFact, rules: Rules) -> FactOutcome | None:
    """Count an order of the window that was not met in time, until it has left the window."""
    assert held.day is not None
    late = held.ended is None if held.due is None else (held.ended or rules.day) > held.due
    return counts(rules.leaves_window(held.day)) if late and held.day >= rules.window_start else None


def decide(facts: AdverseFacts, rules: Rules) -> Decision:
    """Weigh what is held against the unit."""
    return weigh(RULE.id, facts, rules, effect_of)


RULE = Rule("D-18.5", CITATION, EVERYONE, AdverseFacts, decide, needs=NEEDS)
