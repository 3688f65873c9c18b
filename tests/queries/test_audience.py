"""Who may be named to whom. SPEC 8, "Who may be named"."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from graph_model.errors import UsageError
from loaders import load
from queries import Session, open_store
from queries.audience import audience

DAY = date(2025, 6, 30)
LISTS = {
    "企业名录.csv": "企业名称,统一社会信用代码,设区市,是否规上,是否制造业企业,链主所属产业链\n"
    "虚构甲机电有限公司,,苏州市,是,是,机电\n虚构乙装备有限公司,,南京市,是,是,装备\n虚构在册零件有限公司,,苏州市,是,是,\n",
    "供应关系.csv": "采购方,供应商,年度\n虚构甲机电有限公司,虚构只供甲有限公司,2025\n虚构甲机电有限公司,虚构在册零件有限公司,2025\n"
    "虚构乙装备有限公司,虚构只供乙有限公司,2025\n虚构乙装备有限公司,虚构日后列入有限公司,2025\n",
    "市级绿色工厂名单.csv": "名单类别,层级,批次,单位名称,公布日期\n绿色工厂,市级,2026年,虚构日后列入有限公司,2026-01-10\n",
    "园区名录.csv": "园区名称,设区市\n虚构滨河工业园,苏州市\n",
    "入园企业.csv": "企业名称,园区名称,入园日期\n虚构在册零件有限公司,虚构滨河工业园,2020-01-01\n",
}


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Session:
    folder = tmp_path_factory.mktemp("audience")
    (folder / "lists").mkdir()
    for name, text in LISTS.items():
        (folder / "lists" / name).write_text(text, encoding="utf-8")
    load([folder / "lists"], folder / "store")
    return open_store(Path(folder / "store"))


def hidden(session: Session, text: str, day: date = DAY) -> set[str]:
    view = session.graph.on(day)
    names = session.graph["enterprises"].texts("name").to_pylist()
    return {name for name, left_out in zip(names, audience(view, text).hidden.tolist(), strict=True) if left_out}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("province", {"虚构只供甲有限公司", "虚构只供乙有限公司", "虚构日后列入有限公司"}),
        ("city=苏州市", {"虚构只供甲有限公司", "虚构只供乙有限公司", "虚构日后列入有限公司"}),
        ("park=虚构滨河工业园", {"虚构只供甲有限公司", "虚构只供乙有限公司", "虚构日后列入有限公司"}),
        ("leader=虚构甲机电有限公司", {"虚构只供乙有限公司", "虚构日后列入有限公司"}),
        ("leader=虚构乙装备有限公司", {"虚构只供甲有限公司"}),
    ],
)
def test_who_is_known_only_from_supplies_is_named_to_its_buyer_alone(
    session: Session, text: str, names: set[str]
) -> None:
    assert hidden(session, text) == names


def test_a_listing_names_an_enterprise_from_its_day_on(session: Session) -> None:
    assert "虚构日后列入有限公司" not in hidden(session, "province", date(2026, 1, 10))
    assert "虚构日后列入有限公司" in hidden(session, "province", date(2026, 1, 9))


def test_rows_about_them_are_counted_and_left_out(session: Session) -> None:
    ladder = session.ask("enterprise-ladder", as_of=DAY, base="all")
    shown = audience(session.graph.on(DAY)).disclosed(ladder)
    assert len(ladder.table) - len(shown.table) == 3
    assert not shown.table["enterprise"].str.contains("只供|日后").any()
    assert "另有 3 行" in shown.notes[-1].zh


def test_the_suppliers_of_a_leader_are_that_leaders_alone(session: Session) -> None:
    view = session.graph.on(DAY)
    suppliers = session.ask("leader-suppliers", as_of=DAY, leader="虚构甲机电有限公司")
    own = audience(view, "leader=虚构甲机电有限公司").disclosed(suppliers)
    assert set(own.table["unit"]) == {"虚构只供甲有限公司", "虚构在册零件有限公司"}
    for other in ("leader=虚构乙装备有限公司", "city=苏州市", "province"):
        with pytest.raises(UsageError, match="只提供给该龙头企业"):
            audience(view, other).disclosed(suppliers)


def test_a_plan_tells_nobody_else_whom_a_unit_supplies(session: Session) -> None:
    plan = session.plan(as_of=DAY, base="all")
    assert "虚构甲机电有限公司" in "".join(plan.table["moves"].dropna())
    for text in ("province", "city=苏州市", "leader=虚构乙装备有限公司"):
        shown = audience(session.graph.on(DAY), text).disclosed(plan)
        assert "leaders" not in shown.table
        assert "虚构甲机电" not in shown.table.drop(columns=["unit", "unit_id"]).to_csv()
    own = audience(session.graph.on(DAY), "leader=虚构甲机电有限公司").disclosed(plan)
    assert "虚构甲机电" in "".join(own.table["moves"].dropna())


def test_the_sheets_of_a_plan_name_nobody_else_either(session: Session) -> None:
    plan = session.plan(as_of=DAY, base="all")
    assert "虚构只供乙有限公司" in set(plan.parts["routes"].table["unit"])
    shown = audience(session.graph.on(DAY), "city=苏州市").disclosed(plan)
    assert not any(part.table["unit"].str.contains("只供").any() for part in shown.parts.values())


def test_the_units_behind_a_leaders_ratio_are_that_leaders_alone(session: Session) -> None:
    events = session.ask("changes", as_of=date(2026, 6, 30), since="2024-06-30", events=True)
    assert {"虚构甲机电有限公司", "虚构乙装备有限公司"} <= set(events.table["name"])
    view = session.graph.on(date(2026, 6, 30))
    assert "leader" not in set(audience(view).disclosed(events).table["kind"])
    own = audience(view, "leader=虚构甲机电有限公司").disclosed(events).table
    assert set(own["name"][own["kind"] == "leader"]) == {"虚构甲机电有限公司"}


def test_no_chain_of_a_supplier_is_told(session: Session) -> None:
    missed = session.ask("pool", as_of=DAY, missed=True, chains=1)
    assert set(missed.table["chains"]) == {"机电", "装备"}
    shown = audience(session.graph.on(DAY)).disclosed(missed)
    assert set(shown.table["unit"]) == {"虚构在册零件有限公司"}
    assert not {"chains", "chain_count", "leader_count"} & set(shown.table)


@pytest.mark.parametrize(
    "text", ["", "nobody", "city", "province=江苏", "city=北京市", "park=虚构没有的园区", "leader=虚构在册零件有限公司"]
)
def test_an_audience_that_is_none_is_wrong_use(session: Session, text: str) -> None:
    with pytest.raises(UsageError):
        audience(session.graph.on(DAY), text)
