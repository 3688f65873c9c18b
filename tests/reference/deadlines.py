"""`calendar`: the deadlines of a year by rule set, and who met them (RULES, "Calendar").

Reading:
* A city has done it when one row of its units is in time; it is late when all that are dated are late; an act without
  a date is not known to be done: its city is missing.
* Numbers of cities stand in the row only where one of them did something of the year on a known day.
* Who did it on no known day stands apart: `missing` is then left open.
* Only the plans of cities and the lists of the province are counted here; hand cases look at the others.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from tests.reference import places
from tests.reference.day import Day
from tests.reference.eligibility import drawn_up
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
    acts, expected = WHO.get(name, nobody)(day, year)
    if not acts or (name != "provincial_lists" and not any(day for days in acts.values() for day in days)):
        return row
    in_time = sorted(who for who, days in acts.items() if any(d is not None and d <= due for d in days))
    late = {who for who, days in acts.items() if who not in in_time and any(d is not None for d in days)}
    undated = any(not any(days) for who, days in acts.items() if days)
    names = [places.NAME.get(who, who) for who in in_time]
    return row | {
        "done": len(in_time),
        "late": len(late),
        "done_by": "、".join(names) or None,
        **({} if undated else {"missing": expected - len(in_time) - len(late)}),
    }


def nobody(day: Day, year: int) -> tuple[Acts, int]:
    """Whose act it is, or what counts as one, is not fixed: the row stands without numbers."""
    del day, year
    return {}, 0


def plans(day: Day, year: int) -> tuple[Acts, int]:
    """A city's own plan is a row without sponsor, of the plan year."""
    rows = [r for r in day.facts.table["cultivation"] if r["sponsor"] is None and drawn_up(r, day)]
    return by_city(day, [r for r in rows if r["plan_year"] == year], "reported_on"), 13


def by_city(day: Day, rows: Iterable[Row], column: str) -> Acts:
    acts: Acts = {}
    for row in rows:
        city = places.up_to(day.place(row["unit"], "park" if row["category"] == "park" else "enterprise"), "city")
        on = row[column] if row[column] is not None and row[column] <= day.day else None
        if city:
            acts.setdefault(city, []).append(on)
    return acts


def province_lists(day: Day, year: int) -> tuple[Acts, int]:
    """A list belongs to its batch, not to the day on which it appeared."""
    rows = [r for r in day.facts.table["listings"] if r["tier"] == "provincial" and r["published_on"] <= day.day]
    days = [r["published_on"] for r in rows if r["batch"] == str(year) and r["category"] != "product"]
    return ({places.HOME: days} if rows else {}), 1


WHO = {"pool": plans, "creation_list": plans, "provincial_lists": province_lists}
