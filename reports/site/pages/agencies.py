"""机构与不予受理: what the agencies did, and what a refusal of their reports touches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph_model.bilingual import Bilingual
from reports.site.page_model import AnswerTable, Figure, Page, RowLink
from reports.site.pages.figures import counted, number
from reports.site.pages.page_kind import PageKind

if TYPE_CHECKING:
    from reports.site.page_options import PageOptions
    from reports.site.site_data import SiteData

CLASSES = ("blocked", "review", "older", "hint", "unknown")


def build(data: SiteData, options: PageOptions) -> Page:
    """Return the reach of the refusals in force, what would follow, and every agency."""
    reach = data.ask("ban-reach", options.as_of)
    effects = data.ask("ban-effects", options.as_of, tier=options.tier)
    cards = data.ask("agency-card", options.as_of)
    codes = next(column.codes for column in reach.columns if column.name == "class")
    return Page(
        options.either("机构与不予受理", "Agencies and refusals"),
        options.either(
            "不予受理不会自行移出任何名单；“需复核”是要重新看依据的，自评价单位不受影响。",
            "A refusal removes nobody from a list by itself: `review` asks for another look; self-evaluated units are untouched.",
        ),
        figures=[
            Figure(codes[code].in_(options.lang), number(counted(reach, "class", code)), anchor="reach")
            for code in CLASSES
        ],
        blocks=[
            AnswerTable(
                "reach",
                options.either("不予受理波及的单位", "what the refusals reach"),
                reach,
                (
                    "class",
                    "unit",
                    "category",
                    "tier",
                    "city",
                    "agency",
                    "report_no",
                    "date",
                    "window_end",
                    "path",
                    "clause",
                ),
                {"unit": RowLink("enterprise", "unit_id"), "agency": RowLink("agency", "agency_id")},
                rows=300,
            ),
            AnswerTable(
                "effects",
                options.either("若“需复核”的工厂名单全部移出", "if every factory listing under review were struck"),
                effects,
                ("kind", "name", "base", "before_green", "after_green", "before", "after", "change"),
            ),
            AnswerTable(
                "agencies",
                options.either("第三方机构", "agencies"),
                cards,
                (
                    "agency",
                    "city",
                    "qualified_on",
                    "reports",
                    "accepted",
                    "refused",
                    "pending",
                    "clients_listed",
                    "clients_removed",
                    "load",
                    "cap",
                    "over_cap",
                    "bans",
                    "banned_until",
                ),
                {"agency": RowLink("agency", "agency_id")},
                rows=500,
            ),
        ],
    )


PAGE = PageKind("agencies", Bilingual("机构与不予受理", "Agencies"), build)
