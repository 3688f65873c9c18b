"""P-07: under the 2016 plan an applicant park is a national or a provincial one.

The draft asks for no level.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from graph_model.bilingual import Bilingual
from graph_model.values.coded import PARK_LEVELS
from queries.law.rule import PARK, Decision, Rule, fails, passes, plan, unknown

if TYPE_CHECKING:
    from queries.law.rules import Rules

CITATION = plan(
    "三（一）3", "在我省国家级和省级产业园区中选择", "chosen among the national and provincial parks of the province"
)


class ParkLevelFacts(NamedTuple):
    """Level as the parks table gives it."""

    level: str | None = None


def decide(facts: ParkLevelFacts, rules: Rules) -> Decision:
    """Compare what the level on record means: 省级高新区 is 省级, 省级以下 is not."""
    level = PARK_LEVELS.meaning(facts.level)
    if level is None:
        return unknown("园区级别未知", "level unknown", _SUPPLY)
    outcome = level in rules.value("park_levels")
    zh, en = f"园区级别为{facts.level}", f"level is {facts.level}"
    return passes(zh, en) if outcome else fails(zh, en, _RISE)


_SUPPLY = Bilingual("补充园区级别", "supply the level")
_RISE = Bilingual("须先成为国家级或省级园区", "become a national or provincial park first")

RULE = Rule("P-07", CITATION, (PARK,), ParkLevelFacts, decide, needs=("park_levels",), bar=True, place_in_book=9.5)
