"""Quotas, budgets, costs, who is helped, seasons, and the list that a plan becomes."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from graph_model.errors import UsageError
from loaders import load
from queries import open_store
from queries.planning.costs import costs_of
from reports.cultivation_list import cultivation_list
from tests.queries.planning.conftest import Asked

FIRMS = """企业名称,设区市,是否规上,是否制造业企业,行业代码
甲精工有限公司,苏州市,是,是,3429
乙纺织有限公司,苏州市,是,是,1711
丙电子有限公司,南京市,是,是,3971
丁食品有限公司,,是,是,1392
"""
COSTS = "单位或行业,费用（万元）\n甲精工有限公司,5\n34,9\n342,8\n17,0.5\n*,20\n"
TENANTS = "企业名称,园区名称,入园日期\n" + "".join(
    f"{name},测试园区,2020-01-01\n" for name in ("甲精工有限公司", "乙纺织有限公司", "丙电子有限公司", "丁食品有限公司")
)


@pytest.fixture(scope="module")
def priced(tmp_path_factory: pytest.TempPathFactory):  # type: ignore[no-untyped-def]
    place = tmp_path_factory.mktemp("priced")
    for name, text in (("企业名录", FIRMS), ("培育费用", COSTS), ("入园企业", TENANTS)):
        (place / f"{name}.csv").write_text(text, encoding="utf-8")
    (place / "园区.csv").write_text("园区名称,设区市\n测试园区,苏州市\n", encoding="utf-8")
    load([place], place / "store")
    return open_store(place / "store")


def test_a_units_own_cost_goes_before_the_longest_code_and_that_before_all(priced) -> None:  # type: ignore[no-untyped-def]
    view = priced.graph.on(__import__("datetime").date(2025, 6, 30))
    names = view.graph["enterprises"].texts("name").to_pylist()
    costs = dict(zip(names, costs_of(view, "enterprises", np.arange(len(names))), strict=True))
    assert costs == {
        "甲精工有限公司": Fraction(5),
        "乙纺织有限公司": Fraction(1, 2),
        "丙电子有限公司": Fraction(20),
        "丁食品有限公司": Fraction(20),
    }


def test_a_budget_buys_what_it_can(priced) -> None:  # type: ignore[no-untyped-def]
    plan = priced.plan(as_of="2025-06-30", budget="5.5")
    assert set(plan.table["unit"]) == {"甲精工有限公司", "乙纺织有限公司"}
    assert plan.table["cost"].sum() == 5.5
    assert plan.certificate["count"] is None
    with pytest.raises(UsageError, match="20"):
        priced.plan(as_of="2025-06-30", budget=6, include="丙电子有限公司")


def test_quotas_of_a_file_go_before_those_of_every_city(priced, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    quotas = tmp_path / "名额.csv"
    quotas.write_text("设区市,最少,最多\n苏州市,2,2\n", encoding="gb18030")
    plan = priced.plan(as_of="2025-06-30", count=3, city_max=0, quotas=str(quotas))
    assert sorted(plan.table["city"].fillna("无").tolist()) == ["无", "苏州市", "苏州市"]
    quotas.write_text("city,min,max\n苏州市,3,\n", encoding="utf-8")
    with pytest.raises(UsageError, match="至少 3 家，可选的只有 2 家"):
        priced.plan(as_of="2025-06-30", quotas=str(quotas))
    quotas.write_text("city,min,max\n某某市,1,\n", encoding="utf-8")
    with pytest.raises(UsageError, match="第 2 行"):
        priced.plan(as_of="2025-06-30", quotas=str(quotas))


def test_who_is_helped_narrows_what_is_summed_and_nothing_else(worlds_asked: Asked) -> None:
    session, day = worlds_asked[0]
    park = session.park_share(as_of=day).table["park"].iloc[0]
    whole, narrow = session.plan(as_of=day, count=5), session.plan(as_of=day, count=5, for_=f"park={park}")
    assert narrow.certificate["value"] <= whole.certificate["value"]
    for same in ("park_target", "leader_target", "candidates", "barred"):
        assert narrow.certificate[same] == whole.certificate[same]
    members = set(session.park_tenants(as_of=day, park=park).table["unit_id"])
    assert set(narrow.table["unit_id"]) <= members


def test_names_may_stand_in_a_file(worlds_asked: Asked, tmp_path: Path) -> None:
    session, day = worlds_asked[0]
    names = session.plan(as_of=day, count=4).table["unit"].tolist()
    (tmp_path / "不选.txt").write_text("\n".join(names[:3]), encoding="utf-8")
    plan = session.plan(as_of=day, count=4, exclude=str(tmp_path / "不选.txt"))
    assert not set(names[:3]) & set(plan.table["unit"])


def test_a_plan_as_a_list_loads_as_cultivation(worlds_asked: Asked, tmp_path: Path) -> None:
    session, day = worlds_asked[0]
    plan = session.plan(as_of=day, count=6)
    (tmp_path / "lists").mkdir()
    (tmp_path / "lists" / "培育计划.xlsx").write_bytes(cultivation_list(plan))
    summary = load([tmp_path / "lists"], tmp_path / "store")
    facts = open_store(tmp_path / "store").table("cultivation")
    assert sorted(facts["enterprise"]) == sorted(plan.table["unit"])
    assert set(facts["target_tier"]) == {"city"}
    assert set(facts["plan_year"]) == {day.year}
    assert not [issue for issue in summary.log.grouped() if issue.startswith(("错误", "警告"))]


def test_a_season_is_the_first_deadline_after_the_work(worlds_asked: Asked) -> None:
    from datetime import date

    from graph_model.tiers import Tier
    from queries.planning.seasons import season

    assert season(date(2025, 12, 31), Tier.CITY) == 2025
    assert season(date(2026, 1, 1), Tier.PROVINCIAL) == 2026
    assert season(date(2026, 7, 31), Tier.NATIONAL) == 2026
    assert season(date(2026, 8, 1), Tier.NATIONAL) == 2027
    for session, day in worlds_asked:
        seasons = session.plan(as_of=day).table["first_season"].dropna()
        assert (seasons >= day.year).all()


@pytest.mark.parametrize("goal", ["progress", "count", "crossings", "output", "coverage"])
def test_no_habit_beats_the_plan_and_the_bound_holds(worlds_asked: Asked, goal: str) -> None:
    for session, day in worlds_asked:
        proof = session.plan(as_of=day, goal=goal, count=5).certificate
        assert proof["largest_first"] <= proof["value"] + 1e-12
        assert proof["random_mean"] <= proof["value"] + 1e-12
        assert proof["bound"] >= proof["value"]
