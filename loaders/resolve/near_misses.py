"""Near misses: pairs of names that may be one unit. Proposed to a person, never merged. SPEC 5.

Only names that share place and core are compared, and at least one of the two must have no row of its own: two registered
units are two units. What is proposed is capped; the summary says so.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final

from rapidfuzz import fuzz

from graph_model.names import normal_form
from graph_model.regions import UNKNOWN, city_of
from loaders.issues.summary import Proposal

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyarrow as pa

    from graph_model.regions import Regions

CAP: Final = 2_000
"""Proposals per kind of unit."""
SCORE: Final = 88.0
_BLOCK: Final = 400
"""A core shared by more names than this says too little to compare them all."""

_LEGAL = re.compile(
    r"(股份有限公司|有限责任公司|有限公司|集团|公司|中心|管委会|经济(技术)?开发区|高新技术产业开发区|产业园区?|工业园区?|园区)"
)
_BRACKETS = re.compile(r"[()（）\[\]]")


@dataclass(frozen=True, slots=True)
class _Name:
    id: str
    name: str
    normal: str
    city: int
    registered: bool


def proposals(kind: str, table: pa.Table, regions: Regions) -> list[Proposal]:
    """Return near misses among the units of one table, the likeliest first."""
    places = re.compile("|".join(sorted((_place_words(regions)), key=len, reverse=True)))
    blocks: defaultdict[str, list[_Name]] = defaultdict(list)
    columns = (table.column(name).to_pylist() for name in ("id", "name", "region", "registered"))
    for id, name, region, registered in zip(*columns, strict=True):
        normal = normal_form(name)
        blocks[_core(normal, places)].append(_Name(id, name, normal, city_of(region or UNKNOWN), registered))
    found = list(islice(_pairs(kind, blocks), CAP))
    return sorted(found, key=lambda one: (-one.score, one.id_a, one.id_b))


def _core(normal: str, places: re.Pattern[str]) -> str:
    """Return the two characters that a name is told apart by: behind place words, before the legal form."""
    bare = _BRACKETS.sub("", _LEGAL.sub("", normal))
    return (places.sub("", bare) or bare)[:2]


def _place_words(regions: Regions) -> set[str]:
    return {re.escape(spelling) for region in regions.regions.values() for spelling in region.spellings}


def _pairs(kind: str, blocks: dict[str, list[_Name]]) -> Iterator[Proposal]:
    for _, names in sorted(blocks.items()):
        if len(names) > _BLOCK or all(name.registered for name in names):
            continue
        ordered = sorted(names, key=lambda name: name.id)
        for index, one in enumerate(ordered):
            for other in ordered[index + 1 :]:
                proposal = _compare(kind, one, other)
                if proposal is not None:
                    yield proposal


def _compare(kind: str, one: _Name, other: _Name) -> Proposal | None:
    if (one.registered and other.registered) or (one.city and other.city and one.city != other.city):
        return None
    short, long = sorted((one.normal, other.normal), key=len)
    branch = long.startswith(short) and "分公司" in long[len(short) :]
    score = 100.0 if branch else fuzz.ratio(short, long)
    if score < SCORE:
        return None
    why = "分公司" if branch else "名称相近"
    return Proposal(kind, one.id, one.name, other.id, other.name, round(score, 1), why)
