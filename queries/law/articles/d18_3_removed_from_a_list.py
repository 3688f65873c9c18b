"""D-18.3: removed from a green list, of any category or tier, in the last three years.

A removal without fault (更名, 合并, 搬迁, 关闭, 主动退出, in any of the spellings of `data/coded_words.yaml`) only warns. A removal
without a reason on record, or for one that nobody knows, counts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph_model.values.coded import REMOVAL_REASONS
from queries.law.adverse import AdverseFact, FactOutcome, while_in_window
from queries.law.propagation import item_rule
from queries.law.rule import Outcome, draft

if TYPE_CHECKING:
    from queries.law.rules import Rules

CITATION = draft(
    18,
    "被动态调整出绿色制造名单的",
    "taken off a green list",
    item=3,
)


def effect_of(fact: AdverseFact, rules: Rules) -> FactOutcome | None:
    """Count a removal of the window until it has left it; one without fault warns."""
    counting = while_in_window(fact, rules)
    without_fault = counting is not None and REMOVAL_REASONS.meaning(fact.reason) in rules.value("without_fault")
    return FactOutcome(Outcome.WARN) if without_fault else counting


RULE = item_rule("D-18.3", CITATION, effect_of, "without_fault")
