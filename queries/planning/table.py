"""A plan as a planner reads it: one row a chosen unit, in the order in which it helps most. SPEC 9.1, columns."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from graph_model.days import active
from graph_model.regions import UNKNOWN
from graph_model.tiers import CATEGORIES, Category
from queries.answers.columns import columns
from queries.answers.frame import city_names, county_names, texts, tiers, unit_column
from queries.eligibility.assessment_table import VERDICTS
from queries.measures.regions import next_tiers
from queries.planning.seasons import first_seasons

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from queries.answers.column import Column
    from queries.planning.places import Places
    from queries.planning.problem import Problem

COLUMNS = columns(
    "rank@place", "unit_id", "unit", "uscc", "city", "county", "parks@ids", "leaders@ids", "tags", "highest", "next_tier",
    "pool@sponsors", "gain", "moves", "work", "bars", "first_season", "verdict", "cost",
)  # fmt: skip
NAMED = {"parks": "park_names", "leaders": "leader_names"}
"""Columns of ids, and the columns of names that people see before them."""
BETWEEN = "、"
MOST_TOLD = 4
"""Places that are told one by one; how many there are in all is told behind them."""
DEPARTMENT = "主管部门"
"""Who cultivates where a row names no sponsor."""


def plan_table(
    problem: Problem, order: Sequence[int], gains: Sequence[Fraction], moves: Sequence[str | None]
) -> pd.DataFrame:
    """Return the chosen candidates in order with everything that the contract lists; `gain` is in the goal's own measure."""
    units, at = problem.standing, problem.candidates[list(order)]
    graph, table, rows = units.view.graph, units.matrix.subjects.table, units.rows[at]
    is_park = table == "parks"
    nothing = texts_of([None] * len(rows))
    by_unit = first_seasons(units)
    seasons = [by_unit[place] for place in at.tolist()]
    costs = [problem.costs[one] for one in order]
    frame = pd.DataFrame(
        {
            "rank": np.arange(1, len(rows) + 1),
            "unit_id": unit_column(graph, table, "id", rows),
            "unit": unit_column(graph, table, "name", rows),
            "uscc": nothing if is_park else unit_column(graph, table, "uscc", rows),
            "city": city_names(graph, table, rows),
            "county": county_names(graph, rows, table),
            "parks": nothing if is_park else _ids_of_places(problem.places, "park", rows),
            "leaders": nothing if is_park else _ids_of_places(problem.places, "leader", rows),
            "tags": nothing if is_park else texts(graph[table].texts("tags", rows)),
            "highest": tiers(units.highest[at]),
            "next_tier": tiers(next_tiers(units.highest[at], _proven(problem, at))),
            "pool": texts_of(_sponsors(problem, rows)),
            "gain": [float(gain) for gain in gains],
            "moves": texts_of(moves),
            "work": texts_of([_work(problem, place) for place in at.tolist()]),
            "bars": texts_of([_bars(problem, place) for place in at.tolist()]),
            "first_season": pd.array(seasons, dtype="Int64"),
            "verdict": texts_of([VERDICTS[place] for place in units.matrix.verdicts[at].tolist()]),
            "cost": pd.Series([None if cost is None else float(cost) for cost in costs], dtype="float64"),
        }
    )
    return frame[[column.name for column in COLUMNS]]


def with_place_names(table: pd.DataFrame, names: Mapping[str, str]) -> tuple[pd.DataFrame, tuple[Column, ...]]:
    """Return a plan with the names of its parks and leaders before their ids, and the columns that it then has."""
    named = {ids: columns(key)[0] for ids, key in NAMED.items()}
    shown = [one for column in COLUMNS for one in (*([named[column.name]] if column.name in named else ()), column)]
    worded = {named[ids].name: table[ids].map(lambda cell: _names_of(cell, names)).astype("str") for ids in named}
    return table.assign(**worded)[[column.name for column in shown]], tuple(shown)


def _names_of(ids: Any, names: Mapping[str, str]) -> str | None:
    return None if ids != ids or ids is None else BETWEEN.join(names.get(id, id) for id in str(ids).split(BETWEEN))


def texts_of(values: Sequence[str | None]) -> pd.Series[Any]:
    """Return texts as a column."""
    return pd.Series(list(values), dtype="str")


def _proven(problem: Problem, at: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Return whether absence from the lists proves something: registered enterprises, and every park and leader."""
    units = problem.standing
    if units.matrix.subjects.category is not Category.FACTORY:
        return np.ones(len(at), dtype=bool)
    proven: NDArray[np.bool_] = units.view.graph["enterprises"]["registered"][units.rows[at]] == 1
    return proven


def _ids_of_places(places: Places, kind: str, rows: NDArray[np.intp]) -> pd.Series[Any]:
    """Return the ids of the places of a kind that enterprises are members of, joined, null for none."""
    of_kind = np.flatnonzero(places.kind == kind).astype(np.int32)
    owners, members = places.members.of(of_kind)
    named: dict[int, list[str]] = {row: [] for row in rows.tolist()}
    for owner in np.flatnonzero(np.isin(members, rows)).tolist():
        named[int(members[owner])].append(places.id[of_kind[owners[owner]]])
    return texts_of([BETWEEN.join(named[row]) or None for row in rows.tolist()])


def _sponsors(problem: Problem, rows: NDArray[np.intp]) -> list[str | None]:
    """Return who cultivates each unit on the day in the category, distinct and in code-point order."""
    units = problem.standing
    graph, unit = units.view.graph, units.matrix.subjects.unit
    plans = graph["cultivation"]
    now = active(plans["start"], plans["end"], units.view.facts.number) & (plans[unit] >= 0)
    now &= plans["category"] == CATEGORIES.index(units.matrix.subjects.category)
    now &= np.isin(plans[unit], rows)
    sponsors: dict[int, set[str]] = {}
    for plan in np.flatnonzero(now).tolist():
        sponsors.setdefault(int(plans[unit][plan]), set()).add(_sponsor(graph, plans, plan))
    return [BETWEEN.join(sorted(sponsors[row])) if row in sponsors else None for row in rows.tolist()]


def _sponsor(graph: Any, plans: Any, plan: int) -> str:
    for column, table in (("sponsor_park", "parks"), ("sponsor_enterprise", "enterprises")):
        row = int(plans[column][plan])
        if row >= 0:
            return str(graph[table].texts("name", np.array([row]))[0])
    return DEPARTMENT


def _work(problem: Problem, at: int) -> str | None:
    """Return what is to be done, each with where the clause stands; null where nothing is."""
    matrix = problem.standing.matrix
    rules, category = matrix.subjects.rules, matrix.subjects.category.value
    steps = []
    for rule in np.flatnonzero(problem.standing.work[at]).tolist():
        decision = matrix.decisions[matrix.codes[at, rule]]
        words = decision.act.zh if decision.act else decision.reason.zh
        steps.append(f"{words}（{matrix.judged[rule].rule.place(rules, category)}）")
    return "；".join(dict.fromkeys(steps)) or None


def _bars(problem: Problem, at: int) -> str | None:
    """Return the bars that fail or are unknown, by id in the order of the rule book."""
    units = problem.standing
    bars = np.flatnonzero(units.failing[at] | units.unknown_bars[at]).tolist()
    return "+".join(units.matrix.judged[rule].rule.id for rule in bars) or None


def moves_in_words(problem: Problem, order: Sequence[int]) -> list[str | None]:
    """Return for each chosen unit how the shares of its places move when it joins those before it, in words."""
    places, members = problem.places, Counter[int]()
    words = []
    for candidate in order:
        told = []
        for place in problem.choice.places[candidate]:
            green, base = int(places.green[place]) + members[place], int(places.base[place])
            kind = {"park": "园区", "leader": "龙头企业"}[str(places.kind[place])]
            told.append(f"{kind} {places.name[place]} {_percent(green, base)}→{_percent(green + 1, base)}")
            members[place] += 1
        more = [f"等共 {len(told)} 处"] if len(told) > MOST_TOLD else []
        words.append("；".join([*told[:MOST_TOLD], *more]) or None)
    return words


def _percent(part: int, whole: int) -> str:
    """Return a share in percent with as many digits as one member of `whole` moves it by."""
    digits = 1 if whole < 1_000 else 2
    return f"{100 * part / whole:.{digits}f}%"


def city_moves(
    problem: Problem, order: Sequence[int], counts: Sequence[bool], listed: dict[int, tuple[int, int]]
) -> list[str | None]:
    """Return for each chosen unit how its city's coverage moves, in words; null where it moves none."""
    reached = {city: before for city, (_, before) in listed.items()}
    words: list[str | None] = []
    for candidate in order:
        city = problem.choice.city[candidate]
        if not counts[candidate] or city not in listed or city == UNKNOWN:
            words.append(None)
            continue
        base, now = listed[city][0], reached[city]
        name = problem.view.graph.regions.name(city)
        words.append(f"{name} {_percent(now, base)}→{_percent(now + 1, base)}")
        reached[city] += 1
    return words
