"""Every standing duty, and the case they are asked about."""

from __future__ import annotations

from typing import TYPE_CHECKING

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

DUTIES = (
    prior_listing,
    consultations,
    leader_factories,
    forms,
    removals,
    complaints,
    inspections,
    plans,
    banned_reports,
    renames,
    agency_cap,
)


def every_finding(case: AuditContext) -> Iterator[Finding]:
    """Yield what every duty finds that the rule set holds; the agencies' cap also where a person asks of it."""
    for duty in DUTIES:
        for finding in duty.find(case):
            if finding.rule in case.rules.set.duties or (finding.rule == "A-15" and case.cap_asked):
                yield finding
