"""What acts change in the counts of parks, leaders and cities, worked out of the few memberships that they touch. SPEC 9.3.

A place counts its members and the green ones. An act makes an enterprise green or no longer green, or makes it a member of a
place or no longer one; whatever it does not touch keeps its count. So ten thousand suppositions cost what they touch, and no
table is copied. Nothing else moves a count: who leads, who is in the base and where it lies stay what they are.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import pandas as pd

from graph_model.adjacency import Adjacency
from graph_model.tiers import CATEGORIES, Category
from queries.measures.leaders import in_scope
from queries.measures.parks import shown_parks
from queries.measures.place_counts import COUNTS
from queries.measures.place_members import city_members, leader_members, park_members
from queries.measures.tally import membership

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph_model.arrays import Ints
    from graph_model.tiers import Tier
    from graph_model.view import View
    from queries.measures.tally import Base
    from queries.planning.acts import Act


NOWHERE: Final = -1


class PlaceChange(NamedTuple):
    """By how much the members and the green members of a place rise."""

    place: int
    base: int
    green: int


class CountedPlaces:
    """Every park, leader and city that is shown, numbered in the order of answers, and which enterprises count where."""

    def __init__(self, view: View, tier: Tier, base: Base) -> None:
        self.view, self.tier = view, tier
        counted = {kind: count(view, tier, base) for kind, count in COUNTS.items()}
        self.frame = pd.concat([frame.assign(kind=kind) for kind, frame in counted.items()], ignore_index=True)
        """Kind, id, name, base and green of every place."""
        enterprises, leaders = len(view.graph["enterprises"]), len(counted["park"])
        self._park_place = _numbered(shown_parks(view), len(view.graph["parks"]), 0)
        self._leader_place = _numbered(view.facts.leaders, enterprises, leaders)
        park, tenant = park_members(view, base)
        leader, supplier = leader_members(view)
        city, enterprise = city_members(view, base)
        first_city = leaders + len(counted["leader"])
        who = np.concatenate([tenant, supplier, enterprise])
        city_place = first_city + np.searchsorted(np.array(view.graph.regions.cities), city)
        place = np.concatenate([self._park_place[park], self._leader_place[leader], city_place])
        order = np.argsort(who, kind="stable")
        self._places = Adjacency.of_pairs(who[order], place[order].astype(np.int32), enterprises)
        self._green = view.green(tier) == 1
        self._may_join, self._may_supply = membership(view, base) == 1, in_scope(view.graph, "mainland") == 1
        listings = view.graph["listings"]
        of_factory = listings["category"] == CATEGORIES.index(Category.FACTORY)
        self._proves = view.listed & of_factory & (listings["tier"] >= tier) & (listings["enterprise"] >= 0)
        self._proofs = np.bincount(listings["enterprise"][self._proves], minlength=enterprises)

    def changes(self, acts: Sequence[Act], struck: Ints) -> list[PlaceChange]:
        """Return what acts change, place by place; `struck` are the listings that bans among them put under review."""
        green = self._green_after(acts, struck)
        members = self._members_after(acts)
        for enterprise in green:
            for place in self._places_of(enterprise):
                members.setdefault((place, enterprise), True)
        rises: defaultdict[int, list[int]] = defaultdict(lambda: [0, 0])
        for (place, enterprise), after in members.items():
            before, was = place in self._places_of(enterprise), bool(self._green[enterprise])
            rises[place][0] += after - before
            rises[place][1] += (after and green.get(enterprise, was)) - (before and was)
        return [PlaceChange(place, base, more) for place, (base, more) in rises.items() if base or more]

    def _green_after(self, acts: Sequence[Act], struck: Ints) -> dict[int, bool]:
        """Return whether enterprises are green with the acts, of those that the acts list or strike."""
        gone = self.view.graph["listings"]["enterprise"][struck[self._proves[struck]]]
        green = {
            enterprise: int(self._proofs[enterprise]) > count
            for enterprise, count in zip(*(part.tolist() for part in np.unique(gone, return_counts=True)), strict=True)
        }
        green |= {act.enterprise: False for act in acts if act.kind == "strike"}
        return green | {act.enterprise: True for act in acts if act.kind == "list" and act.tier >= self.tier}

    def _members_after(self, acts: Sequence[Act]) -> dict[tuple[int, int], bool]:
        """Return per place and enterprise whether it is a member with the acts, where they begin or end that."""
        members: dict[tuple[int, int], bool] = {}
        for act in acts:
            if act.kind in ("join", "leave"):
                joins = act.kind == "join" and bool(self._may_join[act.enterprise])
                members[int(self._park_place[act.park]), act.enterprise] = joins
            elif act.kind == "supplies" and act.other != act.enterprise and self._may_supply[act.other]:
                members[int(self._leader_place[act.enterprise]), act.other] = True
        return {key: member for key, member in members.items() if key[0] != NOWHERE}

    def _places_of(self, enterprise: int) -> list[int]:
        starts = self._places.starts
        places: list[int] = self._places.heads[starts[enterprise] : starts[enterprise + 1]].tolist()
        return places


def _numbered(rows: Ints, count: int, first: int) -> Ints:
    """Return per unit of a table the number of its place, `NOWHERE` for one that is not shown."""
    place = np.full(count, NOWHERE, dtype=np.int64)
    place[rows] = np.arange(first, first + len(rows))
    return place
