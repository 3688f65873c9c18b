"""Who stands on which list on a day: own active listings, one entry per unit, category and tier; and how they are worded.

Products are left out: the draft drops the category, and their listings are history.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from graph_model.days import OPEN, day
from graph_model.tiers import CATEGORIES, CATEGORY_ZH, Category, Tier

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph_model.arrays import RowIndex
    from graph_model.view import View
    from queries.duties.duty_findings import Evidence, Kind


PRODUCT = CATEGORIES.index(Category.PRODUCT)


@dataclass(frozen=True)
class StandingListings:
    """Own active listings by unit, category and tier; `row` is the earliest published of them, `since` its day."""

    unit: RowIndex
    category: RowIndex
    tier: RowIndex
    since: RowIndex
    row: RowIndex

    def at(self, mask: RowIndex) -> StandingListings:
        """Return some of the entries."""
        return StandingListings(*(getattr(self, name)[mask] for name in ("unit", "category", "tier", "since", "row")))

    @property
    def evidence(self) -> list[Evidence]:
        """Return the row of each listing."""
        return [(("listings", row),) for row in self.row.tolist()]


class UnitLists(NamedTuple):
    """All lists that a unit stands on: their category where it is one (else -1), the highest tier, and in words."""

    category: int
    tier: int
    words: str
    evidence: Evidence


def standing(view: View, kind: Kind, on: int | None = None) -> StandingListings:
    """Return who of a kind stands on a list on a day, the view's by default. Nothing after the view's day is seen."""
    listings = view.graph["listings"]
    listed = view.listed if on is None else view.facts.listed_on(on)
    rows = np.flatnonzero(listed & (listings[kind] >= 0) & (listings["category"] != PRODUCT))
    unit, category, tier, since = (listings[name][rows] for name in (kind, "category", "tier", "published_on"))
    order = np.lexsort((since, tier, category, unit))
    same = np.zeros(len(order), dtype=bool)
    for column in (unit, category, tier):
        same |= np.diff(column[order], prepend=-9) != 0
    first = order[same]
    return StandingListings(unit[first], category[first], tier[first], since[first], rows[first])


def lists_by_unit(view: View, kind: Kind, units: Iterable[int]) -> dict[int, UnitLists]:
    """Return the lists that some units stand on; who stands on none is not among them."""
    stands = standing(view, kind)
    stands = stands.at(np.isin(stands.unit, np.fromiter(units, dtype=np.int64)))
    entries: defaultdict[int, list[tuple[int, int, int]]] = defaultdict(list)
    for unit, category, tier, row in zip(
        *(column.tolist() for column in (stands.unit, stands.category, stands.tier, stands.row)), strict=True
    ):
        entries[unit].append((category, tier, row))
    return {unit: _together(view, of_unit) for unit, of_unit in entries.items()}


def _together(view: View, entries: list[tuple[int, int, int]]) -> UnitLists:
    categories, tiers, rows = zip(*entries, strict=True)
    return UnitLists(
        categories[0] if len(set(categories)) == 1 else -1,
        max(tiers),
        "、".join(listing_words(view, np.array(rows))),
        tuple(("listings", row) for row in rows),
    )


def listing_words(view: View, rows: RowIndex) -> list[str]:
    """Return listings in words, such as 省级绿色工厂（2023，2023-12-20公布）."""
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
