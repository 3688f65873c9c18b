"""供应链: every chain leader with its green-supplier ratio."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph_model.bilingual import Bilingual
from reports.site.page_model import AnswerTable, Page, RowLink
from reports.site.pages.page_kind import PageKind

if TYPE_CHECKING:
    from reports.site.page_options import PageOptions
    from reports.site.site_data import SiteData


def build(data: SiteData, options: PageOptions) -> Page:
    """Return the leaders, and whether they may be recommended."""
    ratios = data.ask("leader-ratio", options.as_of, tier=options.tier)
    verdicts = data.verdicts(options.as_of, category="supply_chain", tier=options.assess_tier, **options.rules_asked)
    return Page(
        options.either("供应链", "Supply chains"),
        options.either(
            "龙头企业（链主）供应商中绿色工厂的占比；未登记也未见于名单的供应商是未知，不算否。",
            "The share of green factories among the suppliers of chain leaders; on no list and no register is unknown, not no.",
        ),
        blocks=[
            AnswerTable(
                "ratios",
                options.either("绿色供应商占比", "green-supplier ratio"),
                ratios,
                (
                    "rank",
                    "leader",
                    "city",
                    "chain",
                    "basis",
                    "list_year",
                    "suppliers",
                    "outside_mainland",
                    "green",
                    "unknown",
                    "ratio",
                    "ratio_low",
                    "ratio_high",
                    "spend_ratio",
                ),
                {"leader": RowLink("leader", "leader_id")},
                rows=500,
            ),
            AnswerTable(
                "verdicts",
                options.either("可否推荐为绿色供应链管理企业", "which leaders may be recommended"),
                verdicts,
                ("unit", "city", "verdict", "blocking", "unclear", "warnings", "earliest", "act"),
                {"unit": RowLink("leader", "unit_id")},
                rows=500,
            ),
        ],
    )


PAGE = PageKind("leaders", Bilingual("供应链", "Supply chains"), build)
