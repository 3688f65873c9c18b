"""pool: cities ask in practice that a unit is in the pool (入库) before it applies. For information.

No clause makes it a condition: Art. 7 has cities keep the pool. It warns only where a rules file says so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from queries.law.rule import EVERYONE, Decision, Rule, draft, not_applicable, passes, warns

if TYPE_CHECKING:
    from queries.law.rules import Rules

CITATION = draft(
    7,
    "将本地区具备培育条件且有提升潜力的企业、工业园区列为培育对象，制定培育计划，建立培育库",
    "cities name candidates with potential, make plans of cultivation and keep a pool",
)


class PoolFacts(NamedTuple):
    """Whether it is in the pool of the category on the day."""

    in_pool: bool = False


def decide(facts: PoolFacts, rules: Rules) -> Decision:
    """Tell whether it is in the pool."""
    if facts.in_pool:
        return passes("已列入培育库（供参考）", "in the pool (for information)")
    if rules.value("pool_first"):
        return warns("未列入培育库，应先入库", "not in the pool, as the rules in use ask")
    return not_applicable("未列入培育库（供参考，各地多要求先入库）", "not in the pool (for information)")


RULE = Rule("pool", CITATION, EVERYONE, PoolFacts, decide, place_in_book=99)
