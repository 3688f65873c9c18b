"""Rows of hand-made worlds, in few words: what is not said is unknown."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.reference.world import Row, World

DAY = date(2025, 6, 30)
LONG_AGO = date(2010, 1, 1)


def world(**tables: list[Row]) -> World:
    return {"decisions": []} | tables


def firm(name: str, above_scale: bool | None = True, **more: Any) -> Row:
    return {"name": name, "above_scale": above_scale} | more


def listed(unit: str, tier: str = "city", published_on: date | None = LONG_AGO, **more: Any) -> Row:
    batch = {"batch": str(published_on.year)} if published_on else {}
    return {"category": "factory", "tier": tier, "unit": unit, "published_on": published_on} | batch | more


def tenant(name: str, park: str = "测试东园区", start: date | None = LONG_AGO, end: date | None = None) -> Row:
    return {"name": name, "park": park, "start": start, "end": end}


def link(buyer: str, supplier: str, start: date | None = LONG_AGO, **more: Any) -> Row:
    start = None if "year" in more else start
    return {"buyer": buyer, "supplier": supplier, "start": start, "declared": True} | more


def report(number: str, unit: str, agency: str | None, submitted_on: date | None, **more: Any) -> Row:
    said = {"report_no": number, "unit": unit, "agency": agency, "submitted_on": submitted_on}
    return {"category": "factory", "mode": "third_party", "tier": "provincial"} | said | more


def ban(agency: str, decided_on: date, authority: str = "全国") -> Row:
    return {"agency": agency, "authority": authority, "decided_on": decided_on}
