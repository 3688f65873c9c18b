"""Measure `plan` for every goal, greedy choice alone, ten thousand what-ifs, and `leverage`, on the fictional province.

python -m benchmarks.planning --enterprises 60000 --links 500000
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.measure import in_own_process, timed, worked
from benchmarks.worlds import loaded_world

if TYPE_CHECKING:
    from queries import Session
    from queries.planning.choice import Choice

GOALS = ("progress", "count", "crossings", "output", "coverage")
COUNT = 200
SCENARIOS = 10_000
MANY = 1_000_000
"""Candidates of the larger greedy choice: the province several times over."""


@dataclass(frozen=True)
class Planned:
    """What a plan of one goal took and reached."""

    goal: str
    first: float
    again: float
    work: float
    """Seconds of the processor, of the second time."""
    chosen: int
    method: str
    gap: float | None
    advantage: float | None
    """Value over that of the largest output first."""


@dataclass(frozen=True)
class Greedy:
    """Lazy greedy alone, with its bound: seconds of the processor, candidates, and by how much the bound lies above."""

    seconds: float
    candidates: int
    gap: float


@dataclass(frozen=True)
class Suppositions:
    """Seconds of the processor for one what-if (with verdicts), of many in one call, and how many rows these tell."""

    one: float
    many: float
    rows: int


@dataclass(frozen=True)
class Everything:
    """All that is measured in one process, so that its peak is that of a planner's day."""

    planned: list[Planned]
    greedy: list[Greedy]
    suppositions: Suppositions
    leverage: float
    units: int


def plan_everything(store: Path) -> Everything:
    """Plan every goal, choose greedily, suppose, and ask for leverage."""
    from loaders.fictional import DEMO_DAY
    from queries import open_store

    session = open_store(store)
    planned = [_planned(session, goal) for goal in GOALS]
    greedy, suppositions = _greedy(session), _suppositions(session)
    seconds = min(worked(lambda: session.leverage(as_of=DEMO_DAY))[1] for _ in range(3))
    return Everything(planned, greedy, suppositions, seconds, len(session.leverage(as_of=DEMO_DAY).table))


def _planned(session: Session, goal: str) -> Planned:
    from loaders.fictional import DEMO_DAY

    first, plan = timed(lambda: session.plan(as_of=DEMO_DAY, goal=goal, count=COUNT))
    again, work, _ = worked(lambda: session.plan(as_of=DEMO_DAY, goal=goal, count=COUNT))
    proof = plan.certificate
    advantage = proof["value"] / proof["largest_first"] if proof["largest_first"] else None
    return Planned(goal, first, again, work, len(plan.table), proof["method"], proof["gap"], advantage)


def _greedy(session: Session) -> list[Greedy]:
    from loaders.fictional import DEMO_DAY
    from queries.planning.plan import plan_rules
    from queries.planning.plan_options import PlanOptions
    from queries.planning.problem import problem_of

    view, options = session.graph.on(DEMO_DAY), PlanOptions(count=COUNT)
    choice = problem_of(view, plan_rules(view, options), options).choice
    return [_chosen_greedily(choice), _chosen_greedily(_repeated(choice, MANY))]


def _chosen_greedily(choice: Choice) -> Greedy:
    from queries.planning.greedy import greedy, open_bound

    _, seconds, chosen = worked(lambda: greedy(choice))
    _, bound_seconds, bound = worked(lambda: open_bound(choice, chosen))
    return Greedy(seconds + bound_seconds, len(choice.ids), float(bound / choice.value(chosen)) - 1)


def _repeated(choice: Choice, least: int) -> Choice:
    """Return the choice of several provinces side by side, of at least so many candidates: each copy has places of its own."""
    copies, places = -(-least // len(choice.ids)), len(choice.curves)
    return replace(
        choice,
        ids=[f"{id}#{copy}" for copy in range(copies) for id in choice.ids],
        places=[tuple(place + copy * places for place in of_one) for copy in range(copies) for of_one in choice.places],
        curves=[*choice.curves] * copies,
        alone=[*choice.alone] * copies,
        city=[*choice.city] * copies,
        cost=[*choice.cost] * copies,
    )


def _suppositions(session: Session) -> Suppositions:
    from loaders.fictional import DEMO_DAY

    scenarios = _scenarios(session)
    one = min(worked(lambda: session.what_if(as_of=DEMO_DAY, **scenarios[0]))[1] for _ in range(3))
    _, many, told = worked(lambda: session.what_ifs(scenarios, as_of=DEMO_DAY))
    return Suppositions(one, many, len(told.table))


def _scenarios(session: Session) -> list[dict[str, str]]:
    """Return scenarios of every kind that moves a count, by names as people write them, always the same."""
    from loaders.fictional import DEMO_DAY

    draw = random.Random(1)
    units = session.leverage(as_of=DEMO_DAY).table["unit"].tolist()
    parks = session.park_share(as_of=DEMO_DAY).table["park"].tolist()
    leaders = session.leader_ratio(as_of=DEMO_DAY).table["leader"].tolist()
    agencies = session.table("agencies")["name"].tolist()
    kinds = {
        "list": lambda: f"{draw.choice(units)}@省级",
        "strike": lambda: draw.choice(units),
        "join": lambda: f"{draw.choice(units)}@{draw.choice(parks)}",
        "leave": lambda: f"{draw.choice(units)}@{draw.choice(parks)}",
        "supplies": lambda: f"{draw.choice(leaders)}@{draw.choice(units)}",
        "ban": lambda: f"{draw.choice(agencies)}@江苏省",
    }
    return [{kind: kinds[kind]()} for kind in (list(kinds)[at % len(kinds)] for at in range(SCENARIOS))]


def main(arguments: list[str] | None = None) -> None:
    """Make and load the province where that has not been done, plan, and print what it took."""
    world = loaded_world("python -m benchmarks.planning", __doc__.splitlines()[0] if __doc__ else "", arguments)
    measured = in_own_process("benchmarks.planning", "plan_everything", world.store)
    everything: Everything = measured.result
    print(f"province: {world.enterprises:,} enterprises, {world.links:,} links; peak {measured.peak:.2f} GiB")
    for one in everything.planned:
        gap = "—" if one.gap is None else f"{100 * one.gap:.2f} %"
        better = "" if one.advantage is None else f"{one.advantage:5.2f} times largest first"
        took = f"{one.first:7.1f} s first{one.again:7.1f} s again{one.work:7.1f} s work"
        print(f"{one.goal:10}{took}  {one.chosen} chosen, {one.method}, gap {gap} {better}")
    for one in everything.greedy:
        print(f"greedy    {one.seconds:7.2f} s work  {one.candidates:,} candidates, bound {100 * one.gap:.2f} % above")
    suppositions = everything.suppositions
    print(
        f"what-if   {suppositions.one:7.2f} s one, {suppositions.many:.2f} s for {SCENARIOS:,} ({suppositions.rows:,} rows)"
    )
    print(f"leverage  {everything.leverage:7.2f} s  {everything.units:,} enterprises")


if __name__ == "__main__":
    main()
