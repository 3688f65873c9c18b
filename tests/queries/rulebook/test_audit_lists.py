"""Audit: what the lists themselves say. D-12, D-15, D-17.4, D-19, D-21, each a day either side of its edge."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.queries.rulebook.asking import EAST, ONE_DAY, A, B, C, findings, firm, listing, opened, rows_of

ADDED = date(2024, 6, 1)
YES = [(A, "factory", "provincial", "check")]


@pytest.mark.parametrize(
    ("of_a", "expected"),
    [
        pytest.param([], YES, id="no city listing"),
        pytest.param([listing(A, "city", ADDED - ONE_DAY)], [], id="the day before"),
        pytest.param([listing(A, "city", ADDED)], YES, id="the same day is not earlier"),
        pytest.param([listing(A, "city", ADDED - ONE_DAY, removed_on=date(2024, 12, 1))], [], id="removed later"),
        pytest.param([listing(A, "city", ADDED - ONE_DAY, category="supply_chain")], YES, id="another category"),
    ],
)
def test_a_provincial_listing_wants_an_earlier_city_listing(tmp_path: Path, of_a: list[Any], expected: Any) -> None:
    city_list = listing(B, "city", date(2022, 1, 1))
    session = opened(tmp_path, enterprises=[firm(A), firm(B)], listings=[listing(A, on=ADDED), city_list, *of_a])
    assert findings(session, "D-12") == expected


@pytest.mark.parametrize("other", [firm(B, city="苏州市"), firm(B, city=None)], ids=["another city", "city unknown"])
def test_a_city_without_a_list_asks_for_none(tmp_path: Path, other: Any) -> None:
    listings = [listing(A, on=ADDED), listing(B, "city", date(2022, 1, 1))]
    assert findings(opened(tmp_path, enterprises=[firm(A), other], listings=listings), "D-12") == []


def test_a_provincial_listing_that_is_derived_is_not_asked(tmp_path: Path) -> None:
    listings = [listing(A, "national"), listing(B, "city", date(2019, 1, 1))]
    assert findings(opened(tmp_path, enterprises=[firm(A), firm(B)], listings=listings), "D-12") == []


def test_d12_is_of_the_draft(tmp_path: Path) -> None:
    listings = [listing(A, on=date(2023, 6, 1)), listing(B, "city", date(2022, 1, 1))]
    session = opened(tmp_path, enterprises=[firm(A), firm(B)], listings=listings)
    assert findings(session, "D-12", date(2024, 2, 29)) == []
    assert findings(session, "D-12", date(2024, 3, 1)) == YES
    assert findings(session, "D-12", rules="js-2016") == []


@pytest.mark.parametrize(
    ("national_on", "own", "of_b", "expected"),
    [
        pytest.param(ADDED, [], ADDED, 1, id="a provincial list exists by then"),
        pytest.param(ADDED, [], ADDED + ONE_DAY, 0, id="no provincial list by then"),
        pytest.param(ADDED, [ADDED - ONE_DAY], ADDED, 0, id="own one the day before"),
        pytest.param(ADDED, [ADDED], ADDED, 1, id="own one the same day"),
        pytest.param(date(2024, 2, 29), [], date(2020, 1, 1), 0, id="before the draft is applied"),
        pytest.param(date(2024, 3, 1), [], date(2020, 1, 1), 1, id="the first day of the draft"),
    ],
)
def test_a_national_listing_wants_an_own_provincial_one(
    tmp_path: Path, national_on: date, own: list[date], of_b: date, expected: int
) -> None:
    listings = [listing(A, "national", national_on), listing(B, on=of_b), *(listing(A, on=on) for on in own)]
    session = opened(tmp_path, enterprises=[firm(A), firm(B)], listings=listings)
    assert findings(session, "D-15") == [(A, "factory", "national", "check")] * expected
    assert findings(session, "D-15", rules="cn-2024") == []


def test_the_round_of_2025_asks_of_all_that_was_published_under_a_set_that_asks(tmp_path: Path) -> None:
    days = {A: date(2024, 2, 29), C: date(2024, 3, 1)}
    listings = [listing(B), *(listing(unit, "national", on) for unit, on in days.items())]
    session = opened(tmp_path, enterprises=[firm(unit) for unit in (A, B, C)], listings=listings)
    assert findings(session, "D-15", date(2026, 6, 30), rules="cn-2025") == [(C, "factory", "national", "check")]


def test_a_leader_should_be_a_national_green_factory(tmp_path: Path) -> None:
    chains = [listing(unit, "national", category="supply_chain") for unit in (A, B)]
    chains.append(listing(C, "city", category="supply_chain"))
    factories = [listing(A, "national"), listing(B, "provincial")]
    session = opened(tmp_path, enterprises=[firm(unit) for unit in (A, B, C)], listings=[*chains, *factories])
    assert findings(session, "D-17.4") == [(B, "supply_chain", "national", "check")]


def form(unit: str, year: int = 2024, **more: Any) -> Any:
    return {"unit": unit, "category": "factory", "year": year, "status": "filed"} | more


def test_forms_are_due_on_the_last_of_march_and_missing_from_the_day_after(tmp_path: Path) -> None:
    session = opened(
        tmp_path,
        enterprises=[firm(A), firm(B)],
        listings=[listing(A), listing(B)],
        dynamic_forms=[form(B), form(A, 2023), form(B, 2023)],
    )
    missing = [(A, "factory", "provincial", "check")]
    assert findings(session, "D-19", date(2025, 3, 31)) == []
    assert findings(session, "D-19", date(2025, 4, 1)) == missing
    assert findings(session, "D-19", date(2025, 4, 15), rules="cn-2024") == []
    assert findings(session, "D-19", date(2025, 4, 16), rules="cn-2024") == missing
    assert findings(session, "D-19", rules="js-2016") == []
    assert [row["due"] for row in rows_of(session, "audit") if row["rule"] == "D-19"] == [date(2025, 3, 31)]


@pytest.mark.parametrize(
    ("published", "removed", "expected"),
    [
        pytest.param(date(2024, 12, 31), None, 1, id="published on 31 December"),
        pytest.param(date(2025, 1, 1), None, 0, id="published on 1 January"),
        pytest.param(date(2020, 1, 1), date(2024, 12, 31), 0, id="removed on 31 December"),
        pytest.param(date(2020, 1, 1), date(2025, 1, 1), 1, id="removed on 1 January"),
    ],
)
def test_forms_are_owed_by_who_stands_on_a_list_on_31_december(
    tmp_path: Path, published: date, removed: date | None, expected: int
) -> None:
    listings = [listing(A, on=published, removed_on=removed), listing(B)]
    session = opened(tmp_path, enterprises=[firm(A), firm(B)], listings=listings, dynamic_forms=[form(B)])
    assert len(findings(session, "D-19")) == expected


@pytest.mark.parametrize(
    ("of_a", "expected"),
    [
        pytest.param(form(A, status="late"), ["check"], id="late by its status"),
        pytest.param(form(A, filed_on=date(2025, 3, 31)), [], id="filed on the last day"),
        pytest.param(form(A, filed_on=date(2025, 4, 1)), ["check"], id="filed a day late"),
        pytest.param(form(A, status=None, filed_on=date(2025, 3, 1)), [], id="a day of filing, no status"),
        pytest.param(form(A, status=None), ["check"], id="neither"),
        pytest.param(form(A, status="missing"), ["check"], id="written down as missing"),
        pytest.param(form(A, category="supply_chain"), ["check"], id="of another category"),
        pytest.param(form(A, category=None), [], id="without category"),
        pytest.param(form(A, filed_on=date(2025, 7, 1)), ["check"], id="filed after the day asked"),
        pytest.param(form(A, status="refused"), ["act"], id="refused"),
        pytest.param(form(A, 2025, status="refused"), ["act", "check"], id="refused for a year not yet due"),
    ],
)
def test_what_a_form_says(tmp_path: Path, of_a: Any, expected: list[str]) -> None:
    listings, forms = [listing(A), listing(B)], [form(B), of_a]
    session = opened(tmp_path, enterprises=[firm(A), firm(B)], listings=listings, dynamic_forms=forms)
    assert [severity for *_, severity in findings(session, "D-19")] == expected


def test_a_year_without_any_form_gives_one_row(tmp_path: Path) -> None:
    session = opened(tmp_path, enterprises=[firm(A)], listings=[listing(A)], dynamic_forms=[form(A, 2022)])
    assert findings(session, "D-19") == [(None, None, None, "info")]
    assert findings(session, "D-19", form_year=2023) == [(None, None, None, "info")]
    # Due on 31 March 2023, before the draft was there.
    assert findings(session, "D-19", form_year=2022) == []


def test_a_real_date_wins(tmp_path: Path) -> None:
    forms = [form(B), form(A, 2023), form(B, 2023)]
    session = opened(tmp_path, enterprises=[firm(A), firm(B)], listings=[listing(A), listing(B)], dynamic_forms=forms)
    dates = tmp_path / "dates.csv"
    dates.write_text("rules,id,year,date,source\njs-draft,dynamic_forms,2025,2025-04-30,通知\n", encoding="utf-8")
    assert findings(session, "D-19", date(2025, 4, 30), dates=str(dates)) == []
    assert len(findings(session, "D-19", date(2025, 5, 1), dates=str(dates))) == 1


def change(kind: str | None, on: date | None, old: str = A, new: str = A) -> Any:
    return {"old_name": old, "new_name": new, "changed_on": on, "kind": kind}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param([change("生产地址", ADDED + ONE_DAY)], ["check"], id="after the listing"),
        pytest.param([change("生产地址", ADDED)], [], id="on its day"),
        pytest.param([change("生产地址", date(2025, 7, 1))], [], id="after the day asked"),
        pytest.param([change("生产地址", None)], ["check"], id="on an unknown day"),
        pytest.param([change("合并", ADDED + ONE_DAY)], ["check"], id="a merger"),
        pytest.param([change("更名", ADDED + ONE_DAY, C, A)], ["info"], id="renamed since"),
        pytest.param([change(None, ADDED + ONE_DAY, C, A)], ["info"], id="a blank kind is a rename"),
        pytest.param([change("更名", ADDED, C, A)], [], id="renamed before"),
    ],
)
def test_changes_since_the_listing(tmp_path: Path, changes: list[Any], expected: list[str]) -> None:
    session = opened(tmp_path, enterprises=[firm(A)], listings=[listing(A, on=ADDED)], name_changes=changes)
    assert [severity for *_, severity in findings(session, "D-21")] == expected


def test_a_rename_is_shown_with_the_present_name(tmp_path: Path) -> None:
    changes = [change("更名", date(2024, 7, 1), C, A)]
    session = opened(tmp_path, enterprises=[firm(A)], listings=[listing(C, on=ADDED)], name_changes=changes)
    (row,) = [row for row in rows_of(session, "audit") if row["rule"] == "D-21"]
    assert row["unit"] == A
    assert A in row["reason"]
    assert f"{C} → {A}" in row["facts"]


def test_products_and_units_outside_are_left_out(tmp_path: Path) -> None:
    listings = [listing(A, category="product"), listing(B)]
    incidents = [{"unit": unit, "kind": "注销", "occurred_on": date(2024, 1, 1)} for unit in (A, B)]
    outside = {"name": B, "province": "上海市"}
    session = opened(tmp_path, enterprises=[firm(A), outside], listings=listings, incidents=incidents)
    assert [row["rule"] for row in rows_of(session, "audit")] == ["D-19"]


def test_findings_stand_in_order(tmp_path: Path) -> None:
    session = opened(
        tmp_path,
        enterprises=[firm(A), firm(B)],
        listings=[listing(A, "national"), listing(A, "city"), listing(B), listing(EAST, category="park")],
        incidents=[{"unit": unit, "kind": "材料造假", "occurred_on": date(2010, 1, 1)} for unit in (B, A)],
        dynamic_forms=[form(B)],
    )
    rows = rows_of(session, "audit")
    keys = [
        (["act", "check", "info"].index(row["severity"]), row["rule"], row["unit_id"], row["category"] or "")
        for row in rows
    ]
    assert keys == sorted(keys)
    tiers = [row["tier"] for row in rows if row["rule"] == "D-19" and row["unit"] == A]
    assert tiers == ["city", "national"]
