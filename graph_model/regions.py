"""Regions as GB/T 2260 codes: home province, its 13 cities, their counties, and the other provinces.

Inside the graph a region is an int32 code, 0 is unknown and `NATION` the whole country. A county rolls up to its city, a
city to its province. A region comes from columns that name one, never from the name of a unit or the digits of its code.
SPEC 3, 5 and 8. How they are written: `region_names`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from graph_model.region_names import (
    SEVERAL,
    Region,
    RegionNames,
    cleaned,
    home_authorities,
    nationwide,
    region_names,
    regions_by_code,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

UNKNOWN: Final = 0
NATION: Final = 100000
NOT_MAINLAND: Final = (710000, 810000, 820000)
"""港澳台: counted with 境外 where the mainland is asked for, and never called foreign."""

_CODE = re.compile(r"\d{2}(\d{2}){0,2}(\d{6})?")


def province_of(code: int) -> int:
    """Return the province of a region code."""
    return code // 10000 * 10000


def city_of(code: int) -> int:
    """Return the city of a region code, 0 where the code is only a province."""
    return code // 100 * 100 if code % 10000 else UNKNOWN


def level_of(code: int) -> int:
    """Return 0 for unknown, 1 for a province (or the nation), 2 for a city, 3 for a county."""
    if code == UNKNOWN:
        return 0
    return 1 if code % 10000 == 0 else 2 if code % 100 == 0 else 3


def contains(outer: int, inner: int) -> bool:
    """Return whether region `outer` is `inner` or holds it."""
    if outer in (NATION, inner):
        return inner != UNKNOWN
    return outer in (province_of(inner), city_of(inner)) and outer != UNKNOWN


def within(codes: NDArray[np.int32], outer: int) -> NDArray[np.bool_]:
    """Return which of `codes` lie in region `outer`; unknown codes lie nowhere."""
    step = {1: 10000, 2: 100, 3: 1}[level_of(outer)]
    has_code: NDArray[np.bool_] = codes != UNKNOWN
    return has_code if outer == NATION else has_code & (codes // step == outer // step)


class Reading(NamedTuple):
    """What a text says of a region: the code that is certain, and an issue code if something is not."""

    code: int
    doubt: str | None = None


_NOWHERE: Final = Reading(UNKNOWN, "region_unknown")


@dataclass(frozen=True)
class Regions:
    """The known regions, and how people write them."""

    home: int
    regions: dict[int, Region]
    names: RegionNames = field(repr=False)

    @property
    def cities(self) -> tuple[int, ...]:
        """Return the cities of the home province in code order."""
        return tuple(code for code in self.regions if level_of(code) == 2)

    @property
    def counties(self) -> tuple[int, ...]:
        """Return the counties of the home province in code order."""
        return tuple(code for code in self.regions if level_of(code) == 3)

    def name(self, code: int) -> str | None:
        """Return the name of a region, null for an unknown one."""
        return "全国" if code == NATION else self.regions[code].name if code in self.regions else None

    def read(self, text: str | None) -> Reading:
        """Return the finest region that `text` names for certain; a text that names none is in doubt."""
        if text is None:
            return Reading(UNKNOWN)
        written = cleaned(text)
        if written in self.names.spelled:
            return self._certain(self.names.spelled[written])
        if _CODE.fullmatch(written):
            return self._of_code(written)
        if SEVERAL.search(written):
            return self._of_several(SEVERAL.split(written))
        zone = self._of_zone(written)
        if zone is not None:
            return zone
        head = self.names.full_head(written)
        if head is None:
            return _NOWHERE
        certain = self._certain(self.names.spelled[head])
        return Reading(certain.code, "region_partly_read" if certain.code else "region_unknown")

    def read_county(self, text: str | None, inside: int) -> Reading:
        """Return the county that a county column names, given the region the other columns name (0 unknown)."""
        if text is None:
            return Reading(inside)
        written = cleaned(text)
        candidates = [code for code in self.names.spelled.get(written, ()) if level_of(code) == 3]
        fitting = [code for code in candidates if inside == UNKNOWN or contains(inside, code)]
        if len(fitting) == 1:
            return Reading(fitting[0])
        if len(fitting) > 1:
            return Reading(inside or self.home, "county_shared")
        if candidates:
            return Reading(inside, "county_not_in_city")
        if inside != UNKNOWN and not contains(self.home, inside):
            return Reading(inside)  # Of other provinces no county is known.
        if self.names.zone.fullmatch(written) or written in self.names.zones:
            return Reading(inside, "region_of_zone")
        return Reading(inside, "county_unknown")

    def read_authority(self, text: str) -> Reading:
        """Return the region over which an authority decides: the region its name begins with, or the nation."""
        written = cleaned(text)
        for head in (*([written] if written in self.names.spelled else []), *self.names.heads(written)):
            codes = self.names.spelled[head]
            return Reading(codes[0]) if len(codes) == 1 else Reading(UNKNOWN, "authority_unknown")
        if written.startswith(nationwide()):
            return Reading(NATION)
        return Reading(self.home) if written.startswith(home_authorities()) else Reading(UNKNOWN, "authority_unknown")

    def _certain(self, codes: tuple[int, ...]) -> Reading:
        """Return the one region, or what holds all of them."""
        if len(codes) == 1:
            return Reading(codes[0])
        widest = min(codes, key=level_of)
        if all(contains(widest, code) for code in codes):
            return Reading(widest)  # 淮安 is the city, whose county of that name lies in it.
        provinces = {province_of(code) for code in codes}
        return Reading(provinces.pop(), "county_shared") if len(provinces) == 1 else _NOWHERE

    def _of_several(self, parts: list[str]) -> Reading:
        """Return the finest of several regions if the others hold it, else the province that holds all of them."""
        readings = [self.read(part) for part in parts if part]
        codes = [reading.code for reading in readings]
        if not codes or UNKNOWN in codes:
            return _NOWHERE
        finest = max(codes, key=level_of)
        if all(contains(code, finest) for code in codes):
            return Reading(finest)
        shared = province_of(finest) if len(set(map(province_of, codes))) == 1 else UNKNOWN
        return Reading(shared, "region_several")

    def _of_code(self, digits: str) -> Reading:
        """Return the finest region on record of a code of GB/T 2260, of 2, 4, 6 or 12 digits."""
        whole = int(digits[:6].ljust(6, "0"))
        finest = next((code for code in (whole, city_of(whole), province_of(whole)) if code in self.regions), UNKNOWN)
        if finest == UNKNOWN:
            return _NOWHERE
        return Reading(finest, "region_partly_read" if finest != whole and contains(self.home, finest) else None)

    def _of_zone(self, written: str) -> Reading | None:
        """Return the region that a zone is known to lie in: by its name, or by the place it is named after."""
        province = next((head for head in self.names.heads(written) if not self.names.spelled[head][0] % 10000), "")
        for name in (written, written.removeprefix(province)):
            if name in self.names.zones:
                return Reading(self.names.zones[name], "region_of_zone")
        head = self.names.zone_head(written)
        certain = None if head is None else self._certain(self.names.spelled[head])
        return None if certain is None or certain.code == UNKNOWN else Reading(certain.code, "region_of_zone")


@cache
def jiangsu() -> Regions:
    """Return the regions with Jiangsu as home province."""
    return regions_of(320000)


def regions_of(home: int, county_file: str = "jiangsu_admin_codes.csv") -> Regions:
    """Return the regions with `home` as the home province, whose cities and counties stand in `county_file`."""
    regions = regions_by_code(home, county_file)
    return Regions(home, regions, region_names(regions))
