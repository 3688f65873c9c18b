"""D-12: in principle (原则上) a unit stands on the city list before it is recommended for the provincial one.

Soft words: nobody is barred by it. Who left the city list without fault has stood on it; who was removed for a fault is named.
It says nothing where the city keeps no list of the category, and nothing for other tiers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from graph_model.bilingual import Bilingual
from graph_model.values.coded import REMOVAL_REASONS
from queries.law.evaluation import ListingFact
from queries.law.rule import EVERYONE, Decision, Rule, draft, not_applicable, passes, unknown, warns

if TYPE_CHECKING:
    from collections.abc import Sequence

    from queries.law.rules import Rules

CITATION = draft(
    12,
    "推荐至省级层面的绿色制造名单原则上应先纳入设区市层面名单",
    "in principle, who is recommended to the provincial list stands on the city list first",
)


class CityFirstFacts(NamedTuple):
    """Its listings on the city list by the day, and whether its city keeps one (unknown where the city is)."""

    city_listings: tuple[ListingFact, ...] = ()
    city_keeps_list: bool | None = None


def decide(facts: CityFirstFacts, rules: Rules) -> Decision:
    """Warn where a list is kept and the unit neither stands on it nor left it without fault."""
    if facts.city_listings:
        return _listed(facts.city_listings, rules.value("without_fault"))
    if facts.city_keeps_list is False or not rules.value("prior_city"):
        return not_applicable("该市没有这一类别的市级名单", "the city keeps no list of the category")
    where = ("，且所在设区市未知", ", and the city is unknown") if facts.city_keeps_list is None else ("", "")
    return warns(
        f"未列入市级名单（原则上应先列入）{where[0]}", f"not on the city list, as asked for in principle{where[1]}"
    )


def _listed(listings: Sequence[ListingFact], without_fault: Sequence[str]) -> Decision:
    """Decide by the listings on the city list: the best of them counts."""
    if any(listing.active for listing in listings):
        return passes("已列入市级名单", "on the city list")
    for listing in listings:
        if REMOVAL_REASONS.meaning(listing.reason) in without_fault:
            return passes(*_left(listing, "曾列入市级名单，", "was on the city list, "))
    if any(listing.active is None for listing in listings):
        return unknown("市级名单的移出日期不详", "the end of the city listing cannot be read", _CHECK)
    return warns(*_left(listings[-1], "不在市级名单内，", "not on the city list, "))


def _left(listing: ListingFact, zh: str, en: str) -> tuple[str, str]:
    """Return when and why a listing ended, in words."""
    why, when = listing.reason or "原因未填", listing.removed_on or "日期不详"
    return f"{zh}{when} 移出（{why}）", f"{en}removed on {when} ({why})"


_CHECK = Bilingual("核对市级名单的移出日期", "check the day of removal from the city list")

RULE = Rule("D-12", CITATION, EVERYONE, CityFirstFacts, decide, ("provincial",), ("prior_city", "without_fault"))
