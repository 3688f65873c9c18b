"""Parks and leaders come closer to their target. SPEC 9.1 `progress`.

Sum over places of weight x (min(target, share after) - min(target, share before)): what lies beyond the target counts nothing.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from graph_model.bilingual import Bilingual
from queries.planning.goals.goal import PlaceCounts, PlanGoal

if TYPE_CHECKING:
    from queries.planning.choice import Curve


def curve(place: PlaceCounts, most: int) -> Curve:
    """Return the steps up to the target: whole ones, then the part that is left, then nothing."""
    goal = place.target * place.base
    unit = place.weight / place.base
    steps = []
    for reached in range(place.green, place.green + most):
        step = min(goal, Fraction(reached + 1)) - min(goal, Fraction(reached))
        if not step or not unit:
            break
        steps.append(step * unit)
    return tuple(steps)


GOAL = PlanGoal(
    "progress",
    Bilingual("向目标推进", "progress towards targets"),
    Bilingual(
        "各园区、龙头企业的（不超过目标的）占比提高之和，按权重相加",
        "the sum over parks and leaders of weight x (min(target, share after) - min(target, share before))",
    ),
    curve,
)
