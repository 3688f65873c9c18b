"""Which rule set holds which rule, the window of three years and the day on which a failure is healed (RULES)."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

from tests.reference.world import years_later

SETS = ["js-2016", "js-draft", "cn-2024", "cn-2025"]
SINCE = {"js-2016": date(2016, 1, 1), "js-draft": date.min, "cn-2024": date(2024, 1, 19), "cn-2025": date(2025, 10, 1)}
HOLDS = {
    "D-08.1 D-09.1 D-18.1 D-18.2 D-18.3 D-18.4 D-18.5 D-18.6 D-24": "js-draft cn-2024 cn-2025",
    "D-08.2 D-11 D-15 D-17.1": "js-2016 js-draft cn-2024 cn-2025",
    "P-07 P-17 P-18": "js-2016",
    "D-07 D-09.2 D-12 D-13 D-16 D-17.3 D-17.4 D-20 D-21 D-22 D-22.3 D-25": "js-draft",
    "D-10.1 D-10.2": "js-draft cn-2024",
    "D-17.2": "js-draft cn-2024 cn-2025",
    "D-19": "js-draft cn-2024 cn-2025",
    "A-15": "cn-2024 cn-2025",
}
APPLIES = {
    "factory": "D-08.1 D-08.2 D-11 D-12 D-15 D-17.1 D-17.2 D-07",
    "park": "D-09.1 D-09.2 P-07 D-11 D-12 D-15 D-17.1 D-07 D-17.3",
    "supply_chain": "D-10.1 D-10.2 D-11 D-12 D-15 D-17.1 D-17.4",
}
NEGATIVE = ["D-18.1", "D-18.2", "D-18.3", "D-18.4", "D-18.5", "D-18.6"]
ORDER = ["fail", "unknown", "warn", "pass", "not_applicable"]
Outcome = frozenset[str]
"""What a finding may be: one outcome, or several where the contract is silent."""


def is_held(rule: str, rules: str) -> bool:
    """A set cites only what it holds."""
    return any(rule in ids.split() and rules in sets.split() for ids, sets in HOLDS.items())


def rules_for(category: str, rules: str) -> list[str]:
    """The rules of `assess`, in the order of RULES."""
    ids = [*APPLIES[category].split(), *NEGATIVE, "D-24", "D-25"]
    return [rule for rule in ids if is_held(rule, rules)]


def in_force(day: date) -> list[str]:
    """The sets that may be asked for on a day."""
    return [rules for rules in SETS if SINCE[rules] <= day]


def default_rules(day: date) -> str:
    """`js-2016` for days before 2024-03-01, `js-draft` from then on."""
    return "js-2016" if day < date(2024, 3, 1) else "js-draft"


def window_start(day: date) -> date:
    """Window `[day - 3 years, day]`, both ends in."""
    return years_later(day, -3)


def healed_on(last: date, day: date) -> date:
    """The first day after `day` whose window no longer holds `last`."""
    while window_start(day) <= last:
        guess = (
            date(last.year + 3, 2, 27)
            if (last.month, last.day) >= (2, 28) and last.month == 2
            else years_later(last, 3)
        )
        day = max(day + timedelta(days=1), guess)
    return day


def only(*outcomes: str) -> Outcome:
    return frozenset(outcomes)


def worst(parts: list[Outcome]) -> Outcome:
    """A failure outweighs an unknown, an unknown a warning; silent parts leave every way open."""
    ways: set[str] = {"pass"}
    for part in set(parts):
        ways = {min(pair, key=ORDER.index) for pair in product(ways, part)}
    return frozenset(ways)
