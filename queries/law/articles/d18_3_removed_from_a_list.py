"""D-18.3: removed from a green list, of any category or tier, in the last three years.

A removal without fault (更名, 合并, 搬迁, 关闭, 主动退出, in any of the spellings of `data/coded_words.yaml`) only warns. A removal
without a reason on record, or for one that nobody knows, counts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph_model.values.coded import REMOVAL_REASONS
from queries.answers.bilingual import Bilingual
from queries.law.adverse import NEEDS, AdverseFact, AdverseFacts, FactOutcome, counts, weigh
from queries.law.rule import EVERYONE, Citation, Decision, Outcome, Rule, SourceDocument

if TYPE_CHECKING:
    from queries.law.rules import Rules

CITATION = Citation(
    SourceDocument.DRAFT,
    18,
    3,
    Bilingual("近三年被移出绿色制造名单", "removed from a green list in the last three years"),
)


def effect_of(held: AdverseFact, rules: Rules) -> FactOutcome | None:
    """Count a fact of the window until it has left it."""
    assert held.day is not None
    if held.day < rules.window_start:
        return None
    return (
        FactOutcome(Outcome.WARN)
        if REMOVAL_REASONS.meaning(held.reason) in rules.value("without_fault")
        else counts(rules.leaves_window(held.day))
    )


def decide(facts: AdverseFacts, rules: Rules) -> Decision:
    """Weigh what is held against the unit."""
    return weigh(RULE.id, facts, rules, effect_of)


RULE = Rule("D-18.3", CITATION, EVERYONE, AdverseFacts, decide, needs=(*NEEDS, "without_fault"))
