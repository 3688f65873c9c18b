"""Every standing duty, and the case they are asked about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from queries.duties import (
    agency_cap,
    banned_reports,
    complaints,
    consultations,
    forms,
    inspections,
    leader_factories,
    plans,
    prior_listing,
    removals,
    renames,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from queries.duties.duty_findings import AuditContext, Finding

CAP: Final = "A-15"
DUTIES = (
    (prior_listing, ("D-12", "D-15")),
    (consultations, ("D-13",)),
    (leader_factories, ("D-17.4",)),
    (forms, ("D-19",)),
    (removals, ("D-20", "D-22", "D-22.3")),
    (complaints, ("D-25",)),
    (inspections, ("P-17", "P-18")),
    (plans, ("D-09.2", "D-10.2")),
    (banned_reports, ("D-24",)),
    (renames, ("D-21",)),
    (agency_cap, (CAP,)),
)
"""Every duty with the rules it speaks of: one that a set holds no rule of is not asked."""


def every_finding(case: AuditContext) -> Iterator[Finding]:
    """Yield what every duty finds that the rule set holds; the agencies' cap also where a person asks of it."""
    wanted = {*case.rules.set.duties, *((CAP,) if case.cap_asked else ())}
    for duty, rules in DUTIES:
        if wanted.intersection(rules):
            yield from (finding for finding in duty.find(case) if finding.rule in wanted)
