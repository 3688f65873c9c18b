"""What holds on one day whatever is struck or added: who is on record, tenants, links, leaders, pools, figures. SPEC 5, 6."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np

from graph_model.adjacency import Adjacency
from graph_model.column_types import UNKNOWN_MONEY
from graph_model.days import ALWAYS, OPEN, active, number
from graph_model.kinds import NODE_KINDS
from graph_model.reach import Reach
from graph_model.tiers import CATEGORIES, Category, Tier

if TYPE_CHECKING:
    from datetime import date

    from numpy.typing import NDArray

    from graph_model.arrays import Flags, Ints8, Ints32, Ints64
    from graph_model.graph_tables import GraphTables


NAMED: Final = 0
LISTED: Final = 1
REGISTERED: Final = 2
"""Identity: merely named, listed at some time, or with a row of its own."""

BASIS: Final = ("chain", "declared", "listing", "cultivation")
"""Why an enterprise is a leader: bit i of `leader_basis` stands for `BASIS[i]`."""


@dataclass(frozen=True)
class Tenants:
    """Distinct pairs of park and tenant on the day, by park and tenant; `start` is the earliest of their tenancies.

    `certain` is false where every tenancy of the pair has an end that cannot be read: it may be over.
    """

    park: Ints32
    enterprise: Ints32
    start: Ints32
    certain: Flags


@dataclass(frozen=True)
class Links:
    """Current supply links on the day: row numbers of `supplies`, and who buys from whom."""

    rows: Adjacency
    """Buyer to the row numbers of `supplies` in which it buys."""
    list_year: Ints32
    """Per enterprise: the by-year list used as buyer, -1 where none."""
    suppliers: Adjacency
    """Buyer to its distinct suppliers."""

    @cached_property
    def reach(self) -> Reach:
        """Return bounded reach upstream over these links."""
        return Reach(self.suppliers)


class DayFacts:
    """Vectors of one day that no what-if changes. They run over enterprises unless they say otherwise."""

    def __init__(self, graph: GraphTables, day: date) -> None:
        self._graph = graph
        self.day = day
        self.number = number(day)
        self._links: dict[tuple[int, bool], Links] = {}
        self._pool: dict[tuple[Category, str], Flags] = {}

    @cached_property
    def listing_active(self) -> Flags:
        """Which listings (rows) are known to be active."""
        return self.listed_on(self.number)

    def listed_on(self, number: int) -> Flags:
        """Return which listings (rows) are known to be active on a day, given as a day number."""
        listings = self._graph["listings"]
        sure: Flags = listings["end_unknown"] != 1
        return active(listings["published_on"], listings["removed_on"], number) & sure

    @cached_property
    def listing_unsure(self) -> Flags:
        """Which listings (rows) have begun, and nobody can read whether they have ended. SPEC 8."""
        listings = self._graph["listings"]
        unsure: Flags = (listings["published_on"] <= self.number) & (listings["end_unknown"] == 1)
        return unsure

    def on_record(self, table: str) -> Flags:
        """Return which enterprises, parks or agencies are on record by the day."""
        return self._graph[table]["first_day"] <= self.number

    @cached_property
    def identity(self) -> Ints8:
        """`REGISTERED`, else `LISTED` (on a listing published by the day, removed or not), else `NAMED`."""
        listings = self._graph["listings"]
        identity = np.zeros(len(self._graph["enterprises"]), dtype=np.int8)
        published = (listings["published_on"] <= self.number) & (listings["enterprise"] >= 0)
        identity[listings["enterprise"][published]] = LISTED
        identity[self._graph["enterprises"]["registered"] == 1] = REGISTERED
        return identity

    @cached_property
    def leader_basis(self) -> NDArray[np.uint8]:
        """Bits of `BASIS` that make an enterprise a leader; 0 is no leader."""
        graph = self._graph
        declared = (graph["enterprises"]["declared"] == 1).astype(np.uint8)
        basis: NDArray[np.uint8] = graph.chained.astype(np.uint8) | declared << 1
        listings = graph["listings"]
        chain = CATEGORIES.index(Category.SUPPLY_CHAIN)
        listed = self.listing_active & (listings["category"] == chain) & (listings["enterprise"] >= 0)
        basis[listings["enterprise"][listed]] |= 1 << 2
        basis[self.pool(Category.SUPPLY_CHAIN)] |= 1 << 3
        return basis

    @cached_property
    def leaders(self) -> Ints32:
        """Return the leaders on record that are not known to be outside, as row numbers in id order."""
        graph = self._graph
        shown = (self.leader_basis > 0) & self.on_record("enterprises") & ~graph.outside("enterprises")
        return np.flatnonzero(shown).astype(np.int32)

    def pool(self, category: Category, unit: str = "enterprise") -> Flags:
        """Return which enterprises (or parks) are in the pool of a category, without regard to sponsor."""
        key = (category, unit)
        if key not in self._pool:
            rows = self._graph["cultivation"]
            now = active(rows["start"], rows["end"], self.number) & (rows[unit] >= 0)
            now &= rows["category"] == CATEGORIES.index(category)
            in_pool = np.zeros(len(self._graph[NODE_KINDS[unit].table]), dtype=bool)
            in_pool[rows[unit][now]] = True
            self._pool[key] = in_pool
        return self._pool[key]

    def pooled(self, category: Category, unit: str = "enterprise") -> Ints8:
        """Return 1 for who is in the pool of a category, -1 for who may be by a row that was left out, else 0."""
        maybe = np.where(self.unread("cultivation", category, unit) > 0, -1, 0)
        return np.where(self.pool(category, unit), 1, maybe).astype(np.int8)

    def unread_of(self, table: str) -> Flags:
        """Return which rows of `unread_rows` are of a table and may hold on the day."""
        rows = self._graph["unread_rows"]
        codes, words = rows.words("of")
        of_table: Flags = np.array([*(word == table for word in words), False])[codes]
        return of_table & active(rows["since"], rows["until"], self.number)

    def unread(self, table: str, category: Category, unit: str = "enterprise") -> Ints8:
        """Return the highest tier that rows of a table may give every enterprise (or park) which were left out, 0 where none may.

        A row whose tier cannot be read may be of any. SPEC 8: such a row clears nobody.
        """
        rows = self._graph["unread_rows"]
        now = self.unread_of(table) & (rows[unit] >= 0) & (rows["category"] == CATEGORIES.index(category))
        tier = np.where(rows["tier"][now] > 0, rows["tier"][now], np.int8(Tier.NATIONAL)).astype(np.int8)
        highest = np.zeros(len(self._graph[NODE_KINDS[unit].table]), dtype=np.int8)
        np.maximum.at(highest, rows[unit][now], tier)
        return highest

    @cached_property
    def tenants(self) -> Tenants:
        """Return who sits in which park, each pair once, in the order of parks and enterprises."""
        rows = self._graph["tenancies"]
        now = np.flatnonzero(active(rows["start"], rows["end"], self.number))
        park, enterprise, start = (rows[name][now] for name in ("park", "enterprise", "start"))
        order = np.lexsort((start, enterprise, park))
        park, enterprise, start = park[order], enterprise[order], start[order]
        first = np.ones(len(park), dtype=bool)
        first[1:] = (park[1:] != park[:-1]) | (enterprise[1:] != enterprise[:-1])
        pair = np.cumsum(first) - 1
        known_end = rows["end_unknown"][now][order] != 1
        certain = np.bincount(pair[known_end], minlength=int(first.sum())) > 0
        return Tenants(park[first], enterprise[first], start[first], certain)

    @cached_property
    def parks_with_tenancies(self) -> Flags:
        """Which parks have a tenancy begun by the day: the others' tenants are unknown, not none."""
        rows = self._graph["tenancies"]
        begun = np.zeros(len(self._graph["parks"]), dtype=bool)
        begun[rows["park"][rows["start"] <= self.number]] = True
        return begun

    def links(self, max_age: int, key_only: bool = False) -> Links:
        """Return the current supply links; by-year lists older than `max_age` years are out. SPEC 6.2."""
        if (max_age, key_only) not in self._links:
            self._links[max_age, key_only] = self._compute_links(max_age, key_only)
        return self._links[max_age, key_only]

    @cached_property
    def output(self) -> Ints64:
        """Output in 分 of the latest year before the day's for which it is known; `UNKNOWN_MONEY` where none is."""
        rows = self._graph["annual_figures"]
        stated = np.flatnonzero((rows["year"] < self.day.year) & (rows["output"] != UNKNOWN_MONEY))
        output = np.full(len(self._graph["enterprises"]), UNKNOWN_MONEY, dtype=np.int64)
        # Rows are sorted by enterprise and year; of repeated indices the last assignment stays.
        output[rows["enterprise"][stated]] = rows["output"][stated]
        return output

    def _compute_links(self, max_age: int, key_only: bool) -> Links:
        supplies, nodes = self._graph["supplies"], len(self._graph["enterprises"])
        year, start, end, buyer = (supplies[name] for name in ("year", "start", "end", "buyer"))
        by_year = (year >= 0) & (start == ALWAYS) & (end == OPEN)
        begun = by_year & (year <= self.day.year)
        latest = np.full(nodes, -1, dtype=np.int32)
        np.maximum.at(latest, buyer[begun], year[begun])
        latest[latest < self.day.year - max_age] = -1
        current = np.where(by_year, begun & (year == latest[buyer]), active(start, end, self.number))
        if key_only:
            current &= supplies["key"] == 1
        rows = np.flatnonzero(current).astype(np.int32)
        tails, heads = buyer[rows], supplies["supplier"][rows]
        first = np.ones(
            len(rows), dtype=bool
        )  # The table is sorted by buyer and supplier, so equal pairs are neighbours.
        first[1:] = (tails[1:] != tails[:-1]) | (heads[1:] != heads[:-1])
        pairs = Adjacency.of_pairs(tails[first], heads[first], nodes)
        return Links(Adjacency.of_pairs(tails, rows, nodes), latest, pairs)
