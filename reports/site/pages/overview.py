"""总览: how the province stands today, on one page."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from graph_model.bilingual import Bilingual
from graph_model.days import years_later
from reports.site.page_model import AnswerTable, Figure, Link, Page, RowLink, Tile, TileMap
from reports.site.pages.figures import counted, meaning_of, number, row_of, share_figure
from reports.site.pages.ladder_steps import ladder, reached
from reports.site.pages.page_kind import PageKind
from reports.site.tile_map import place

if TYPE_CHECKING:
    from queries import Answer
    from reports.site.page_model import Block
    from reports.site.page_options import PageOptions
    from reports.site.site_data import SiteData

TOP: Final = 8
"""Rows of the tables that only lead on."""


def build(data: SiteData, options: PageOptions) -> Page:
    """Return the overview."""
    day = options.as_of
    coverage = data.ask("tier-coverage", day, tier=options.tier, base=options.base)
    parks = data.ask("park-share", day, tier=options.tier, base=options.base)
    leaders = data.ask("leader-ratio", day, tier=options.tier)
    bans = data.ask("ban-reach", day)
    whole = row_of(coverage, -1)
    return Page(
        options.either("总览", "Overview"),
        options.either(
            "绿色工厂、园区、供应链与第三方机构在这一天的情况；每个数字都可点开看到其下的各行。",
            "Green factories, parks, supply chains and agencies on this day; every number opens to its rows.",
        ),
        figures=_figures(data, options, whole, coverage, parks, leaders, bans),
        blocks=_blocks(data, options, whole, coverage, parks, leaders),
    )


def _figures(
    data: SiteData,
    options: PageOptions,
    whole: dict[str, Any],
    coverage: Answer,
    parks: Answer,
    leaders: Answer,
    bans: Answer,
) -> list[Figure]:
    blocked, review = counted(bans, "class", "blocked"), counted(bans, "class", "review")
    parks_no = data.verdicts(options.as_of, category="park", tier=options.assess_tier, **options.rules_asked)
    waiting = counted(parks_no, "verdict", "no")
    return [
        _coverage_figure(options, whole, coverage),
        Figure(
            options.either("园区", "parks"),
            number(len(parks.table)),
            options.either(
                f"其中 {number((parks.table['green'] > 0).sum())} 个有绿色工厂",
                f"{number((parks.table['green'] > 0).sum())} of them with a green factory",
            ),
            parks.definition.in_(options.lang),
            Link("parks"),
        ),
        Figure(
            options.either("暂不可推荐的园区", "parks not to be recommended"),
            number(waiting),
            options.either(f"共核对 {number(len(parks_no.table))} 个", f"of {number(len(parks_no.table))} assessed"),
            parks_no.definition.in_(options.lang),
            Link("parks", query={"verdict": "no"}),
        ),
        Figure(
            options.either("龙头企业（链主）", "chain leaders"),
            number(len(leaders.table)),
            options.either(
                f"供应商合计 {number(leaders.table['suppliers'].sum())} 家次",
                f"{number(leaders.table['suppliers'].sum())} suppliers, each counted per leader",
            ),
            leaders.definition.in_(options.lang),
            Link("leaders"),
        ),
        Figure(
            options.either("受不予受理影响", "touched by refusals"),
            number(blocked + review),
            options.either(
                f"不予受理 {number(blocked)} 项，需复核 {number(review)} 项",
                f"{number(blocked)} blocked, {number(review)} to review",
            ),
            bans.definition.in_(options.lang),
            Link("agencies"),
        ),
    ]


def _blocks(
    data: SiteData, options: PageOptions, whole: dict[str, Any], coverage: Answer, parks: Answer, leaders: Answer
) -> list[Block]:
    day = options.as_of
    since = years_later(day, -1)
    return [
        _tiles(options, coverage),
        ladder(
            options.either("梯度：口径内企业的最高层级", "the ladder: highest tier of the enterprises in the base"),
            whole,
            options,
        ),
        AnswerTable(
            "parks",
            options.either("占比最高的园区", "parks with the highest share"),
            parks,
            ("rank", "park", "city", "green", "base", "share", "share_low", "share_high"),
            {"park": RowLink("park", "park_id")},
            TOP,
        ),
        AnswerTable(
            "leaders",
            options.either("占比最高的龙头企业", "leaders with the highest ratio"),
            leaders,
            ("rank", "leader", "chain", "green", "suppliers", "ratio", "ratio_low", "ratio_high"),
            {"leader": RowLink("leader", "leader_id")},
            TOP,
        ),
        AnswerTable(
            "calendar",
            options.either("到期与逾期", "what is due, who is late"),
            data.ask("calendar", day, **options.rules_asked),
            ("due", "what", "who", "clause", "done", "late", "missing", "undated"),
        ),
        _changes(data, options, since),
    ]


def _changes(data: SiteData, options: PageOptions, since: date) -> AnswerTable:
    changes = data.ask("changes", options.as_of, since=since.isoformat(), tier=options.tier)
    return AnswerTable(
        "changes",
        options.either(f"{since} 以来的变化", f"what changed since {since}"),
        changes,
        ("kind", "name", "before", "after", "change", "listed_part", "removed_part", "joined_part", "left_part"),
        rows=20,
    )


def _coverage_figure(options: PageOptions, whole: dict[str, Any], coverage: Answer) -> Figure:
    """Return the share of the province; its numerator is the steps of the ladder at the tier and above."""
    row = whole | {"green": reached(whole, options.tier)}
    return share_figure(
        options.either("绿色工厂占比", "green-factory share"),
        row,
        ("green", "base", "share"),
        options,
        Link("coverage"),
        meaning_of(coverage, "share", options) or coverage.definition.in_(options.lang),
    )


def _tiles(options: PageOptions, coverage: Answer) -> TileMap:
    cities = range(len(coverage.table) - 1)  # the last row is the province
    rows = [row for row in (row_of(coverage, at) for at in cities) if place(str(row["region"]))]
    return TileMap(
        options.either("各设区市绿色工厂占比（示意排列，不是地图）", "share by city (tiles, no map)"),
        [
            Tile(
                str(row["region"]),
                None if pd.isna(row["share"]) else row["share"],
                f"{number(reached(row, options.tier))} / {number(row['base'])}",
                Link("enterprises", query={"city": str(row["region"])}),
            )
            for row in rows
        ],
    )


PAGE = PageKind("overview", Bilingual("总览", "Overview"), build)
