"""Who is who among parks, sponsors and agencies (SPEC 5 and 8)."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.loaders.storing import loaded
from tests.reference.cast import code
from tests.reference.hand import LONG_AGO, firm, listed, tenant
from tests.reference.world import Row

A, B, C, D, OLD, OLDER, ELSE = (f"测试{x}有限公司" for x in ("甲", "乙", "丙", "丁", "旧", "更旧", "别"))
ONE, TWO = code(1), code(2)
EAST = "测试东园区"
Tables = dict[str, list[Row]]


def name_id(name: str) -> str:
    return f"name:{name}"


def change(old: str, new: str, **more: Any) -> Row:
    return {"old_name": old, "new_name": new, "kind": "更名"} | more


def park(name: str, **more: Any) -> Row:
    return {"name": name} | more


def test_a_park_is_known_by_its_aliases(tmp_path: Path) -> None:
    world = loaded(
        tmp_path,
        parks=[park(EAST, aliases="测试东区；东区")],
        tenancies=[tenant(A, "东 区")],
        listings=[listed("测试东区", category="park")],
    )
    assert world.row("tenancies")["park"] == world.row("listings")["park"] == f"park:{EAST}"
    assert world.row("parks")["aliases"] == "东区；测试东区"


def test_an_alias_of_two_parks_is_a_park_of_its_own(tmp_path: Path) -> None:
    parks = [park(EAST, aliases="测试区"), park("测试西园区", aliases="测试区")]
    world = loaded(tmp_path, parks=parks, tenancies=[tenant(A, "测试区")])
    assert world.row("tenancies")["park"] == "park:测试区"
    assert [issue.facts["units"] for issue in world.issues("name_ambiguous")] == ["测试东园区、测试西园区"]


def test_one_name_may_be_a_park_an_enterprise_and_an_agency(tmp_path: Path) -> None:
    world = loaded(
        tmp_path,
        parks=[park(A)],
        enterprises=[firm(A)],
        agencies=[{"name": A}],
        listings=[listed(A), listed(A, category="park"), listed(B, agency=A)],
    )
    assert (list(world.units("parks")), list(world.units("agencies"))) == ([f"park:{A}"], [name_id(A)])
    assert set(world.units()) == {name_id(A), name_id(B)}


INCIDENT = {"kind": "停产", "occurred_on": LONG_AGO}


@pytest.mark.parametrize(
    ("tables", "column"),
    [
        pytest.param({"parks": [park(EAST)]}, "park", id="only a park has the name"),
        pytest.param({"parks": [park("测试西园区", aliases=EAST)]}, "park", id="only a park has the alias"),
        pytest.param({"parks": [park(EAST)], "enterprises": [firm(EAST)]}, "enterprise", id="both have the name"),
        pytest.param({"enterprises": [firm(A)]}, "enterprise", id="nobody has the name"),
    ],
)
def test_a_unit_without_category_is_whoever_has_the_name(tables: Tables, column: str, tmp_path: Path) -> None:
    world = loaded(tmp_path, **tables, incidents=[INCIDENT | {"unit": EAST}])
    assert set(world.row("incidents")) & {"park", "enterprise"} == {column}


def test_a_sponsor_is_not_put_on_record(tmp_path: Path) -> None:
    plan = {"unit": A, "category": "factory", "plan_year": 2025, "sponsor": B}
    world = loaded(tmp_path, cultivation=[plan])
    first_days = {row["name"]: row["first_day"] for row in world.rows("enterprises")}
    assert first_days == {A: date(2025, 1, 1), B: date(9999, 12, 31)}
    assert world.row("cultivation")["sponsor_enterprise"] == name_id(B)


def test_agencies_that_differ_in_width_space_and_points_are_one(tmp_path: Path) -> None:
    spellings = ["测试认证（南京）中心", "测试 认证(南京)中心", "测试、认证（南京）中心"]
    rows = [listed(A, agency=name, batch=str(2020 + i)) for i, name in enumerate(spellings)]
    world = loaded(tmp_path, listings=rows)
    assert list(world.units("agencies")) == ["name:测试认证(南京)中心"]


def test_an_agency_that_changes_its_name_is_one(tmp_path: Path) -> None:
    world = loaded(
        tmp_path,
        agencies=[{"name": "测试认证中心", "uscc": ONE}],
        name_changes=[change("测试旧认证中心", "测试认证中心")],
        listings=[listed(A, agency="测试旧认证中心")],
    )
    assert world.row("listings")["agency"] == f"uscc:{ONE}"
    assert world.row("name_changes")["agency"] == f"uscc:{ONE}"


def test_an_incident_without_a_name_is_held_against_the_unit_of_its_code(tmp_path: Path) -> None:
    held = {"kind": "失信被执行人", "occurred_on": LONG_AGO}
    world = loaded(
        tmp_path,
        enterprises=[firm(A, uscc=ONE)],
        incidents=[held | {"unit": None, "uscc": ONE}, held | {"unit": "同上", "uscc": ONE}, held | {"unit": None}],
    )
    assert world.row("incidents")["enterprise"] == f"uscc:{ONE}"
    assert list(world.units().values()) == [A]
    assert [(issue.level, issue.row) for issue in world.issues("unit_by_code")] == [("warning", 2), ("warning", 3)]
    assert [(issue.level, issue.row) for issue in world.issues("required_missing")] == [("error", 4)]
