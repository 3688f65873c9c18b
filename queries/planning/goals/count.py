"""Parks and leaders have many green factories: the texts' own measure (数量多, 数量众多). SPEC 9.1 `count`.

Harmonic, so that it spreads: the first green factory of a place counts 1, the second 1/2, the third 1/3.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph_model.bilingual import Bilingual
from queries.planning.goals.goal import PlaceCounts, PlanGoal

if TYPE_CHECKING:
    from queries.planning.choice import Curve


def curve(place: PlaceCounts, most: int) -> Curve:
    """Return weight / n for the n-th green factory of a place."""
    if not place.weight:
        return ()
    return tuple(place.weight / (place.green + number) for number in range(1, most + 1))


GOAL = PlanGoal(
    "count",
    Bilingual("绿色工厂数量", "number of green factories"),
    Bilingual(
        "各园区、龙头企业的绿色工厂数量，第 n 家计 1/n，按权重相加",
        "the sum over parks and leaders of weight x (H(greens after) - H(greens before)), H(n) = 1 + 1/2 + … + 1/n",
    ),
    curve,
)
