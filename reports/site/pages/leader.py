"""The card of a chain leader: its ratio, its suppliers where they may be told, what the rules say of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from graph_model.bilingual import Bilingual
from queries.asking.find_unit import find_leader
from reports.site.page_model import AnswerTable, Figure, Link, Notice, Page, RowLink
from reports.site.pages.figures import first_row, meaning_of, number, percent, share_figure
from reports.site.pages.page_kind import PageKind
from reports.site.pages.rule_table import rule_table

if TYPE_CHECKING:
    from reports.site.page_model import Block
    from reports.site.page_options import PageOptions
    from reports.site.site_data import SiteData


def build(data: SiteData, options: PageOptions) -> Page:
    """Return the card of a leader; UsageError for a unit that is none on the day."""
    view = data.session.graph.on(options.as_of)
    at = find_leader(view, options.subject)
    leader = str(view.graph["enterprises"].texts("id")[at].as_py())
    ratios = data.ask("leader-ratio", options.as_of, tier=options.tier)
    own = replace(ratios, table=ratios.table[ratios.table["leader_id"] == leader])
    title = str(view.graph["enterprises"].texts("name")[at].as_py())
    above = [(options.either("供应链", "Supply chains"), Link("leaders"))]
    if own.table.empty:
        return Page(
            title,
            blocks=[
                Notice(
                    options.either("这家龙头企业不在省内，没有占比。", "This leader lies elsewhere: it has no ratio.")
                )
            ],
            above=above,
        )
    row = first_row(own)
    return Page(
        title,
        str(row["chain"]) if isinstance(row["chain"], str) else "",
        figures=[
            share_figure(
                options.either("绿色供应商占比", "green-supplier ratio"),
                row,
                ("green", "suppliers", "ratio"),
                options,
                meaning=meaning_of(own, "ratio", options),
                anchor="suppliers",
            ),
            Figure(
                options.either("未知", "unknown"),
                number(row["unknown"]),
                options.either("未登记且不在任何名单", "on no register and no list"),
                anchor="suppliers",
            ),
            Figure(
                options.either("绿色采购占比", "green spend"),
                percent(row["spend_ratio"]),
                options.either(
                    f"有采购额的 {number(row['spend_known'])} 家", f"{number(row['spend_known'])} with a known amount"
                ),
                anchor="suppliers",
            ),
        ],
        blocks=[*_suppliers(data, options, at, leader), *rule_table(data, options, leader, "supply_chain")],
        above=above,
    )


def _suppliers(data: SiteData, options: PageOptions, at: int, leader: str) -> list[Block]:
    """Return the suppliers to whoever may know them: all who open the store, and the leader itself."""
    audience = data.audience
    if audience is not None and not (audience.kind == "leader" and audience.row == at):
        return [
            Notice(
                options.either(
                    "供应商逐家情况只提供给该龙头企业本身，这里只有合计。",
                    "The suppliers of a leader are told to that leader only; here are totals.",
                )
            )
        ]
    suppliers = data.ask("leader-suppliers", options.as_of, leader=leader, tier=options.tier)
    return [
        AnswerTable(
            "suppliers",
            options.either("供应商", "suppliers"),
            suppliers,
            (
                "unit",
                "city",
                "identity",
                "green",
                "highest",
                "since",
                "in_pool",
                "incidents",
                "hop",
                "in_scope",
                "key",
                "spend",
                "output",
            ),
            {"unit": RowLink("enterprise", "unit_id")},
            rows=500,
        )
    ]


PAGE = PageKind("leader", Bilingual("龙头企业（链主）", "Chain leader"), build, is_card=True)
