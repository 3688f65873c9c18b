"""pool: cities ask in practice that a unit is in the pool (入库) before it applies. For information.

No clause makes it a condition: Art. 7 has cities keep the pool. It warns only where a rules file says so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from graph_model.bilingual import Bilingual
from queries.law.rule import EVERYONE, Decision, Rule, draft, not_applicable, passes, unknown, warns

if TYPE_CHECKING:
    from queries.law.rules import Rules

CITATION = draft(
    7,
    "将本地区具备培育条件且有提升潜力的企业、工业园区列为培育对象，制定培育计划，建立培育库",
    "cities name candidates with potential, make plans of cultivation and keep a pool",
)


class PoolFacts(NamedTuple):
    """Whether it is in the pool of the category on the day; None where a row that cannot be read may say so."""

    in_pool: bool | None = False


def decide(facts: PoolFacts, rules: Rules) -> Decision:
    """Tell whether it is in the pool."""
    if facts.in_pool:
        return passes("已列入培育库（供参考）", "in the pool (for information)")
    if facts.in_pool is None:
        return unknown("培育计划中有未能识别的行，是否入库不明", "a row of the plan cannot be read", _CHECK)
    if rules.value("pool_first"):
        return warns("未列入培育库，应先入库", "not in the pool, as the rules in use ask")
    return not_applicable("未列入培育库（供参考，各地多要求先入库）", "not in the pool (for information)")


_CHECK = Bilingual("核对培育计划中该单位的行", "check its row in the plan of cultivation")

RULE = Rule("pool", CITATION, EVERYONE, PoolFacts, decide, place_in_book=99)
