"""Shares, their exact bounds and their ranks (SPEC 6)."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from itertools import product
from typing import Any

from tests.reference.day import NO, UNKNOWN, YES
from tests.reference.world import Row

Pair = tuple[str, str]
Bounds = tuple[Fraction | None, Fraction | None]


def share(part: Any, whole: Any) -> Fraction | None:
    """Null where the denominator is 0."""
    return Fraction(part) / Fraction(whole) if whole else None


def bounds(units: Iterable[Pair]) -> Bounds:
    """SPEC 6: the exact minimum and maximum over every completion of unknown memberships and unknown greens.

    `units` are (membership, green). Units of one pair are alike, so a completion is how many of each kind
    of pair are in the base and green; completions with an empty base do not count.
    """
    count: dict[Pair, int] = {}
    for pair in units:
        count[pair] = count.get(pair, 0) + 1
    ways = [[completions(pair, n) for pair, n in count.items()]]
    shares = [
        Fraction(sum(green for _, green in chosen), sum(members for members, _ in chosen))
        for chosen in product(*ways[0])
        if sum(members for members, _ in chosen)
    ]
    return (min(shares), max(shares)) if shares else (None, None)


def completions(pair: Pair, n: int) -> set[tuple[int, int]]:
    """All (members, green members) that n units with this membership and green can come to."""
    membership, green = pair
    members = {YES: [n], NO: [0], UNKNOWN: range(n + 1)}[membership]
    return {(m, g) for m in members for g in {YES: [m], NO: [0], UNKNOWN: range(m + 1)}[green]}


def ranked(rows: list[Row], by: str, into: str = "rank") -> list[Row]:
    """1, 2, 2, 4 by a share or a count; null has no rank."""
    known = [row[by] for row in rows if row[by] is not None]
    for row in rows:
        row[into] = None if row[by] is None else 1 + sum(other > row[by] for other in known)
    return rows


def descending(value: Any) -> tuple[bool, Any]:
    """A sort key: descending, null last."""
    return (value is None, 0 if value is None else -value)


def null_first(value: Any) -> tuple[bool, Any]:
    """SPEC 6: sorting is by code point, null first within keys."""
    return (value is not None, "" if value is None else value)
