"""Counts per region: units by their highest tier, in the pool, nowhere; per city, per county, or for the province. SPEC 6.4."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from graph_model.regions import UNKNOWN as UNKNOWN_REGION
from graph_model.tiers import Category, Tier
from graph_model.view import NO, REGISTERED, YES
from queries.measures.tally import Base, Outputs, Tally, membership, outputs, tally

if TYPE_CHECKING:
    from graph_model.arrays import Flags, Ints, Ints8
    from graph_model.view import View


@dataclass(frozen=True)
class Ladder:
    """Units of the base per group by where they stand; the six vectors and `unknown` add up to the base."""

    by_tier: dict[Tier, Ints]
    pool: Ints
    none: Ints
    unknown: Ints


@dataclass(frozen=True)
class RegionUnits:
    """The units of a category: enterprises, parks, or leaders; one vector entry per unit that is on record and not outside."""

    rows: Ints
    region: Ints
    member: Ints8
    highest: Ints8
    pool: Ints8
    """Whether it is in the pool: 1 yes, 0 no, -1 where a row that cannot be read may say so."""
    unsure: Ints8
    """The highest tier of the listings of which nobody can read whether they have ended, or what they are."""
    proven: Flags
    """Whether absence from the lists proves a no: registered enterprises, and every park and leader."""
    output: Ints | None


def units_of(view: View, category: Category, base: Base) -> RegionUnits:
    """Return the units that a category is counted over."""
    facts, graph = view.facts, view.graph
    is_park = category is Category.PARK
    table, unit = ("parks", "park") if is_park else ("enterprises", "enterprise")
    shown = facts.on_record(table) & ~graph.outside(table)
    if category is Category.SUPPLY_CHAIN:
        shown &= facts.leader_basis > 0
    rows = np.flatnonzero(shown)
    is_factory = category is Category.FACTORY
    everybody = np.ones(len(rows), dtype=np.int8)
    return RegionUnits(
        rows,
        graph[table]["region"][rows],
        membership(view, base)[rows] if is_factory else everybody,
        view.highest(category, unit)[rows],
        facts.pooled(category, unit)[rows],
        view.unsure(category, unit)[rows],
        facts.identity[rows] == REGISTERED if is_factory else everybody == 1,
        facts.output[rows] if is_factory else None,
    )


def region_codes(units: RegionUnits, by: Literal["city", "county"]) -> Ints:
    """Return the city or county of each unit, 0 where its region is not known that finely."""
    if by == "city":
        return np.where(units.region % 10000 == 0, UNKNOWN_REGION, units.region // 100 * 100)
    return np.where(units.region % 100 == 0, UNKNOWN_REGION, units.region)


def green_of(units: RegionUnits, tier: Tier) -> Ints8:
    """Return whether each unit stands on a list of at least `tier`: 1 yes, 0 no, -1 unknown."""
    absent = np.where(units.proven & (units.unsure < tier), NO, -1)
    return np.where(units.highest >= tier, YES, absent).astype(np.int8)


def region_tally(units: RegionUnits, groups: Ints, count: int, tier: Tier) -> Tally:
    """Count units per group by membership and green."""
    return tally(groups, count, units.member, green_of(units, tier))


def region_outputs(units: RegionUnits, groups: Ints, count: int, tier: Tier) -> Outputs | None:
    """Sum output per group; None for parks and leaders, which have none."""
    if units.output is None:
        return None
    return outputs(groups, count, units.member, green_of(units, tier), units.output)


def next_tiers(highest: Ints8, proven: Flags) -> Ints8:
    """Return one step above the highest tier: city from nowhere or district, none at national or where absence proves nothing."""
    above = np.where(highest < Tier.CITY, Tier.CITY, highest + 1)
    placed = (highest > 0) | proven
    return np.where(placed & (highest < Tier.NATIONAL), above, Tier.NONE).astype(np.int8)


def ladder(units: RegionUnits, groups: Ints, count: int) -> Ladder:
    """Count the units of the base per group by where they stand, each once."""
    inside = units.member == 1
    # Who may still be listed is neither on a list nor off it, in the pool or not.
    maybe = inside & (units.highest == 0) & (units.unsure > 0)
    nowhere = inside & (units.highest == 0) & (units.unsure == 0)

    def number(mask: Flags) -> Ints:
        return np.bincount(groups[mask], minlength=count)

    return Ladder(
        {tier: number(inside & (units.highest == tier)) for tier in Tier if tier},
        number(nowhere & (units.pool == YES)),
        number(nowhere & (units.pool == NO) & units.proven),
        number(maybe | (nowhere & (units.pool != YES) & ~(units.proven & (units.pool == NO)))),
    )
