"""D-15: a unit recommended for the national list stands on the provincial one of the category, its own or derived (D-16).

It does not say for how long. It says nothing for other tiers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from graph_model.bilingual import Bilingual
from queries.law.rule import EVERYONE, Decision, Rule, draft, fails, not_applicable, passes, unknown

if TYPE_CHECKING:
    from queries.law.rules import Rules

CITATION = draft(
    15,
    "将省级绿色制造名单择优推荐至工业和信息化部",
    "the best of the provincial lists are recommended to the ministry",
)


class ProvincialFirstFacts(NamedTuple):
    """Whether it is on the provincial list; unknown for a name that no register and no list knows, or without any such list."""

    provincial_listed: bool | None = None


def decide(facts: ProvincialFirstFacts, rules: Rules) -> Decision:
    """Ask for an active provincial listing."""
    if not rules.value("prior_provincial"):
        return not_applicable("本规则集不要求先列入省级名单", "this rule set asks for no provincial listing")
    if facts.provincial_listed is None:
        return unknown("是否在省级名单内未知", "not known to be on the provincial list", _CHECK)
    if not facts.provincial_listed:
        return fails("不在省级名单内", "not on the provincial list", _FIRST)
    return passes("在省级名单内", "on the provincial list")


_CHECK = Bilingual("载入省级名单并核对名称", "load the provincial list and check the name")
_FIRST = Bilingual("先列入省级名单", "be listed at provincial tier first")

RULE = Rule("D-15", CITATION, EVERYONE, ProvincialFirstFacts, decide, tiers=("national",), needs=("prior_provincial",))
