"""D-07: units with certain titles (节水型企业, 专精特新小巨人, 近零碳产业园 …) are a focus of cultivation. For information only.

It bars nobody and clears nobody: a unit without a title is as free to apply as one with it. Titles are read by their meaning,
whole; for leaders the pilots of 汽车产品生产者责任延伸 (Art. 17) are told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from graph_model.values.coded import FOCUS_TAGS
from queries.law.rule import FACTORY, LEADER, PARK, Decision, Rule, draft, not_applicable, passes

if TYPE_CHECKING:
    from queries.law.rules import Rules

_FOCUS = draft(
    7,
    "鼓励各设区市将“节水型企业（园区）……智能工厂（车间）企业、（近）零碳产业园、碳达峰碳中和试点企业（园区）等”作为培育重点",
    "cities are encouraged to make such units a focus of cultivation",
)
CITATIONS = {
    FACTORY: _FOCUS,
    PARK: _FOCUS,
    LEADER: draft(
        17,
        "优先推荐……汽车产品生产者责任延伸试点企业",
        "pilots of extended producer responsibility for vehicles are preferred",
        paragraph=5,
    ),
}


class FocusTagFacts(NamedTuple):
    """The category, and titles as they are written, several in one text."""

    category: str = FACTORY
    tags: str | None = None


def decide(facts: FocusTagFacts, rules: Rules) -> Decision:
    """Tell which titles of the set the unit carries."""
    asked = rules.value("leader_tags" if facts.category == LEADER else "focus_tags")
    carried = FOCUS_TAGS.meanings(facts.tags)
    tags = [tag for tag in asked if tag in carried]
    if not tags:
        return not_applicable("没有重点标签（供参考）", "no focus tag (for information)")
    return passes(f"重点标签：{'、'.join(tags)}（供参考）", f"focus tags: {', '.join(tags)} (for information)")


RULE = Rule(
    "D-07",
    CITATIONS,
    (FACTORY, PARK, LEADER),
    FocusTagFacts,
    decide,
    needs=("focus_tags", "leader_tags"),
    place_in_book=17.025,
)
