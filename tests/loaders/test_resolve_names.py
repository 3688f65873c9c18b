"""Who is who by code and by name, case by case (SPEC 5 and 8)."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.loaders.storing import loaded
from tests.reference.cast import BROKEN, code
from tests.reference.hand import firm, listed, tenant
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


CASES: dict[str, tuple[Tables, str]] = {
    "a code identifies, whatever the name": (
        {"enterprises": [firm(A, uscc=ONE)], "listings": [listed(ELSE, uscc=ONE)]},
        f"uscc:{ONE}",
    ),
    "a name means the unit that has it beside a code in its own row": (
        {"enterprises": [firm(A, uscc=ONE)], "listings": [listed(A)]},
        f"uscc:{ONE}",
    ),
    "another width, case and point is the same name": (
        {"enterprises": [firm("测试Ａb（甲）有限公司", uscc=ONE)], "listings": [listed("测试·aB(甲) 有限公司")]},
        f"uscc:{ONE}",
    ),
    "a name means the unit that has it beside a code in any row": (
        {"tenancies": [tenant(A) | {"uscc": ONE}], "listings": [listed(A)]},
        f"uscc:{ONE}",
    ),
    "a name beside a code on record is one of its names": (
        {
            "enterprises": [firm(A, uscc=ONE)],
            "tenancies": [tenant(ELSE) | {"uscc": ONE}],
            "listings": [listed(ELSE)],
        },
        f"uscc:{ONE}",
    ),
    "a former name of a unit with code": (
        {"enterprises": [firm(A, uscc=ONE, former_names=f"{ELSE}；{OLD}")], "listings": [listed(OLD)]},
        f"uscc:{ONE}",
    ),
    "a former name of a unit without code": (
        {"enterprises": [firm(A, former_names=OLD)], "listings": [listed(OLD)]},
        name_id(A),
    ),
    "former names of several rows add up": (
        {
            "enterprises": [firm(A, former_names=OLD), firm(A, former_names=OLDER)],
            "listings": [listed(OLDER)],
        },
        name_id(A),
    ),
    "a code that fails its check is dropped and the name counts": (
        {"enterprises": [firm(A, uscc=BROKEN)], "listings": [listed(A)]},
        name_id(A),
    ),
    "legal forms are two names": (
        {"enterprises": [firm(A, uscc=ONE)], "listings": [listed("测试甲股份有限公司")]},
        "name:测试甲股份有限公司",
    ),
    "a branch is no near miss to be merged": (
        {"enterprises": [firm(A, uscc=ONE)], "listings": [listed(f"{A}分公司")]},
        f"name:{A}分公司",
    ),
    "an old name leads to the unit of the new one": (
        {"enterprises": [firm(A, uscc=ONE)], "name_changes": [change(OLD, A)], "listings": [listed(OLD)]},
        f"uscc:{ONE}",
    ),
    "a new name leads to the unit of the old one": (
        {"enterprises": [firm(OLD, uscc=ONE)], "name_changes": [change(OLD, A)], "listings": [listed(A)]},
        f"uscc:{ONE}",
    ),
    "a chain of changes, from its beginning": (
        {
            "enterprises": [firm(A, uscc=ONE)],
            "name_changes": [change(OLDER, OLD), change(OLD, A)],
            "listings": [listed(OLDER)],
        },
        f"uscc:{ONE}",
    ),
    "a chain of changes, from its end": (
        {
            "enterprises": [firm(OLDER, uscc=ONE)],
            "name_changes": [change(OLDER, OLD), change(OLD, A)],
            "listings": [listed(A)],
        },
        f"uscc:{ONE}",
    ),
    "a change without a unit with code leads to the newest name": (
        {"name_changes": [change(OLDER, OLD), change(OLD, A)], "listings": [listed(OLDER)]},
        name_id(A),
    ),
    "a change that names a code gives both names to it": (
        {"name_changes": [change(OLD, A, uscc=ONE)], "listings": [listed(OLD)]},
        f"uscc:{ONE}",
    ),
    "a blank kind is a change of name": (
        {
            "enterprises": [firm(A, uscc=ONE)],
            "name_changes": [change(OLD, A, kind=None)],
            "listings": [listed(OLD)],
        },
        f"uscc:{ONE}",
    ),
    "a merger makes no two names one": (
        {
            "enterprises": [firm(A, uscc=ONE)],
            "name_changes": [change(OLD, A, kind="合并")],
            "listings": [listed(OLD)],
        },
        name_id(OLD),
    ),
    "a name taken back is itself": (
        {
            "enterprises": [firm(A, uscc=ONE)],
            "name_changes": [change(A, OLD), change(OLD, A)],
            "listings": [listed(OLD)],
        },
        f"uscc:{ONE}",
    ),
    "one name of two codes, the city decides": (
        {
            "enterprises": [firm(A, uscc=ONE, city="南京市"), firm(A, uscc=TWO, city="苏州市")],
            "listings": [listed(A, region="苏州市")],
        },
        f"uscc:{TWO}",
    ),
    "one name of two codes, a county decides for its city": (
        {
            "enterprises": [firm(A, uscc=ONE, city="南京市"), firm(A, uscc=TWO, city="苏州市")],
            "listings": [listed(A, region="昆山市")],
        },
        f"uscc:{TWO}",
    ),
    "one name of two codes, the province decides nothing": (
        {
            "enterprises": [firm(A, uscc=ONE, city="南京市"), firm(A, uscc=TWO, city="苏州市")],
            "listings": [listed(A, region="江苏省")],
        },
        name_id(A),
    ),
    "one name of two codes in one city": (
        {
            "enterprises": [firm(A, uscc=ONE, city="南京市"), firm(A, uscc=TWO, city="南京市")],
            "listings": [listed(A, region="南京市")],
        },
        name_id(A),
    ),
    "a former name of two units": (
        {
            "enterprises": [firm(A, uscc=ONE, former_names=OLD), firm(B, uscc=TWO, former_names=OLD)],
            "listings": [listed(OLD)],
        },
        name_id(OLD),
    ),
    "a former name of two units, the city decides": (
        {
            "enterprises": [
                firm(A, uscc=ONE, former_names=OLD, city="南京市"),
                firm(B, former_names=OLD, city="无锡市"),
            ],
            "listings": [listed(OLD, region="无锡市江阴市")],
        },
        name_id(B),
    ),
}


@pytest.mark.parametrize(("tables", "expected"), CASES.values(), ids=CASES)
def test_who_is_listed(tables: Tables, expected: str, tmp_path: Path) -> None:
    assert loaded(tmp_path, **tables).row("listings")["enterprise"] == expected


TWINS = {"enterprises": [firm(A, uscc=ONE, city="南京市"), firm(A, uscc=TWO, city="苏州市")]}


def test_a_name_of_two_units_stays_its_own_and_the_warning_names_both(tmp_path: Path) -> None:
    world = loaded(tmp_path, **TWINS, listings=[listed(A)])
    (issue,) = world.issues("name_ambiguous")
    assert (issue.level, issue.table, issue.column, issue.value) == ("warning", "listings", "单位名称", A)
    assert issue.facts["units"] == f"{ONE}、{TWO}"
    assert set(world.units()) == {f"uscc:{ONE}", f"uscc:{TWO}", name_id(A)}


def test_the_city_decides_row_by_row_and_without_a_warning(tmp_path: Path) -> None:
    rows = [listed(A, region="苏州市"), listed(A, tier="national", region="南京")]
    world = loaded(tmp_path, **TWINS, listings=rows)
    assert {row["tier"]: row["enterprise"] for row in world.rows("listings")} == {2: f"uscc:{TWO}", 4: f"uscc:{ONE}"}
    assert world.issues("name_ambiguous") == []


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param([change(A, A)], id="of itself"),
        pytest.param([change(A, B), change(B, A)], id="two names"),
        pytest.param([change(A, B), change(B, C), change(C, A)], id="three names"),
    ],
)
def test_a_cycle_of_names_without_anybody_on_record_is_one_unit(changes: list[Row], tmp_path: Path) -> None:
    listings = [listed(name, published_on=date(2020 + i, 1, 1)) for i, name in enumerate((A, B, C)[: len(changes)])]
    world = loaded(tmp_path, name_changes=changes, listings=listings)
    assert len({row["enterprise"] for row in world.rows("listings")}) == 1


def test_a_name_beside_a_code_is_told_as_a_hint(tmp_path: Path) -> None:
    world = loaded(tmp_path, enterprises=[firm(A, uscc=ONE)], listings=[listed(ELSE, uscc=ONE)])
    (issue,) = world.issues("name_added")
    assert (issue.level, issue.table, issue.value) == ("hint", "listings", ELSE)


def test_a_former_name_beside_its_code_is_no_news(tmp_path: Path) -> None:
    world = loaded(tmp_path, enterprises=[firm(A, uscc=ONE, former_names=OLD)], listings=[listed(OLD, uscc=ONE)])
    assert world.issues("name_added") == []


SHOWN: dict[str, tuple[Tables, str]] = {
    "as its own row writes it, without white space": (
        {
            "enterprises": [firm("测试（甲） 有限公司", uscc=ONE)],
            "listings": [listed("测试(甲)有限公司", batch=str(year)) for year in (2020, 2021, 2022)],
        },
        "测试（甲）有限公司",
    ),
    "without own row by its most frequent spelling": (
        {
            "listings": [
                listed("测试(甲)有限公司"),
                listed("测试（甲）有限公司", tier="national", batch="2021"),
                listed("测试（甲）有限公司", tier="provincial"),
            ]
        },
        "测试（甲）有限公司",
    ),
    "renamed, by the last name of the chain, however often an older one stands on lists": (
        {
            "listings": [listed(A, batch=str(year)) for year in (2020, 2021, 2022)],
            "name_changes": [
                change("测试乙有限公司", "测试丙有限公司", changed_on=date(2024, 1, 1)),
                change(A, "测试乙有限公司", changed_on=date(2023, 1, 1)),
            ],
        },
        "测试丙有限公司",
    ),
    "renamed on days nobody knows, by the name that is not given up again": (
        {
            "listings": [listed(A)],
            "name_changes": [change("测试乙有限公司", "测试丙有限公司"), change(A, "测试乙有限公司")],
        },
        "测试丙有限公司",
    ),
    "named in a change of something else only, by its own name": (
        {"name_changes": [change("测试·甲有限公司", "测试·甲有限公司", kind="经营范围")]},
        "测试·甲有限公司",
    ),
    "of equally frequent spellings by the first code point": (
        {"listings": [listed("测试（甲）有限公司"), listed("测试(甲)有限公司", tier="provincial")]},
        "测试(甲)有限公司",
    ),
}


@pytest.mark.parametrize(("tables", "expected"), SHOWN.values(), ids=SHOWN)
def test_shown_names(tables: Tables, expected: str, tmp_path: Path) -> None:
    assert list(loaded(tmp_path, **tables).units().values()) == [expected]
