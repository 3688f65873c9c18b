"""D-18.4: serious problems that an inspection (督查) of 国务院 or a ministry found in the last three years.

A problem that an authority below found, or one below 重大, only warns: one lower part is enough. Whether it has been put right
is not asked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph_model.bilingual import Bilingual
from queries.law.adverse import AdverseFact, FactOutcome, while_in_window
from queries.law.propagation import item_rule
from queries.law.rule import Outcome, draft
from queries.law.severity import at_least

if TYPE_CHECKING:
    from queries.law.rules import Rules

CITATION = draft(
    18,
    "在国务院及有关部委相关督查工作中被发现存在严重问题的",
    "serious problems found by an inspection of the State Council or a ministry",
    item=4,
)


SERIOUS = "严重"
"""What the article itself calls such a problem."""


def effect_of(fact: AdverseFact, rules: Rules) -> FactOutcome | None:
    """Count a serious problem of the window; a lower part warns, a missing one leaves it open."""
    counting = while_in_window(fact, rules)
    if counting is None:
        return None
    serious = fact.severity == SERIOUS or at_least(fact.severity, rules.value("inspection_floor"))
    if (fact.severity is not None and not serious) or fact.found_by == "lower":
        return FactOutcome(Outcome.WARN)
    known = fact.severity is not None and fact.found_by is not None
    return counting if known else FactOutcome(Outcome.UNKNOWN, act=_SUPPLY)


_SUPPLY = Bilingual("补充督查问题的等级和信息来源", "supply severity and source of the problem")

RULE = item_rule("D-18.4", CITATION, effect_of, "inspection_floor")
