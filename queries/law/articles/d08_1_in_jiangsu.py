"""D-08.1: an applicant factory is registered **and** produces in Jiangsu.

It does not say that the parent company must be from Jiangsu, nor that registration and plant lie in one city. A known city of
Jiangsu proves the site; the name of a company proves neither place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from graph_model.bilingual import Bilingual
from queries.law.rule import FACTORY, Citation, Decision, Rule, SourceDocument, fails, passes, unknown

if TYPE_CHECKING:
    from queries.law.rules import Rules

CITATION = Citation(
    SourceDocument.DRAFT,
    8,
    1,
    Bilingual("在江苏省内注册并生产的企业", "enterprises registered and producing in Jiangsu"),
)


class InJiangsuFacts(NamedTuple):
    """Whether it is registered, and whether it produces, in the home province."""

    registered_home: bool | None = None
    site_home: bool | None = None


def decide(facts: InJiangsuFacts, _rules: Rules) -> Decision:
    """Ask for both places in Jiangsu."""
    if facts.registered_home is False:
        return fails("注册地不在江苏", "not registered in Jiangsu", _REGISTER)
    if facts.site_home is False:
        return fails("生产地不在江苏", "does not produce in Jiangsu", _SITE)
    if facts.registered_home is None:
        return unknown("注册地未知", "place of registration unknown", _WHERE_REGISTERED)
    if facts.site_home is None:
        return unknown("生产地未知", "site unknown", _WHERE)
    return passes("在江苏注册并生产", "registered and producing in Jiangsu")


_REGISTER = Bilingual("由省内注册的主体申报", "apply by an entity registered here")
_SITE = Bilingual("以省内厂区申报", "apply for a site in Jiangsu")
_WHERE_REGISTERED = Bilingual("补充注册地省份", "supply the province of registration")
_WHERE = Bilingual("补充设区市或生产地省份", "supply city or province of the site")


RULE = Rule("D-08.1", CITATION, (FACTORY,), InJiangsuFacts, decide, bar=True)
