"""D-10.1: an applicant chain leader is registered in Jiangsu, and produces or operates there.

It does not ask the leader to be a manufacturer. A known region in Jiangsu proves the site.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from graph_model.bilingual import Bilingual
from queries.law.rule import LEADER, Citation, Decision, Rule, SourceDocument, fails, passes, unknown

if TYPE_CHECKING:
    from queries.law.rules import Rules

CITATION = Citation(
    SourceDocument.DRAFT,
    10,
    1,
    Bilingual(
        "在江苏省内注册并生产或经营的链主企业", "chain leaders registered, and producing or operating, in Jiangsu"
    ),
)


class LeaderInJiangsuFacts(NamedTuple):
    """Whether it is registered, and whether it produces or operates, in the home province."""

    registered_home: bool | None = None
    site_home: bool | None = None


def decide(facts: LeaderInJiangsuFacts, _rules: Rules) -> Decision:
    """Ask for both places in Jiangsu."""
    if facts.registered_home is False:
        return fails("注册地不在江苏", "not registered in Jiangsu", _REGISTER)
    if facts.site_home is False:
        return fails("生产经营地不在江苏", "does not operate in Jiangsu", _SITE)
    if facts.registered_home is None:
        return unknown("注册地未知", "place of registration unknown", _WHERE_REGISTERED)
    if facts.site_home is None:
        return unknown("生产经营地未知", "place of operation unknown", _WHERE)
    return passes("在江苏注册并生产或经营", "registered and operating in Jiangsu")


_REGISTER = Bilingual("由省内注册的主体申报", "apply by an entity registered here")
_SITE = Bilingual("由在省内生产或经营的主体申报", "apply by an entity that operates here")
_WHERE_REGISTERED = Bilingual("补充注册地省份", "supply the province of registration")
_WHERE = Bilingual("补充设区市或省份", "supply city or province")


RULE = Rule("D-10.1", CITATION, (LEADER,), LeaderInJiangsuFacts, decide, bar=True)
