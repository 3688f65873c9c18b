"""D-18.2: accidents of safety, network, data or quality, pollution, tax evasion and other offences of the last three years.

Any severity counts: it does not say 较大 or above. It reaches the park in which the tenant sat on the day of the fact.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from queries.answers.bilingual import Words
from queries.law.adverse import NEEDS, Effect, Held, HeldFacts, counts, weigh
from queries.law.rule import EVERYONE, Citation, Decision, Document, Rule

if TYPE_CHECKING:
    from queries.law.ruleset import Rules

CITATION = Citation(
    Document.DRAFT,
    18,
    2,
    Words(
        "近三年发生安全、网络安全、数据安全、质量、环境污染事故，或偷漏税等违法",
        "accidents, pollution, tax evasion and other offences of the last three years",
    ),
)


def effect_of(held: Held, rules: Rules) -> Effect | None:
    """Count a fact of the window until it has left it."""
    assert held.day is not None
    return counts(rules.leaves_window(held.day)) if held.day >= rules.window_start else None


def decide(facts: HeldFacts, rules: Rules) -> Decision:
    """Weigh what is held against the unit."""
    return weigh(RULE.id, facts, rules, effect_of)


RULE = Rule("D-18.2", CITATION, EVERYONE, HeldFacts, decide, needs=NEEDS)
