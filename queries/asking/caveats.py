"""Notes on what bends a number: lists that are not on record, units left out as outside, links whose buyer is no leader."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np

from graph_model.kinds import KIND_OF_TABLE
from graph_model.regions import UNKNOWN, city_of, province_of
from graph_model.tiers import CATEGORIES, CATEGORY_ZH, TIERS, Category, Tier
from graph_model.view import View
from queries.answers.bilingual import Bilingual

if TYPE_CHECKING:
    from graph_model.regions import Regions


class Counted(Protocol):
    """What notes count, wherever the graph is: a server says it itself, a view is looked through here."""

    @property
    def regions(self) -> Regions:
        """The known regions."""

    def list_regions(self, category: Category, tier: Tier) -> list[int]:
        """Return the regions for which lists of a category and tier were published, 0 for a listing that names none."""

    def outside(self, table: str) -> int:
        """Return how many enterprises or parks on record are known to lie outside the home province."""

    def unled_links(self, max_age: int) -> int:
        """Return how many current links have a buyer that is no leader."""


@dataclass(frozen=True)
class CountedInView:
    """What notes count, from a view in memory."""

    view: View

    @property
    def regions(self) -> Regions:
        """Return the known regions."""
        return self.view.graph.regions

    def list_regions(self, category: Category, tier: Tier) -> list[int]:
        """Return the regions for which lists of a category and tier were published, 0 for a listing that names none."""
        graph, listings = self.view.graph, self.view.graph["listings"]
        rows = (listings["category"] == CATEGORIES.index(category)) & (listings["tier"] == tier)
        rows &= listings["published_on"] <= self.view.facts.number
        units = [
            graph[f"{unit}s"]["region"][listings[unit][rows & (listings[unit] >= 0)]] for unit in ("enterprise", "park")
        ]
        codes: list[int] = np.unique(np.concatenate([*units, listings["region"][rows]])).tolist()
        return codes

    def outside(self, table: str) -> int:
        """Return how many enterprises or parks on record are known to lie outside the home province."""
        return int((self.view.graph.outside(table) & self.view.facts.on_record(table)).sum())

    def unled_links(self, max_age: int) -> int:
        """Return how many current links have a buyer that is no leader."""
        starts = self.view.facts.links(max_age).rows.starts
        return int(np.diff(starts)[self.view.facts.leader_basis == 0].sum())


def counted(graph: View | Counted) -> Counted:
    """Return what can count for the notes."""
    found: Counted = CountedInView(graph) if isinstance(graph, View) else graph
    return found


def lacking_lists(view: View | Counted, category: str, tier: str) -> list[Bilingual]:
    """Return, for each tier asked for, the regions without any list of the category on record by the day.

    National and provincial lists speak for the whole province, city and district lists for a city each.
    """
    found = []
    for one in TIERS:
        if one >= Tier.of(tier):
            lacking = _regions_without(counted(view), Category(category), one)
            if lacking:
                found.append(_lacking_words(CATEGORY_ZH[Category(category)], one, lacking))
    return found


def outside_note(view: View | Counted, table: str) -> list[Bilingual]:
    """Say how many units on record are left out because they are known to lie outside the home province."""
    count = counted(view).outside(table)
    kind = KIND_OF_TABLE[table]
    if not count:
        return []
    return [
        Bilingual(
            f"已知在省外、未列入的有 {count} {kind.measure}{kind.zh}",
            f"{count} {table} known to lie outside the province are left out",
        )
    ]


def _regions_without(found: Counted, category: Category, tier: Tier) -> list[str]:
    regions, codes = found.regions, found.list_regions(category, tier)
    if tier >= Tier.PROVINCIAL:
        has_list = any(code == UNKNOWN or province_of(code) == regions.home for code in codes)
        return [] if has_list else [regions.name(regions.home) or ""]
    with_list = {city_of(code) for code in codes}
    return [regions.name(city) or "" for city in regions.cities if city not in with_list]


def _lacking_words(category: str, tier: Tier, lacking: list[str]) -> Bilingual:
    names = "、".join(lacking)
    return Bilingual(
        f"没有载入{tier.zh}{category}名单的地区：{names}", f"no {tier.id} list ({category}) on record for: {names}"
    )


def links_note(view: View | Counted, max_age: int) -> list[Bilingual]:
    """Say how many current links have a buyer that is no leader: they are in nobody's row."""
    count = counted(view).unled_links(max_age)
    if not count:
        return []
    return [
        Bilingual(
            f"采购方不是链主的当前供应关系有 {count} 条，未计入",
            f"{count} current links have a buyer that is no leader",
        )
    ]
