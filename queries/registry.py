"""Every question by name, in the order of SPEC 6."""

from __future__ import annotations

from typing import TYPE_CHECKING

from queries.questions import (
    agency_card,
    audit,
    ban_effects,
    ban_reach,
    calendar,
    enterprise_ladder,
    leader_ratio,
    leader_suppliers,
    park_share,
    park_tenants,
    reconcile,
    rule_compare,
    scheme,
    spot_check,
    targets,
    tier_coverage,
)

if TYPE_CHECKING:
    from queries.asking.question import Question

QUESTIONS: dict[str, Question] = {
    module.QUESTION.name: module.QUESTION
    for module in (
        park_share,
        park_tenants,
        leader_ratio,
        leader_suppliers,
        ban_reach,
        ban_effects,
        tier_coverage,
        enterprise_ladder,
        audit,
        calendar,
        spot_check,
        agency_card,
        rule_compare,
        targets,
        reconcile,
        scheme,
    )
}
