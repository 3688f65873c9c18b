"""Decisions of people go before names and before codes (SPEC 5 and 8)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.loaders.storing import decision, loaded
from tests.reference.cast import code
from tests.reference.hand import firm, listed, tenant
from tests.reference.world import Row

A, B, SPELLED, AGAIN = (f"测试{x}有限公司" for x in ("甲", "乙", "写法", "又一写法"))
ONE, TWO = code(1), code(2)
Tables = dict[str, list[Row]]
NAMED = {"enterprises": [firm(A)], "listings": [listed(SPELLED)]}
CODED = {"enterprises": [firm(A, uscc=ONE)], "listings": [listed(SPELLED)]}
BOTH = {"enterprises": [firm(A, uscc=ONE), firm(B, uscc=TWO)]}
FORMER = {"enterprises": [firm(A, uscc=ONE, former_names=SPELLED)], "listings": [listed(SPELLED)]}
TWINS = {
    "enterprises": [firm(A, uscc=ONE), firm(B, uscc=TWO, former_names=A)],
    "listings": [listed(A)],
}

CASES: dict[str, tuple[Tables, Row, str]] = {
    "same as a name": (NAMED, decision(SPELLED, same_as=A), f"name:{A}"),
    "same as a name that has a code": (CODED, decision(SPELLED, same_as=A), f"uscc:{ONE}"),
    "same as a code": (CODED, decision(SPELLED, same_as=ONE), f"uscc:{ONE}"),
    "same as an id with code": (CODED, decision(SPELLED, same_as=f"uscc:{ONE}"), f"uscc:{ONE}"),
    "same as an id with name": (NAMED, decision(SPELLED, same_as=f"name:{A}"), f"name:{A}"),
    "the name is given as an id": (NAMED, decision(f"name:{SPELLED}", same_as=A), f"name:{A}"),
    "another width and spacing of both": (
        NAMED,
        decision("测试 写法、有限公司", same_as="测试·甲有限公司"),
        f"name:{A}",
    ),
    "same as a former name": (
        {"enterprises": [firm(A, uscc=ONE, former_names=B)], "listings": [listed(SPELLED)]},
        decision(SPELLED, same_as=B),
        f"uscc:{ONE}",
    ),
    "same as a name that no row writes": (NAMED, decision(SPELLED, same_as=AGAIN), f"name:{AGAIN}"),
    "before a code beside the name": (
        BOTH | {"listings": [listed(SPELLED, uscc=TWO)]},
        decision(SPELLED, same_as=ONE),
        f"uscc:{ONE}",
    ),
    "a code is another code": (BOTH | {"listings": [listed(B, uscc=TWO)]}, decision(TWO, same_as=ONE), f"uscc:{ONE}"),
    "a name of two units is one of them": (TWINS, decision(A, same_as=ONE), f"uscc:{ONE}"),
    "a name of two units is not one of them": (TWINS, decision(A, different_from=TWO), f"uscc:{ONE}"),
    "different from the unit with that former name": (
        FORMER,
        decision(SPELLED, different_from=A),
        f"name:{SPELLED}",
    ),
    "different from the code": (FORMER, decision(SPELLED, different_from=ONE), f"name:{SPELLED}"),
    "different from the code beside it": (
        {"enterprises": [firm(A, uscc=ONE)], "listings": [listed(SPELLED, uscc=ONE)]},
        decision(SPELLED, different_from=ONE),
        f"name:{SPELLED}",
    ),
    "different from somebody else changes nothing": (CODED, decision(A, different_from=TWO), f"name:{SPELLED}"),
}


@pytest.mark.parametrize(("tables", "decided", "expected"), CASES.values(), ids=CASES)
def test_decisions_are_obeyed(tables: Tables, decided: Row, expected: str, tmp_path: Path) -> None:
    assert loaded(tmp_path, **tables, decisions=[decided]).row("listings")["enterprise"] == expected


def test_decisions_lead_on(tmp_path: Path) -> None:
    chain = [decision(AGAIN, same_as=SPELLED), decision(SPELLED, same_as=A)]
    world = loaded(tmp_path, enterprises=[firm(A, uscc=ONE)], listings=[listed(AGAIN)], decisions=chain)
    assert world.row("listings")["enterprise"] == f"uscc:{ONE}"


def test_decisions_in_a_circle_end(tmp_path: Path) -> None:
    circle = [decision(A, same_as=B), decision(B, same_as=A)]
    world = loaded(tmp_path, listings=[listed(A), listed(B, tier="national", batch="2021")], decisions=circle)
    assert set(world.units()) <= {f"name:{A}", f"name:{B}"}


def test_a_park_and_an_agency_may_be_decided(tmp_path: Path) -> None:
    world = loaded(
        tmp_path,
        parks=[{"name": "测试东园区"}],
        tenancies=[tenant(A, "测试东开发区")],
        listings=[listed(A, agency="测试认证所")],
        agencies=[{"name": "测试认证中心"}],
        decisions=[decision("测试东开发区", same_as="park:测试东园区"), decision("测试认证所", same_as="测试认证中心")],
    )
    assert list(world.units("parks")) == ["park:测试东园区"]
    assert list(world.units("agencies")) == ["name:测试认证中心"]


def test_two_spellings_that_nobody_decided_stay_two_and_are_proposed(tmp_path: Path) -> None:
    right, near = "测试新材料有限公司", "测试新材料股份有限公司"
    world = loaded(tmp_path, enterprises=[firm(right)], listings=[listed(near)])
    assert len(world.units()) == 2
    assert [{one.name_a, one.name_b} for one in world.summary.proposals] == [{right, near}]


def test_branches_are_proposed_and_not_merged(tmp_path: Path) -> None:
    world = loaded(tmp_path, listings=[listed(A, agency="测试认证中心"), listed(B, agency="测试认证中心南京分公司")])
    (proposal,) = [one for one in world.summary.proposals if one.kind == "机构"]
    assert (proposal.why, {proposal.name_a, proposal.name_b}) == ("分公司", {"测试认证中心", "测试认证中心南京分公司"})


def test_two_registered_units_are_two_units(tmp_path: Path) -> None:
    world = loaded(tmp_path, enterprises=[firm("测试新材料有限公司"), firm("测试新材料股份有限公司")])
    assert world.summary.proposals == []


def test_an_incomplete_decision_is_reported_and_the_rest_obeyed(tmp_path: Path) -> None:
    world = loaded(tmp_path, **NAMED, decisions=[decision(B), decision(SPELLED, same_as=A)])
    assert [(issue.row, issue.level) for issue in world.issues("decision_incomplete")] == [(2, "error")]
    assert world.row("listings")["enterprise"] == f"name:{A}"


def test_decisions_of_a_day_do_not_move_facts(tmp_path: Path) -> None:
    """A decision says who is who, on every day."""
    decided = decision(SPELLED, same_as=A) | {"decided_on": date(2030, 1, 1), "decided_by": "测试某人"}
    assert loaded(tmp_path, **NAMED, decisions=[decided]).row("listings")["enterprise"] == f"name:{A}"
