"""The case files: what each changes in the base world, what it asks, and what must come out."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
DAY = date(2025, 12, 1)
Texts = dict[str, list[dict[str, Any]]]
KEY = {"reports": "report_no", "enterprises": "name", "parks": "name", "agencies": "name", "tenancies": "name"}
CATEGORY = {"园": "park", "西园": "park", "丙": "supply_chain"}


@dataclass(frozen=True)
class Case:
    """One case: its world as texts, the day and set it is asked under, and what is expected."""

    id: str
    texts: Texts
    day: date = DAY
    tier: str = "provincial"
    rules: str | None = "js-draft"
    propagation: str | None = None
    assess: dict[str, dict[str, Any]] = field(default_factory=dict)
    audit: dict[str, list[list[str]]] = field(default_factory=dict)
    ask: list[dict[str, Any]] = field(default_factory=list)


@cache
def base() -> Texts:
    return dict(yaml.safe_load((HERE / "base.yaml").read_text(encoding="utf-8")))


def cases() -> Iterator[Case]:
    """Every case of every file; `each` makes one case of every entry, sharing what stands beside it."""
    for file in sorted(HERE.glob("*.yaml")):
        if file.name != "base.yaml":
            for written in yaml.safe_load(file.read_text(encoding="utf-8")):
                yield from unfolded(file.stem, written)


def unfolded(stem: str, written: dict[str, Any]) -> Iterator[Case]:
    """An entry says what is its own; its changes come after the shared ones."""
    shared = {name: value for name, value in written.items() if name != "each"}
    for number, entry in enumerate(written.get("each", [{}])):
        name = f"{stem}: {written['case']}" + (f" [{number}]" if "each" in written else "")
        asked = {k: v for k, v in (shared | entry).items() if k in Case.__dataclass_fields__}
        yield Case(id=name, texts=changed(changed(base(), shared), entry), **asked)


def as_list(change: Any) -> list[Any]:
    return [] if change is None else change if isinstance(change, list) else [change]


def changed(before: Texts, written: dict[str, Any]) -> Texts:
    """A world with rows dropped, cells set and rows added."""
    texts = copy.deepcopy(before)
    for where in as_list(written.get("drop")):
        gone = rows_at(texts, where)
        texts[where.partition(".")[0]] = [row for row in texts[where.partition(".")[0]] if row not in gone]
    for where, cells in written.get("set", {}).items():
        rows = rows_at(texts, where)
        assert rows, f"no row {where}"
        for row in rows:
            row.update(cells)
    for table, rows in written.get("add", {}).items():
        texts.setdefault(table, []).extend(as_list(rows))
    for row in repeated(written.get("repeat")):
        texts.setdefault(written["repeat"]["table"], []).append(row)
    return {table: rows for table, rows in texts.items() if rows}


def repeated(repeat: dict[str, Any] | None) -> Iterator[dict[str, Any]]:
    """The same row many times, `{n}` counted."""
    for n in range(repeat["times"] if repeat else 0):
        assert repeat
        yield {k: v.replace("{n}", str(n)) if isinstance(v, str) else v for k, v in repeat["row"].items()}


def rows_at(texts: Texts, where: str) -> list[dict[str, Any]]:
    """`reports.R1`, `enterprises.甲`: the rows of a table whose first key is that."""
    table, _, key = where.partition(".")
    return [row for row in texts[table] if not key or str(row[KEY.get(table, "unit")]) == key]


def subject(written: str) -> tuple[str, str]:
    """`甲` is asked as a factory, `园` as a park, `丙` as a leader; `丙/factory` says otherwise."""
    unit, _, category = written.partition("/")
    return unit, category or CATEGORY.get(unit, "factory")
