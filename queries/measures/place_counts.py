"""Parks, leaders and the thirteen cities counted the same way: id, name, members and green ones. SPEC 6.3, 9.3."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from graph_model.tiers import Category
from queries.answers.frame import unit_column
from queries.measures.leaders import leader_tally
from queries.measures.parks import park_tally, shown_parks
from queries.measures.regions import region_codes, region_tally, units_of

if TYPE_CHECKING:
    from graph_model.tiers import Tier
    from graph_model.view import View
    from queries.measures.tally import Base


def counted_parks(view: View, tier: Tier, base: Base = "above_scale") -> pd.DataFrame:
    """Return base and green of every park shown in 6.1."""
    parks, tally = shown_parks(view), park_tally(view, base, tier)
    ids, names = (unit_column(view.graph, "parks", name, parks) for name in ("id", "name"))
    return pd.DataFrame({"id": ids, "name": names, "base": tally.base[parks], "green": tally.green[parks]})


def counted_leaders(view: View, tier: Tier, _base: Base = "above_scale") -> pd.DataFrame:
    """Return suppliers and green ones of every leader shown in 6.2, under its default options."""
    leaders, (tally, _) = view.facts.leaders, leader_tally(view, tier)
    ids, names = (unit_column(view.graph, "enterprises", name, leaders) for name in ("id", "name"))
    return pd.DataFrame({"id": ids, "name": names, "base": tally.base, "green": tally.green})


def counted_cities(view: View, tier: Tier, base: Base = "above_scale") -> pd.DataFrame:
    """Return base and green of the thirteen cities in 6.4."""
    cities = np.array(view.graph.regions.cities)
    units = units_of(view, Category.FACTORY, base)
    city = region_codes(units, "city")
    groups = np.where(city == 0, len(cities), np.searchsorted(cities, city))
    tally = region_tally(units, groups, len(cities) + 1, tier)
    names = pd.Series([view.graph.regions.name(code) for code in cities.tolist()], dtype="str")
    ids = pd.Series([str(code) for code in cities.tolist()], dtype="str")
    return pd.DataFrame({"id": ids, "name": names, "base": tally.base[:-1], "green": tally.green[:-1]})


COUNTS = {"park": counted_parks, "leader": counted_leaders, "city": counted_cities}
"""How each kind of place is counted, in the order of answers."""
