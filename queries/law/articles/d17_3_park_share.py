"""D-17.3: recommended parks have many green factories and a high share of them (数量多、占比高). For information.

It sets no floor, and there is no official formula: share and number are those of `park-share` with its default options. A
share below the median warns.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from queries.law.evaluation import ParkStanding
from queries.law.rule import PARK, Decision, Rule, draft, not_applicable, passes, warns

if TYPE_CHECKING:
    from queries.law.rules import Rules

CITATION = draft(
    17,
    "推荐的园区应为绿色工厂数量多、占比高的工业园区",
    "recommended parks have many green factories and a high share of them",
    paragraph=3,
)


class ParkShareFacts(NamedTuple):
    """Share and place among the parks of the province; None where there is no share."""

    standing: ParkStanding | None = None


def decide(facts: ParkShareFacts, _rules: Rules) -> Decision:
    """Tell the place, and warn in the lower half."""
    at = facts.standing
    if at is None:
        return not_applicable("绿色工厂占比无法计算（供参考）", "no share to tell (for information)")
    zh = f"绿色工厂 {at.green} 家，数量第 {at.count_rank} 位；占比 {at.green}/{at.base}，第 {at.rank} 位（共 {at.parks} 个）"
    en = f"{at.green} green factories, place {at.count_rank}; share {at.green}/{at.base}, place {at.rank} of {at.parks}"
    return warns(f"{zh}，占比低于中位数", f"{en}, below the median") if at.below_median else passes(zh, en)


RULE = Rule("D-17.3", CITATION, (PARK,), ParkShareFacts, decide)
