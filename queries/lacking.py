"""Notes on what bends a number: lists that are not on record, units left out as outside, links whose buyer is no leader."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from graph_model.regions import UNKNOWN
from graph_model.tiers import CATEGORIES, CATEGORY_ZH, TIERS, Category, Tier
from queries.answer import Words

if TYPE_CHECKING:
    from graph_model.view import View


def lacking_lists(view: View, category: str, tier: str) -> list[Words]:
    """Return, for each tier asked for, the regions without any list of the category on record by the day.

    National and provincial lists speak for the whole province, city and district lists for a city each.
    """
    found = []
    for one in TIERS:
        if one >= Tier.of(tier):
            lacking = _regions_without(view, Category(category), one)
            if lacking:
                found.append(_lacking_words(CATEGORY_ZH[Category(category)], one, lacking))
    return found


def outside_note(view: View, table: str) -> list[Words]:
    """Say how many units on record are left out because they are known to lie outside the home province."""
    count = int((view.graph.outside(table) & view.facts.on_record(table)).sum())
    zh, en = {"enterprises": ("家企业", "enterprises"), "parks": ("个园区", "parks")}[table]
    if not count:
        return []
    return [
        Words(f"已知在省外、未列入的有 {count} {zh}", f"{count} {en} known to lie outside the province are left out")
    ]


def _regions_without(view: View, category: Category, tier: Tier) -> list[str]:
    graph, regions = view.graph, view.graph.regions
    listings = graph["listings"]
    rows = (listings["category"] == CATEGORIES.index(category)) & (listings["tier"] == tier)
    rows &= listings["published_on"] <= view.facts.number
    codes = np.concatenate(
        [
            graph["enterprises"]["region"][listings["enterprise"][rows & (listings["enterprise"] >= 0)]],
            graph["parks"]["region"][listings["park"][rows & (listings["park"] >= 0)]],
            listings["region"][rows],
        ]
    )
    if tier >= Tier.PROVINCIAL:
        has_list = bool(((codes == UNKNOWN) | (codes // 10000 * 10000 == regions.home)).any())
        return [] if has_list else [regions.name(regions.home) or ""]
    with_list = set((codes // 100 * 100).tolist())
    return [regions.name(city) or "" for city in regions.cities if city not in with_list]


def _lacking_words(category: str, tier: Tier, lacking: list[str]) -> Words:
    names = "、".join(lacking)
    return Words(
        f"没有载入{tier.zh}{category}名单的地区：{names}", f"no {tier.id} list ({category}) on record for: {names}"
    )


def links_note(view: View, max_age: int) -> list[Words]:
    """Say how many current links have a buyer that is no leader: they are in nobody's row."""
    starts = view.facts.links(max_age).rows.starts
    count = int(np.diff(starts)[view.facts.leader_basis == 0].sum())
    if not count:
        return []
    return [
        Words(
            f"采购方不是链主的当前供应关系有 {count} 条，未计入",
            f"{count} current links have a buyer that is no leader",
        )
    ]
