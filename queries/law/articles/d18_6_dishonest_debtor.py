"""D-18.6: a dishonest debtor (失信被执行人) on any day of the last three years.

A state: it counts while it lasts, however long ago it began, and on until its last day has left the window.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from queries.answers.bilingual import Words
from queries.law.adverse import NEEDS, Effect, Held, HeldFacts, counts, weigh
from queries.law.rule import EVERYONE, Citation, Decision, Document, Outcome, Rule

if TYPE_CHECKING:
    from queries.law.ruleset import Rules

CITATION = Citation(
    Document.DRAFT, 18, 6, Words("近三年被列为失信被执行人", "a dishonest debtor in the last three years")
)


def effect_of(held: Held, rules: Rules) -> Effect | None:
    """Count a state that overlaps the window; an open one first has to end."""
    if held.ended is None:
        return Effect(
            Outcome.FAIL, act=Words("履行义务并退出失信名单，再满近三年", "settle, leave the list, wait out the window")
        )
    return counts(rules.leaves_window(held.ended)) if held.ended >= rules.window_start else None


def decide(facts: HeldFacts, rules: Rules) -> Decision:
    """Weigh what is held against the unit."""
    return weigh(RULE.id, facts, rules, effect_of)


RULE = Rule("D-18.6", CITATION, EVERYONE, HeldFacts, decide, needs=NEEDS)
