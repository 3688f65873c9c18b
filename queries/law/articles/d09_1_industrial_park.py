"""D-09.1: an applicant park lies in Jiangsu, lives on industry, has a legal boundary and one management body.

The share of industry in value added is **more than** the set one: exactly the share is not enough. It does not say of which
year the share is: the one on record counts. That it mainly makes products and supplies energy, a person checks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from graph_model.bilingual import Bilingual
from queries.law.rule import PARK, Decision, Rule, draft, fails, passes, unknown

if TYPE_CHECKING:
    from queries.law.rules import Rules

CITATION = draft(
    9,
    "在江苏省内具有法定边界和范围、具备统一管理机构的工业园区……工业增加值占比超过50%",
    "an industrial park in Jiangsu with a legal boundary and one management body, industry above 50 % of value added",
    item=1,
)


class IndustrialParkFacts(NamedTuple):
    """Whether it lies in the home province; share of industry in value added (percent), boundary, management body."""

    site_home: bool | None = None
    value_added_share: float | None = None
    legal_boundary: bool | None = None
    management_body: bool | None = None


def decide(facts: IndustrialParkFacts, rules: Rules) -> Decision:
    """Ask for all four; one that fails decides, whatever is unknown beside it."""
    floor, share = rules.value("value_added_above"), facts.value_added_share
    tests = (
        (facts.site_home, "位于江苏省内", "in Jiangsu"),
        (None if share is None else share > floor, f"工业增加值占比超过{floor:g}%", f"industry above {floor:g}%"),
        (facts.legal_boundary, "法定边界和范围", "legal boundary"),
        (facts.management_body, "统一管理机构", "management body"),
    )
    for held, outcome in ((False, fails), (None, unknown)):
        if lacking := [test for test in tests if test[0] is held]:
            zh, en = "、".join(test[1] for test in lacking), ", ".join(test[2] for test in lacking)
            act = Bilingual(f"具备或补充：{zh}", f"meet or supply: {en}")
            return outcome(f"{_LEAD[held].zh}{zh}", f"{_LEAD[held].en}{en}", act)
    return passes(
        "位于江苏省内，工业占比、边界和管理机构均符合", "in Jiangsu, industrial, with boundary and management body"
    )


_LEAD = {False: Bilingual("不具备：", "lacks: "), None: Bilingual("未知：", "unknown: ")}

RULE = Rule("D-09.1", CITATION, (PARK,), IndustrialParkFacts, decide, needs=("value_added_above",), bar=True)
