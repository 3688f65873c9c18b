"""D-17.4: a leader on a national or provincial list should itself be a national green factory.

The lists name companies only. A leader that is not found among the factories under its name may stand there under another;
so the finding is a question for a person, never a breach.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph_model.tiers import CATEGORIES, Category, Tier
from queries.duties.duty_findings import AuditContext, Finding
from queries.duties.sentences import sentence
from queries.duties.standing import listing_words, standing

if TYPE_CHECKING:
    from collections.abc import Iterator

CHAIN = CATEGORIES.index(Category.SUPPLY_CHAIN)


def find(case: AuditContext) -> Iterator[Finding]:
    """Yield leaders on a national or provincial list that are no national green factory by their name."""
    stands = standing(case.view, "enterprise")
    leads = (stands.category == CHAIN) & (stands.tier >= Tier.PROVINCIAL)
    stands = stands.at(leads & (case.view.highest(Category.FACTORY)[stands.unit] < Tier.NATIONAL))
    yield Finding(
        "D-17.4",
        "check",
        "enterprise",
        stands.unit,
        [sentence("leader_factory")] * len(stands.unit),
        listing_words(case.view, stands.row),
        stands.evidence,
        stands.category,
        stands.tier,
    )
