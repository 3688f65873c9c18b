"""The graph on one day, as vectors; each is computed once, when first asked for.

Nothing dated after the day is seen here. What rests on lists (`highest`, `green`) also knows two what-ifs:
`without(listings)` strikes listings, `with_green(units)` adds green factories. Both return a new view that shares everything
else with this one. SPEC 5.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from graph_model.day_facts import NAMED, REGISTERED, DayFacts
from graph_model.kinds import NODE_KINDS
from graph_model.tiers import CATEGORIES, Category, Tier

if TYPE_CHECKING:
    from datetime import date

    from graph_model.arrays import Flags, Ints8, Rows
    from graph_model.graph_tables import GraphTables


YES, NO, UNKNOWN = 1, 0, -1


class View:
    """The graph on `day`. Vectors run over enterprises unless a method says otherwise."""

    def __init__(self, graph: GraphTables, day: date, facts: DayFacts | None = None) -> None:
        self.graph = graph
        self.day = day
        self.facts = facts or DayFacts(graph, day)
        self._struck: Rows = np.empty(0, dtype=np.intp)
        self._added: Ints8 | None = None
        self._highest: dict[tuple[Category, str], Ints8] = {}
        self._green: dict[Tier, Ints8] = {}

    def __repr__(self) -> str:
        return f"<View on {self.day.isoformat()}: {int(self.facts.on_record('enterprises').sum()):,} enterprises on record>"

    def on(self, day: date) -> View:
        """Return another day of the same graph, with nothing struck or added."""
        return self if day == self.day else View(self.graph, day)

    def without(self, listings: Rows) -> View:
        """Return this view with some listings (row numbers) struck, and with them what is derived from them."""
        what_if = self._copy()
        what_if._struck = np.union1d(self._struck, listings).astype(np.intp)
        return what_if

    def with_green(self, enterprises: Rows, tier: Tier = Tier.NATIONAL) -> View:
        """Return this view with some enterprises (row numbers) on a factory list of `tier` as well."""
        what_if = self._copy()
        added = np.zeros(len(self.graph["enterprises"]), dtype=np.int8)
        if self._added is not None:
            added |= self._added
        added[enterprises] = np.maximum(added[enterprises], tier)
        what_if._added = added
        return what_if

    @cached_property
    def listed(self) -> Flags:
        """Which listings (rows of `listings`) are known to be active on the day and not struck."""
        active = self.facts.listing_active.copy()
        active[self._struck] = False
        return active

    def highest(self, category: Category, unit: str = "enterprise") -> Ints8:
        """Return the highest active tier of every enterprise (or park) in a category, 0 where listed nowhere."""
        key = (category, unit)
        if key not in self._highest:
            self._highest[key] = self._compute_highest(category, unit)
        return self._highest[key]

    def unsure(self, category: Category, unit: str = "enterprise") -> Ints8:
        """Return the highest tier at which a unit may be listed, 0 for none; `highest` knows nothing of it.

        It may be by a begun listing whose end cannot be read, or by a row that was left out because it cannot be read.
        """
        rows = self.facts.listing_unsure.copy()
        rows[self._struck] = False
        return np.maximum(self._highest_of(rows, category, unit), self.facts.unread("listings", category, unit))

    def green(self, tier: Tier) -> Ints8:
        """Return green at `tier` or higher: 1 yes, 0 no (registered, so its absence proves something), -1 unknown.

        Who may be listed is unknown, registered or not: nobody can read whether a listing has ended, or of which tier it is.
        """
        if tier not in self._green:
            proven = (self.facts.identity == REGISTERED) & (self.unsure(Category.FACTORY) < tier)
            unlisted = np.where(proven, NO, UNKNOWN)
            self._green[tier] = np.where(self.highest(Category.FACTORY) >= tier, YES, unlisted).astype(np.int8)
        return self._green[tier]

    def factory_listings(self, tier: Tier) -> Rows:
        """Return the active factory listings of exactly `tier` whose unit is an enterprise, as row numbers."""
        listings = self.graph["listings"]
        is_factory = listings["category"] == CATEGORIES.index(Category.FACTORY)
        return np.flatnonzero(self.listed & is_factory & (listings["tier"] == tier) & (listings["enterprise"] >= 0))

    def _copy(self) -> View:
        copy = View(self.graph, self.day, self.facts)
        copy._struck, copy._added = self._struck, self._added
        return copy

    def _compute_highest(self, category: Category, unit: str) -> Ints8:
        highest = self._highest_of(self.listed, category, unit)
        if self._added is not None and category is Category.FACTORY and unit == "enterprise":
            np.maximum(highest, self._added, out=highest)
        return highest

    def _highest_of(self, chosen: Flags, category: Category, unit: str) -> Ints8:
        """Return the highest tier of every enterprise (or park) among some listings of a category."""
        listings = self.graph["listings"]
        rows = np.flatnonzero(chosen & (listings["category"] == CATEGORIES.index(category)) & (listings[unit] >= 0))
        highest = np.zeros(len(self.graph[NODE_KINDS[unit].table]), dtype=np.int8)
        np.maximum.at(highest, listings[unit][rows], listings["tier"][rows])
        return highest


__all__ = ["NAMED", "NO", "REGISTERED", "UNKNOWN", "YES", "View"]
