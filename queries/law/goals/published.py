"""Published numbers of lists as data: additions, removals and stocks, with the day they are of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from graph_model.bilingual import Bilingual
from graph_model.days import number
from graph_model.errors import FileFaultError
from graph_model.tiers import CATEGORIES, TIER_IDS
from queries.law.user_files import csv_rows

_COLUMNS = ("category", "tier", "kind", "date", "count")


@dataclass(frozen=True)
class Published:
    """A published number: additions or removals of a day, or the stock of a day."""

    category: str
    tier: str
    kind: str
    day: int
    count: int


def read_published(path: str) -> list[Published]:
    """Read published numbers; UsageError names file, line and column."""
    what = Bilingual("公布数文件", "file of published numbers")
    return [_published(path, line, row) for line, row in csv_rows(path, what, _COLUMNS)]


def _published(path: str, line: int, row: dict[str, str]) -> Published:
    closed = {
        "category": [one.value for one in CATEGORIES],
        "tier": list(TIER_IDS),
        "kind": ["added", "removed", "stock"],
    }
    for column, allowed in closed.items():
        if row[column] not in allowed:
            raise _fault(
                path, line, column, f"应为 {'、'.join(allowed)} 之一", f"one of {', '.join(allowed)} is expected"
            )
    try:
        on = number(date.fromisoformat(row["date"]))
    except (TypeError, ValueError):
        raise _fault(path, line, "date", "应为日期，如 2025-02-17", "a date such as 2025-02-17 is expected") from None
    if not row["count"].isdecimal():
        raise _fault(path, line, "count", "应为整数", "a whole number is expected")
    return Published(row["category"], row["tier"], row["kind"], on, int(row["count"]))


def _fault(path: str, line: int, column: str, zh: str, en: str) -> FileFaultError:
    return FileFaultError(path, line, Bilingual(zh, en), column)


def numbers_of(published: list[Published], category: str, tier: str, start: int, end: int) -> dict[str, int]:
    """Return what was published of one list: the stock of either end, additions and removals between them; -1 for none."""
    of_list = [entry for entry in published if (entry.category, entry.tier) == (category, tier)]

    def stock(day: int) -> int:
        counts = [entry.count for entry in of_list if entry.kind == "stock" and entry.day == day]
        return counts[-1] if counts else -1

    def flow(kind: str) -> int:
        counts = [entry.count for entry in of_list if entry.kind == kind and start < entry.day <= end]
        return sum(counts) if counts else -1

    return {
        "published_before": stock(start),
        "published_added": flow("added"),
        "published_removed": flow("removed"),
        "published_after": stock(end),
    }
