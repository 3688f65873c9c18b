"""D-17.3: parks with a larger share of green factories are preferred. For information; below the median it warns.

It sets no floor, and there is no official formula: the share is that of `park-share` with its default options.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from graph_model.bilingual import Bilingual
from queries.law.evaluation import ParkStanding
from queries.law.rule import PARK, Citation, Decision, Rule, SourceDocument, not_applicable, passes, warns

if TYPE_CHECKING:
    from queries.law.rules import Rules

CITATION = Citation(
    SourceDocument.DRAFT,
    17,
    3,
    Bilingual("优先推荐绿色工厂占比高的园区", "parks with a large share of green factories are preferred"),
)


class ParkShareFacts(NamedTuple):
    """Share and place among the parks of the province; None where there is no share."""

    standing: ParkStanding | None = None


def decide(facts: ParkShareFacts, _rules: Rules) -> Decision:
    """Tell the place, and warn in the lower half."""
    at = facts.standing
    if at is None:
        return not_applicable("没有可计算的占比（仅供参考）", "no share to tell (for information)")
    zh = f"绿色工厂占比 {at.green}/{at.base}，全省第 {at.rank} 位（共 {at.parks} 个）"
    en = f"share {at.green}/{at.base}, place {at.rank} of {at.parks}"
    return warns(f"{zh}，低于中位数", f"{en}, below the median") if at.below_median else passes(zh, en)


RULE = Rule("D-17.3", CITATION, (PARK,), ParkShareFacts, decide)
