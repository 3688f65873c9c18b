"""How regions are written: the names of GB/T 2260 with their short forms, zones named after a place, and authorities.

A spelling leads to the codes it may mean. Of the home province every city and county has a code; a city of another province
gives that province, which is all that is asked of it. Data: `jiangsu_admin_codes.csv`, `provinces.csv`, `cities.csv`,
`zones.csv`, `region_words.yaml`. SPEC 3 and 8.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from itertools import product
from typing import TYPE_CHECKING, Final

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_DROPPED: Final = re.compile(r"[\s()\[\]/\\>·•-]+")
SEVERAL: Final = re.compile(r"[、,;|]|以及|和|及|与")
"""Stands between regions where a cell names several."""
_SHORT_ZONES: Final = (("经济技术开发区", "经开区"), ("经济技术开发区", "开发区"), ("工业园区", "园区"))
_FULL: Final = re.compile(r".{2,}[省市区县州盟团]|.+地区")


def cleaned(text: str) -> str:
    """Return what two spellings of a region have in common."""
    return _DROPPED.sub("", unicodedata.normalize("NFKC", text))


@dataclass(frozen=True)
class Region:
    """A region of the home province, or another province."""

    code: int
    name: str
    spellings: tuple[str, ...]


@dataclass(frozen=True)
class RegionNames:
    """Every accepted spelling, with and without the names above it, to the codes it may mean."""

    spelled: dict[str, tuple[int, ...]]
    zones: dict[str, int]

    @cached_property
    def zone(self) -> re.Pattern[str]:
        """Return the pattern of what follows a place in the name of a zone: 高新区, 临港经济开发区."""
        words = "|".join(sorted(_words()["zones"], key=len, reverse=True))
        return re.compile(rf"(?:国家级?|省级)?.{{0,6}}?(?:{words})(?:管委会|管理委员会)?")

    def heads(self, text: str, least: int = 2) -> Iterator[str]:
        """Yield the spellings that `text` begins with, the longest first; digits are no names."""
        for end in range(len(text) - 1, least - 1, -1):
            head = text[:end]
            if head in self.spelled and not head.isdigit():
                yield head

    def full_head(self, text: str) -> str | None:
        """Return the longest spelling that `text` begins with and that can only be a region: 无锡市 of 无锡市某街道."""
        return next(
            (head for head in self.heads(text, 3) if _FULL.fullmatch(head) and not turns_away(text[len(head) :])), None
        )

    def zone_head(self, text: str) -> str | None:
        """Return the place that a zone is named after: 无锡 of 无锡高新区."""
        return next((head for head in self.heads(text) if self.zone.fullmatch(text[len(head) :])), None)


def turns_away(rest: str) -> bool:
    """Tell whether what follows the name of a region says that it is not meant, or not alone: 江苏省外, 南京市等."""
    return rest.startswith(tuple(_words()["not_inside"]))


def home_authorities() -> tuple[str, ...]:
    """Return how the names of authorities of the home province begin that do not name it."""
    return tuple(_words()["home_authorities"])


def nationwide() -> tuple[str, ...]:
    """Return how the names of authorities begin that bind every unit."""
    return tuple(_words()["nationwide"])


def regions_by_code(home: int, county_file: str) -> dict[int, Region]:
    """Return the provinces, and the cities and counties of the home province, in code order."""
    rows = [*_provinces(), *(region for region in _home(county_file) if region.code != home)]
    return {region.code: region for region in sorted(rows, key=lambda region: region.code)}


def region_names(regions: dict[int, Region]) -> RegionNames:
    """Return the spellings of regions, and of the cities elsewhere, which give their province."""
    spelled: dict[str, list[int]] = {}
    for region in regions.values():
        for text in _spellings(region, regions):
            spelled.setdefault(text, []).append(region.code)
    for code, names in _cities_elsewhere():
        province = code // 10000 * 10000
        above = ("", *regions[province].spellings)
        for text in (str(code), *("".join(parts) for parts in product(above, names))):
            spelled.setdefault(text, [province])
    zones = {row["name"]: int(row["region"]) for row in _rows("zones.csv")}
    return RegionNames({text: tuple(dict.fromkeys(codes)) for text, codes in spelled.items()}, zones)


@cache
def _words() -> dict[str, list[str]]:
    text = files("graph_model.data").joinpath("region_words.yaml").read_text(encoding="utf-8")
    words: dict[str, list[str]] = yaml.safe_load(text)
    return words


def _rows(name: str) -> Iterator[dict[str, str]]:
    text = files("graph_model.data").joinpath(name).read_text(encoding="utf-8-sig")
    return csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))


def _provinces() -> Iterator[Region]:
    for row in _rows("provinces.csv"):
        yield Region(int(row["code"]), row["name"], (row["name"], row["short"], *_also(row)))


def _also(row: dict[str, str]) -> list[str]:
    return row["also"].split("|") if row["also"] else []


def _home(county_file: str) -> Iterator[Region]:
    for row in _rows(county_file):
        name = row["name"]
        short = name[:-1] if len(name) > 2 and name[-1] in "市县区" else name
        zones = (name.removesuffix(long) + word for long, word in _SHORT_ZONES if name.endswith(long))
        yield Region(int(row["code"]), name, tuple(dict.fromkeys((name, short, *zones))))


def _cities_elsewhere() -> Iterator[tuple[int, list[str]]]:
    for row in _rows("cities.csv"):
        yield int(row["code"]), [name for name in (row["name"], row["short"], *_also(row)) if name]


def _spellings(region: Region, regions: dict[int, Region]) -> Iterable[str]:
    """Yield the code and every spelling of `region`, alone and behind the names of what it lies in."""
    yield str(region.code)
    above = [code for code in _above(region.code) if code in regions]
    prefixes = product(*(("", *regions[code].spellings) for code in above))
    for prefix, spelling in product(prefixes, region.spellings):
        yield "".join(prefix) + spelling


def _above(code: int) -> tuple[int, ...]:
    """Return the codes of the province and the city that a code lies in."""
    higher = (code // 10000 * 10000, code // 100 * 100 if code % 10000 else 0)
    return tuple(each for each in higher if each not in (0, code))
