"""Small worlds, loaded and asked: rows come back as plain dicts."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

from loaders import load
from queries import Session, open_store
from tests.reference.folder import write_folder
from tests.reference.hand import world
from tests.reference.product import plain
from tests.reference.world import Row

DAY = date(2025, 6, 30)
A, B, C, D, E = (f"测试{x}有限公司" for x in "甲乙丙丁戊")
EAST = "测试东园区"
G, H = "测试庚评价有限公司", "测试辛评价有限公司"
ONE_DAY = timedelta(days=1)


def opened(folder: Path, **tables: list[Row]) -> Session:
    """A store with the tables."""
    write_folder(world(**tables), folder / "source")
    load([folder / "source"], store=folder / "store")
    return open_store(folder / "store")


def rows_of(session: Session, question: str, as_of: date = DAY, **options: Any) -> list[Row]:
    """The rows of an answer."""
    table = session.ask(question, as_of=as_of, **options).table
    columns = [[plain(value) for value in table[column].tolist()] for column in table.columns]
    return [dict(zip(table.columns, values, strict=True)) for values in zip(*columns, strict=True)]


def findings(session: Session, rule: str, as_of: date = DAY, **options: Any) -> list[tuple[Any, ...]]:
    """Unit, category, tier and severity of every finding of a rule."""
    rows = rows_of(session, "audit", as_of, **options)
    return [tuple(row[c] for c in ("unit", "category", "tier", "severity")) for row in rows if row["rule"] == rule]


def listing(unit: str, tier: str = "provincial", on: date = date(2020, 1, 1), **more: Any) -> Row:
    """A listing, a factory's unless said otherwise."""
    row = {"category": "factory", "tier": tier, "unit": unit, "published_on": on, "batch": str(on.year)}
    return row | more


def incident(unit: str, kind: str, on: date | None, **more: Any) -> Row:
    """Something held against a unit."""
    return {"unit": unit, "kind": kind, "occurred_on": on} | more


def firm(name: str, **more: Any) -> Row:
    """An enterprise of Nanjing."""
    return {"name": name, "city": "南京市", "above_scale": True} | more
