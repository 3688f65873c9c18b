"""Nothing dated after the day may influence an answer as of that day: a province that ends on the day answers the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from loaders import load
from loaders.fictional import fictional_province, write_province
from queries import Session, open_store

DAY = date(2024, 8, 15)
BEGINS = {
    "listings": ("published_on",),
    "incidents": ("occurred_on", "decided_on"),
    "reports": ("submitted_on", "issued_on"),
    "inspections": ("checked_on",),
    "dynamic_forms": ("filed_on",),
    "recommendations": ("recommended_on",),
    "agency_bans": ("decided_on",),
    "complaints": ("received_on",),
    "tenancies": ("start",),
}
"""A fact begins on the first known of these days."""
LATER = {
    "listings": {"removed_on": ("removal_reason", "removed_on")},
    "incidents": {"ended_on": ("ended_on",), "decided_on": ("decided_on",)},
    "reports": {"outcome_on": ("outcome", "outcome_on")},
    "complaints": {"verified_on": ("result", "verified_on")},
    "tenancies": {"end": ("end",)},
}
"""What a later day says of a fact is not known yet."""


def until(name: str, table: pa.Table) -> pa.Table:
    """The table as it stands on the day."""
    columns = {
        field: column.cast(pa.string()) if pa.types.is_dictionary(column.type) else column
        for field, column in zip(table.column_names, table.columns, strict=True)
    }
    if name in BEGINS:
        begun = pc.coalesce(*(columns[field] for field in BEGINS[name]))
        kept = pc.fill_null(pc.less_equal(begun, DAY), True)
        columns = {field: column.filter(kept) for field, column in columns.items()}
    for day, fields in LATER.get(name, {}).items():
        unknown = pc.fill_null(pc.greater(columns[day], DAY), False)
        for field in fields:
            columns[field] = pc.if_else(unknown, pa.scalar(None, columns[field].type), columns[field])
    return only_begun(name, pa.table(columns))


def only_begun(name: str, table: pa.Table) -> pa.Table:
    """Leave out plans and figures of later years, and changes (but not renames, which are identity)."""
    if name == "cultivation":
        known = pc.less_equal(pc.min_element_wise(table["start"], table["reported_on"]), DAY)
        return table.filter(pc.and_(pc.less_equal(table["plan_year"], DAY.year), pc.fill_null(known, True)))
    if name in ("annual_figures", "totals"):
        return table.filter(pc.less(table["year"], DAY.year))
    if name == "name_changes":
        renames = pc.fill_null(pc.equal(table["kind"], "更名"), True)
        return table.filter(pc.or_(renames, pc.less_equal(table["changed_on"], DAY)))
    return table


@pytest.fixture(scope="module")
def sessions(tmp_path_factory: pytest.TempPathFactory) -> tuple[Session, Session]:
    """The whole province, and the province that ends on the day."""
    province = fictional_province(1_500, 11)
    past = {name: until(name, table) for name, table in province.tables.items()}
    opened = []
    for tables in (province.tables, past):
        folder: Path = tmp_path_factory.mktemp("province")
        write_province(replace(province, tables=tables, blemishes=()), folder / "source", "csv")
        load([folder / "source"], store=folder / "store")
        opened.append(open_store(folder / "store"))
    return opened[0], opened[1]


@pytest.mark.parametrize(
    ("question", "options"),
    [
        ("audit", {}),
        ("audit", {"rules": "cn-2024"}),
        ("audit", {"cap": 2, "cap_year": 2023}),
        ("calendar", {"rules": "all"}),
        ("spot-check", {"n": 20, "seed": "种子"}),
        ("agency-card", {}),
        ("targets", {}),
        ("reconcile", {}),
        ("rule-compare", {}),
    ],
)
def test_tomorrow_changes_nothing(sessions: tuple[Session, Session], question: str, options: dict[str, Any]) -> None:
    whole, past = (session.ask(question, as_of=DAY, **options).table for session in sessions)
    assert len(whole) > 0
    # What a row of a list is evidence of stays the same; that row itself moves up where later ones are gone.
    whole, past = (table.drop(columns="evidence", errors="ignore") for table in (whole, past))
    assert whole.equals(past)
