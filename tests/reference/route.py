"""The way up the tiers by search: day after day, whatever can be done is done, until the goal (issue 10, RULES "Calendar").

Reading:
* A dated step is done on its date only, another on any day. A step waits for those before it, but for no advised one.
* The city list has no date, and the draft asks for it in principle only. Any list of a tier is out by its general day (SPEC 9.1).
* What is done, or leads to a tier that is reached, is not done again; nor is what only such steps wait for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)
LIST_DAY = {"city": (12, 31), "provincial": (12, 31), "national": (7, 31)}
ORDER = ["city", "provincial", "national"]
ALWAYS = ("conditions", "evaluation", "papers")


@dataclass(frozen=True)
class Step:
    needs: tuple[str, ...] = ()
    by: tuple[int, int] | None = None
    year: int = 0
    advised: bool = False
    tier: str | None = None


OWN = {"conditions": Step(), "evaluation": Step(), "papers": Step()}
NATIONAL = {
    **OWN,
    "city_list": Step(ALWAYS, (12, 31), tier="city"),
    "provincial_list": Step(ALWAYS, (12, 31), tier="provincial"),
    "national_recommendation": Step((*ALWAYS, "provincial_list"), (7, 31), tier="national"),
}
WAYS: dict[str, dict[str, Step]] = {
    "js-draft": {
        **OWN,
        "pool": Step((), (3, 31), advised=True),
        "city_list": Step((*ALWAYS, "pool"), advised=True, tier="city"),
        "provincial_candidates": Step((*ALWAYS, "pool", "city_list"), (7, 31), tier="provincial"),
        "provincial_lists": Step(("conditions", "provincial_candidates"), (12, 31), tier="provincial"),
        "national_candidates": Step((*ALWAYS, "provincial_lists"), (5, 31), tier="national"),
        "national_recommendation": Step(("conditions", "national_candidates"), (7, 31), tier="national"),
    },
    "js-2016": {
        **OWN,
        "creation_list": Step((), (12, 31), -1, advised=True),
        "city_list": Step((*ALWAYS, "creation_list"), tier="city"),
        "passed_reports": Step((*ALWAYS, "creation_list"), (10, 31)),
        "provincial_list": Step(("conditions", "passed_reports"), tier="provincial"),
        "national_recommendation": Step((*ALWAYS, "provincial_list"), (11, 30), tier="national"),
    },
    "cn-2024": NATIONAL,
    "cn-2025": NATIONAL,
}
GOALS = {
    "js-draft": {"city": "city_list", "provincial": "provincial_lists", "national": "national_recommendation"},
    "js-2016": {"city": "city_list", "provincial": "provincial_list", "national": "national_recommendation"},
    "cn-2024": {"city": "city_list", "provincial": "provincial_list", "national": "national_recommendation"},
    "cn-2025": {"city": "city_list", "provincial": "provincial_list", "national": "national_recommendation"},
}
FAR = 12
"""Years that a search goes on."""


@dataclass(frozen=True)
class Situation:
    """What holds of a unit on a day: what it has done, what tier it has, when its own part can be ready (None: never)."""

    rules: str
    today: date
    done: frozenset[str] = frozenset()
    highest: str | None = None
    ready: Mapping[str, date | None] = field(default_factory=dict)

    def reached(self, tier: str | None) -> bool:
        return tier is not None and self.highest is not None and ORDER.index(self.highest) >= ORDER.index(tier)


def still_to_do(now: Situation, tier: str) -> set[str]:
    """The steps between the unit and the goal."""
    way, wanted = WAYS[now.rules], set[str]()
    look = [GOALS[now.rules][tier]]
    while look:
        step = look.pop()
        if step in wanted or step in now.done or now.reached(way[step].tier):
            continue
        wanted.add(step)
        look += way[step].needs
    return wanted


def search(now: Situation, tier: str, held_back: tuple[str, date] | None = None) -> dict[str, date]:
    """The first day of every step still to be done; `held_back` is a step that is not done before a day. None: never."""
    way, wanted, reached = WAYS[now.rules], still_to_do(now, tier), dict[str, date]()
    day = now.today
    while day.year < now.today.year + FAR and len(reached) < len(wanted):
        again = True
        while again:
            again = False
            for step in wanted - set(reached):
                ready = now.ready.get(step, now.today)
                if ready is None or day < ready or (held_back and step == held_back[0] and day < held_back[1]):
                    continue
                waits = [before for before in way[step].needs if before in wanted and not way[before].advised]
                if all(before in reached for before in waits) and may_be(way[step], day):
                    reached[step], again = day, True
        day += ONE_DAY
    return reached


def may_be(step: Step, day: date) -> bool:
    return step.by is None or (day.month, day.day) == step.by


def year_of(rules: str, step: str, tier: str, day: date) -> int:
    """The year to which a day of the goal belongs."""
    by = WAYS[rules][step].by
    last = by or LIST_DAY[tier]
    return day.year - WAYS[rules][step].year + (0 if by or (day.month, day.day) <= last else 1)
