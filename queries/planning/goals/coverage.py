"""Every city moves, the one furthest behind first. SPEC 9.1 `coverage`.

The ascending vector of the cities' shares (6.4) is to be lexicographically largest: first the smallest share, then the next.
The choice is made by `leximin`, not by curves.
"""

from __future__ import annotations

from graph_model.bilingual import Bilingual
from queries.planning.goals.goal import PlanGoal, no_places

GOAL = PlanGoal(
    "coverage",
    Bilingual("均衡覆盖各市", "even coverage of the cities"),
    Bilingual(
        "各设区市覆盖率从低到高排成一列，先使最低的尽量高，再使次低的尽量高",
        "the ascending vector of the cities' coverage, lexicographically largest",
    ),
    no_places,
    helps_places=False,
)
