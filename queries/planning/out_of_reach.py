"""Who cannot be chosen: bars that do not heal by the horizon, each with clause, reason and the first day, one row a bar."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from graph_model.bilingual import Bilingual
from graph_model.days import OPEN, number
from queries.answers.answer import Answer
from queries.answers.columns import columns
from queries.answers.frame import city_names, days, unit_column
from queries.planning.table import texts_of

if TYPE_CHECKING:
    from queries.planning.problem import Problem

COLUMNS = columns("unit_id", "unit", "uscc", "city", "rule", "clause", "reason@finding", "earliest", "act")
TITLE = Bilingual("暂不能培育的单位", "out of reach")


def out_of_reach(problem: Problem, snapshot: str) -> Answer:
    """Return the failing bars of units that are not listed and not healed by the horizon."""
    units = problem.standing
    barred = np.flatnonzero(units.barred(problem.options.horizon))
    at, rules = np.nonzero(units.failing[barred])
    places = barred[at]
    decisions = [units.matrix.decisions[code] for code in units.matrix.codes[places, rules].tolist()]
    asked = [units.matrix.judged[rule].rule for rule in rules.tolist()]
    graph, table, rows = units.view.graph, units.matrix.subjects.table, units.rows[places]
    untils = [OPEN if decision.until is None else number(decision.until) for decision in decisions]
    frame = pd.DataFrame(
        {
            "unit_id": unit_column(graph, table, "id", rows),
            "unit": unit_column(graph, table, "name", rows),
            "uscc": texts_of([None] * len(rows)) if table == "parks" else unit_column(graph, table, "uscc", rows),
            "city": city_names(graph, table, rows),
            "rule": texts_of([rule.id for rule in asked]),
            "clause": texts_of(
                [rule.place(units.matrix.subjects.rules, units.matrix.subjects.category.value) for rule in asked]
            ),
            "reason": texts_of([decision.reason.zh for decision in decisions]),
            "earliest": days(np.array(untils, dtype=np.int32)),
            "act": texts_of([decision.act.zh if decision.act else None for decision in decisions]),
        }
    )
    return Answer(
        question="plan",
        title=TITLE,
        table=frame,
        columns=COLUMNS,
        definition=Bilingual(
            f"在 {problem.options.horizon} 个月内不能消除的限制情形，一条一行",
            f"bars that do not heal in {problem.options.horizon} months, one a row",
        ),
        clause_ids=(),
        notes=(),
        as_of=units.view.day,
        snapshot=snapshot,
        options={},
    )
