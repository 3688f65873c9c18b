"""梯度覆盖: how far the ladder reaches, city by city, and who is in the pool."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph_model.bilingual import Bilingual
from reports.site.page_model import AnswerTable, Page
from reports.site.pages.figures import row_of
from reports.site.pages.ladder_steps import ladder
from reports.site.pages.page_kind import PageKind

if TYPE_CHECKING:
    from reports.site.page_options import PageOptions
    from reports.site.site_data import SiteData

_COVERED = (
    "region",
    "base",
    "base_unknown",
    "national",
    "provincial",
    "city",
    "district",
    "pool",
    "none",
    "unknown",
    "share",
    "share_low",
    "share_high",
    "output_share",
    "official_share",
)


def build(data: SiteData, options: PageOptions) -> Page:
    """Return coverage by city of factories, parks and leaders, the goals and the pool."""
    day, tier = options.as_of, options.tier
    factories = data.ask("tier-coverage", day, tier=tier, base=options.base)
    whole = row_of(factories, -1)
    return Page(
        options.either("梯度覆盖", "Coverage"),
        options.either(
            "每家企业只按最高层级计一次；各列相加等于基数。",
            "Every enterprise counts once, by its highest tier; the steps add up to the base.",
        ),
        blocks=[
            ladder(options.either("全省", "the province"), whole, options),
            AnswerTable("factories", options.either("绿色工厂", "green factories"), factories, _COVERED),
            AnswerTable(
                "parks",
                options.either("绿色工业园区", "green parks"),
                data.ask("tier-coverage", day, tier=tier, category="park"),
                _COVERED[:-2],
            ),
            AnswerTable(
                "leaders",
                options.either("绿色供应链管理企业", "green supply chains"),
                data.ask("tier-coverage", day, tier=tier, category="supply_chain"),
                _COVERED[:-2],
            ),
            AnswerTable(
                "targets",
                options.either("目标与进度", "goals"),
                data.ask("targets", day),
                (
                    "goal",
                    "region",
                    "category",
                    "tier",
                    "by",
                    "target_count",
                    "count",
                    "short",
                    "target_share",
                    "share",
                    "attained",
                    "source",
                ),
            ),
            AnswerTable(
                "pool",
                options.either("培育库的去向", "what became of the pool"),
                data.ask("pool", day),
                (
                    "region",
                    "category",
                    "target_tier",
                    "plan_year",
                    "sponsor_kind",
                    "planned",
                    "already",
                    "listed",
                    "late",
                    "barred",
                    "open",
                    "lapsed",
                    "conversion",
                ),
            ),
        ],
    )


PAGE = PageKind("coverage", Bilingual("梯度覆盖", "Coverage"), build)
