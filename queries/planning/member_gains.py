"""By how much every share rises if one enterprise alone becomes green: exact sums of 1 / denominator. SPEC 9.2."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from queries.planning.places import Places

    Memberships = tuple[NDArray[np.int32], NDArray[np.int64]]
    """Members by row, each with the denominator that it is a part of."""


@dataclass(frozen=True)
class MemberGains:
    """Enterprises that are members of parks or leaders, and what each moves; every field runs over `rows`."""

    rows: NDArray[np.intp]
    park_count: NDArray[np.int64]
    leader_count: NDArray[np.int64]
    park_gain: list[Fraction]
    leader_gain: list[Fraction]
    gain: list[Fraction]


def member_gains(places: Places, shown: NDArray[np.bool_]) -> MemberGains:
    """Return what each shown member moves; `shown` runs over the rows of enterprises."""
    parks, leaders = (_memberships(places, kind, shown) for kind in ("park", "leader"))
    rows = np.union1d(parks[0], leaders[0]).astype(np.intp)
    park_gain, leader_gain = _gains(rows, parks), _gains(rows, leaders)
    park_count, leader_count = (
        np.bincount(np.searchsorted(rows, members), minlength=len(rows)) for members, _ in (parks, leaders)
    )
    return MemberGains(rows, park_count, leader_count, park_gain, leader_gain, _summed(park_gain, leader_gain))


def _memberships(places: Places, kind: str, shown: NDArray[np.bool_]) -> Memberships:
    """Return the shown members of places of a kind."""
    at = np.flatnonzero(places.kind == kind).astype(np.int32)
    owners, members = places.members.of(at)
    shown_members = shown[members]
    members, base = members[shown_members], places.base[at][owners[shown_members]]
    order = np.lexsort((base, members))
    return members[order], base[order]


def _gains(rows: NDArray[np.intp], memberships: Memberships) -> list[Fraction]:
    """Return per row the exact sum over its memberships; alike memberships are summed once."""
    members, bases = memberships
    starts = np.searchsorted(members, rows, side="left").tolist()
    ends = np.searchsorted(members, rows, side="right").tolist()
    listed = bases.tolist()
    sums: dict[tuple[int, ...], Fraction] = {}
    gains = []
    for start, end in zip(starts, ends, strict=True):
        denominators = tuple(listed[start:end])
        if denominators not in sums:
            sums[denominators] = sum((Fraction(1, base) for base in denominators), Fraction(0))
        gains.append(sums[denominators])
    return gains


def _summed(first: list[Fraction], second: list[Fraction]) -> list[Fraction]:
    # Gains that are alike are one object: its identity is found at once, where a fraction's hash takes long.
    sums: dict[tuple[int, int], Fraction] = {}
    summed = []
    for one, other in zip(first, second, strict=True):
        pair = (id(one), id(other))
        if pair not in sums:
            sums[pair] = one + other
        summed.append(sums[pair])
    return summed


def descending(gains: list[Fraction]) -> NDArray[np.int64]:
    """Return the place of each gain among all distinct ones, the largest first: equal fractions share a place."""
    objects = {id(gain): gain for gain in gains}
    place = {gain: at for at, gain in enumerate(sorted(set(objects.values()), reverse=True))}
    by_object = {identity: place[gain] for identity, gain in objects.items()}
    return np.array([by_object[id(gain)] for gain in gains], dtype=np.int64)
