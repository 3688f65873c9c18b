"""SPEC 2 and 8: a row that is left out makes what needs it unknown, and clears nobody."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest

from loaders import load
from queries import open_store
from queries.session import Session

DAY: Final = date(2025, 6, 30)
EARLIER: Final = date(2021, 6, 30)
UNIT, OTHER, PARK = "江苏甲乙制造有限公司", "江苏丙丁制造有限公司", "南京一号产业园"

REGISTER: Final = f"企业名称,设区市,是否规上\n{UNIT},南京市,是\n{OTHER},南京市,是\n"
TENANTS: Final = f"企业名称,园区名称,入园日期\n{UNIT},{PARK},2020-01-01\n{OTHER},{PARK},2020-01-01\n"
BASE: Final = {"企业名录.csv": REGISTER, "入园企业.csv": TENANTS}


def _session(folder: Path, files: dict[str, str]) -> Session:
    sources = folder / "sources"
    sources.mkdir()
    for name, text in files.items():
        (sources / name).write_text(text, encoding="utf-8")
    load([sources], folder / "store")
    return open_store(folder / "store")


def _listing(category: str, tier: str, batch: str, more: str = "") -> dict[str, str]:
    return {
        "绿色工厂名单.csv": f"企业名称,类别,层级,批次,公布日期,移出日期\n{UNIT},{category},{tier},{batch},{more or ','}\n"
    }


@pytest.mark.parametrize(
    ("listing", "tier", "day", "unknown"),
    [
        pytest.param(
            _listing("绿色工厂", "超级", "2022"), "national", DAY, 1, id="a tier that nobody can read may be any"
        ),
        pytest.param(_listing("蓝色工厂", "市级", "2022"), "city", DAY, 1, id="a category that nobody can read"),
        pytest.param(_listing("蓝色工厂", "市级", "2022"), "provincial", DAY, 0, id="at most its own tier"),
        pytest.param(_listing("绿色工厂", "市级", "待定"), "city", EARLIER, 1, id="no year: on every day"),
        pytest.param(_listing("绿色工厂", "超级", "2022"), "city", EARLIER, 0, id="not before its year"),
        pytest.param(
            _listing("绿色工厂", "超级", "2022", "2022-03-01,2024-03-01"), "city", DAY, 0, id="not after its end"
        ),
        pytest.param(
            _listing("绿色工业园区", "超级", "2022"), "city", DAY, 0, id="a list of parks says nothing of a firm"
        ),
    ],
)
def test_a_listing_that_is_left_out_clears_nobody(
    listing: dict[str, str], tier: str, day: date, unknown: int, tmp_path: Path
) -> None:
    session = _session(tmp_path, BASE | listing)
    park = session.ask("park-share", as_of=day, tier=tier).table.iloc[0]
    assert (park["base"], park["green"], park["green_unknown"]) == (2, 0, unknown)
    assert (park["share_low"], park["share_high"]) == (0, unknown / 2)
    province = session.ask("tier-coverage", as_of=day, tier=tier, by="province").table.iloc[-1]
    assert province["share_high"] == unknown / 2
    tenants = session.ask("park-tenants", as_of=day, tier=tier, park=PARK).table.set_index("unit")
    assert tenants["green"][OTHER] == False  # noqa: E712
    assert tenants["green"].isna()[UNIT] == bool(unknown)


def test_the_highest_step_of_a_unit_with_an_unread_listing_is_unknown(tmp_path: Path) -> None:
    session = _session(tmp_path, BASE | _listing("绿色工厂", "超级", "2022"))
    province = session.ask("tier-coverage", as_of=DAY, by="province").table.iloc[-1]
    assert (province["none"], province["unknown"]) == (1, 1)


def test_an_answer_tells_of_how_many_units_rows_were_left_out(tmp_path: Path) -> None:
    session = _session(tmp_path, BASE | _listing("绿色工厂", "超级", "2022"))
    notes = [note.zh for note in session.ask("park-share", as_of=DAY).notes]
    assert any("未载入的行，涉及1个单位" in note for note in notes)


def test_a_supplier_with_an_unread_listing_widens_the_ratio(tmp_path: Path) -> None:
    supplies = {"供应关系.csv": f"链主企业,供应商,年度\n无锡链主机械有限公司,{UNIT},2025\n"}
    session = _session(tmp_path, BASE | supplies | _listing("绿色工厂", "超级", "2022"))
    leader = session.ask("leader-ratio", as_of=DAY).table.iloc[0]
    assert (leader["suppliers"], leader["green"], leader["unknown"], leader["ratio_high"]) == (1, 0, 1, 1)


def test_a_row_that_is_left_out_puts_nobody_on_record(tmp_path: Path) -> None:
    listing = {"绿色工厂名单.csv": "企业名称,类别,层级,批次\n江苏戊己制造有限公司,绿色工厂,超级,2022\n"}
    session = _session(tmp_path, BASE | listing)
    assert session.ask("tier-coverage", as_of=DAY, by="province", base="all").table.iloc[-1]["base"] == 2


def test_a_removal_that_is_left_out_leaves_the_listing_open(tmp_path: Path) -> None:
    files = {
        "省级绿色工厂名单.csv": f"企业名称,类别,层级,批次\n{UNIT},绿色工厂,省级,2022\n",
        "移出名单.csv": f"企业名称,类别,移出日期\n{UNIT},蓝色工厂,2024-03-01\n",
    }
    park = _session(tmp_path, BASE | files).ask("park-share", as_of=DAY).table.iloc[0]
    assert (park["green"], park["green_unknown"]) == (0, 1)


@pytest.mark.parametrize(
    ("plan", "counted"),
    [
        pytest.param("绿工,2025", (0, 1, 1), id="a category that nobody can read"),
        pytest.param("绿色工厂,二五", (0, 1, 1), id="a year that nobody can read"),
        pytest.param("绿工,2019", (0, 2, 0), id="a plan that is over"),
        pytest.param("绿色工厂,2025", (1, 1, 0), id="a row that is read"),
    ],
)
def test_a_plan_that_is_left_out_leaves_the_pool_open(plan: str, counted: tuple[int, int, int], tmp_path: Path) -> None:
    files = BASE | {"培育计划.csv": f"企业名称,培育类别,计划年度\n{UNIT},{plan}\n"}
    session = _session(tmp_path, files)
    province = session.ask("tier-coverage", as_of=DAY, by="province").table.iloc[-1]
    assert (province["pool"], province["none"], province["unknown"]) == counted


_REPORTS = "报告编号,单位名称,申报类别,评价方式,第三方评价机构,出具日期,提交日期"
_BANNED = {
    "第三方机构.csv": "机构名称\n南京评价中心有限公司\n",
    "机构不予受理.csv": "机构名称,认定地区,认定日期\n南京评价中心有限公司,{authority},2025-01-10\n",
}


def _verdict(session: Session, rule: str) -> str:
    table: Any = session.assess(UNIT, category="factory", tier="provincial", as_of=DAY, rules="js-draft").findings.table
    return str(table.set_index("rule")["outcome"][rule])


@pytest.mark.parametrize(
    ("reports", "result"),
    [
        pytest.param(f"R-1,{OTHER},绿色工厂,自评价,,2025-02-01,2025-02-02", "fail", id="reports of others alone"),
        pytest.param(f",{UNIT},绿色工厂,自评价,,2025-02-01,2025-02-02", "unknown", id="a report without a number"),
        pytest.param(f"R-1,{UNIT},绿工,自评价,,2025-02-01,2025-02-02", "unknown", id="a report of no known category"),
        pytest.param(f"R-1,{UNIT},绿色工厂,自评价,,2025-02-01,2025-02-02", "pass", id="a report that is read"),
    ],
)
def test_a_report_that_cannot_be_read_leaves_open_whether_there_is_one(
    reports: str, result: str, tmp_path: Path
) -> None:
    others = f"R-9,{OTHER},绿色工厂,自评价,,2025-01-01,2025-01-02"
    session = _session(tmp_path, BASE | {"评价报告.csv": f"{_REPORTS}\n{others}\n{reports}\n"})
    assert _verdict(session, "D-11") == result


def test_a_ban_reaches_a_report_whose_category_nobody_can_read(tmp_path: Path) -> None:
    report = f"R-1,{UNIT},绿工,第三方,南京评价中心有限公司,2025-02-01,2025-02-02"
    files = {name: text.format(authority="江苏省") for name, text in _BANNED.items()}
    session = _session(tmp_path, BASE | files | {"评价报告.csv": f"{_REPORTS}\n{report}\n"})
    reached = session.ask("ban-reach", as_of=DAY).table
    assert reached["report_no"].tolist() == ["R-1"]
    assert reached["class"].tolist() == ["blocked"]


@pytest.mark.parametrize("authority", ["", "不详"], ids=["blank", "said to be unknown"])
def test_a_ban_of_nobody_known_may_bind_every_unit(authority: str, tmp_path: Path) -> None:
    report = f"R-1,{UNIT},绿色工厂,第三方,南京评价中心有限公司,2025-02-01,2025-02-02"
    files = {name: text.format(authority=authority) for name, text in _BANNED.items()}
    session = _session(tmp_path, BASE | files | {"评价报告.csv": f"{_REPORTS}\n{report}\n"})
    assert session.ask("ban-reach", as_of=DAY).table["class"].tolist() == ["unknown"]
    assert _verdict(session, "D-24") == "unknown"


def test_a_tenancy_without_a_park_is_told(tmp_path: Path) -> None:
    session = _session(tmp_path, BASE | {"入园企业2.csv": f"企业名称,园区名称,入园日期\n{UNIT},待定,2020-01-01\n"})
    notes = [note.zh for note in session.ask("park-share", as_of=DAY).notes]
    assert any("入园企业中有无法识别而未载入的行，涉及1个单位" in note for note in notes)


def test_a_link_without_a_supplier_is_told(tmp_path: Path) -> None:
    supplies = f"链主企业,供应商,年度\n无锡链主机械有限公司,{UNIT},2025\n无锡链主机械有限公司,待定,2025\n"
    session = _session(tmp_path, BASE | {"供应关系.csv": supplies})
    notes = [note.zh for note in session.ask("leader-ratio", as_of=DAY).notes]
    assert any("供应关系中有无法识别而未载入的行，涉及1个单位" in note for note in notes)
