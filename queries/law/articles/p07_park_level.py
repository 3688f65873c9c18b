"""P-07: under the 2016 plan an applicant park is a national or a provincial one.

It does not apply under the draft, which asks for no level.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from queries.answers.bilingual import Words
from queries.law.rule import PARK, Citation, Decision, Document, Rule, fails, passes, unknown

if TYPE_CHECKING:
    from queries.law.ruleset import Rules

CITATION = Citation(Document.PLAN, 7, None, Words("国家级或省级园区", "national or provincial parks"))


class Facts(NamedTuple):
    """Level as the parks table gives it."""

    level: str | None = None


def decide(facts: Facts, rules: Rules) -> Decision:
    """Compare the beginning of the level on record (省级高新区 is 省级)."""
    if facts.level is None:
        return unknown("园区级别未知", "level unknown", _SUPPLY)
    outcome = facts.level.startswith(tuple(rules.value("park_levels")))
    zh, en = f"园区级别为 {facts.level}", f"level is {facts.level}"
    return passes(zh, en) if outcome else fails(zh, en, _RISE)


_SUPPLY = Words("补充园区级别", "supply the level")
_RISE = Words("须先成为国家级或省级园区", "become a national or provincial park first")


RULE = Rule("P-07", CITATION, (PARK,), Facts, decide, needs=("park_levels",))
