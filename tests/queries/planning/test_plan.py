"""A plan holds what the contract promises: its gains are recounts, its limits hold, its certificate can be made again."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations
from typing import Any

import pytest

from graph_model.errors import UsageError
from queries import Session
from tests.queries.planning.conftest import Asked
from tests.queries.planning.recount import of_one, recount

COLUMNS = (
    "rank unit_id unit uscc city county parks leaders tags highest next_tier pool gain moves work bars first_season verdict "
    "cost"
)

CERTIFICATE = (
    "value bound gap method park_target leader_target candidates barred count weights horizon largest_first random_mean"
)


def test_the_columns_are_those_of_the_contract(worlds_asked: Asked) -> None:
    session, day = worlds_asked[0]
    plan = session.plan(as_of=day)
    assert list(plan.table.columns) == COLUMNS.split()
    assert list(plan.certificate) == CERTIFICATE.split()


def rows_of(session: Session, ids: list[str]) -> list[int]:
    every = session.graph["enterprises"].texts("id").to_pylist()
    return [every.index(id) for id in ids]


def progress(session: Session, day: Any, ids: list[str], plan: Any, tier: str = "city") -> Fraction:
    """Return the progress of a set by the words of the contract, from the questions alone."""
    view = session.graph.on(day)
    before, after = recount(view, [], tier), recount(view, rows_of(session, ids), tier)
    total = Fraction(0)
    for key, (_, whole) in before.items():
        if whole:
            target = _target(before, key[0])
            total += whole * (min(target, of_one(after, key)) - min(target, of_one(before, key)))
    return total


def _target(shares: Any, kind: str) -> Fraction:
    values = sorted(
        (of_one(shares, key) for key, (_, whole) in shares.items() if key[0] == kind and whole), reverse=True
    )
    reached = next(share for share in values if sum(other >= share for other in values) * 4 >= len(values))
    return reached if reached and len(values) > 1 else Fraction(1)


def test_progress_is_a_recount_row_by_row(worlds_asked: Asked) -> None:
    seen = 0
    for session, day in worlds_asked:
        plan = session.plan(as_of=day, count=4)
        ids = plan.table["unit_id"].tolist()
        for at, gain in enumerate(plan.table["gain"].tolist()):
            rise = progress(session, day, ids[: at + 1], plan) - progress(session, day, ids[:at], plan)
            assert float(rise) == pytest.approx(gain, abs=1e-9)
            seen += 1
        assert float(progress(session, day, ids, plan)) == pytest.approx(plan.certificate["value"], abs=1e-9)
    assert seen


def test_no_other_set_of_candidates_makes_more_progress(worlds_asked: Asked) -> None:
    for session, day in worlds_asked[:3]:
        plan = session.plan(as_of=day, count=2)
        every = session.plan(as_of=day, count=100, goal="count").table["unit_id"].tolist()[:9]
        best = max((progress(session, day, list(pair), plan) for pair in combinations(every, 2)), default=Fraction(0))
        assert plan.certificate["value"] >= float(best) - 1e-9
        assert plan.certificate["method"] == "exact"


@pytest.mark.parametrize("goal", ["progress", "count", "crossings", "output", "coverage"])
def test_barred_excluded_and_listed_never_appear_and_limits_hold(worlds_asked: Asked, goal: str) -> None:
    for session, day in worlds_asked:
        free = session.plan(as_of=day, goal=goal, count=5)
        names = free.table["unit_id"].tolist()
        without = session.plan(as_of=day, goal=goal, count=5, exclude=names[:2])
        assert not set(names[:2]) & set(without.table["unit_id"])
        ladder = session.ask("enterprise-ladder", as_of=day, base="all").table
        listed = set(ladder.loc[ladder["highest"].isin(["city", "provincial", "national"]), "enterprise_id"])
        barred = set(free.parts["out_of_reach"].table["unit_id"])
        assert not set(names) & (listed | barred)
        assert len(free.table) <= 5
        capped = session.plan(as_of=day, goal=goal, count=5, city_max=1).table
        assert not capped["city"].dropna().duplicated().any()


def test_the_same_question_gives_the_same_plan(worlds_asked: Asked) -> None:
    session, day = worlds_asked[1]
    assert session.plan(as_of=day).table.equals(session.plan(as_of=day).table)


def test_who_must_be_in_it_stands_first(worlds_asked: Asked) -> None:
    for session, day in worlds_asked:
        names = session.plan(as_of=day, count=6).table["unit_id"].tolist()
        if len(names) > 2:
            plan = session.plan(as_of=day, count=3, include=names[-1])
            assert plan.table["unit_id"].iloc[0] == names[-1]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"include": "没有这家企业"}, "没有"),
        ({"goal": "output", "for": "city=苏州市"}, "for"),
        ({"category": "park", "goal": "count"}, "coverage"),
        ({"for": "苏州市"}, "park="),
        ({"city_min": 3, "count": 2}, "至少|超过"),
        ({"budget": "-1"}, "0"),
        ({"quotas": "nowhere.csv"}, "nowhere.csv"),
    ],
    ids=["unknown unit", "for with output", "goal of parks", "for without kind", "minimums", "budget", "no file"],
)
def test_what_cannot_be_is_told(worlds_asked: Asked, options: dict[str, Any], words: str) -> None:
    session, day = worlds_asked[0]
    with pytest.raises(UsageError, match=words):
        session.plan(as_of=day, **options)


def test_a_plan_of_nobody_is_an_empty_table(worlds_asked: Asked) -> None:
    session, day = worlds_asked[0]
    plan = session.plan(as_of=day, count=0)
    assert plan.table.empty
    assert plan.certificate["gap"] == 0.0


def test_a_workbook_names_parks_and_leaders_before_their_ids(worlds_asked: Asked) -> None:
    named = 0
    for session, day in worlds_asked:
        plan = session.plan(as_of=day, count=8)
        people = plan.for_people
        assert [column.name for column in people.columns] == list(people.table.columns)
        assert [name for name in people.table.columns if not name.endswith("_names")] == COLUMNS.split()
        graph = session.graph
        for row in people.table.to_dict("records"):
            for ids, names, table in (("parks", "park_names", "parks"), ("leaders", "leader_names", "enterprises")):
                if row[ids] == row[ids] and row[ids] is not None:
                    rows = [graph.row_of(id, table) for id in row[ids].split("、")]
                    called = graph[table].texts("name").to_pylist()
                    assert row[names].split("、") == [called[one] for one in rows]
                    named += 1
                else:
                    assert row[names] != row[names] or row[names] is None
    assert named
