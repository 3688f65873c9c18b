"""D-09.1: an applicant park lives on industry, has a legal boundary and one management body.

The share of industry in value added is **more than** the set one: exactly the share is not enough. It does not say of which
year the share is: the one on record counts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from graph_model.bilingual import Bilingual
from queries.law.rule import PARK, Citation, Decision, Rule, SourceDocument, fails, passes, unknown

if TYPE_CHECKING:
    from queries.law.rules import Rules

CITATION = Citation(
    SourceDocument.DRAFT,
    9,
    1,
    Bilingual(
        "以工业为主（工业增加值占比超过规定值），有法定边界和统一管理机构",
        "industrial parks with a legal boundary and one management body",
    ),
)


class IndustrialParkFacts(NamedTuple):
    """Share of industry in value added (percent), boundary, management body."""

    value_added_share: float | None = None
    legal_boundary: bool | None = None
    management_body: bool | None = None


def decide(facts: IndustrialParkFacts, rules: Rules) -> Decision:
    """Ask for all three; one that fails decides, whatever is unknown beside it."""
    floor, share = rules.value("value_added_above"), facts.value_added_share
    tests = (
        (None if share is None else share > floor, f"工业增加值占比大于 {floor:g}%", f"industry above {floor:g}%"),
        (facts.legal_boundary, "法定边界", "legal boundary"),
        (facts.management_body, "统一管理机构", "management body"),
    )
    for held, outcome in ((False, fails), (None, unknown)):
        if lacking := [test for test in tests if test[0] is held]:
            zh, en = "、".join(test[1] for test in lacking), ", ".join(test[2] for test in lacking)
            act = Bilingual(f"具备或补充：{zh}", f"meet or supply: {en}")
            return outcome(f"{_SAID[held].zh}{zh}", f"{_SAID[held].en}{en}", act)
    return passes("以工业为主，边界与管理机构齐备", "industrial, with boundary and management body")


_SAID = {False: Bilingual("不具备：", "lacks: "), None: Bilingual("未知：", "unknown: ")}


RULE = Rule("D-09.1", CITATION, (PARK,), IndustrialParkFacts, decide, needs=("value_added_above",), bar=True)
