"""Near misses: pairs of names that may be one unit. Proposed to a person, never merged. SPEC 5.

Names are compared by their skeletons (places in any order or none, numbers in front, legal forms, traditional characters and
those that scanning confuses are one), by the former names and further firms that they hold, and by likeness where they share a
core. At least one of the two must have no row of its own: two registered units are two units. What is proposed is capped.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import partial
from itertools import combinations
from typing import TYPE_CHECKING, Final

from rapidfuzz import fuzz

from graph_model.names import normal_form
from graph_model.regions import UNKNOWN, city_of, contains
from loaders.issues.summary import Proposal
from loaders.resolve.name_readings import NameReader, Skeleton

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import pyarrow as pa

    from graph_model.regions import Regions

CAP: Final = 2_000
"""Proposals per kind of unit."""
SCORE: Final = 88.0
_SAME_SKELETON: Final = 95.0
_BLOCK: Final = 400
"""A core shared by more names than this says too little to compare them all."""


@dataclass(frozen=True, slots=True)
class _Name:
    id: str
    name: str
    normal: str
    skeleton: Skeleton
    city: int
    registered: bool


def proposals(kind: str, table: pa.Table, regions: Regions) -> list[Proposal]:
    """Return near misses among the units of one table, the likeliest first."""
    columns = (table.column(name).to_pylist() for name in ("id", "name", "region", "registered"))
    rows = list(zip(*columns, strict=True))
    if all(registered for *_, registered in rows):
        return []
    reader = NameReader(regions)
    names = [
        _Name(id, name, normal_form(name), reader.skeleton(name), city_of(region or UNKNOWN), registered)
        for id, name, region, registered in rows
    ]
    found: dict[tuple[str, str], Proposal] = {}
    for proposal in _likeliest_first(kind, names, reader):
        known = found.get((proposal.id_a, proposal.id_b))
        if known is None or known.score < proposal.score:
            found[proposal.id_a, proposal.id_b] = proposal
        if len(found) == CAP:
            break
    return sorted(found.values(), key=lambda one: (-one.score, one.id_a, one.id_b))


def _likeliest_first(kind: str, names: list[_Name], reader: NameReader) -> Iterator[Proposal]:
    yield from _by_reading(kind, names, reader)
    yield from _by_skeleton(kind, names)
    yield from _by_likeness(kind, names)


def _by_reading(kind: str, names: list[_Name], reader: NameReader) -> Iterator[Proposal]:
    """Yield pairs of which one holds the other: behind a number, in brackets, as one of two firms."""
    by_normal: defaultdict[str, list[_Name]] = defaultdict(list)
    by_skeleton: defaultdict[str, list[_Name]] = defaultdict(list)
    for name in names:
        by_normal[name.normal].append(name)
        by_skeleton[name.skeleton.text].append(name)
    for name in names:
        for reading in reader.readings(name.name):
            skeleton = reader.skeleton(reading.name)
            same = by_normal.get(normal_form(reading.name), [])
            alike = [other for other in by_skeleton.get(skeleton.text, []) if _near(skeleton, other.skeleton)]
            for other in (*same, *alike):
                if other.id != name.id and not (other.registered and name.registered):
                    yield _proposal(kind, name, other, 100.0 if other in same else _SAME_SKELETON, reading.why)


def _by_skeleton(kind: str, names: list[_Name]) -> Iterator[Proposal]:
    """Yield pairs that differ only in places, their order, numbers, legal forms or the shape of characters."""
    for one, other in _pairs(names, lambda name: name.skeleton.text):
        if _may_be_one(one, other) and _near(one.skeleton, other.skeleton) and not _is_branch(one, other):
            yield _proposal(kind, one, other, _SAME_SKELETON, "只差地名、序号、公司形式或字形")


def _by_likeness(kind: str, names: list[_Name]) -> Iterator[Proposal]:
    for core in (slice(None, 2), slice(-2, None)):
        for one, other in _pairs(names, partial(_core, core)):
            if not _may_be_one(one, other):
                continue
            branch = _is_branch(one, other)
            score = 100.0 if branch else fuzz.ratio(one.normal, other.normal)
            if score >= SCORE:
                yield _proposal(kind, one, other, score, "分公司" if branch else "名称相近")


def _core(part: slice, name: _Name) -> str:
    return name.skeleton.text[part]


def _pairs(names: list[_Name], key: Callable[[_Name], str]) -> Iterator[tuple[_Name, _Name]]:
    """Yield the pairs of names that share a key, unless too many do."""
    blocks: defaultdict[str, list[_Name]] = defaultdict(list)
    for name in names:
        blocks[key(name)].append(name)
    for _, block in sorted(blocks.items()):
        if 1 < len(block) <= _BLOCK and not all(name.registered for name in block):
            yield from combinations(block, 2)


def _may_be_one(one: _Name, other: _Name) -> bool:
    return not (one.registered and other.registered) and (not one.city or not other.city or one.city == other.city)


def _near(one: Skeleton, other: Skeleton) -> bool:
    """Tell whether the places in two names go together: one names none, or a place of one holds one of the other."""
    if not one.places or not other.places:
        return True
    return any(contains(a, b) or contains(b, a) for a in one.places for b in other.places)


def _is_branch(one: _Name, other: _Name) -> bool:
    short, long = sorted((one.normal, other.normal), key=len)
    return long.startswith(short) and "分公司" in long[len(short) :]


def _proposal(kind: str, one: _Name, other: _Name, score: float, why: str) -> Proposal:
    first, second = sorted((one, other), key=lambda name: name.id)
    return Proposal(kind, first.id, first.name, second.id, second.name, round(score, 1), why)
