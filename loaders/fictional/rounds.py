"""When which list is published, and how many units of a full-size province stand on it.

National counts of the first six rounds and the dates are those of the real lists (SPEC 4); so are the provincial counts
where they are public, which makes 2,550 provincial factories by 2025.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

CATEGORIES = ("factory", "park", "supply_chain", "product")
TIERS = ("district", "city", "provincial", "national")
FACTORY, PARK, SUPPLY_CHAIN, PRODUCT = range(4)
DISTRICT, CITY, PROVINCIAL, NATIONAL = range(4)


@dataclass(frozen=True)
class Round:
    """One publication of one list. `city` and `county` are the places of the publisher, -1 for none."""

    category: int
    tier: int
    batch: str
    published_on: date
    count: float
    city: int = -1
    county: int = -1

    @property
    def official(self) -> bool:
        """Return whether this is one of the six national rounds that are published as bare lists of names."""
        return self.tier == NATIONAL and self.batch in OFFICIAL_BATCHES


# batch, day, factories, parks, supply chains, products
_NATIONAL = (
    ("1", date(2017, 8, 23), 22, 3, 2, 12),
    ("2", date(2018, 2, 11), 26, 2, 1, 0),
    ("3", date(2018, 10, 29), 49, 4, 3, 20),
    ("4", date(2019, 9, 2), 50, 2, 3, 0),
    ("5", date(2020, 10, 16), 27, 4, 6, 30),
    ("2021", date(2022, 1, 15), 25, 3, 8, 0),
    ("2022", date(2023, 3, 20), 50, 3, 9, 0),
    ("2023", date(2024, 1, 12), 102, 6, 11, 0),
    ("2024", date(2025, 1, 10), 158, 8, 12, 0),
    ("2025", date(2026, 3, 6), 334, 19, 0, 0),
)
OFFICIAL_BATCHES = tuple(row[0] for row in _NATIONAL[:6])

# year, day, factories, parks, supply chains
_PROVINCIAL = (
    ("2020", date(2020, 12, 25), 99, 0, 0),
    ("2021", date(2021, 12, 22), 186, 0, 6),
    ("2022", date(2023, 1, 17), 301, 0, 12),
    ("2023", date(2024, 1, 26), 425, 15, 18),
    ("2024", date(2025, 2, 17), 638, 40, 22),
    ("2025", date(2026, 1, 20), 901, 12, 20),
)

# Cities with a list of their own (places in code order), and those whose counties keep one as well. Four have none.
CITIES_WITH_LIST = (0, 1, 3, 4, 5, 7, 8, 11, 12)
_CITIES_WITH_DISTRICT_LISTS = (3, 4, 5)
# year, day, factories in the whole province if all cities kept a list
_CITY = (
    ("2019", date(2019, 11, 20), 150),
    ("2020", date(2020, 9, 30), 260),
    ("2021", date(2021, 9, 28), 400),
    ("2022", date(2022, 10, 21), 600),
    ("2023", date(2023, 10, 13), 800),
    ("2024", date(2024, 10, 18), 1_050),
    ("2025", date(2025, 10, 24), 1_100),
)
_DISTRICT = (
    ("2023", date(2023, 6, 30), 260),
    ("2024", date(2024, 6, 28), 420),
    ("2025", date(2025, 6, 27), 560),
)


def rounds(city_weights: Sequence[float], county_cities: Sequence[int]) -> list[Round]:
    """Return every round in the order of publication."""
    made = [
        Round(category, NATIONAL, batch, day, count)
        for batch, day, *counts in _NATIONAL
        for category, count in enumerate(counts)
    ]
    made += [
        Round(category, PROVINCIAL, batch, day, count)
        for batch, day, *counts in _PROVINCIAL
        for category, count in enumerate(counts)
    ]
    made += [
        Round(FACTORY, CITY, batch, day, count * city_weights[city], city)
        for batch, day, count in _CITY
        for city in CITIES_WITH_LIST
    ]
    made += [
        Round(FACTORY, DISTRICT, batch, day, count * city_weights[city] / county_cities.count(city), city, county)
        for batch, day, count in _DISTRICT
        for county, city in enumerate(county_cities)
        if city in _CITIES_WITH_DISTRICT_LISTS
    ]
    return sorted(
        (published_round for published_round in made if published_round.count),
        key=lambda published_round: published_round.published_on,
    )
