"""Registered **and** at work in Jiangsu: what Arts. 8 and 10 ask of an enterprise, each in its own word for the place of work.

A known city of Jiangsu proves the site; the name of a company proves neither place. Registration and plant need not lie in one
city, and the parent company may be from anywhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from graph_model.bilingual import Bilingual
from queries.law.rule import Citation, Decision, Rule, fails, passes, unknown

if TYPE_CHECKING:
    from queries.law.rules import Rules


class InJiangsuFacts(NamedTuple):
    """Whether it is registered, and whether it is at work, in the home province."""

    registered_home: bool | None = None
    site_home: bool | None = None


def in_jiangsu(id: str, citation: Citation, category: str, site: Bilingual) -> Rule:
    """Return the rule of a category, whose place of work is called `site`: a bar."""

    def decide(facts: InJiangsuFacts, _rules: Rules) -> Decision:
        places = ((facts.registered_home, REGISTRATION), (facts.site_home, site))
        for place in (words for known, words in places if known is False):
            act = Bilingual(f"由{place.zh}在江苏省内的主体申报", f"apply by an entity whose {place.en} is in Jiangsu")
            return fails(f"{place.zh}不在江苏省内", f"{place.en} is not in Jiangsu", act)
        for place in (words for known, words in places if known is None):
            return unknown(f"{place.zh}未知", f"{place.en} unknown", _SUPPLY)
        return passes(f"注册地和{site.zh}均在江苏省内", f"registration and {site.en} are in Jiangsu")

    return Rule(id, citation, (category,), InJiangsuFacts, decide, bar=True)


REGISTRATION = Bilingual("注册地", "registration")
_SUPPLY = Bilingual(
    "补充注册地省份、设区市或生产地省份", "supply province of registration, city or province of the site"
)
