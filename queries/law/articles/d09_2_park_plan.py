"""D-09.2: an applicant park has published its plan for cultivating green factories.

It does not say what the plan must hold, nor how old it may be.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from graph_model.bilingual import Bilingual
from queries.law.rule import PARK, Decision, Rule, draft, passes, unknown

if TYPE_CHECKING:
    from queries.law.rules import Rules

CITATION = draft(
    9,
    "发布园区绿色工厂培育计划，组织园区内企业开展绿色工厂建设",
    "publishes a plan for cultivating green factories and organises its enterprises to follow it",
    item=2,
)


class ParkPlanFacts(NamedTuple):
    """Day of publication."""

    plan_published_on: date | None = None


def decide(facts: ParkPlanFacts, rules: Rules) -> Decision:
    """Ask for a day of publication by the day. A later one is not known on the day: unknown, not a breach."""
    published = facts.plan_published_on
    if published is None or published > rules.day:
        return unknown("未见已发布的培育计划", "no published plan on record", _PUBLISH)
    return passes(f"培育计划于 {published} 发布", f"plan published on {published}")


_PUBLISH = Bilingual("发布园区绿色工厂培育计划，补充发布日期", "publish the plan and supply its day")

RULE = Rule("D-09.2", CITATION, (PARK,), ParkPlanFacts, decide)
