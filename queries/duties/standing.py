"""Who stands on which list on a day: own active listings, one entry per unit, category and tier; and how they are worded.

Products are left out: the draft drops the category, and their listings are history.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from graph_model.days import OPEN, active, day
from graph_model.tiers import CATEGORIES, CATEGORY_ZH, Category, Tier

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from graph_model.view import View
    from queries.duties.duty_findings import Kind

    Rows = NDArray[Any]

PRODUCT = CATEGORIES.index(Category.PRODUCT)


@dataclass(frozen=True)
class StandingListings:
    """Own active listings by unit, category and tier; `row` is the earliest published of them, `since` its day."""

    unit: Rows
    category: Rows
    tier: Rows
    since: Rows
    row: Rows

    def at(self, mask: Rows) -> StandingListings:
        """Return some of the entries."""
        return StandingListings(*(getattr(self, name)[mask] for name in ("unit", "category", "tier", "since", "row")))


def standing(view: View, kind: Kind, on: int | None = None) -> StandingListings:
    """Return who of a kind stands on a list on a day, the view's by default. Nothing after the view's day is seen."""
    listings = view.graph["listings"]
    held = view.listed if on is None else active(listings["published_on"], listings["removed_on"], on)
    rows = np.flatnonzero(held & (listings[kind] >= 0) & (listings["category"] != PRODUCT))
    unit, category, tier, since = (listings[name][rows] for name in (kind, "category", "tier", "published_on"))
    order = np.lexsort((since, tier, category, unit))
    same = np.zeros(len(order), dtype=bool)
    for column in (unit, category, tier):
        same |= np.diff(column[order], prepend=-9) != 0
    first = order[same]
    return StandingListings(unit[first], category[first], tier[first], since[first], rows[first])


def with_facts(view: View, kind: Kind, facts: Mapping[int, list[str]]) -> tuple[StandingListings, list[str]]:
    """Return the standing of the units that have facts, and those facts in one text each."""
    stands = standing(view, kind)
    found = stands.at(np.isin(stands.unit, np.fromiter(facts, dtype=np.int64)))
    return found, ["；".join(facts[unit]) for unit in found.unit.tolist()]


def listing_words(view: View, rows: Rows) -> list[str]:
    """Return listings in words, such as 省级绿色工厂（2023，2023-12-20 公布）."""
    listings = view.graph["listings"]
    codes, batches = listings.words("batch")
    words = []
    for row in rows.tolist():
        of = list_words(int(listings["category"][row]), int(listings["tier"][row]))
        words.append(f"{of}（{batches[codes[row]]}，{day_words(int(listings['published_on'][row]))}公布）")
    return words


def list_words(category: int, tier: int) -> str:
    """Return a list in words, such as 省级绿色工厂."""
    return f"{Tier(tier).zh}{CATEGORY_ZH[CATEGORIES[category]]}"


def day_words(number: int) -> str:
    """Return a day as text; one that is missing in words."""
    return "日期不明" if number == OPEN else day(number).isoformat()
