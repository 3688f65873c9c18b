"""Why a share moved: its change split over four causes by Shapley's values, exact and independent of order. SPEC 9.4.

Causes: units newly listed, removed from lists, that joined the denominator, that left it. In the state of some causes only
these have happened; the share of a state is that of its members, 0 where it has none. A cause's part is the mean, over every
order of the four, of what it adds when its turn comes (Shapley 1953); so the parts add up to the change.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import factorial
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from graph_model.arrays import Ints


CAUSES: Final = ("listed", "removed", "joined", "left")
SUBSETS: Final = 1 << len(CAUSES)
_LISTED, _REMOVED, _JOINED, _LEFT = (np.array([subset >> at & 1 for subset in range(SUBSETS)]) for at in range(4))


@dataclass(frozen=True)
class ShareParts:
    """The share of a place before and after, None where it has no member, and the part of each cause."""

    before: Fraction | None
    after: Fraction | None
    parts: tuple[Fraction, ...]


def unit_codes(member: tuple[Ints, Ints], green: tuple[Ints, Ints]) -> Ints:
    """Return units as numbers from 0 to 15: member before, after, green before, after, the first the highest bit."""
    codes: Ints = (member[0] << 3) | (member[1] << 2) | (green[0] << 1) | green[1]
    return codes


def _states() -> tuple[Ints, Ints]:
    """Return per code and set of causes whether a unit is a member, and a green one, where only those have happened."""
    codes = np.arange(16)[:, None]
    before, after, was_green, is_green = (codes >> bit & 1 for bit in (3, 2, 1, 0))
    member = np.where(before == after, before, np.where(after == 1, _JOINED, 1 - _LEFT))
    green = np.where(was_green == is_green, was_green, np.where(is_green == 1, _LISTED, 1 - _REMOVED))
    return member, member * green


_MEMBER, _GREEN = _states()


def share_parts(counts: Ints) -> list[ShareParts]:
    """Return the parts of every place; `counts` has a row a place, and how many of its units have each code."""
    members, greens = counts @ _MEMBER, counts @ _GREEN
    return [_of_place(*pair) for pair in zip(greens.tolist(), members.tolist(), strict=True)]


def _of_place(greens: list[int], members: list[int]) -> ShareParts:
    value = [Fraction(green, base) if base else Fraction(0) for green, base in zip(greens, members, strict=True)]
    before, after = (value[state] if members[state] else None for state in (0, SUBSETS - 1))
    return ShareParts(before, after, tuple(_part(value, 1 << at) for at in range(len(CAUSES))))


def _part(value: list[Fraction], cause: int) -> Fraction:
    without = (subset for subset in range(SUBSETS) if not subset & cause)
    return sum(
        (_WEIGHT[subset.bit_count()] * (value[subset | cause] - value[subset]) for subset in without), Fraction(0)
    )


def listed_credits(counts: Ints, codes: Ints) -> list[Fraction]:
    """Return what one newly listed unit of each code adds to the part `listed` of its place; `counts` has a row a code.

    Being listed changes no denominator, so in every state such a unit adds 1 / members where it is one: its mean over all
    orders is its credit, and the credits of a place add up to its part exactly.
    """
    members = counts @ _MEMBER
    return [_credit(_MEMBER[code].tolist(), row) for code, row in zip(codes.tolist(), members.tolist(), strict=True)]


def _credit(is_member: list[int], members: list[int]) -> Fraction:
    without = (subset for subset in range(SUBSETS) if not subset & 1 and is_member[subset])
    return sum((_WEIGHT[subset.bit_count()] / members[subset] for subset in without), Fraction(0))


_WEIGHT: Final = [
    Fraction(factorial(size) * factorial(len(CAUSES) - 1 - size), factorial(len(CAUSES))) for size in range(len(CAUSES))
]
"""In which share of all orders exactly a given set of so many causes comes before another."""
