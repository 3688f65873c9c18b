"""Parks, leaders and cities on two days of one graph: their exact shares and what each cause adds to the change. SPEC 9.4."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from graph_model.tiers import CATEGORIES, Category
from graph_model.view import YES
from queries.answers.frame import unit_column
from queries.measures.parks import shown_parks
from queries.measures.place_members import MEMBERS, cities_with_register
from queries.measures.share_parts import share_parts, unit_codes

if TYPE_CHECKING:
    from graph_model.arrays import Flags, Ints
    from graph_model.tiers import Tier
    from graph_model.view import View
    from queries.measures.tally import Base


_WIDTH: Final = 1 << 32


@dataclass(frozen=True)
class MemberPairs:
    """Pairs of a place of one kind and an enterprise that is its member on one of two days, or on both."""

    kind: str
    place: Ints
    """Rows of parks or enterprises, or codes of cities."""
    unit: Ints
    was_member: Ints
    is_member: Ints
    was_green: Ints
    is_green: Ints

    @cached_property
    def codes(self) -> Ints:
        """What each pair is before and after, as `share_parts` counts it."""
        return unit_codes((self.was_member, self.is_member), (self.was_green, self.is_green))

    def caused_by(self, cause: str) -> Flags:
        """Return the pairs that are of a cause."""
        of_cause: Flags = {
            "listed": self.is_green > self.was_green,
            "removed": self.is_green < self.was_green,
            "joined": self.is_member > self.was_member,
            "left": self.is_member < self.was_member,
        }[cause]
        return of_cause


def member_pairs(after: View, before: View, kind: str, base: Base, tier: Tier) -> MemberPairs:
    """Return the members of every place of a kind on the two days."""
    keys = [
        place.astype(np.int64) * _WIDTH + unit for place, unit in (MEMBERS[kind](day, base) for day in (before, after))
    ]
    both = np.union1d(*keys)
    was, now = (np.isin(both, of_day).astype(np.int64) for of_day in keys)
    unit = both % _WIDTH
    was_green, is_green = ((day.green(tier)[unit] == YES).astype(np.int64) for day in (before, after))
    return MemberPairs(kind, both // _WIDTH, unit, was, now, was_green, is_green)


def listings_between(view: View, other: View, tier: Tier) -> Ints:
    """Return the factory listings of at least a tier that hold on the day of one view and not on that of the other."""
    listings = view.graph["listings"]
    counting = view.listed & ~other.listed & (listings["tier"] >= tier) & (listings["enterprise"] >= 0)
    return np.flatnonzero(counting & (listings["category"] == CATEGORIES.index(Category.FACTORY)))


@dataclass(frozen=True)
class PlaceCodes:
    """How many units of each code the places of some pairs have, and where each pair's place stands among them."""

    places: Ints
    at: Ints
    counts: Ints


def place_codes(pairs: MemberPairs) -> PlaceCodes:
    """Count the units of every place by their codes."""
    places, at = np.unique(pairs.place, return_inverse=True)
    return PlaceCodes(places, at, np.bincount(at * 16 + pairs.codes, minlength=len(places) * 16).reshape(-1, 16))


def moved_places(after: View, before: View, base: Base, tier: Tier) -> pd.DataFrame:
    """Return kind, id, name, exact shares and parts of every place that has a share on one of the days."""
    return pd.concat([_of_kind(after, before, kind, base, tier) for kind in MEMBERS], ignore_index=True)


def _of_kind(after: View, before: View, kind: str, base: Base, tier: Tier) -> pd.DataFrame:
    pairs = member_pairs(after, before, kind, base, tier)
    counted = place_codes(pairs)
    places, shares = counted.places, share_parts(counted.counts)
    had, has = (np.isin(places, with_share(day, kind, base)).tolist() for day in (before, after))
    ids, names = ids_and_names(after, kind, places)
    split = list(zip(*(one.parts for one in shares), strict=True)) or [()] * 4
    columns = {
        "before": [one.before if shown else None for one, shown in zip(shares, had, strict=True)],
        "after": [one.after if shown else None for one, shown in zip(shares, has, strict=True)],
        **{f"{cause}_part": part for cause, part in zip(("listed", "removed", "joined", "left"), split, strict=True)},
    }
    exact = {name: pd.Series(list(values), dtype=object) for name, values in columns.items()}
    return pd.DataFrame({"kind": pd.Series([kind] * len(places), dtype="str"), "id": ids, "name": names, **exact})


def with_share(day: View, kind: str, base: Base) -> Ints:
    """Return the places of a kind that may have a share on a day: shown, leading, or with a register."""
    if kind == "park":
        return shown_parks(day)
    return day.facts.leaders if kind == "leader" else cities_with_register(day, base)


def ids_and_names(view: View, kind: str, places: Ints) -> tuple[pd.Series[Any], pd.Series[Any]]:
    """Return ids and names of places of a kind."""
    if kind == "city":
        names = pd.Series([view.graph.regions.name(code) for code in places.tolist()], dtype="str")
        return pd.Series([str(code) for code in places.tolist()], dtype="str"), names
    table = "parks" if kind == "park" else "enterprises"
    return unit_column(view.graph, table, "id", places), unit_column(view.graph, table, "name", places)


def places_on(day: View, base: Base, tier: Tier) -> pd.DataFrame:
    """Return kind, id, name and the exact share of every place that has one on a day."""
    table = moved_places(day, day, base, tier)
    shown = table[table["after"].notna()].reset_index(drop=True)
    return shown[["kind", "id", "name"]].assign(share=shown["after"])
