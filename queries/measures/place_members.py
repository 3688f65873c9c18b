"""Which enterprises count at which park, leader and city: the members of the denominators of 6.1, 6.2 and 6.4. SPEC 9.4."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from graph_model.tiers import Category
from queries.measures.leaders import in_scope
from queries.measures.parks import shown_parks, tenant_membership
from queries.measures.regions import region_codes, units_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from graph_model.arrays import Ints
    from graph_model.view import View
    from queries.measures.tally import Base

    Pairs = tuple[Ints, Ints]
    """Places (a row of a park or leader, or the code of a city) and enterprises, pair by pair."""


def park_members(view: View, base: Base) -> Pairs:
    """Return the tenants in the base of every park that is shown."""
    who = view.facts.tenants
    shown = np.zeros(len(view.graph["parks"]), dtype=bool)
    shown[shown_parks(view)] = True
    inside = (tenant_membership(view, base) == 1) & shown[who.park]
    return who.park[inside], who.enterprise[inside]


def leader_members(view: View, _base: Base = "above_scale") -> Pairs:
    """Return the suppliers in scope of every leader, under the default options of 6.2."""
    leaders = view.facts.leaders
    owners, suppliers = view.facts.links(max_age=2).suppliers.of(leaders)
    inside = (suppliers != leaders[owners]) & (in_scope(view.graph, "mainland")[suppliers] == 1)
    return leaders[owners[inside]], suppliers[inside]


def city_members(view: View, base: Base) -> Pairs:
    """Return the enterprises in the base of each of the thirteen cities."""
    units, cities = units_of(view, Category.FACTORY, base), np.array(view.graph.regions.cities)
    city = region_codes(units, "city")
    inside = np.isin(city, cities) & (units.member == 1)
    return city[inside], units.rows[inside]


def cities_with_register(view: View, base: Base) -> Ints:
    """Return the codes of the cities that have a share: a unit of the base, or that may be, is registered. SPEC 8."""
    units = units_of(view, Category.FACTORY, base)
    city = region_codes(units, "city")
    with_register: Ints = np.intersect1d(city[units.proven & (units.member != 0)], view.graph.regions.cities)
    return with_register


MEMBERS: dict[str, Callable[[View, Base], Pairs]] = {
    "park": park_members,
    "leader": leader_members,
    "city": city_members,
}
"""The members of each kind of place, in the order of answers."""
