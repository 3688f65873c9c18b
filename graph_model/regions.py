"""Regions as GB/T 2260 codes: home province, its 13 cities, their counties, and the other provinces by name.

Inside the graph a region is an int32 code, 0 is unknown and `NATION` the whole country. A county rolls up to its city, a
city to its province. A region comes from columns that name one, never from the name of a unit or the digits of its code.
SPEC 3, 5 and 8. Codes of the home province: `data/jiangsu_admin_codes.csv`; provinces: `data/provinces.csv`.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from itertools import product
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

UNKNOWN: Final = 0
NATION: Final = 100000
NOT_MAINLAND: Final = (710000, 810000, 820000)
"""港澳台: counted with 境外 where the mainland is asked for, and never called foreign."""

_NATIONWIDE = re.compile(
    r"(全国|国家|国务院|中华人民共和国|工业和信息化部|工信部|生态环境部|应急管理部|市场监管总局|.{2,12}部$)"
)


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
    known: NDArray[np.bool_] = codes != UNKNOWN
    return known if outer == NATION else known & (codes // step == outer // step)


class Reading(NamedTuple):
    """What a text says of a region: the code that is certain, and an issue code if something is not."""

    code: int
    doubt: str | None = None


@dataclass(frozen=True)
class Region:
    """A region of the home province, or another province."""

    code: int
    name: str
    spellings: tuple[str, ...]


@dataclass(frozen=True)
class Regions:
    """The known regions, and how people write them."""

    home: int
    regions: dict[int, Region]
    spelled: dict[str, tuple[int, ...]] = field(repr=False)
    """Every accepted spelling, with and without the names above it, to the codes it may mean."""

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

    def city_name(self, code: int) -> str | None:
        """Return the name of the city that a region is or lies in, null where that is unknown."""
        return self.name(city_of(code))

    def read(self, text: str | None) -> Reading:
        """Return the finest region that `text` names for certain; a text that names none is in doubt."""
        if text is None:
            return Reading(UNKNOWN)
        cleaned = _cleaned(text)
        if cleaned in self.spelled:
            return self._certain(self.spelled[cleaned])
        for end in range(len(cleaned) - 1, 2, -1):
            head = cleaned[:end]
            if head in self.spelled and not head.isdigit() and self._is_full(head):
                return Reading(self._certain(self.spelled[head]).code, "region_partly_read")
        return Reading(UNKNOWN, "region_unknown")

    def read_county(self, text: str | None, inside: int) -> Reading:
        """Return the county that a county column names, given the region the other columns name (0 unknown)."""
        if text is None:
            return Reading(inside)
        candidates = [code for code in self.spelled.get(_cleaned(text), ()) if level_of(code) == 3]
        fitting = [code for code in candidates if inside == UNKNOWN or contains(inside, code)]
        if len(fitting) == 1:
            return Reading(fitting[0])
        if len(fitting) > 1:
            return Reading(inside or self.home, "county_shared")
        return Reading(inside, "county_not_in_city" if candidates else "county_unknown")

    def read_authority(self, text: str) -> Reading:
        """Return the region over which an authority decides: the region its name begins with, or the nation."""
        cleaned = _cleaned(text)
        for end in range(len(cleaned), 1, -1):
            codes = self.spelled.get(cleaned[:end])
            if codes is not None and not cleaned[:end].isdigit():
                return Reading(codes[0]) if len(codes) == 1 else Reading(UNKNOWN, "authority_unknown")
        return Reading(NATION) if _NATIONWIDE.match(cleaned) else Reading(UNKNOWN, "authority_unknown")

    def _certain(self, codes: tuple[int, ...]) -> Reading:
        if len(codes) == 1:
            return Reading(codes[0])
        return Reading(province_of(codes[0]), "county_shared")

    def _is_full(self, text: str) -> bool:
        return any(text.endswith(self.regions[code].name) for code in self.spelled[text])


def _cleaned(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


@cache
def jiangsu() -> Regions:
    """Return the regions with Jiangsu as home province."""
    return regions_of(320000)


def regions_of(home: int, county_file: str = "jiangsu_admin_codes.csv") -> Regions:
    """Return the regions with `home` as the home province, whose cities and counties stand in `county_file`."""
    rows = [*_provinces(), *(region for region in _home(county_file) if region.code != home)]
    regions = {region.code: region for region in sorted(rows, key=lambda region: region.code)}
    spelled: dict[str, list[int]] = {}
    for region in regions.values():
        for text in _spellings(region, regions):
            spelled.setdefault(text, []).append(region.code)
    return Regions(home, regions, {text: tuple(dict.fromkeys(codes)) for text, codes in spelled.items()})


def _rows(name: str) -> Iterator[dict[str, str]]:
    text = files("graph_model.data").joinpath(name).read_text(encoding="utf-8-sig")
    return csv.DictReader(text.splitlines())


def _provinces() -> Iterator[Region]:
    for row in _rows("provinces.csv"):
        also = row["also"].split("|") if row["also"] else []
        yield Region(int(row["code"]), row["name"], (row["name"], row["short"], *also))


def _home(county_file: str) -> Iterator[Region]:
    for row in _rows(county_file):
        name = row["name"]
        short = name[:-1] if len(name) > 2 and name[-1] in "市县区" else name
        yield Region(int(row["code"]), name, tuple(dict.fromkeys((name, short))))


def _spellings(region: Region, regions: dict[int, Region]) -> Iterable[str]:
    """Yield the code and every spelling of `region`, alone and behind the names of what it lies in."""
    yield str(region.code)
    above = [code for code in (province_of(region.code), city_of(region.code)) if code not in (0, region.code)]
    prefixes = product(*(("", *regions[code].spellings) for code in above))
    for prefix, spelling in product(prefixes, region.spellings):
        yield "".join(prefix) + spelling
