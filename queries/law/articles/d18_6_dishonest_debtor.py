"""D-18.6: a dishonest debtor (失信被执行人) on any day of the last three years.

A state: it counts while it lasts, however long ago it began, and on until its last day has left the window.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from queries.answers.bilingual import Bilingual
from queries.law.adverse import NEEDS, AdverseFact, AdverseFacts, FactOutcome, counts, weigh
from queries.law.rule import EVERYONE, Citation, Decision, Outcome, Rule, SourceDocument

if TYPE_CHECKING:
    from queries.law.rules import Rules

CITATION = Citation(
    SourceDocument.DRAFT, 18, 6, Bilingual("近三年被列为失信被执行人", "a dishonest debtor in the last three years")
)


def effect_of(held: AdverseFact, rules: Rules) -> FactOutcome | None:
    """Count a state that overlaps the window; an open one first has to end."""
    if held.ended is None:
        return FactOutcome(
            Outcome.FAIL,
            act=Bilingual("履行义务并退出失信名单，再满近三年", "settle, leave the list, wait out the window"),
        )
    return counts(rules.leaves_window(held.ended)) if held.ended >= rules.window_start else None


def decide(facts: AdverseFacts, rules: Rules) -> Decision:
    """Weigh what is held against the unit."""
    return weigh(RULE.id, facts, rules, effect_of)


RULE = Rule("D-18.6", CITATION, EVERYONE, AdverseFacts, decide, needs=NEEDS)
