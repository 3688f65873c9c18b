"""The kinds of D-18 facts of a unit that count on a day (RULES.md, "D-18: the negative list").

Reading: an end after the day is not known on the day. An abnormal listing is still open until the day
before its end. A rectification is overdue from the day after its due date on. A fact without any date is
unknown and does not count.
"""

from __future__ import annotations

from datetime import date

from tests.reference.day import Day
from tests.reference.world import Row, years_later

ONCE = {
    "安全事故", "网络安全", "数据安全", "质量事故", "环境污染", "偷漏税", "其他违法", "督查问题", "移出名单",
}  # fmt: skip
WITHOUT_FAULT = {"更名", "合并", "搬迁", "关闭", "主动退出"}


def kinds_that_count(day: Day, unit: str) -> str | None:
    """SPEC 8: sorted, joined by `+`, 移出名单 for D-18.3."""
    kinds = {row["kind"] for row in day.facts.table["incidents"] if row["unit"] == unit and counts(row, day.day)}
    if any(row["unit"] == unit and removal_counts(row, day.day) for row in day.facts.table["listings"]):
        kinds.add("移出名单")
    return "+".join(sorted(kinds)) or None


def removal_counts(row: Row, day: date) -> bool:
    """D-18.3: removed_on in the window, unless the reason is one without fault."""
    removed = row["removed_on"]
    return removed is not None and in_window(removed, day) and row["removal_reason"] not in WITHOUT_FAULT


def in_window(fact: date, day: date) -> bool:
    """Window `[day - 3 years, day]`, both ends in."""
    return years_later(day, -3) <= fact <= day


def counts(row: Row, day: date) -> bool:
    """Date of a fact: occurred_on, else decided_on; none = unknown."""
    start = row["occurred_on"] or row["decided_on"]
    if start is None or start > day:
        return False
    end = row["ended_on"] if row["ended_on"] is not None and row["ended_on"] <= day else None
    overlaps = end is None or end >= years_later(day, -3)
    rules = {
        "注销": True,
        "停产": overlaps and years_later(start, 1) <= (end or day),
        "经营异常": end is None,
        "失信被执行人": overlaps,
        "节能监察整改": in_window(start, day) and overdue(row["due_on"], end, day),
    }
    return rules.get(row["kind"], row["kind"] in ONCE and in_window(start, day))


def overdue(due: date | None, rectified: date | None, day: date) -> bool:
    """D-18.5: not rectified by due_on (no due date and not rectified: fails; rectified in time: passes)."""
    if due is None:
        return rectified is None
    return day > due and (rectified is None or rectified > due)
