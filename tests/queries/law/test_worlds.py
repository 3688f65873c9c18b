"""Small worlds, from lists to findings: who is assessed, what reaches whom, where it was read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from graph_model.errors import UsageError
from loaders import load
from queries import Session, open_store
from tests.reference.folder import write_folder
from tests.reference.hand import firm, link, listed, report, tenant, world
from tests.reference.product import plain
from tests.reference.world import Row

DAY = date(2025, 6, 30)
ONE, TWO, ELSEWHERE = "测试甲有限公司", "测试乙有限公司", "测试丙有限公司"
EAST, WEST = "测试东园区", "测试西园区"
AGENCY = "测试庚评价有限公司"
KINDS = (
    "注销 停产 经营异常 安全事故 网络安全 数据安全 质量事故 环境污染 "
    "偷漏税 其他违法 移出名单 督查问题 节能监察整改 失信被执行人"
)
NOBODY = "测试癸有限公司"
Opener = Callable[..., Session]


@pytest.fixture
def opened(tmp_path: Path) -> Opener:
    """Return `opened(**tables)`: a store of the tables, in which every kind of incident is on record for somebody."""

    def open_(everything: bool = True, **tables: list[Row]) -> Session:
        known = [incident(NOBODY, kind, date(2019, 1, 1)) for kind in KINDS.split()] if everything else []
        tables["incidents"] = tables.get("incidents", []) + known
        write_folder(world(**tables), tmp_path / "source")
        load([tmp_path / "source"], store=tmp_path / "store")
        return open_store(tmp_path / "store")

    return open_


def incident(unit: str, kind: str, on: date | None, **more: Any) -> Row:
    return {"unit": unit, "kind": kind, "occurred_on": on} | more


def local(name: str, **more: Any) -> Row:
    return firm(name, city="南京市", registered_province="江苏省", manufacturer=True, **more)


def finding(session: Session, rule: str, unit: str | None = None, as_of: date = DAY, **options: Any) -> Row:
    """The finding of one rule on the only unit, or on one."""
    table = session.assess(unit, as_of=as_of, **options).findings.table
    [row] = [row for row in table.to_dict("records") if row["rule"] == rule]
    return {name: plain(value) for name, value in row.items()}


def verdict(session: Session, unit: str, **options: Any) -> Row:
    [row] = session.assess(unit, as_of=DAY, **options).verdicts.table.to_dict("records")
    return {name: plain(value) for name, value in row.items()}


# A sound unit, and an empty store


SOUND: dict[str, list[Row]] = {
    "enterprises": [local(ONE, energy_level="标杆水平")],
    "reports": [
        report(
            "R-1", ONE, None, date(2025, 3, 1), mode="self", outcome="accepted", score=31, score_max=50, basic_ok=True
        )
    ],
}


def test_a_sound_factory_may_be_recommended(opened: Opener) -> None:
    row = verdict(opened(**SOUND), ONE)
    assert row["verdict"] == "yes"
    assert (row["blocking"], row["unclear"], row["act"]) == (None, None, None)
    assert row["earliest"] == DAY


def test_an_empty_store_clears_no_one(opened: Opener) -> None:
    """A kind on record for nobody is unknown."""
    row = verdict(opened(everything=False, **SOUND), ONE)
    assert (row["verdict"], row["earliest"]) == ("unclear", None)
    assert row["unclear"] == "D-18.1、D-18.2、D-18.3、D-18.4、D-18.5、D-18.6"
    assert row["blocking"] is None


def test_a_verdict_names_rules_acts_and_the_last_day_to_wait_for(opened: Opener) -> None:
    bad = [
        incident(ONE, "安全事故", date(2024, 1, 10)),
        incident(ONE, "督查问题", date(2023, 5, 1), severity="重大", source="国务院督查组"),
    ]
    row = verdict(opened(**SOUND, incidents=bad), ONE)
    assert (row["blocking"], row["earliest"]) == ("D-18.2、D-18.4", date(2027, 1, 11))
    assert row["act"] == "自 2027-01-11 起方可申报"
    row = verdict(opened(**SOUND, incidents=[*bad, incident(ONE, "经营异常", date(2025, 1, 1))]), ONE)
    assert row["earliest"] is None
    assert "移出经营异常名单" in row["act"]


def test_the_earliest_day_is_exact_on_both_sides(opened: Opener) -> None:
    session = opened(**SOUND, incidents=[incident(ONE, "环境污染", date(2024, 2, 29))])
    found = finding(session, "D-18.2", ONE)
    assert found["earliest"] == date(2027, 3, 1)
    assert finding(session, "D-18.2", ONE, date(2027, 2, 28))["outcome"] == "fail"
    assert finding(session, "D-18.2", ONE, date(2027, 3, 1))["outcome"] == "pass"


def test_nothing_dated_after_the_day_counts(opened: Opener) -> None:
    session = opened(**SOUND, incidents=[incident(ONE, "环境污染", date(2025, 7, 1))])
    assert finding(session, "D-18.2", ONE)["outcome"] == "pass"
    assert finding(session, "D-18.2", ONE, date(2025, 7, 1))["outcome"] == "fail"


def test_evidence_names_file_and_row(opened: Opener) -> None:
    session = opened(**SOUND, incidents=[incident(ONE, "环境污染", date(2024, 5, 1))])
    assert finding(session, "D-18.2", ONE)["evidence"] == "失信与事故.csv 第2行"
    assert finding(session, "D-11", ONE)["evidence"] == "评价报告.csv 第2行"
    assert finding(session, "D-08.2", ONE)["evidence"] == "企业名录.csv 第2行"


# The place


def test_a_known_city_makes_the_site_and_a_blank_is_unknown(opened: Opener) -> None:
    session = opened(enterprises=[local(ONE), firm(TWO, registered_province="江苏省"), firm(ELSEWHERE, city="南京市")])
    outcomes = {unit: finding(session, "D-08.1", unit)["outcome"] for unit in (ONE, TWO, ELSEWHERE)}
    assert outcomes == {ONE: "pass", TWO: "unknown", ELSEWHERE: "unknown"}


def test_who_produces_or_is_registered_elsewhere_fails(opened: Opener) -> None:
    session = opened(
        enterprises=[
            firm(ONE, province="浙江省", registered_province="江苏省"),
            firm(TWO, city="南京市", registered_province="上海市"),
        ]
    )
    assert finding(session, "D-08.1", ONE)["outcome"] == "fail"
    assert finding(session, "D-08.1", TWO)["outcome"] == "fail"
    everybody = session.assess(as_of=DAY).verdicts.table["unit"].tolist()
    assert ONE not in everybody
    assert TWO in everybody


# Reports and bans


def test_one_report_decides_the_latest_that_was_not_refused(opened: Opener) -> None:
    reports = [
        report(
            "R-1", ONE, None, date(2023, 3, 1), mode="self", outcome="accepted", score=25, score_max=50, basic_ok=True
        ),
        report("R-2", ONE, AGENCY, date(2025, 3, 1)),
    ]
    session = opened(enterprises=[local(ONE)], reports=reports)
    assert "R-2" in finding(session, "D-11", ONE)["reason"]
    assert finding(session, "D-17.1", ONE)["outcome"] == "unknown"
    assert finding(session, "D-17.1", ONE)["reason"] == "报告 R-2 评审中"
    assert finding(session, "D-11", ONE, date(2025, 2, 28))["reason"].startswith("报告 R-1")
    assert "得分 25" in finding(session, "D-17.1", ONE, date(2025, 2, 28))["reason"]


def test_an_outcome_after_the_day_is_not_known_yet(opened: Opener) -> None:
    accepted = report(
        "R-1", ONE, None, date(2025, 3, 1), mode="self", outcome="accepted", outcome_on=date(2025, 5, 1), score=80
    )
    session = opened(enterprises=[local(ONE)], reports=[accepted | {"score_max": 50, "score": 30, "basic_ok": True}])
    assert finding(session, "D-17.1", ONE, date(2025, 4, 30))["outcome"] == "unknown"
    assert finding(session, "D-17.1", ONE, date(2025, 5, 1))["outcome"] == "pass"


@pytest.mark.parametrize(
    ("authority", "outcome"), [("江苏省", "fail"), ("南京市", "fail"), ("全国", "fail"), ("苏州市", "pass")]
)
def test_a_ban_reaches_its_own_jurisdiction_only(opened: Opener, authority: str, outcome: str) -> None:
    session = opened(
        enterprises=[local(ONE)],
        reports=[report("R-1", ONE, AGENCY, date(2025, 3, 1))],
        agency_bans=[{"agency": AGENCY, "authority": authority, "decided_on": date(2024, 1, 1)}],
    )
    assert finding(session, "D-24", ONE)["outcome"] == outcome


# Lists


def test_a_city_list_is_asked_for_only_where_the_city_keeps_one(opened: Opener) -> None:
    session = opened(
        enterprises=[local(ONE), local(TWO), firm(ELSEWHERE, city="苏州市")],
        listings=[listed(ONE, "city", date(2024, 1, 1))],
    )
    outcomes = [finding(session, "D-12", unit)["outcome"] for unit in (ONE, TWO, ELSEWHERE)]
    assert outcomes == ["pass", "warn", "not_applicable"]
    assert finding(session, "D-12", TWO, date(2023, 12, 31), rules="js-draft")["outcome"] == "not_applicable"


def test_a_national_listing_counts_as_a_provincial_one(opened: Opener) -> None:
    listings = [listed(ONE, "national"), listed(TWO, "city")]
    session = opened(enterprises=[local(ONE), local(TWO)], listings=listings)
    assert finding(session, "D-15", ONE, tier="national")["outcome"] == "pass"
    assert finding(session, "D-15", TWO, tier="national")["outcome"] == "fail"


def test_a_name_no_register_knows_is_a_question_on_the_provincial_list(opened: Opener) -> None:
    session = opened(enterprises=[local(ONE)], listings=[listed(ONE, "provincial"), listed(TWO, "city")])
    assert finding(session, "D-15", TWO, tier="national")["outcome"] == "unknown"


def test_a_leader_not_found_under_this_exact_name_is_a_question(opened: Opener) -> None:
    session = opened(enterprises=[local(TWO)], supplies=[link(ONE, TWO)])
    found = finding(session, "D-17.4", ONE, category="supply_chain")
    assert found["outcome"] == "warn"
    assert "未见此名称" in found["reason"]


def test_a_leader_with_itself_as_sponsor_has_a_plan(opened: Opener) -> None:
    plan = {"unit": TWO, "category": "factory", "plan_year": 2024, "sponsor": ONE}
    session = opened(
        enterprises=[local(ONE), local(TWO), local(ELSEWHERE)],
        supplies=[link(ONE, TWO), link(ELSEWHERE, TWO)],
        cultivation=[plan],
    )
    assert finding(session, "D-10.2", ONE, category="supply_chain")["outcome"] == "pass"
    assert finding(session, "D-10.2", ELSEWHERE, category="supply_chain")["outcome"] == "fail"


# What reaches whom


def park(name: str = EAST) -> Row:
    return {
        "name": name,
        "level": "省级",
        "city": "南京市",
        "value_added_share": 70,
        "legal_boundary": True,
        "management_body": True,
        "plan_published_on": date(2024, 1, 1),
    }


PARKS: dict[str, list[Row]] = {"enterprises": [local(ONE), local(TWO)], "parks": [park(), park(WEST)]}
ACCIDENT = incident(ONE, "安全事故", date(2024, 5, 1), severity="一般")


def test_a_tenants_fact_reaches_the_park_it_sat_in_on_that_day(opened: Opener) -> None:
    """Positive: propagation of D-18.2 to D-18.6 from tenant to park."""
    session = opened(**PARKS, tenancies=[tenant(ONE, EAST, date(2024, 5, 1), date(2024, 6, 1))], incidents=[ACCIDENT])
    found = finding(session, "D-18.2", EAST, category="park")
    assert (found["outcome"], found["earliest"]) == ("fail", date(2027, 5, 2))
    assert f"园区内企业{ONE}：安全事故（一般，2024-05-01）" in found["reason"]
    assert "第（二）至（六）项计入：不符合，仅计重大及以上：通过，不计入：通过" in found["reason"]
    assert finding(session, "D-18.2", WEST, category="park")["outcome"] == "pass"


@pytest.mark.parametrize(
    ("start", "end"),
    [(date(2024, 5, 2), None), (date(2020, 1, 1), date(2024, 5, 1)), (date(2025, 7, 1), None)],
    ids=["came the day after", "left that day", "comes after the day asked for"],
)
def test_a_tenants_fact_from_before_or_after_its_tenancy_does_not_reach_the_park(
    opened: Opener, start: date, end: date | None
) -> None:
    """Negative: the tenancy must be active on the date of the fact."""
    session = opened(**PARKS, tenancies=[tenant(ONE, EAST, start, end)], incidents=[ACCIDENT])
    assert finding(session, "D-18.2", EAST, category="park")["outcome"] == "pass"


def test_item_one_of_a_tenant_does_not_reach_the_park(opened: Opener) -> None:
    session = opened(**PARKS, tenancies=[tenant(ONE)], incidents=[incident(ONE, "注销", date(2024, 5, 1))])
    assert finding(session, "D-18.1", EAST, category="park")["outcome"] == "pass"
    assert finding(session, "D-18.1", ONE)["outcome"] == "fail"


def test_every_offending_tenant_is_listed(opened: Opener) -> None:
    both = [ACCIDENT, incident(TWO, "环境污染", date(2025, 1, 1), severity="重大")]
    session = opened(**PARKS, tenancies=[tenant(ONE), tenant(TWO)], incidents=both)
    for setting, outcome in (("literal", "fail"), ("serious", "fail"), ("off", "pass")):
        found = finding(session, "D-18.2", EAST, category="park", park_propagation=setting)
        assert found["outcome"] == outcome
        assert (f"{ONE}：安全事故（一般" in found["reason"]) is (setting == "literal")
        assert (f"{TWO}：环境污染（重大" in found["reason"]) is (setting != "off")
        assert "园区内企业 2 家有此情形" in found["reason"]
    assert finding(session, "D-18.2", EAST, category="park", park_propagation="serious")["earliest"] == date(2028, 1, 2)


def test_a_tenants_removal_from_a_list_reaches_the_park(opened: Opener) -> None:
    gone = listed(ONE, "city", date(2022, 1, 1), removed_on=date(2025, 1, 1), removal_reason="弄虚作假")
    session = opened(**PARKS, tenancies=[tenant(ONE)], listings=[gone])
    assert finding(session, "D-18.3", EAST, category="park")["outcome"] == "fail"


def test_nothing_reaches_tenants_leaders_or_clients(opened: Opener) -> None:
    """Negative: not from park to tenant, not from supplier to leader, not from agency to client."""
    session = opened(
        **PARKS,
        tenancies=[tenant(TWO)],
        supplies=[link(TWO, ONE)],
        incidents=[ACCIDENT, incident(EAST, "环境污染", date(2024, 5, 1))],
    )
    assert finding(session, "D-18.2", EAST, category="park")["outcome"] == "fail"
    assert finding(session, "D-18.2", TWO)["outcome"] == "pass"
    assert finding(session, "D-18.2", TWO, category="supply_chain")["outcome"] == "pass"


def test_an_undated_fact_of_a_tenant_is_unknown_for_the_park(opened: Opener) -> None:
    session = opened(**PARKS, tenancies=[tenant(ONE)], incidents=[incident(ONE, "安全事故", None)])
    assert finding(session, "D-18.2", EAST, category="park")["outcome"] == "unknown"


# Rules and wrong use


def test_what_a_set_asks_is_what_is_found(opened: Opener) -> None:
    session = opened(**SOUND)
    assert finding(session, "D-11", ONE)["outcome"] == "pass"
    assert finding(session, "D-11", ONE, rules="js-2016")["outcome"] == "fail"
    assert (
        finding(session, "D-11", ONE, date(2025, 12, 1), rules="cn-2025", tier="national")["outcome"]
        == "not_applicable"
    )


def test_an_output_of_the_draft_says_so(opened: Opener) -> None:
    session = opened(**SOUND)
    draft, plan = (session.assess(ONE, as_of=DAY, rules=id) for id in ("js-draft", "js-2016"))
    for answer in (draft.findings, draft.verdicts):
        assert any("征求意见稿" in note.zh for note in answer.notes)
        assert not any(clause.verified for clause in answer.clauses)
        assert "征求意见稿" in answer._repr_html_()
    assert draft.verdicts.table["rules"].tolist() == ["js-draft（征求意见稿）"]
    assert not any("征求意见稿" in note.zh for note in plan.findings.notes)
    assert all(clause.startswith("2016年实施方案") for clause in plan.findings.table["clause"])
    assert "可否推荐" in draft._repr_html_()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"unit": "没有这家"}, "没有这家"),
        ({"unit": ONE, "category": "supply_chain"}, "不是龙头企业"),
        ({"unit": EAST}, "category= park"),
        ({"category": "product"}, "category"),
        ({"tier": "district"}, "tier"),
        ({"rules": "js-2030"}, "js-2030"),
        ({"rules": "cn-2025"}, "不适用"),
        ({"park_propagation": "some"}, "park_propagation="),
        ({"colour": "green"}, "colour"),
    ],
    ids=["unit", "not a leader", "a park", "category", "tier", "rules", "not in force", "propagation", "no option"],
)
def test_wrong_use_is_told(opened: Opener, options: dict[str, Any], said: str) -> None:
    with pytest.raises(UsageError, match=said):
        opened(**SOUND, parks=[park()]).assess(as_of=DAY, **options)
