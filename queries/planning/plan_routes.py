"""The dated way of every chosen unit to the tier of the plan: a sheet beside it, step by step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from graph_model.bilingual import Bilingual
from graph_model.tiers import Tier
from queries.answers.answer import Answer
from queries.planning.route_table import COLUMNS, StepRows
from queries.planning.season_route import season_routes

if TYPE_CHECKING:
    from queries.planning.problem import Problem

SHOWN: Final = tuple(column for column in COLUMNS if column.name != "gain")
TITLE: Final = Bilingual("入选单位的推进路线", "the way of every chosen unit")


def plan_routes(problem: Problem, chosen: pd.DataFrame, snapshot: str) -> Answer:
    """Return the steps of the chosen units, in the order of the plan."""
    subjects, place = problem.standing.matrix.subjects, {id: at for at, id in enumerate(problem.choice.ids)}
    rows = problem.rows[[place[id] for id in chosen["unit_id"]]].astype(np.intp)
    routes = season_routes(problem.view, subjects.rules, subjects.category, Tier.of(problem.options.tier), rows)
    frames = []
    for route in routes:
        units, steps = np.indices(route.done.shape)
        frames.append(StepRows(route, units.ravel(), steps.ravel()).frame())
    table = pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=[column.name for column in SHOWN])
    rank = dict(zip(chosen["unit_id"], chosen["rank"], strict=True))
    table = table.assign(rank=table["unit_id"].map(rank)).sort_values(["rank", "place"], kind="stable")
    return Answer(
        question="plan",
        title=TITLE,
        table=table[[column.name for column in SHOWN]].reset_index(drop=True),
        columns=SHOWN,
        definition=Bilingual(
            "各步骤由谁办、最迟哪一天、缺什么材料；见“逐级推进路线”", "who acts, by when, what is missing; see route"
        ),
        clause_ids=(),
        notes=(),
        as_of=problem.view.day,
        snapshot=snapshot,
        options={},
    )
