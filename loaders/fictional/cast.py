"""Who there is: enterprises, parks and agencies as vectors, before any table is written.

Units are numbers: first the registered enterprises, then those that other tables merely name (local ones, then foreign
ones), then the parks. `pool` holds the name of each, followed by the former names.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa

from graph_model.arrays import Flags, Floats, Ints
from loaders.fictional import names
from loaders.fictional.codes import credit_codes
from loaders.fictional.columns import between, chance, stream, weighted, words
from loaders.fictional.geography import CITY_WEIGHTS, geography
from loaders.fictional.industries import INDUSTRIES, is_manufacturing

FULL = 60_000
"""Enterprises of a province of full size; counts of lists and parks below are told for this size."""

NEVER = 2**30
"""A day that does not come."""


def scale(enterprises: int) -> float:
    """Return how much of a full province this is; a small one has somewhat longer lists, so that something shows."""
    ratio = enterprises / FULL
    return ratio if ratio > 1 else ratio**0.9


@dataclass(frozen=True)
class Ground:
    """Where units are: city and county of each, -1 outside the province; the park of each enterprise, -1 for none."""

    city: Ints
    county: Ints
    park_of: Ints


@dataclass(frozen=True)
class Cast:
    """Everybody. Vectors over units have one entry per enterprise, named or registered, and per park."""

    enterprises: int
    seed: int
    pool: pa.Array
    codes: pa.Array
    ground: Ground
    industry: Ints
    country: Ints
    """Place in `names.COUNTRIES`, -1 for China."""
    above_scale: Flags
    size: Floats
    """Logarithm of the output of an enterprise in 万元."""
    leaders: Ints
    first_park: int
    park_places: pa.Array
    former: Ints
    """Place of the former name in `pool`, -1 for none."""
    changed_on: Ints
    agencies: tuple[str, ...]
    """The best known first; the last one is a branch of the second."""

    @property
    def city(self) -> Ints:
        """Return the place of each unit among the thirteen cities, -1 outside."""
        return self.ground.city

    @property
    def units(self) -> int:
        """Return how many enterprises and parks there are."""
        return len(self.city)

    @property
    def parks(self) -> Ints:
        """Return the units that are parks."""
        return np.arange(self.first_park, self.units, dtype=np.int32)

    @property
    def manufacturer(self) -> Flags:
        """Return which units make things."""
        return np.array([is_manufacturing(industry) for industry in INDUSTRIES])[self.industry]

    @property
    def local(self) -> Flags:
        """Return which units are enterprises of the home province."""
        return (self.city >= 0) & (np.arange(self.units) < self.first_park)

    def draw(self, purpose: str) -> np.random.Generator:
        """Return the random stream of one purpose."""
        return stream(self.seed, self.enterprises, purpose)

    def names(self, units: Ints, on: Ints | None = None) -> pa.Array:
        """Return the names of units, each as it was on its day."""
        if on is None:
            return words(self.pool, units)
        before = (self.former[units] >= 0) & (on < self.changed_on[units])
        return words(self.pool, np.where(before, self.former[units], units))

    def codes_of(self, rng: np.random.Generator, units: Ints, known: float) -> pa.Array:
        """Return the codes of units, where a writer knew them; parks and foreigners have none."""
        blank = (units >= len(self.codes)) | (self.country[units] >= 0) | ~chance(rng, len(units), known)
        return words(self.codes, np.where(blank, -1, units))


def cast(enterprises: int, seed: int) -> Cast:
    """Return everybody of a province with so many registered enterprises."""
    rng = stream(seed, enterprises, "cast")
    domestic = enterprises + max(12, enterprises // 25)
    first_park = domestic + max(6, enterprises // 55)
    ground = _ground(rng, enterprises, first_park, domestic)
    units = len(ground.city)
    industry = weighted(rng, units, [line.weight for line in INDUSTRIES])
    country = np.full(units, -1, dtype=np.int32)
    abroad = np.flatnonzero((ground.city[:enterprises] < 0) & chance(rng, enterprises, 0.12))
    country[abroad] = rng.integers(0, len(names.COUNTRIES), len(abroad))
    country[domestic:first_park] = rng.integers(0, len(names.COUNTRIES), first_park - domestic)
    renamed = np.flatnonzero(chance(rng, enterprises, 0.015))
    own = names.company_names(rng, np.concatenate([industry[:domestic], industry[renamed]]), seed)
    former, changed_on = np.full(units, -1, dtype=np.int32), np.full(units, NEVER, dtype=np.int32)
    former[renamed] = units + np.arange(len(renamed))
    changed_on[renamed] = between(rng, len(renamed), date(2018, 3, 1), date(2026, 4, 30))
    places = names.park_places(units - first_park, seed)
    suppliers_abroad = names.foreign_names(country[domestic:first_park], seed)
    size = rng.normal(8.9, 1.15, units)
    leaders = _leaders(rng, size[:enterprises], ground.city[:enterprises] >= 0)
    size[leaders] += 1.5
    agencies = names.agency_names(rng, min(44 + int(rng.integers(0, 7)), 12 + enterprises // 60))
    return Cast(
        enterprises=enterprises,
        seed=seed,
        pool=pa.concat_arrays([own[:domestic], suppliers_abroad, names.park_names(rng, places), own[domestic:]]),
        codes=credit_codes(np.arange(domestic), seed),
        ground=ground,
        industry=industry,
        country=country,
        above_scale=chance(rng, units, 0.86),
        size=size,
        leaders=leaders,
        first_park=first_park,
        park_places=places,
        former=former,
        changed_on=changed_on,
        agencies=tuple(agencies),
    )


def _ground(rng: np.random.Generator, enterprises: int, first_park: int, domestic: int) -> Ground:
    """Lay out parks over the counties and settle the enterprises, every second one in a park."""
    share = enterprises / FULL
    parks = max(3, round(100 * (share if share > 1 else share**0.6)))
    county_pull = rng.lognormal(0, 0.5, len(geography().counties))
    # The first parks go one to a city, the largest cities first, so that small provinces spread out too.
    by_weight = np.argsort(-np.array(CITY_WEIGHTS))[:parks].astype(np.int32)
    park_city = np.concatenate([by_weight, weighted(rng, parks - len(by_weight), CITY_WEIGHTS)])
    park_county = geography().county_in(rng, park_city, county_pull)
    park_pull = np.clip(rng.lognormal(0, 0.6, parks), 0.3, 1.9)
    park_of = weighted(rng, first_park, park_pull)
    in_park = chance(rng, first_park, 0.54)
    city = np.where(in_park, park_city[park_of], weighted(rng, first_park, CITY_WEIGHTS))
    county = np.where(in_park, park_county[park_of], geography().county_in(rng, city, county_pull))
    away = chance(rng, first_park, 0.035)
    away[domestic:] = True
    park_of[~in_park | away] = -1
    city[away], county[away] = -1, -1
    return Ground(np.concatenate([city, park_city]), np.concatenate([county, park_county]), park_of)


def _leaders(rng: np.random.Generator, size: Floats, local: Flags) -> Ints:
    """Return the chain leaders: large enterprises of the province, but not simply the largest."""
    share = len(size) / FULL
    count = max(4, round(110 * (share if share > 1 else share**0.6)))
    appeal = np.where(local, size + rng.gumbel(0, 0.5, len(size)), -np.inf)
    return np.sort(np.argpartition(-appeal, count)[:count]).astype(np.int32)
