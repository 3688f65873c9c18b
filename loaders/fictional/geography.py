"""The thirteen real cities and their real counties, in which everything fictional takes place."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
import pyarrow as pa

from graph_model.arrays import Floats, Ints

HOME = "江苏省"

# Roughly each city's part of the province's industry, in code order 320100 … 321300.
CITY_WEIGHTS = (0.115, 0.12, 0.06, 0.085, 0.2, 0.1, 0.03, 0.045, 0.06, 0.055, 0.04, 0.055, 0.035)

OTHER_PROVINCES = ("浙江省", "上海市", "安徽省", "山东省", "广东省", "湖北省", "四川省")


@dataclass(frozen=True)
class Geography:
    """Cities and counties as vocabularies, and the city of each county."""

    cities: tuple[str, ...]
    counties: pa.Array
    city_of: Ints

    def county_in(self, rng: np.random.Generator, city: Ints, weights: Floats) -> Ints:
        """Return a county of each city, drawn by `weights`."""
        order = np.argsort(self.city_of, kind="stable")
        reach = np.concatenate([[0.0], np.cumsum(weights[order])])
        first = np.searchsorted(self.city_of[order], np.arange(len(self.cities)), side="left")
        last = np.searchsorted(self.city_of[order], np.arange(len(self.cities)), side="right")
        low, high = reach[first][city], reach[last][city]
        county = np.searchsorted(reach, low + rng.random(len(city)) * (high - low), side="right") - 1
        return np.asarray(order[np.clip(county, first[city], last[city] - 1)], dtype=np.int32)


@cache
def geography() -> Geography:
    """Return the cities and counties of the home province."""
    path = files("graph_model") / "data" / "jiangsu_admin_codes.csv"
    with path.open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    cities = {row["code"]: row["name"] for row in rows if row["level"] == "prefecture"}
    # A fifth digit 7 is a development zone run like a county: a real park, and so no stage for fiction.
    counties = [row for row in rows if row["level"] == "county" and row["code"][4] != "7"]
    places = {code: place for place, code in enumerate(cities)}
    return Geography(
        tuple(cities.values()),
        pa.array([row["name"] for row in counties]),
        np.array([places[row["parent_code"]] for row in counties], dtype=np.int32),
    )
