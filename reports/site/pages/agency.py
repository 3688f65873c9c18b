"""The card of an agency: its years, its load against the cap, what a refusal of its reports touches."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from graph_model.bilingual import Bilingual
from reports.site.page_model import AnswerTable, Figure, Link, Page, RowLink
from reports.site.pages.figures import first_row, number
from reports.site.pages.page_kind import PageKind

if TYPE_CHECKING:
    from reports.site.page_options import PageOptions
    from reports.site.site_data import SiteData


def build(data: SiteData, options: PageOptions) -> Page:
    """Return the card of an agency; UsageError for one that is not there."""
    card = data.ask("agency-card", options.as_of, agency=options.subject)
    reach = data.ask("ban-reach", options.as_of)
    row = first_row(card)
    own = replace(reach, table=reach.table[reach.table["agency_id"] == row["agency_id"]])
    until = row["banned_until"]
    return Page(
        str(row["agency"]),
        options.either("不予受理至 ", "reports are not accepted until ") + f"{until:%Y-%m-%d}"
        if until == until and until is not None
        else "",
        figures=[
            Figure(
                options.either("评价报告", "reports"),
                number(row["reports"]),
                options.either(
                    f"受理 {number(row['accepted'])}，不予受理 {number(row['refused'])}",
                    f"{number(row['accepted'])} accepted, {number(row['refused'])} refused",
                ),
                anchor="years",
            ),
            Figure(
                options.either("名单内客户", "listed clients"),
                number(row["clients_listed"]),
                options.either(f"已移出 {number(row['clients_removed'])}", f"{number(row['clients_removed'])} removed"),
                anchor="years",
            ),
            Figure(
                options.either("当年评价量", "evaluations of the year"),
                number(row["load"]),
                options.either(f"上限 {number(row['cap'])}", f"cap {number(row['cap'])}"),
                anchor="years",
            ),
        ],
        blocks=[
            AnswerTable(
                "reach",
                options.either("波及的单位", "what it reaches"),
                own,
                (
                    "class",
                    "unit",
                    "category",
                    "tier",
                    "city",
                    "report_no",
                    "date",
                    "window_start",
                    "window_end",
                    "path",
                ),
                {"unit": RowLink("enterprise", "unit_id")},
                rows=500,
                whole=False,
            ),
            AnswerTable(
                "years",
                options.either("逐年", "year by year"),
                card,
                (
                    "year",
                    "reports",
                    "third_party",
                    "self_evaluation",
                    "accepted",
                    "refused",
                    "pending",
                    "clients_listed",
                    "load",
                    "cap",
                    "over_cap",
                ),
            ),
        ],
        above=[(options.either("机构与不予受理", "Agencies"), Link("agencies"))],
    )


PAGE = PageKind("agency", Bilingual("机构", "Agency"), build, is_card=True)
