"""Measure `plan` for every goal, and `leverage`, on the fictional province of one size and several seeds.

python -m benchmarks.planning --enterprises 60000 --links 500000
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.measure import best, in_own_process, timed
from benchmarks.worlds import loaded_world

if TYPE_CHECKING:
    from queries import Session

GOALS = ("progress", "count", "crossings", "output", "coverage")
COUNT = 200


@dataclass(frozen=True)
class Planned:
    """What a plan of one goal took and reached."""

    goal: str
    first: float
    again: float
    chosen: int
    method: str
    gap: float | None
    advantage: float | None
    """Value over that of the largest output first."""


def plan_everything(store: Path) -> tuple[list[Planned], float, int]:
    """Plan every goal; return that, the seconds of `leverage`, and how many enterprises it tells of."""
    from loaders.fictional import DEMO_DAY
    from queries import open_store

    session = open_store(store)
    planned = [_planned(session, goal) for goal in GOALS]
    seconds = best(lambda: session.leverage(as_of=DEMO_DAY))
    return planned, seconds, len(session.leverage(as_of=DEMO_DAY).table)


def _planned(session: Session, goal: str) -> Planned:
    from loaders.fictional import DEMO_DAY

    first, plan = timed(lambda: session.plan(as_of=DEMO_DAY, goal=goal, count=COUNT))
    again, _ = timed(lambda: session.plan(as_of=DEMO_DAY, goal=goal, count=COUNT))
    proof = plan.certificate
    advantage = proof["value"] / proof["largest_first"] if proof["largest_first"] else None
    return Planned(goal, first, again, len(plan.table), proof["method"], proof["gap"], advantage)


def main(arguments: list[str] | None = None) -> None:
    """Make and load the province where that has not been done, plan, and print what it took."""
    world = loaded_world("python -m benchmarks.planning", __doc__.splitlines()[0] if __doc__ else "", arguments)
    measured = in_own_process("benchmarks.planning", "plan_everything", world.store)
    planned, leverage, units = measured.result
    print(f"province: {world.enterprises:,} enterprises, {world.links:,} links; peak {measured.peak:.2f} GiB")
    for one in planned:
        gap = "—" if one.gap is None else f"{100 * one.gap:.2f} %"
        better = "" if one.advantage is None else f"{one.advantage:5.2f} times largest first"
        print(
            f"{one.goal:10}{one.first:7.1f} s first{one.again:7.1f} s again  {one.chosen} chosen, {one.method}, gap {gap} {better}"
        )
    print(f"leverage  {leverage:7.2f} s  {units:,} enterprises")


if __name__ == "__main__":
    main()
