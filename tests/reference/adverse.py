"""The facts of the negative list (RULES, "D-18: the negative list"): what a unit has done, from when to when.

Reading:
* A row is known from its date on (occurred, else decided; none: always); an end after the day is not known yet.
* An undated fact is unknown. So is a state without a start, whatever its end.
* A row of an unknown kind is a fact of every item, and unknown.
* Whether a listing that ended before it began was removed is left open.
* A shorter stop that is over is nothing; one still open warns, as does a removal without fault.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from tests.reference.day import Day
from tests.reference.lexicon import GRADES, WITHOUT_FAULT, read
from tests.reference.rulebook import NEGATIVE, Outcome, healed_on, only, window_start
from tests.reference.world import Row, years_later

ITEM = {
    "注销": "D-18.1", "停产": "D-18.1", "经营异常": "D-18.1",
    "安全事故": "D-18.2", "网络安全": "D-18.2", "数据安全": "D-18.2", "质量事故": "D-18.2", "环境污染": "D-18.2",
    "偷漏税": "D-18.2", "其他违法": "D-18.2",
    "移出名单": "D-18.3", "督查问题": "D-18.4", "节能监察整改": "D-18.5", "失信被执行人": "D-18.6",
}  # fmt: skip
GRADED = {"安全事故", "网络安全", "数据安全", "质量事故", "环境污染"}
ALWAYS, NEVER = date.min, date.max
UNKNOWN_KIND = "未知情形"
FAILS = only("fail")


@dataclass(frozen=True)
class Adverse:
    """A fact that lies in `[first, last]`; an undated one is unknown wherever it lies."""

    rule: str
    kind: str
    first: date = ALWAYS
    last: date = NEVER
    effect: Outcome = FAILS
    dated: bool = True
    severity: str | None = None
    ever: bool = False
    """Counts without a window: a deregistration."""

    def common(self, start: date, end: date) -> tuple[date, date]:
        return max(self.first, start), min(self.last, end)

    def counts(self, day: date, start: date = ALWAYS, end: date = NEVER) -> bool:
        """Some day lies in the window, in `[start, end]` and in the fact."""
        left, right = self.common(max(start, ALWAYS if self.ever else window_start(day)), min(end, day))
        return left <= right

    def heals(self, day: date, end: date = NEVER) -> date | None:
        """While it is open, or where only an act helps, time does not heal."""
        last = min(self.last, end)
        return None if self.ever or last == NEVER else healed_on(last, day)


def facts_of(day: Day, unit: str, unit_kind: str) -> list[Adverse]:
    """Everything known on the day that has an effect on the unit itself."""
    incidents = [row for row in day.facts.table["incidents"] if row["unit"] == unit and begun(row, day.day)]
    found = [fact for row in incidents for fact in of_incident(row, day.day)]
    return found + [fact for row in removals(day, unit, unit_kind) for fact in of_removal(row, day.day)]


def date_of(row: Row) -> date | None:
    """Date of a fact: occurred_on, else decided_on; none = unknown."""
    when: date | None = row["occurred_on"] or row["decided_on"]
    return when


def begun(row: Row, day: date) -> bool:
    when = date_of(row)
    return when is None or when <= day


def removals(day: Day, unit: str, unit_kind: str) -> list[Row]:
    """A removed listing of any category or tier."""
    return [
        row
        for row in day.facts.table["listings"]
        if row["unit"] == unit
        and (row["category"] == "park") == (unit_kind == "park")
        and (row["published_on"] <= day.day or no_time(row))
    ]


def no_time(row: Row) -> bool:
    """A listing that ended before it began."""
    return row["removed_on"] is not None and row["removed_on"] <= row["published_on"]


def of_removal(row: Row, day: date) -> Iterator[Adverse]:
    fault = read("reason", row["removal_reason"]) not in WITHOUT_FAULT
    if row["end_unknown"]:
        unknown = only("unknown") if fault else only("unknown", "warn")
        yield Adverse("D-18.3", "移出名单", effect=unknown, dated=False)
    elif row["removed_on"] is not None and row["removed_on"] <= day:
        on = row["removed_on"]
        effect = only("fail" if fault else "warn")
        yield Adverse("D-18.3", "移出名单", on, on, effect | {"pass"} if no_time(row) else effect)


def of_incident(row: Row, day: date) -> Iterator[Adverse]:
    kind = read("kind", row["kind"])
    if kind is None:
        yield from (Adverse(rule, "", effect=only("unknown"), dated=False) for rule in NEGATIVE)
    elif kind in ITEM:
        fact = Adverse(ITEM[kind], kind, severity=read("severity", row["severity"]))
        yield from PLACED.get(kind, placed_on_its_day)(row, fact, day)


def ended(row: Row, day: date) -> date:
    return row["ended_on"] if row["ended_on"] is not None and row["ended_on"] <= day else NEVER


def undated(fact: Adverse) -> Iterator[Adverse]:
    yield replace(fact, effect=only("unknown"), dated=False)


def placed_on_its_day(row: Row, fact: Adverse, day: date) -> Iterator[Adverse]:
    on = date_of(row)
    if on is None:
        yield from undated(fact)
    else:
        yield replace(fact, first=on, last=on)


def deregistered(row: Row, fact: Adverse, day: date) -> Iterator[Adverse]:
    on = date_of(row)
    yield from undated(fact) if on is None else [replace(fact, first=on, ever=True)]


def stopped(row: Row, fact: Adverse, day: date) -> Iterator[Adverse]:
    """At least 12 months (same day next year); a shorter stop still open warns."""
    on, end = date_of(row), ended(row, day)
    if on is None:
        yield from undated(fact)
    elif years_later(on, 1) <= min(end, day):
        yield replace(fact, first=on, last=end)
    elif end == NEVER:
        yield replace(fact, first=on, effect=only("warn"))


def abnormal(row: Row, fact: Adverse, day: date) -> Iterator[Adverse]:
    """Only while still open."""
    if ended(row, day) == NEVER:
        on = date_of(row)
        yield from undated(fact) if on is None else [replace(fact, first=on)]


def inspected(row: Row, fact: Adverse, day: date) -> Iterator[Adverse]:
    """D-18.4: by the State Council or a ministry, and serious; one lower part is enough for a warning."""
    source, severity = read("source", row["source"]), read("severity", row["severity"])
    serious = severity == "严重" or (severity in GRADES and GRADES.index(severity) >= GRADES.index("重大"))
    if source == "lower" or (severity is not None and not serious):
        effect = only("warn")
    elif source is None or severity is None:
        effect = only("unknown")
    else:
        effect = only("fail")
    if date_of(row) is None:
        yield replace(fact, effect=only("unknown", "warn") if "warn" in effect else only("unknown"), dated=False)
    else:
        yield from (replace(one, effect=effect) for one in placed_on_its_day(row, fact, day))


def to_rectify(row: Row, fact: Adverse, day: date) -> Iterator[Adverse]:
    """D-18.5: from the day after due_on (without one, from the order) until ended_on; in time: none."""
    due, end = row["due_on"], ended(row, day)
    if due is not None and end <= due:
        return
    first = date_of(row) if due is None else due + timedelta(days=1)
    if first is None:
        yield from undated(fact)
    elif first <= day:
        yield replace(fact, first=first, last=end)


def in_debt(row: Row, fact: Adverse, day: date) -> Iterator[Adverse]:
    on = date_of(row)
    yield from undated(fact) if on is None else [replace(fact, first=on, last=ended(row, day))]


PLACED = {
    "注销": deregistered,
    "停产": stopped,
    "经营异常": abnormal,
    "督查问题": inspected,
    "节能监察整改": to_rectify,
    "失信被执行人": in_debt,
}


def kinds_shown(day: Day, unit: str, unit_kind: str = "enterprise") -> str | None:
    """SPEC 8 "incidents": the kinds that fail, warn or are unknown on the day, sorted, joined by `+`.

    Reading: a kind that is not known makes every rule unknown, so it is shown too, as what it is.
    """
    counted = [f for f in facts_of(day, unit, unit_kind) if not f.dated or f.counts(day.day)]
    shown = {f.kind or UNKNOWN_KIND for f in counted}
    return "+".join(sorted(shown)) or None
