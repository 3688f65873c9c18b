"""SPEC 9.4: why shares moved between two days. The parts are worked out over all twenty-four orders of the four causes.

Reading: a place is a row of 6.1, 6.2 or 6.4 by city on one of the two days; its share is theirs. In a city the members are the
units of the base that lie there.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import permutations

from tests.reference.answer import LINKS
from tests.reference.coverage import tier_coverage, units_of
from tests.reference.day import YES, Day
from tests.reference.leader_ratio import hops, in_scope, leader_ratio
from tests.reference.park_share import member_in, park_share
from tests.reference.places import CITIES, up_to
from tests.reference.world import Row

CAUSES = ("listed", "removed", "joined", "left")
Place = tuple[str, str]


def members(day: Day, place: Place, base: str) -> set[str]:
    kind, id = place
    if kind == "park":
        return {unit for unit in day.tenants(id) if member_in(day, unit, base, id) == YES}
    if kind == "leader":
        return {unit for unit in hops(day, id, LINKS) if in_scope(day, unit, LINKS["scope"]) == YES}
    return {u for u in units_of(day, "factory") if up_to(day.place(u), "city") == id and day.membership(u, base) == YES}


def shares(day: Day, tier: str, base: str) -> dict[Place, Fraction | None]:
    parks = park_share(day, {"tier": tier, "base": base, "threshold": None})
    leaders = leader_ratio(day, LINKS | {"tier": tier})
    cities = tier_coverage(day, {"tier": tier, "base": base, "by": "city", "category": "factory"})
    return {
        **{("park", row["park_id"]): row["share"] for row in parks},
        **{("leader", row["leader_id"]): row["ratio"] for row in leaders},
        **{("city", row["region_id"]): row["share"] for row in cities if row["region_id"] in CITIES},
    }


def changes(before: Day, after: Day, tier: str = "city", base: str = "above_scale") -> dict[Place, Row]:
    """What a row says of every place that moved."""
    had, has = shares(before, tier, base), shares(after, tier, base)
    rows: dict[Place, Row] = {}
    for place in {**had, **has}:
        row: Row = {"before": had.get(place), "after": has.get(place), "change": None}
        parts = dict.fromkeys((f"{cause}_part" for cause in CAUSES), None)
        if row["before"] is not None and row["after"] is not None:
            row["change"] = row["after"] - row["before"]
            parts = shapley(before, after, place, tier, base)
            assert sum(parts.values()) == row["change"], place
        if row["before"] is None and row["after"] is None:
            continue
        if row["change"] is None or row["change"] or any(parts.values()):
            rows[place] = row | parts
    return rows


def shapley(before: Day, after: Day, place: Place, tier: str, base: str) -> dict[str, Fraction]:
    """The mean over all orders of what each cause adds when its turn comes."""
    old, new = members(before, place, base), members(after, place, base)
    was = {unit for unit in old | new if before.green(unit, tier) == YES}
    now = {unit for unit in old | new if after.green(unit, tier) == YES}

    def value(happened: frozenset[str]) -> Fraction:
        inside = (old | (new - old if "joined" in happened else set())) - (old - new if "left" in happened else set())
        green = (was | (now - was if "listed" in happened else set())) - (was - now if "removed" in happened else set())
        return Fraction(len(inside & green), len(inside)) if inside else Fraction(0)

    parts = dict.fromkeys(CAUSES, Fraction(0))
    orders = list(permutations(CAUSES))
    for order in orders:
        happened: frozenset[str] = frozenset()
        for cause in order:
            parts[cause] += (value(happened | {cause}) - value(happened)) / len(orders)
            happened |= {cause}
    return {f"{cause}_part": part for cause, part in parts.items()}


def unit_credits(
    before: Day, after: Day, tier: str = "city", base: str = "above_scale"
) -> dict[tuple[Place, str], Fraction | None]:
    """What each newly listed unit of a place adds when the turn of the newly listed comes, over all orders."""
    had, has = shares(before, tier, base), shares(after, tier, base)
    told: dict[tuple[Place, str], Fraction | None] = {}
    for place in {**had, **has}:
        old, new = members(before, place, base), members(after, place, base)
        both = had.get(place) is not None and has.get(place) is not None
        for unit in old | new:
            if after.green(unit, tier) == YES and before.green(unit, tier) != YES:
                told[place, unit] = mean_rise(old, new, unit) if both else None
    return told


def mean_rise(old: set[str], new: set[str], unit: str) -> Fraction:
    """The mean over all orders of 1 / members of the state in which the listed ones come, where the unit is a member."""
    rises = []
    for order in permutations(CAUSES):
        happened = set(order[: order.index("listed")])
        inside = (old | (new - old if "joined" in happened else set())) - (old - new if "left" in happened else set())
        rises.append(Fraction(1, len(inside)) if unit in inside else Fraction(0))
    return sum(rises, Fraction(0)) / len(rises)
