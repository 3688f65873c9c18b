"""D-08.2: an applicant factory is a manufacturer that really produces: flagged so, else by an industry code in 13–43 (SPEC 5).

It does not ask for a size: above-scale or not is another question.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from graph_model.bilingual import Bilingual
from queries.law.rule import FACTORY, Decision, Rule, draft, fails, passes, unknown

if TYPE_CHECKING:
    from queries.law.rules import Rules

CITATION = draft(8, "从事实际生产的制造型企业", "a manufacturing enterprise engaged in actual production", item=1)


class ManufacturerFacts(NamedTuple):
    """Whether it is a manufacturer."""

    manufacturer: bool | None = None


def decide(facts: ManufacturerFacts, _rules: Rules) -> Decision:
    """Go by the flag."""
    if facts.manufacturer is None:
        return unknown("是否制造型企业未知", "not known to be a manufacturer", _SUPPLY)
    if not facts.manufacturer:
        return fails("不是制造型企业", "not a manufacturer", _CHECK)
    return passes("制造型企业", "a manufacturer")


_SUPPLY = Bilingual("补充行业代码", "supply the industry code")
_CHECK = Bilingual("核对行业代码；非制造型企业不能申报", "check the industry code; others cannot apply")

RULE = Rule("D-08.2", CITATION, (FACTORY,), ManufacturerFacts, decide, bar=True)
