"""Where units belong and since when they are on record; scopes, authorities, countries (SPEC 3, 5 and 8)."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.loaders.storing import loaded
from tests.reference.hand import LONG_AGO, firm, link, listed, tenant
from tests.reference.world import Row

A, B, C = (f"测试{x}有限公司" for x in "甲乙丙")
EAST = "测试东园区"
EARLY, LATE = date(2022, 3, 1), date(2023, 4, 5)


def reportable(**more: Any) -> Row:
    return {"report_no": "R-1", "unit": A, "category": "factory"} | more


PLACES: dict[str, tuple[dict[str, list[Row]], int | None]] = {
    "county and city of its own row": ({"enterprises": [firm(A, city="苏州市", county="昆山市")]}, 320583),
    "a county name of two cities needs its city": ({"enterprises": [firm(A, city="徐州市", county="鼓楼区")]}, 320302),
    "a county name of two cities alone": ({"enterprises": [firm(A, county="鼓楼区")]}, 320000),
    "a county of another city is dropped": ({"enterprises": [firm(A, city="南京市", county="昆山市")]}, 320100),
    "its province": ({"enterprises": [firm(A, province="浙江省")]}, 330000),
    "an own province stays though a list names a city": (
        {"enterprises": [firm(A, province="江苏省")], "listings": [listed(A, region="苏州市")]},
        320000,
    ),
    "the finest of its lists": (
        {"listings": [listed(A, region="江苏"), listed(A, "national", region="江苏省苏州市昆山市")]},
        320583,
    ),
    "lists that disagree": (
        {"listings": [listed(A, region="苏州市"), listed(A, "national", region="南京市")]},
        None,
    ),
    "its own row settles what lists dispute": (
        {
            "enterprises": [firm(A, city="南通市")],
            "listings": [listed(A, region="苏州市"), listed(A, "national", region="南京市")],
        },
        320600,
    ),
    "own rows that contradict": ({"enterprises": [firm(A, city="苏州市"), firm(A, city="南京市")]}, None),
    "never from its name": ({"enterprises": [firm("苏州测试有限公司")]}, None),
}


@pytest.mark.parametrize(("tables", "expected"), PLACES.values(), ids=PLACES)
def test_regions_of_enterprises(tables: dict[str, list[Row]], expected: int | None, tmp_path: Path) -> None:
    world = loaded(tmp_path, **tables)
    assert world.row("enterprises").get("region") == expected


@pytest.mark.parametrize(
    ("own", "said", "expected"),
    [
        pytest.param(None, ["US", "US"], "US", id="the supply rows agree"),
        pytest.param(None, ["US", "HK"], None, id="they disagree"),
        pytest.param("CN", ["US", "US"], "CN", id="its own row wins"),
        pytest.param(None, [None, "HK"], "HK", id="one says nothing"),
    ],
)
def test_countries(own: str | None, said: list[str | None], expected: str | None, tmp_path: Path) -> None:
    rows = [link(buyer, C, country=country) for buyer, country in zip((A, B), said, strict=True)]
    world = loaded(tmp_path, enterprises=[firm(C, country=own)], supplies=rows)
    (row,) = (row for row in world.rows("enterprises") if row["name"] == C)
    assert row.get("country") == expected
    assert bool(world.issues("country_disputed")) == (said == ["US", "HK"])


TOTAL = {"year": 2023, "above_scale_count": 5}


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        ("苏州市", {"region": 320500}),
        ("江苏", {"region": 320000}),
        (EAST, {"park": f"park:{EAST}"}),
        ("测试东区", {"park": f"park:{EAST}"}),
    ],
)
def test_scopes_of_totals(scope: str, expected: Row, tmp_path: Path) -> None:
    world = loaded(tmp_path, parks=[{"name": EAST, "aliases": "测试东区"}], totals=[TOTAL | {"scope": scope}])
    row = world.row("totals")
    assert {name: row[name] for name in ("park", "region") if name in row} == expected


def test_a_scope_of_nobody_is_left_out(tmp_path: Path) -> None:
    world = loaded(tmp_path, enterprises=[firm(A)], totals=[TOTAL | {"scope": "火星"}])
    assert (world.rows("totals"), [issue.level for issue in world.issues("scope_unknown")]) == ([], ["error"])


def test_a_ban_of_an_authority_that_cannot_be_read_stays_and_binds_nobody_knows_whom(tmp_path: Path) -> None:
    ban = {"agency": "测试机构", "decided_on": LONG_AGO}
    world = loaded(tmp_path, agency_bans=[ban | {"authority": "某协会"}, ban | {"authority": "南京市工业和信息化局"}])
    assert {row["authority"]: row.get("region") for row in world.rows("agency_bans")} == {
        "某协会": None,
        "南京市工业和信息化局": 320100,
    }
    assert [(issue.row, issue.level) for issue in world.issues("authority_unknown")] == [(2, "warning")]


@pytest.mark.parametrize(
    ("tables", "expected"),
    [
        pytest.param({"enterprises": [firm(A)]}, None, id="its own row holds always"),
        pytest.param({"name_changes": [{"old_name": B, "new_name": A, "changed_on": LATE}]}, None, id="a change"),
        pytest.param({"listings": [listed(A, published_on=EARLY)]}, EARLY, id="publication"),
        pytest.param({"tenancies": [tenant(A, start=EARLY)]}, EARLY, id="a tenancy"),
        pytest.param({"tenancies": [tenant(A, start=None)]}, None, id="a tenancy without start"),
        pytest.param({"supplies": [link(A, A, year=2024)]}, date(2024, 1, 1), id="a list year"),
        pytest.param({"annual_figures": [{"name": A, "year": 2023}]}, date(2024, 1, 1), id="a figure"),
        pytest.param({"reports": [reportable(issued_on=EARLY, submitted_on=LATE)]}, LATE, id="a submission"),
        pytest.param({"reports": [reportable(issued_on=EARLY)]}, EARLY, id="an issue"),
        pytest.param(
            {"incidents": [{"unit": A, "kind": "停产", "decided_on": EARLY}]}, EARLY, id="an incident by its decision"
        ),
        pytest.param({"inspections": [{"unit": A, "checked_on": EARLY, "result": "clean"}]}, EARLY, id="an inspection"),
        pytest.param(
            {"listings": [listed(A, published_on=LATE)], "tenancies": [tenant(A, start=EARLY)]},
            EARLY,
            id="the earliest",
        ),
    ],
)
def test_first_days(tables: dict[str, list[Row]], expected: date | None, tmp_path: Path) -> None:
    world = loaded(tmp_path, **tables)
    (row,) = (row for row in world.rows("enterprises") if row["name"] == A)
    assert row.get("first_day") == expected
