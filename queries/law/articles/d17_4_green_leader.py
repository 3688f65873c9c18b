"""D-17.4: in principle (原则上) a recommended leader is itself a national green factory.

A leader not found on the list "under this exact name" is a question (a renamed firm? a subsidiary?), not a breach: it warns.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from queries.law.rule import LEADER, Decision, Rule, draft, passes, warns

if TYPE_CHECKING:
    from queries.law.rules import Rules

CITATION = draft(
    17,
    "推荐的企业原则上应为国家层面绿色工厂",
    "in principle, a recommended leader is a national green factory",
    paragraph=5,
)


class GreenLeaderFacts(NamedTuple):
    """Whether it is a national green factory on the day; unknown for a name that no register knows."""

    national_factory: bool | None = None


def decide(facts: GreenLeaderFacts, _rules: Rules) -> Decision:
    """Warn, in the words that fit what is known."""
    if facts.national_factory:
        return passes("国家级绿色工厂", "a national green factory")
    if facts.national_factory is None:
        return warns(
            "国家级绿色工厂名单内未见此名称，请核对是否更名或由关联企业列入",
            "not found on the national list under this exact name: renamed, or listed by a related firm?",
        )
    return warns("不是国家级绿色工厂（按此名称）", "no national green factory under this name")


RULE = Rule("D-17.4", CITATION, (LEADER,), GreenLeaderFacts, decide)
