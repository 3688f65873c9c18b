"""`calendar`: the deadlines of a year by rule set, and who met them (RULES, "Calendar").

Reading:
* A city has done it when one row of its units is in time; it is late when all that are dated are late; an act without
  a date is not known to be done: its city is missing.
* Numbers are null where nothing of the kind and year is on record by the day.
* A recommendation belongs to the year of its day; its city is that of the unit.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from tests.reference import places
from tests.reference.day import Day
from tests.reference.eligibility import drawn_up
from tests.reference.lexicon import read
from tests.reference.world import Row

Due = tuple[str, str, tuple[int, int, int]]
DUE: list[Due] = [
    ("js-2016", "creation_list", (-1, 12, 31)),
    ("js-2016", "passed_reports", (0, 10, 31)),
    ("js-2016", "national_recommendation", (0, 11, 30)),
    ("js-draft", "dynamic_forms", (0, 3, 31)),
    ("js-draft", "pool", (0, 3, 31)),
    ("js-draft", "national_candidates", (0, 5, 31)),
    ("js-draft", "national_recommendation", (0, 7, 31)),
    ("js-draft", "provincial_candidates", (0, 7, 31)),
    ("js-draft", "provincial_lists", (0, 12, 31)),
    ("cn-2024", "dynamic_forms", (0, 4, 15)),
]
Acts = dict[str, list[date | None]]
"""By whom (a city's code, 江苏省), the days on which it was done."""


def calendar(day: Day, options: dict[str, Any]) -> list[Row]:
    rules, year = options["rules"], options["year"] or day.day.year
    rows = [deadline(day, year, due) for due in DUE if rules in ("all", due[0])]
    return sorted(rows, key=lambda row: (row["due"], row["rules"], row["deadline"]))


def deadline(day: Day, year: int, written: Due) -> Row:
    rules, name, (shift, month, number) = written
    due = date(year + shift, month, number)
    row: Row = {"due": due, "rules": rules, "deadline": name}
    acts, expected = who_did(day, name, year)
    if acts is None:
        return row | {"done": None, "late": None, "missing": None, "done_by": None}
    in_time = sorted(who for who, days in acts.items() if any(d is not None and d <= due for d in days))
    late = {who for who, days in acts.items() if who not in in_time and any(d is not None for d in days)}
    return row | {
        "done": len(in_time),
        "late": len(late),
        "missing": expected - len(in_time) - len(late),
        "done_by": "、".join(places.NAME[who] for who in in_time) or None,
    }


def who_did(day: Day, name: str, year: int) -> tuple[Acts | None, int]:
    """What is on record of an act, and how many are to do it; None where nothing is."""
    if name in ("pool", "creation_list"):
        return plans(day, year)
    if name == "provincial_lists":
        return province_lists(day, year)
    return None, 0


def plans(day: Day, year: int) -> tuple[Acts | None, int]:
    """A city's own plan is a row without sponsor, of the plan year."""
    rows = [r for r in day.facts.table["cultivation"] if r["sponsor"] is None and drawn_up(r, day)]
    return (by_city(day, [r for r in rows if r["plan_year"] == year], "reported_on") if rows else None), 13


def by_city(day: Day, rows: Iterable[Row], column: str) -> Acts:
    acts: Acts = {}
    for row in rows:
        city = places.up_to(day.place(row["unit"], "park" if row["category"] == "park" else "enterprise"), "city")
        on = row[column] if row[column] is not None and row[column] <= day.day else None
        if city:
            acts.setdefault(city, []).append(on)
    return acts


def province_lists(day: Day, year: int) -> tuple[Acts | None, int]:
    """A list belongs to its batch, not to the day on which it appeared."""
    rows = [r for r in day.facts.table["listings"] if r["tier"] == "provincial" and r["published_on"] <= day.day]
    return {places.HOME: [r["published_on"] for r in rows if r["batch"] == str(year)]}, 1


def by_province(row: Row) -> bool:
    return read("recommender", row["recommended_by"]) == "province"
