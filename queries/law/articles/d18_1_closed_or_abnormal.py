"""D-18.1: deregistered, stopped for twelve months or more, or on the list of abnormal operation.

A deregistration counts for ever; a stop from the same day next year, while it overlaps the window, and a shorter one warns as
long as it is open; the abnormal list counts only while the entry is open, however old. Every large park has a deregistered
tenant: of tenants this item counts only under the setting that takes the text by its words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph_model.bilingual import Bilingual
from graph_model.days import years_later
from queries.law.adverse import AdverseFact, FactOutcome, while_in_window
from queries.law.propagation import item_rule
from queries.law.rule import Outcome, draft

if TYPE_CHECKING:
    from queries.law.rules import Rules

CITATION = draft(
    18,
    "未正常经营生产的（工商注销、连续停产12个月以上、被市场监督管理部门列入经营异常名单且未被移出等）",
    "not operating: deregistered, stopped for twelve months, or on the abnormal list and not off it",
    item=1,
)


def effect_of(fact: AdverseFact, rules: Rules) -> FactOutcome | None:
    """Return how one fact counts."""
    assert fact.day is not None
    if fact.kind != "停产":
        lasting = fact.kind == "注销" or fact.ended is None
        return while_in_window(fact, rules, _ACTS[str(fact.kind)]) if lasting else None
    if years_later(fact.day, rules.value("stop_years")) > (fact.ended or rules.day):
        return None if fact.ended else FactOutcome(Outcome.WARN)
    return while_in_window(fact, rules, _ACTS["停产"])


_ACTS = {
    "注销": Bilingual("由存续主体申报", "apply by an entity that exists"),
    "经营异常": Bilingual("移出经营异常名单", "be taken off the abnormal list"),
    "停产": Bilingual("恢复生产并满三年", "resume production, then wait out three years"),
}

RULE = item_rule("D-18.1", CITATION, effect_of, "stop_years")
