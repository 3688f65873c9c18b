"""What a goal is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from fractions import Fraction

    from graph_model.bilingual import Bilingual
    from queries.planning.choice import Curve


@dataclass(frozen=True)
class PlaceCounts:
    """A place as a goal sees it: its members, the green ones, its target and its weight."""

    base: int
    green: int
    target: Fraction
    weight: Fraction


@dataclass(frozen=True)
class PlanGoal:
    """A goal by places: `curve(place, most)` is what the first … `most`-th chosen member adds.

    `concave` says that no curve ever rises, so that greedy choice has a guarantee. `helps_places` is false for a goal that
    counts units by themselves: output and coverage.
    """

    name: str
    title: Bilingual
    definition: Bilingual
    curve: Callable[[PlaceCounts, int], Curve]
    concave: bool = True
    helps_places: bool = True


def no_places(_place: PlaceCounts, _most: int) -> Curve:
    """Return the curve of a goal that moves no place."""
    return ()
