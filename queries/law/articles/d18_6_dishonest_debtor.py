"""D-18.6: a dishonest debtor (失信被执行人) on any day of the last three years.

A state: it counts while it lasts, however long ago it began, and on until its last day has left the window.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph_model.bilingual import Bilingual
from queries.law.adverse import AdverseFact, FactOutcome, while_in_window
from queries.law.propagation import item_rule
from queries.law.rule import draft

if TYPE_CHECKING:
    from queries.law.rules import Rules

CITATION = draft(
    18,
    "企业被列为失信被执行人",
    "the enterprise is a dishonest debtor",
    item=6,
)


def effect_of(fact: AdverseFact, rules: Rules) -> FactOutcome | None:
    """Count a state that overlaps the window; an open one first has to end."""
    return while_in_window(fact, rules, _SETTLE)


_SETTLE = Bilingual("履行义务、退出失信名单并满三年", "settle, leave the list, then wait out three years")

RULE = item_rule("D-18.6", CITATION, effect_of)
