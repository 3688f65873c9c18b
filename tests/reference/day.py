"""The facts on one day (SPEC 1, 3, 5): who is on record, listed, green, a leader, a tenant, and with what
output.

Reading: `city` is the text of the unit's own row; where that says none, the city of its region.
`highest` and `in_pool` of an enterprise are those of the factory category.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from tests.reference import places
from tests.reference.facts import Facts, begun
from tests.reference.world import TIERS, Row, active

YES, NO, UNKNOWN = "yes", "no", "unknown"


class Day:
    """`struck` are listings (by object identity) that are thought away."""

    def __init__(self, facts: Facts, day: date, struck: frozenset[int] = frozenset()) -> None:
        self.facts = facts
        self.day = day
        self.struck = struck

    def on_record(self, kind: str) -> list[str]:
        seen = {unit for unit, first in self.facts.first_days if first is None or first <= self.day}
        return sorted(seen & self.facts.kind_of[kind])

    def listings(self, unit: str, category: str) -> list[Row]:
        """Own listings active on the day."""
        return [
            row
            for row in self.facts.table["listings"]
            if (row["unit"], row["category"]) == (unit, category)
            and id(row) not in self.struck
            and active(row["published_on"], row["removed_on"], self.day)
            and not row["end_unknown"]
        ]

    def unsure_tiers(self, unit: str, category: str) -> set[str]:
        """SPEC 8: tiers of begun listings whose "still" is unknown; a national one would be a provincial one too."""
        tiers = {
            row["tier"]
            for row in self.facts.table["listings"]
            if (row["unit"], row["category"]) == (unit, category)
            and row["end_unknown"]
            and row["published_on"] <= self.day
        }
        return tiers | ({"provincial"} if "national" in tiers else set())

    def unsure(self, unit: str, category: str, tier: str) -> bool:
        """Neither on a list at the tier nor off it, as far as is known."""
        above = TIERS[TIERS.index(tier) :]
        return not self.at_least(unit, category, tier) and any(t in above for t in self.unsure_tiers(unit, category))

    def is_listed(self, unit: str, kind: str) -> bool:
        """On an active list of any category but products."""
        return any(self.listings(unit, c) for c in (["park"] if kind == "park" else ["factory", "supply_chain"]))

    def standing(self, unit: str, category: str) -> list[tuple[str, str, date]]:
        """(tier, basis, publication): SPEC 3, an active national listing also counts as a provincial one."""
        own = [(row["tier"], "own", row["published_on"]) for row in self.listings(unit, category)]
        return own + [("provincial", "derived", day) for tier, _, day in own if tier == "national"]

    def highest(self, unit: str, category: str = "factory") -> str | None:
        tiers = [tier for tier, _, _ in self.standing(unit, category)]
        return max(tiers, key=TIERS.index) if tiers else None

    def since(self, unit: str, category: str = "factory") -> date | None:
        """SPEC 6.2, 8: publication day of the highest listing, the earliest of several."""
        best = self.highest(unit, category)
        return min((day for tier, _, day in self.standing(unit, category) if tier == best), default=None)

    def at_least(self, unit: str, category: str, tier: str) -> bool:
        highest = self.highest(unit, category)
        return highest is not None and TIERS.index(highest) >= TIERS.index(tier)

    def registered(self, unit: str) -> bool:
        return unit in self.facts.enterprise

    def identity(self, unit: str) -> str:
        """SPEC 5: a row in `enterprises`, else on a listing published by d, removed or not, else named."""
        if self.registered(unit):
            return "registered"
        listings = [r for r in self.facts.table["listings"] if r["unit"] == unit and r["category"] != "park"]
        return "listed" if any(r["published_on"] <= self.day for r in listings) else "named"

    def green(self, unit: str, tier: str) -> str:
        """SPEC 5, "Green at tier T on day d"."""
        if self.at_least(unit, "factory", tier):
            return YES
        return NO if self.registered(unit) and not self.unsure(unit, "factory", tier) else UNKNOWN

    def manufacturer(self, unit: str) -> str:
        """SPEC 5: the flag; where blank, an industry code in 13-43. SPEC 8: a contradicted flag stays unknown."""
        row = self.facts.enterprise.get(unit)
        if row is None or "manufacturer" in row["contradicted"]:
            return UNKNOWN
        if row["manufacturer"] is None and row["industry_code"] is not None:
            return YES if in_manufacturing(row["industry_code"]) else NO
        return flag(row["manufacturer"])

    def membership(self, unit: str, base: str) -> str:
        """SPEC 6: two flags: no if either is no, yes if both are yes; `all`: yes."""
        above = flag(self.facts.enterprise.get(unit, {}).get("above_scale"))
        named = {
            "all": [],
            "above_scale": [above],
            "manufacturer": [self.manufacturer(unit)],
            "above_scale_manufacturer": [above, self.manufacturer(unit)],
        }[base]
        if NO in named:
            return NO
        return UNKNOWN if UNKNOWN in named else YES

    def in_pool(self, unit: str, category: str = "factory") -> bool:
        """SPEC 5: an active cultivation row of that category without regard to sponsor."""
        return any(
            (row["unit"], row["category"]) == (unit, category)
            and active(begun(row), row["end"] or date(row["plan_year"] + 1, 4, 1), self.day)
            for row in self.facts.table["cultivation"]
        )

    def leader_basis(self, unit: str) -> str | None:
        """SPEC 5, "Leader on day d"."""
        holds = {
            "chain": self.facts.enterprise.get(unit, {}).get("chain") is not None,
            "declared": any(s["buyer"] == unit and s["declared"] for s in self.facts.table["supplies"]),
            "listing": bool(self.listings(unit, "supply_chain")),
            "cultivation": self.in_pool(unit, "supply_chain"),
        }
        return "+".join(name for name, true in holds.items() if true) or None

    def leaders(self) -> list[str]:
        return [unit for unit in self.on_record("enterprise") if self.leader_basis(unit)]

    def output(self, unit: str) -> Fraction | None:
        """SPEC 5: the figure of the latest year < year(d) for which it is known."""
        known = {
            row["year"]: Fraction(row["output"])
            for row in self.facts.table["annual_figures"]
            if row["name"] == unit and row["year"] < self.day.year and row["output"] is not None
        }
        return known[max(known)] if known else None

    def tenancies(self, park: str) -> list[Row]:
        """Tenancies of the park active on the day."""
        return [
            row
            for row in self.facts.table["tenancies"]
            if row["park"] == park and active(row["start"], row["end"], self.day)
        ]

    def leaves_unsure(self, park: str, unit: str) -> bool:
        """SPEC 8: a tenant only by tenancies whose end cannot be read."""
        return all(row["end_unknown"] for row in self.tenancies(park) if row["name"] == unit)

    def tenants(self, park: str) -> list[str]:
        """SPEC 6.1: distinct enterprises with an active tenancy."""
        return sorted({row["name"] for row in self.tenancies(park)})

    def place(self, unit: str, kind: str = "enterprise") -> str | None:
        return self.facts.place(kind, unit)

    def inside(self, unit: str, kind: str = "enterprise") -> bool:
        """Not known to be outside."""
        return not places.is_outside(self.place(unit, kind))

    def city(self, unit: str, kind: str = "enterprise") -> str | None:
        """SPEC 8: `city` is shown as given; else it is the city of the unit's region."""
        own = self.facts.park if kind == "park" else self.facts.enterprise
        given: str | None = own.get(unit, {}).get("city")
        known = places.up_to(self.place(unit, kind), "city")
        return given or (places.NAME[known] if known else None)


def in_manufacturing(code: str) -> bool:
    """Divisions 13-43 of GB/T 4754, with or without their letter; C alone is exactly these."""
    digits = code.lstrip("ABCDEFGHIJKLMNOPQRST")
    return 13 <= int(digits[:2]) <= 43 if digits else code == "C"


def flag(value: bool | None) -> str:
    return {True: YES, False: NO, None: UNKNOWN}[value]
