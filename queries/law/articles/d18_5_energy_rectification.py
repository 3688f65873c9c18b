"""D-18.5: ordered by energy inspection (节能监察) to rectify, and not done in time.

A state: from the day after the due day (without one, from the order) until it is done. Done by the due day (the day itself is
in time) it never was; before the due day nothing is late yet. While it is open only doing it heals, never time.
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
    "被列入工业节能监察整改名单且未按要求完成整改的",
    "listed by energy inspection for rectification, and not done as asked",
    item=5,
)


def effect_of(fact: AdverseFact, rules: Rules) -> FactOutcome | None:
    """Count what is or was overdue within the window."""
    return while_in_window(fact, rules, _RECTIFY)


_RECTIFY = Bilingual("完成整改", "complete the rectification")

RULE = item_rule("D-18.5", CITATION, effect_of)
