"""More of the output comes from green factories: the national goal of over 40 % by 2030. SPEC 9.1 `output`.

Output of the chosen units that were not green before / `output_base` of the province in 6.4; unknown output counts 0.
"""

from __future__ import annotations

from graph_model.bilingual import Bilingual
from queries.planning.goals.goal import PlanGoal, no_places

GOAL = PlanGoal(
    "output",
    Bilingual("绿色工厂产值占比", "share of output from green factories"),
    Bilingual(
        "所选企业产值 ÷ 全省口径内已知产值（产值未知的按 0 计）",
        "output of the chosen units not green before / known output of the province's base; unknown output counts 0",
    ),
    no_places,
    helps_places=False,
)
