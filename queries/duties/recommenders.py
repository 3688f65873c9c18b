"""Whose office recommended: the city it is of, or the province."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from graph_model.regions import UNKNOWN, city_of

if TYPE_CHECKING:
    from graph_model.arrays import Rows
    from graph_model.view import View


def office_places(view: View) -> Rows:
    """Return, per recommendation, the city of its office, the home province for the province's own, 0 where neither is read."""
    codes, words = view.graph["recommendations"].words("recommended_by")
    regions = view.graph.regions
    places = []
    for word in words:
        reading = regions.read_authority(word)
        code = reading.code if reading.doubt is None else UNKNOWN
        places.append(code if code == regions.home else city_of(code))
    return np.array([*places, UNKNOWN])[codes]


def recommended_by_province(view: View) -> Rows:
    """Return which recommendations the province's own office made; a blank or unreadable office is taken for a city's."""
    made: Rows = office_places(view) == view.graph.regions.home
    return made
