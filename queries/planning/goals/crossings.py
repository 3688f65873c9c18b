"""Parks and leaders reach their target. SPEC 9.1 `crossings`.

Counted unweighted, each place once; one that had reached its target before counts nothing. Not submodular: nothing is gained
until the last missing member is chosen.
"""

from __future__ import annotations

from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING

from graph_model.bilingual import Bilingual
from queries.planning.goals.goal import PlaceCounts, PlanGoal

if TYPE_CHECKING:
    from queries.planning.choice import Curve


def curve(place: PlaceCounts, most: int) -> Curve:
    """Return nothing until the member that brings the share to the target, and 1 for that one."""
    short = ceil(place.target * place.base) - place.green
    if short <= 0 or short > most:
        return ()
    return (*[Fraction(0)] * (short - 1), Fraction(1))


GOAL = PlanGoal(
    "crossings",
    Bilingual("达到目标的家数", "places that reach their target"),
    Bilingual(
        "由未达目标变为达到目标的园区和龙头企业的家数", "parks and leaders that were below their target and reach it"
    ),
    curve,
    concave=False,
)
