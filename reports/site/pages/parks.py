"""园区: every park with its share, and whether it may be recommended."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from graph_model.bilingual import Bilingual
from reports.site.page_model import AnswerTable, Facets, Page, RowLink
from reports.site.pages.facet_values import facet
from reports.site.pages.page_kind import PageKind

if TYPE_CHECKING:
    from reports.site.page_options import PageOptions
    from reports.site.site_data import SiteData


def build(data: SiteData, options: PageOptions) -> Page:
    """Return the parks, those of a verdict where the address names one."""
    day = options.as_of
    shares = data.ask("park-share", day, tier=options.tier, base=options.base)
    verdicts = data.verdicts(day, category="park", tier=options.assess_tier, **options.rules_asked)
    chosen = options.one("verdict")
    kept = replace(verdicts, table=verdicts.table[verdicts.table["verdict"] == chosen]) if chosen else verdicts
    by_code = {
        code: words.in_(options.lang)
        for column in verdicts.columns
        if column.name == "verdict"
        for code, words in column.codes.items()
    }
    return Page(
        options.either("园区", "Parks"),
        options.either(
            "园区内绿色工厂占比，分子、分母与未知一并列出；点园区名看在园企业和阻碍其推荐的企业。",
            "Green-factory share within parks with numerator, denominator and unknowns; a park opens to its tenants.",
        ),
        blocks=[
            AnswerTable(
                "shares",
                options.either("园区内绿色工厂占比", "green-factory share within parks"),
                shares,
                (
                    "rank",
                    "park",
                    "level",
                    "city",
                    "tenants",
                    "base",
                    "base_unknown",
                    "green",
                    "green_unknown",
                    "share",
                    "share_low",
                    "share_high",
                    "official_share",
                    "output_share",
                ),
                {"park": RowLink("park", "park_id")},
                rows=500,
            ),
            Facets(
                [
                    facet(
                        options,
                        "parks",
                        "verdict",
                        options.either("结论", "verdict"),
                        verdicts.table["verdict"].value_counts(),
                        by_code,
                    )
                ]
            ),
            AnswerTable(
                "verdicts",
                options.either("可否推荐为绿色工业园区", "which parks may be recommended"),
                kept,
                ("unit", "city", "verdict", "blocking", "unclear", "warnings", "earliest", "act"),
                {"unit": RowLink("park", "unit_id")},
                rows=500,
                whole=not chosen,
            ),
        ],
    )


PAGE = PageKind("parks", Bilingual("园区", "Parks"), build)
