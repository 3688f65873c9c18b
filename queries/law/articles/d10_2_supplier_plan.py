"""D-10.2: an applicant leader has drawn up a plan by which its suppliers become green factories.

Drawing it up is enough: it counts once it is reported, also before it begins. A plan about the leader itself is none for
suppliers. It does not say how many suppliers, nor that one must have been listed since: that is told by `audit`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from graph_model.bilingual import Bilingual
from queries.law.rule import LEADER, Decision, Rule, draft, fails, passes, unknown

if TYPE_CHECKING:
    from queries.law.rules import Rules

CITATION = draft(
    10,
    "制定供应商绿色工厂培育计划，推动供应商开展绿色工厂建设",
    "draws up a plan for cultivating its suppliers into green factories, and pushes them along it",
    item=2,
)


class SupplierPlanFacts(NamedTuple):
    """Whether a plan row about another enterprise names it as sponsor; unknown where none is on record."""

    supplier_plan: bool | None = None


def decide(facts: SupplierPlanFacts, _rules: Rules) -> Decision:
    """Ask for a plan that has been reported or has begun, active or past."""
    if facts.supplier_plan is None:
        return unknown("未载入任何绿色工厂培育计划", "no plan of factories is on record", _LOAD)
    if not facts.supplier_plan:
        return fails(
            "没有以本企业为培育主体的供应商培育计划", "no plan for suppliers with this leader as sponsor", _DRAW_UP
        )
    return passes("已制定供应商绿色工厂培育计划", "has a plan for its suppliers")


_LOAD = Bilingual("载入绿色工厂培育计划", "load the plans of cultivation")
_DRAW_UP = Bilingual("制定并报送供应商绿色工厂培育计划", "draw up and report a plan for suppliers")

RULE = Rule("D-10.2", CITATION, (LEADER,), SupplierPlanFacts, decide)
