"""Notes on what bends a number: lists that are not on record, units left out as outside, links whose buyer is no leader."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np

from graph_model.bilingual import Bilingual
from graph_model.kinds import KIND_OF_TABLE
from graph_model.regions import UNKNOWN, city_of, province_of
from graph_model.tiers import CATEGORIES, CATEGORY_ZH, TIERS, Category, Tier

if TYPE_CHECKING:
    from graph_model.regions import Regions
    from graph_model.view import View


class Caveats(Protocol):
    """What notes count, wherever the graph is: a server says it itself, a view is looked through here."""

    @property
    def regions(self) -> Regions:
        """Return the known regions."""
        ...

    def list_regions(self, category: Category, tier: Tier) -> list[int]:
        """Return the regions for which lists of a category and tier were published, 0 for a listing that names none."""

    def outside(self, table: str) -> int:
        """Return how many enterprises or parks on record are known to lie outside the home province."""

    def unled_links(self, max_age: int) -> int:
        """Return how many current links have a buyer that is no leader."""

    def tables_held(self) -> frozenset[str]:
        """Return which of the tables of `NEEDED` have a row that counts on the day."""
        ...

    def unread(self, table: str, category: str | None) -> int:
        """Return of how many units rows of a table (and category) may hold on the day that were left out."""


@dataclass(frozen=True)
class ViewCaveats:
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

    def tables_held(self) -> frozenset[str]:
        """Return which of the tables of `NEEDED` have a row that counts on the day."""
        graph, year = self.view.graph, self.view.day.year
        rows = {
            "enterprises": graph["enterprises"]["registered"] == 1,
            "tenancies": graph["tenancies"]["start"] <= self.view.facts.number,
            "annual_figures": graph["annual_figures"]["year"] < year,
            "totals": graph["totals"]["year"] < year,
        }
        return frozenset(table for table, counting in rows.items() if counting.any())

    def unread(self, table: str, category: str | None) -> int:
        """Return of how many units rows of a table (and category) may hold on the day that were left out."""
        lines = self.view.graph["unread_rows"]
        rows = self.view.facts.unread_of(table)
        if category is not None:
            rows &= lines["category"] == CATEGORIES.index(Category(category))
        return sum(len(np.unique(lines[unit][rows & (lines[unit] >= 0)])) for unit in ("enterprise", "park"))


NEEDED = {
    "enterprises": ("企业名录", "the register of enterprises"),
    "tenancies": ("入园企业", "the tenancies of parks"),
    "annual_figures": ("年度指标", "the annual figures"),
    "totals": ("总量", "the published totals"),
}
"""Tables without which an answer is thin, in words."""


def lacking_tables(caveats: Caveats, *tables: str) -> list[Bilingual]:
    """Say once which of the tables that an answer would need are not on record."""
    unread = _unread_note(caveats, "tenancies") if "tenancies" in tables else []
    lacking = [NEEDED[table] for table in tables if table not in caveats.tables_held()]
    if not lacking:
        return unread
    zh, en = "、".join(name for name, _ in lacking), ", ".join(name for _, name in lacking)
    return [Bilingual(f"本答案需要而没有载入的表：{zh}", f"needed and not on record: {en}"), *unread]


def lacking_lists(caveats: Caveats, category: str, tier: str) -> list[Bilingual]:
    """Return, for each tier asked for, the regions without any list of the category on record by the day.

    National and provincial lists speak for the whole province, city and district lists for a city each.
    """
    notes = _unread_note(caveats, "listings", category)
    for level in TIERS:
        if level >= Tier.of(tier):
            lacking = _regions_without(caveats, Category(category), level)
            if lacking:
                notes.append(_lacking_words(CATEGORY_ZH[Category(category)], level, lacking))
    return notes


def outside_note(caveats: Caveats, table: str) -> list[Bilingual]:
    """Say how many units on record are left out because they are known to lie outside the home province."""
    count = caveats.outside(table)
    kind = KIND_OF_TABLE[table]
    if not count:
        return []
    return [
        Bilingual(
            f"已知在省外、未列入的有{count}{kind.measure}{kind.zh}",
            f"{count} {table} known to lie outside the province are left out",
        )
    ]


def _regions_without(caveats: Caveats, category: Category, tier: Tier) -> list[str]:
    regions, codes = caveats.regions, caveats.list_regions(category, tier)
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


def links_note(caveats: Caveats, max_age: int) -> list[Bilingual]:
    """Say how many current links have a buyer that is no leader: they are in nobody's row."""
    unread = _unread_note(caveats, "supplies")
    count = caveats.unled_links(max_age)
    if not count:
        return unread
    return [
        *unread,
        Bilingual(
            f"采购方不是龙头企业（链主）的当前供应关系有{count}条，未计入",
            f"{count} current links have a buyer that is no leader",
        ),
    ]


_MAY_HOLD = {
    "listings": ("名单", "是否在名单内按未知计", "rows of lists", "whether they are listed is unknown"),
    "tenancies": (
        "入园企业",
        "是否在园、在哪个园区不明，未计入",
        "rows of tenancies",
        "in which park they sit is unknown",
    ),
    "supplies": ("供应关系", "与谁有供应关系不明，未计入", "rows of supplies", "with whom they deal is unknown"),
}
"""What the rows of a table that were left out leave open of their units, in words."""


def _unread_note(caveats: Caveats, table: str, category: str | None = None) -> list[Bilingual]:
    """Say of how many units rows were left out that nobody can read, and what of them is unknown therefore."""
    count = caveats.unread(table, category)
    if not count:
        return []
    zh, open_zh, en, open_en = _MAY_HOLD[table]
    return [
        Bilingual(
            f"{zh}中有无法识别而未载入的行，涉及{count}个单位，{open_zh}",
            f"{en} that cannot be read were left out, of {count} units: {open_en}",
        )
    ]


def unread_ends_note(view: View) -> list[Bilingual]:
    """Say of how many listings nobody can read whether they have ended: their units are not known to be listed."""
    count = int(view.facts.listing_unsure.sum())
    if not count:
        return []
    return [
        Bilingual(
            f"{count}条名单的移出日期无法识别，是否仍在名单内不明，未按名单内单位计",
            f"{count} listings have an end that cannot be read: whether they still hold is unknown, and they are not counted",
        )
    ]
