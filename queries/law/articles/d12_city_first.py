"""D-12: in principle (原则上) a unit stands on the city list before it is recommended for the provincial one.

Soft words: nobody is barred by it. It says nothing where the city keeps no list of the category, and nothing for other tiers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from graph_model.bilingual import Bilingual
from queries.law.rule import EVERYONE, Citation, Decision, Rule, SourceDocument, not_applicable, passes, warns

if TYPE_CHECKING:
    from queries.law.rules import Rules

CITATION = Citation(
    SourceDocument.DRAFT,
    12,
    None,
    Bilingual("申报省级的，原则上应为市级", "provincial candidates are, in principle, on the city list"),
)


class CityFirstFacts(NamedTuple):
    """Whether it is on the city list by the day, and whether its city keeps one (unknown where the city is)."""

    city_listed: bool = False
    city_keeps_list: bool | None = None


def decide(facts: CityFirstFacts, rules: Rules) -> Decision:
    """Warn where a list is kept and the unit is not on it."""
    if facts.city_listed:
        return passes("已列入市级名单", "on the city list")
    if facts.city_keeps_list is False or not rules.value("prior_city"):
        return not_applicable("该市没有这一类别的市级名单", "the city keeps no list of the category")
    if facts.city_keeps_list is None:
        return warns("未列入市级名单，且所在市未知", "not on a city list, and the city is unknown")
    return warns("未列入市级名单（原则上应先列入）", "not on the city list (asked for in principle)")


RULE = Rule("D-12", CITATION, EVERYONE, CityFirstFacts, decide, tiers=("provincial",), needs=("prior_city",))
