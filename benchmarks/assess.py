"""Measure `assess` of all units of each category, and of one unit, on the fictional province of one size.

python -m benchmarks.assess --enterprises 60000 --links 500000
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.measure import best, in_own_process, timed
from benchmarks.worlds import loaded_world

if TYPE_CHECKING:
    from datetime import date

    from queries import Session
    from queries.eligibility.assessment import Assessment

CATEGORIES = ("factory", "park", "supply_chain")


@dataclass(frozen=True)
class Assessed:
    """What was assessed: units, findings, seconds of the first time and the least of several."""

    title: str
    units: int
    findings: int
    first: float
    again: float


def assess_everything(store: Path) -> list[Assessed]:
    """Assess every unit of every category, by the draft at national tier."""
    from loaders.fictional import DEMO_DAY
    from queries import open_store

    session = open_store(store)
    measured = [_assessed(session, DEMO_DAY, category, category) for category in CATEGORIES]
    unit = session.graph["enterprises"].texts("id")[0].as_py()
    return [*measured, _assessed(session, DEMO_DAY, "factory", "one factory", unit)]


def _assessed(session: Session, day: date, category: str, title: str, unit: str | None = None) -> Assessed:
    def assess() -> Assessment:
        found = session.assess(unit, as_of=day, category=category, tier="national")
        _ = (found.findings, found.verdicts)  # Tables are made when first asked for.
        return found

    first, found = timed(assess)
    return Assessed(title, len(found.verdicts.table), len(found.findings.table), first, best(assess))


def main(arguments: list[str] | None = None) -> None:
    """Make and load the province where that has not been done, assess, and print what it took."""
    world = loaded_world("python -m benchmarks.assess", __doc__.splitlines()[0] if __doc__ else "", arguments)
    found = in_own_process("benchmarks.assess", "assess_everything", world.store)
    print(f"province: {world.enterprises:,} enterprises; peak {found.peak:.2f} GiB")
    for one in found.result:
        print(
            f"{one.title:14}{one.units:>8,} units {one.findings:>10,} findings {one.first:8.2f} s first {one.again:8.2f} s again"
        )


if __name__ == "__main__":
    main()
