"""D-25: a complaint that names itself and was found true leads to rectification or removal, 视情节轻重.

How grave it is a person decides: it warns and names the act. A complaint that waits, was unfounded, or does not name itself is
no case of it here (`audit` lists those that wait).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from graph_model.bilingual import Bilingual
from queries.law.evaluation import ComplaintFact
from queries.law.rule import EVERYONE, Decision, Outcome, Rule, draft, not_applicable

if TYPE_CHECKING:
    from queries.law.rules import Rules

CITATION = draft(
    25,
    "经核实确认……存在所举报事项的，视情节轻重要求进行整改或按本办法第二十二条要求从绿色制造名单移出",
    "a complaint found true leads, by its gravity, to rectification or removal from the list",
    paragraph=2,
)


class VerifiedComplaintFacts(NamedTuple):
    """Complaints of the unit that name themselves and were found true by the day."""

    verified_complaints: tuple[ComplaintFact, ...] = ()


def decide(facts: VerifiedComplaintFacts, _rules: Rules) -> Decision:
    """Warn of what was found true, with the act."""
    if not facts.verified_complaints:
        return not_applicable("没有查实的实名举报", "no complaint found true")
    days = "、".join(f"{complaint.received_on} 收到" for complaint in facts.verified_complaints)
    reason = Bilingual(f"实名举报经核实属实（{days}）", f"{len(facts.verified_complaints)} complaints found true")
    return Decision(Outcome.WARN, reason, act=_BY_GRAVITY)


_BY_GRAVITY = Bilingual("视情节轻重要求整改或从名单移出", "by its gravity: rectification, or removal from the list")

RULE = Rule("D-25", CITATION, EVERYONE, VerifiedComplaintFacts, decide)
