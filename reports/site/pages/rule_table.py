"""What every rule decides on one unit, as a table of its card."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph_model.errors import UsageError
from reports.site.page_model import AnswerTable, Notice

if TYPE_CHECKING:
    from reports.site.page_model import Block
    from reports.site.page_options import PageOptions
    from reports.site.site_data import SiteData

_SHOWN = ("rule", "clause", "outcome", "reason", "evidence", "earliest", "act")


def rule_table(data: SiteData, options: PageOptions, unit: str, category: str) -> list[Block]:
    """Return the findings on a unit; who cannot be assessed has a sentence that says why."""
    asked = {"category": category, "tier": options.assess_tier, **options.rules_asked}
    try:
        findings = data.findings(unit, options.as_of, **asked)
    except UsageError as error:
        return [Notice(options.either(error.zh, error.en))]
    return [AnswerTable("rules", findings.title.in_(options.lang), findings, _SHOWN)]
