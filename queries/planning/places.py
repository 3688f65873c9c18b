"""Parks and leaders as places to be helped: their counts on a day, and which units are members of which. SPEC 9, "Members".

A place is a park of 6.1 or a leader of 6.2 whose share has a denominator above 0. Its members are, of a park, the tenants in
the base (membership yes), of a leader its suppliers in scope under the default options of 6.2.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from graph_model.adjacency import Adjacency
from queries.answers.frame import FEN, city_names, unit_column
from queries.measures.leaders import in_scope, leader_spend, leader_tally
from queries.measures.parks import park_outputs, park_tally, shown_parks, tenant_membership
from queries.measures.tally import Base

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from graph_model.arrays import Floats
    from graph_model.tiers import Tier
    from graph_model.view import View
    from queries.measures.tally import Tally

PlaceKind = Literal["park", "leader"]
Weights = Literal["base", "equal", "output"]


@dataclass(frozen=True)
class Places:
    """Places of one kind or both, every field a vector over them; `members` leads from a place to enterprise rows."""

    kind: NDArray[np.str_]
    row: NDArray[np.int64]
    """Row of the park or of the enterprise that leads."""
    id: tuple[str, ...]
    name: tuple[str, ...]
    city: tuple[str | None, ...]
    base: NDArray[np.int64]
    """Denominator of the share that is looked at."""
    full_base: NDArray[np.int64]
    """Members: the denominator of the share itself."""
    low_base: NDArray[np.int64]
    """Denominator of the share's lower bound: with every unknown member that may be no green factory."""
    green: NDArray[np.int64]
    worth: Floats
    """Output of a park's base or spend of a leader in 分, 0 where nothing is known."""
    members: Adjacency

    def __len__(self) -> int:
        return len(self.id)

    def kept(self, mask: NDArray[np.bool_]) -> Places:
        """Return the places of a mask."""
        at = np.flatnonzero(mask).astype(np.int32)
        owners, members = self.members.of(at)
        return Places(
            self.kind[at],
            self.row[at],
            tuple(self.id[place] for place in at.tolist()),
            tuple(self.name[place] for place in at.tolist()),
            tuple(self.city[place] for place in at.tolist()),
            self.base[at],
            self.full_base[at],
            self.low_base[at],
            self.green[at],
            self.worth[at],
            Adjacency.of_pairs(owners.astype(np.int32), members, len(at)),
        )

    def robust(self) -> Places:
        """Return the places with the lower bound of their share in place of the share."""
        return replace(self, base=self.low_base)

    def shares(self) -> list[Fraction]:
        """Return today's share of every place."""
        return [Fraction(green, base) for green, base in zip(self.green.tolist(), self.base.tolist(), strict=True)]

    def weights(self, by: Weights) -> list[Fraction]:
        """Return the weight of every place: its members, 1, or its worth."""
        if by == "equal":
            return [Fraction(1)] * len(self)
        if by == "base":
            return [Fraction(members) for members in self.full_base.tolist()]
        return [Fraction(fen) / FEN for fen in self.worth.tolist()]


def places_of(view: View, base: Base, tier: Tier) -> Places:
    """Return every park and leader that is shown with a denominator, the parks first, each kind in id order."""
    return _joined([_parks(view, base, tier), _leaders(view, tier)])


def _parks(view: View, base: Base, tier: Tier) -> Places:
    parks = shown_parks(view)
    tallied = park_tally(view, base, tier)
    parks = parks[tallied.base[parks] > 0]
    who = view.facts.tenants
    inside = tenant_membership(view, base) == 1
    tenants = Adjacency.of_pairs(who.park[inside], who.enterprise[inside], len(view.graph["parks"]))
    worth = park_outputs(view, base, tier).base[parks].astype(np.float64)
    return _places(view, "park", parks, tallied, parks, worth, tenants)


def _leaders(view: View, tier: Tier) -> Places:
    tallied, _ = leader_tally(view, tier)
    leaders = view.facts.leaders
    shown = np.flatnonzero(tallied.base > 0)
    owners, suppliers = view.facts.links(max_age=2).suppliers.of(leaders)
    inside = (suppliers != leaders[owners]) & (in_scope(view.graph, "mainland")[suppliers] == 1)
    pairs = Adjacency.of_pairs(leaders[owners[inside]], suppliers[inside], len(view.graph["enterprises"]))
    worth = leader_spend(view, tier, "mainland", key_only=False, max_age=2).total[shown]
    return _places(view, "leader", leaders[shown].astype(np.intp), tallied, shown, worth, pairs)


def _places(
    view: View,
    kind: PlaceKind,
    rows: NDArray[np.intp],
    tallied: Tally,
    at: NDArray[np.intp],
    worth: Floats,
    pairs: Adjacency,
) -> Places:
    table = "parks" if kind == "park" else "enterprises"
    owners, members = pairs.of(rows.astype(np.int32))
    return Places(
        np.full(len(rows), kind),
        rows.astype(np.int64),
        tuple(unit_column(view.graph, table, "id", rows)),
        tuple(unit_column(view.graph, table, "name", rows)),
        tuple(None if city != city else city for city in city_names(view.graph, table, rows)),
        tallied.base[at],
        tallied.base[at],
        (tallied.base + tallied.maybe_open + tallied.maybe_not)[at],
        tallied.green[at],
        worth,
        Adjacency.of_pairs(owners.astype(np.int32), members, len(rows)),
    )


def _joined(parts: Sequence[Places]) -> Places:
    owners, members, before = [], [], 0
    for part in parts:
        at, units = part.members.of(np.arange(len(part), dtype=np.int32))
        owners.append(at + before)
        members.append(units)
        before += len(part)

    def whole(name: str) -> NDArray[Any]:
        return np.concatenate([getattr(part, name) for part in parts])

    return Places(
        kind=whole("kind"),
        row=whole("row"),
        id=tuple(id for part in parts for id in part.id),
        name=tuple(name for part in parts for name in part.name),
        city=tuple(city for part in parts for city in part.city),
        base=whole("base"),
        full_base=whole("full_base"),
        low_base=whole("low_base"),
        green=whole("green"),
        worth=whole("worth"),
        members=Adjacency.of_pairs(np.concatenate(owners).astype(np.int32), np.concatenate(members), before),
    )
