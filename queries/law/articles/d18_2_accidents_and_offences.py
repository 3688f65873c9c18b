"""D-18.2: accidents of safety, network, data or quality, pollution, tax evasion and other offences of the last three years.

Any severity counts: it does not say 较大 or above. It reaches the park in which the tenant sat on the day of the fact.
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
    2,
    Bilingual(
        "近三年发生安全、网络安全、数据安全、质量、环境污染事故，或偷漏税等违法",
        "accidents, pollution, tax evasion and other offences of the last three years",
    ),
)


def effect_of(held: AdverseFact, rules: Rules) -> FactOutcome | None:
    """Count a fact of the window until it has left it."""
    assert held.day is not None
    return counts(rules.leaves_window(held.day)) if held.day >= rules.window_start else None


def decide(facts: AdverseFacts, rules: Rules) -> Decision:
    """Weigh what is held against the unit."""
    return weigh(RULE.id, facts, rules, effect_of)


RULE = Rule("D-18.2", CITATION, EVERYONE, AdverseFacts, decide, needs=NEEDS)
