"""What keeps the share of one park, leader or city open: its units by what is unknown of each, and who may be asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from graph_model.tiers import Category, Tier
from queries.asking.find_unit import find_leader, find_park
from queries.engines.filters import city_code
from queries.measures.leaders import in_scope
from queries.measures.parks import tenant_membership
from queries.measures.regions import region_codes, units_of
from queries.planning.missing_cells import MissingCell
from queries.planning.narrowing import OpenShare, Questions
from queries.planning.plan_errors import PlaceFormError

if TYPE_CHECKING:
    from graph_model.arrays import Flags, Ints8, Rows
    from graph_model.view import View
    from queries.measures.tally import Base


FLAGS_OF: Final[dict[str, tuple[str, ...]]] = {
    "above_scale": ("above_scale",),
    "manufacturer": ("manufacturer",),
    "above_scale_manufacturer": ("above_scale", "manufacturer"),
    "all": (),
}
"""The cells that say whether an enterprise is in a base."""


@dataclass(frozen=True)
class OpenPlace:
    """The share, and the enterprises (rows, in the order of ids) of each kind that may be asked about."""

    share: OpenShare
    kinds: tuple[tuple[int, ...], ...]
    """In the order of `Questions`."""

    def asked(self, questions: Questions) -> list[int]:
        """Return the enterprises that are asked about: the first of each kind."""
        return [row for rows, count in zip(self.kinds, questions, strict=True) for row in rows[:count]]


def open_place(view: View, named: str, tier: Tier, base: Base) -> OpenPlace:
    """Return the open share of `park=…`, `leader=…` or `city=…`; UsageError for anything else."""
    kind, _, name = named.partition("=")
    if kind not in _UNITS or not name:
        raise PlaceFormError("narrow", named)
    rows, member, lasting = _UNITS[kind](view, name, base)
    green, unread = view.green(tier)[rows], view.unsure(Category.FACTORY)[rows] >= tier
    askable = lasting & ~((green == -1) & unread)
    masks = (
        (member == 1) & (green == -1),
        (member == -1) & (green == 1),
        (member == -1) & (green == -1),
        (member == -1) & (green == 0),
    )
    kinds = tuple(tuple(np.sort(rows[mask & askable]).tolist()) for mask in masks)
    asked = Questions(*(len(of_kind) for of_kind in kinds))
    fixed = Questions(*(int((mask & ~askable).sum()) for mask in masks))
    inside = member == 1
    share = OpenShare(int(inside.sum()), int((inside & (green == 1)).sum()), *asked, fixed)
    return OpenPlace(share, kinds)


def cells_about(view: View, row: int, base: Base) -> list[MissingCell]:
    """Return the cells that say of an enterprise whether it counts: blank flags of the base, else its name on the register."""
    enterprises = view.graph["enterprises"]
    blank = [name for name in FLAGS_OF[base] if enterprises[name][row] == -1]
    return [MissingCell("enterprises", "enterprises", row, "", name) for name in blank or ["name"]]


def _of_park(view: View, name: str, base: Base) -> tuple[Rows, Ints8, Flags]:
    who, park = view.facts.tenants, find_park(view, name)
    here = who.park == park
    return who.enterprise[here], tenant_membership(view, base)[here], who.certain[here]


def _of_leader(view: View, name: str, _base: Base) -> tuple[Rows, Ints8, Flags]:
    leader = find_leader(view, name)
    _, suppliers = view.facts.links(max_age=2).suppliers.of(np.array([leader], dtype=np.int32))
    counted = suppliers[(suppliers != leader) & (in_scope(view.graph, "mainland")[suppliers] == 1)]
    return counted, np.ones(len(counted), dtype=np.int8), np.ones(len(counted), dtype=bool)


def _of_city(view: View, name: str, base: Base) -> tuple[Rows, Ints8, Flags]:
    units = units_of(view, Category.FACTORY, base)
    here = region_codes(units, "city") == city_code(view.graph.regions, name)
    return units.rows[here], units.member[here], np.ones(int(here.sum()), dtype=bool)


_UNITS: Final = {"park": _of_park, "leader": _of_leader, "city": _of_city}
