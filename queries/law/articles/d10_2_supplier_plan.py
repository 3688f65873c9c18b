"""D-10.2: an applicant chain leader cultivates its suppliers: it has, or had, a plan with itself as sponsor.

It does not say how many suppliers, nor that one of them must have been listed since: that is told by `audit`, for information.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from graph_model.bilingual import Bilingual
from queries.law.rule import LEADER, Citation, Decision, Rule, SourceDocument, fails, passes, unknown

if TYPE_CHECKING:
    from queries.law.rules import Rules

CITATION = Citation(
    SourceDocument.DRAFT,
    10,
    2,
    Bilingual("已制定供应商绿色工厂培育计划", "a plan for cultivating suppliers into green factories"),
)


class SupplierPlanFacts(NamedTuple):
    """Whether a cultivation row names it as sponsor; unknown where no leader is named in any."""

    supplier_plan: bool | None = None


def decide(facts: SupplierPlanFacts, _rules: Rules) -> Decision:
    """Ask for a plan, active or past."""
    if facts.supplier_plan is None:
        return unknown("未载入任何链主的培育计划", "no leader's plan is on record", _LOAD)
    if not facts.supplier_plan:
        return fails("没有以本企业为培育主体的计划", "no plan with this leader as sponsor", _DRAW_UP)
    return passes("有以本企业为培育主体的计划", "has a plan with itself as sponsor")


_LOAD = Bilingual("载入链主的培育计划", "load the plans of leaders")
_DRAW_UP = Bilingual("制定并报送供应商绿色工厂培育计划", "draw up and report a plan for suppliers")


RULE = Rule("D-10.2", CITATION, (LEADER,), SupplierPlanFacts, decide)
