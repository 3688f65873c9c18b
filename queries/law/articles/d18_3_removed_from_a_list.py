"""D-18.3: removed from a green list, of any category or tier, in the last three years.

A removal without fault (更名, 合并, 搬迁, 关闭, 主动退出) only warns. A removal without a reason on record counts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from queries.answers.bilingual import Words
from queries.law.adverse import NEEDS, Effect, Held, HeldFacts, counts, weigh
from queries.law.rule import EVERYONE, Citation, Decision, Document, Outcome, Rule

if TYPE_CHECKING:
    from queries.law.ruleset import Rules

CITATION = Citation(
    Document.DRAFT, 18, 3, Words("近三年被移出绿色制造名单", "removed from a green list in the last three years")
)


def effect_of(held: Held, rules: Rules) -> Effect | None:
    """Count a fact of the window until it has left it."""
    assert held.day is not None
    if held.day < rules.window_start:
        return None
    return (
        Effect(Outcome.WARN) if held.reason in rules.value("without_fault") else counts(rules.leaves_window(held.day))
    )


def decide(facts: HeldFacts, rules: Rules) -> Decision:
    """Weigh what is held against the unit."""
    return weigh(RULE.id, facts, rules, effect_of)


RULE = Rule("D-18.3", CITATION, EVERYONE, HeldFacts, decide, needs=(*NEEDS, "without_fault"))
