"""The fictional province: repeatable, invented throughout, and shaped like a real one."""

from __future__ import annotations

import csv
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pytest
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from stdnum.cn import uscc

from graph_model.errors import UsageError
from graph_model.names import normal_form
from graph_model.records import RECORDS, fields_of
from loaders.fictional import DEMO_DAY, Province, fictional_province, write_province

SIZES = (200, 3_000)
# Days that lie ahead of the demo day by their nature: contracts, plans and deadlines still running.
AHEAD = {("supplies", "end"), ("cultivation", "end"), ("incidents", "due_on")}
KINDS = (
    "注销", "停产", "经营异常", "安全事故", "网络安全", "数据安全", "质量事故", "环境污染",
    "偷漏税", "其他违法", "移出名单", "督查问题", "节能监察整改", "失信被执行人", "材料造假",
)  # fmt: skip
BRANDS = (
    "恒瑞", "亨通", "天合", "亚玛顿", "徐工", "沙钢", "波司登", "海澜",
    "阳光", "中车", "协鑫", "隆基", "华为", "中兴", "海尔", "美的",
    "格力", "比亚迪", "宁德", "京东", "阿里", "腾讯", "小米", "药明",
    "信达", "扬子", "金陵", "南瑞", "中天", "通富", "长电", "华润",
    "国网", "远景", "蜂巢", "洋河", "今世缘", "雨润", "三一", "博世",
    "西门子", "三星", "苏州工业园区", "昆山经济技术开发区",
)  # fmt: skip


@cache
def province(enterprises: int) -> Province:
    return fictional_province(enterprises, seed=7)


def frame(enterprises: int, table: str) -> pd.DataFrame:
    return pd.DataFrame(province(enterprises).tables[table].to_pylist())


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("form", ["folder", "csv", "parquet"])
def test_same_arguments_give_the_same_bytes(tmp_path: Path, form: str) -> None:
    for run in ("first", "second"):
        write_province(fictional_province(200, seed=3), tmp_path / run, form)  # type: ignore[arg-type]
    assert files(tmp_path / "first") == files(tmp_path / "second")


def test_another_seed_gives_another_province() -> None:
    ours, other = province(200).tables["enterprises"], fictional_province(200, seed=8).tables["enterprises"]
    assert not set(ours["name"].to_pylist()) & set(other["name"].to_pylist())
    assert not set(ours["uscc"].drop_null().to_pylist()) & set(other["uscc"].drop_null().to_pylist())


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("table", RECORDS)
def test_every_table_is_there_with_the_fields_of_its_record(size: int, table: str) -> None:
    made = province(size).tables[table]
    assert made.column_names == list(RECORDS[table].model_fields)
    assert made.num_rows > 0
    for name, field in fields_of(RECORDS[table]).items():
        if field.required:
            assert made[name].null_count == 0, name


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("table", RECORDS)
def test_no_fact_is_told_twice(size: int, table: str) -> None:
    rows = frame(size, table)
    key = [name for name, field in fields_of(RECORDS[table]).items() if field.key]
    assert not rows.astype(str).duplicated(key).any()


def test_coded_values_are_canonical() -> None:
    listings, reports = province(3_000).tables["listings"], province(3_000).tables["reports"]
    assert set(listings["category"].to_pylist()) == {"factory", "park", "supply_chain", "product"}
    assert set(listings["tier"].to_pylist()) == {"district", "city", "provincial", "national"}
    assert set(reports["mode"].to_pylist()) == {"self", "third_party", None}
    assert set(reports["outcome"].to_pylist()) == {"accepted", "refused", None}
    assert listings.schema.field("published_on").type == pa.date32()
    assert province(3_000).tables["enterprises"].schema.field("above_scale").type == pa.bool_()
    assert province(3_000).tables["supplies"].schema.field("amount").type == pa.float64()


@pytest.mark.parametrize("size", [200, 3_000, 30_000])
def test_no_two_units_share_a_name_or_a_code(size: int) -> None:
    tables = province(size).tables
    changes = tables["name_changes"]
    renamed = changes.filter(pc.not_equal(changes["old_name"].cast("string"), changes["new_name"].cast("string")))
    names = [
        *tables["enterprises"]["name"].to_pylist(),
        *tables["parks"]["name"].to_pylist(),
        *tables["parks"]["aliases"].drop_null().to_pylist(),
        *tables["agencies"]["name"].to_pylist(),
        *renamed["old_name"].to_pylist(),
    ]
    assert len({normal_form(name) for name in names}) == len(names)
    codes = [
        *tables["enterprises"]["uscc"].drop_null().to_pylist(),
        *tables["agencies"]["uscc"].drop_null().to_pylist(),
    ]
    assert len(set(codes)) == len(codes)


@pytest.mark.parametrize("size", SIZES)
def test_every_code_passes_its_check_and_is_issued_nowhere(size: int) -> None:
    codes = set(frame(size, "enterprises").uscc.dropna()) | set(frame(size, "supplies").supplier_uscc.dropna())
    assert all(uscc.is_valid(code) for code in codes)
    assert {code[2:8] for code in codes} == {"999999"}


def test_a_name_beside_a_code_is_always_the_same_unit() -> None:
    rows = frame(3_000, "supplies")[["supplier", "supplier_uscc"]].dropna()
    own = frame(3_000, "enterprises")[["name", "uscc"]].dropna()
    pairs = pd.concat([rows.set_axis(["name", "uscc"], axis=1), own]).drop_duplicates()
    assert not pairs.uscc.duplicated().any()
    assert not pairs.name.duplicated().any()


def test_nobody_real_is_named() -> None:
    tables = province(30_000).tables
    columns = [("enterprises", "name"), ("parks", "name"), ("agencies", "name"), ("supplies", "supplier")]
    for table, column in columns:
        text = "\n".join(set(tables[table][column].to_pylist()))
        assert not [brand for brand in BRANDS if brand in text]
    counties = set(tables["enterprises"]["county"].drop_null().to_pylist())
    assert not [county for county in counties if "开发区" in county or "园区" in county]


@pytest.mark.parametrize("size", SIZES)
def test_the_thirteen_cities_stand_in_the_register(size: int) -> None:
    assert frame(size, "enterprises").city.nunique() == 13


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("table", RECORDS)
def test_days_lie_inside_the_time_line(size: int, table: str) -> None:
    made = province(size).tables[table]
    for field in made.schema:
        known = made[field.name].drop_null()
        if pa.types.is_date(field.type) and len(known):
            bounds = pc.min_max(known).as_py()
            assert bounds["min"] >= date(1990, 1, 1), field.name
            assert (table, field.name) in AHEAD or bounds["max"] <= DEMO_DAY, field.name


def test_a_full_province_has_the_lists_of_a_real_one() -> None:
    listings = pd.DataFrame(
        fictional_province(60_000, seed=1, links=1_000)
        .tables["listings"]
        .select(["category", "tier", "batch", "published_on"])
        .to_pylist()
    )
    factories = listings[listings.category == "factory"]
    national = factories[factories.tier == "national"].groupby("batch").size()
    assert [national[batch] for batch in ("1", "2", "3", "4", "5", "2021")] == [22, 26, 49, 50, 27, 25]
    assert national["2025"] == 334
    assert (factories.tier == "provincial").sum() == 2_550
    days = listings[listings.tier == "national"].groupby("batch").published_on.first()
    assert days["1"] == date(2017, 8, 23)
    assert days["2021"] == date(2022, 1, 15)


def test_most_cities_keep_a_list_but_not_all() -> None:
    listings = frame(3_000, "listings")
    assert listings[listings.tier == "city"].region.nunique() == 9


@pytest.mark.parametrize(("size", "parks", "tenants"), [(3_000, (12, 20), (20, 150)), (60_000, (90, 110), (60, 700))])
def test_parks_have_their_usual_size_and_a_green_share_of_a_few_percent(
    size: int, parks: tuple[int, int], tenants: tuple[int, int]
) -> None:
    tables = fictional_province(size, seed=5, links=1_000).tables
    large = set(tables["enterprises"].filter(tables["enterprises"]["above_scale"])["name"].to_pylist())
    factories = tables["listings"].filter(pc.equal(tables["listings"]["category"].cast("string"), "factory"))
    green = set(factories["unit"].to_pylist())
    sits = pd.DataFrame(tables["tenancies"].select(["name", "park", "end"]).to_pylist())
    sits = sits[sits.end.isna() & sits.name.isin(large)]
    counts = sits.groupby("park").name.nunique()
    shares = sits.name.isin(green).groupby(sits.park).mean()
    assert parks[0] <= len(counts) <= parks[1]
    assert tenants[0] <= counts.quantile(0.1)
    assert counts.quantile(0.9) <= tenants[1]
    assert 0.03 < shares.median() < 0.13


def test_some_sit_in_two_parks_and_some_have_left() -> None:
    sits = frame(3_000, "tenancies")
    current = sits[sits.end.isna()]
    assert current.name.duplicated().sum() >= 3
    assert 20 <= sits.end.notna().sum() <= 200
    assert (sits.end.dropna() > sits.start[sits.end.notna()].dropna()).all()


@pytest.mark.parametrize("size", SIZES)
def test_suppliers_follow_a_power_law(size: int) -> None:
    pairs = frame(size, "supplies")[["buyer", "supplier"]].drop_duplicates()
    bought, sold = pairs.groupby("buyer").size(), pairs.groupby("supplier").size()
    assert bought.max() >= 5 * bought.median()
    assert sold.max() >= 5 * sold.median()
    assert 1 <= (pairs.buyer == pairs.supplier).sum() <= 2


def test_supply_chains_have_several_tiers_and_circles() -> None:
    pairs = frame(3_000, "supplies")[["buyer", "supplier"]].drop_duplicates()
    names = pd.Index(pd.concat([pairs.buyer, pairs.supplier]).unique())
    edges = (names.get_indexer(pairs.buyer), names.get_indexer(pairs.supplier))
    graph = coo_array((np.ones(len(pairs)), edges), shape=(len(names), len(names)))
    _, component = connected_components(graph, connection="strong")
    assert np.bincount(component).max() > 1
    leaders = frame(3_000, "enterprises").dropna(subset="chain").name
    first = set(pairs[pairs.buyer.isin(leaders)].supplier)
    second = set(pairs[pairs.buyer.isin(first)].supplier) - first
    assert second
    assert set(pairs[pairs.buyer.isin(second)].supplier) - first - second


def test_supplies_are_yearly_or_dated_and_as_many_as_asked() -> None:
    rows = pd.DataFrame(fictional_province(500, seed=2, links=1_234).tables["supplies"].to_pylist())
    assert len(rows) == 1_234
    assert (rows.year.isna() == rows.start.notna()).all()
    assert 0.1 < rows.key.isna().mean() < 0.4
    assert {"CN"} < set(rows.country.dropna())


def test_agencies_are_few_related_and_unequal() -> None:
    agencies, reports = frame(3_000, "agencies"), frame(3_000, "reports")
    assert 44 <= len(agencies) <= 50
    assert any("分公司" in name and name.split("公司")[0] + "公司" in set(agencies.name) for name in agencies.name)
    assert agencies.legal_representative.dropna().duplicated().sum() >= 2
    clients = reports.groupby("agency").size()
    assert clients.max() > 8 * clients.median()


def test_everything_that_can_go_wrong_does() -> None:
    incidents, listings = frame(200, "incidents"), frame(3_000, "listings")
    assert set(KINDS) == set(incidents.kind)
    assert incidents.ended_on.isna().any()
    assert incidents.ended_on.notna().any()
    assert {"环境污染", "材料造假"} & set(listings.removal_reason)
    assert {"搬迁", "关闭", "主动退出"} & set(listings.removal_reason)
    gone = listings[listings.removed_on.notna()]
    assert (gone.removed_on > gone.published_on).all()
    bans = frame(3_000, "agency_bans")
    assert len({day.year for day in bans.decided_on}) >= 2
    assert {"江苏省", "全国"} < set(bans.authority)
    assert set(frame(3_000, "dynamic_forms").status.dropna()) == {"filed", "late", "missing", "refused"}


def test_a_unit_is_listed_under_the_name_of_the_day() -> None:
    changes, listings = frame(3_000, "name_changes"), frame(3_000, "listings")
    changes = changes[changes.old_name != changes.new_name]
    then = listings.merge(changes, left_on="unit", right_on="old_name")
    now = listings.merge(changes, left_on="unit", right_on="new_name")
    assert len(then)
    assert (then.published_on < then.changed_on).all()
    assert (now.published_on >= now.changed_on).all()


def test_a_large_province_is_made_and_written_as_csv(tmp_path: Path) -> None:
    paths = write_province(province(30_000), tmp_path)
    assert len(paths) == len(RECORDS)
    with (tmp_path / "企业名录.csv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    assert len(rows) == 30_000
    assert set(rows[0]) >= {"统一社会信用代码", "企业名称", "是否规上"}
    assert {row["是否规上"] for row in rows} == {"是", "否", ""}


def test_parquet_keeps_the_tables(tmp_path: Path) -> None:
    write_province(province(200), tmp_path, "parquet")
    for name, table in province(200).tables.items():
        assert pa.parquet.read_table(tmp_path / f"{name}.parquet").to_pylist() == table.to_pylist()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("planner")
    write_province(province(3_000), out)
    return out


def test_the_folder_holds_the_official_lists_as_the_ministry_publishes_them(folder: Path) -> None:
    book = openpyxl.load_workbook(folder / "绿色制造名单" / "国家级绿色制造名单（第三批）.xlsx")
    rows = list(book["绿色工厂"].iter_rows(values_only=True))
    assert [row[0] for row in rows[:2]] == ["附件1", "国家级绿色工厂名单（第三批）"]
    assert rows[2] == ("序号", "地区", "工厂名称", "行业", "第三方评价机构")
    assert rows[3][:2] == (1, "江苏")
    assert rows[-1][0].startswith("注：")


def test_the_folder_has_workbooks_of_several_sheets_and_texts_of_three_encodings(folder: Path) -> None:
    book = openpyxl.load_workbook(folder / "企业" / "工业企业年度指标.xlsx")
    assert book.sheetnames == ["2022年", "2023年", "2024年", "2025年"]
    assert book["2023年"]["A2"].value == "单位：万元"
    city = (folder / "绿色制造名单" / "市级绿色工厂名单汇总.csv").read_bytes()
    assert city.decode("gb18030").startswith("市级绿色工厂名单汇总")
    export = (folder / "供应链" / "SAP导出_采购合同清单.txt").read_bytes()
    assert export[:2] == b"\xff\xfe"
    assert "采购方\t采购方统一社会信用代码\t供应商" in export.decode("utf-16")


def test_the_folder_carries_the_slips_and_the_tables_do_not(folder: Path) -> None:
    slips = {slip.why: slip for slip in province(3_000).blemishes}
    assert len(slips) == 7
    typo = slips["a code with a wrong digit"]
    assert not uscc.is_valid(typo.written)
    assert uscc.is_valid(province(3_000).tables["reports"]["uscc"][typo.row].as_py())
    book = openpyxl.load_workbook(folder / "园区" / "园区与入园企业.xlsx")
    cells = {cell for row in book["入园企业"].iter_rows(values_only=True) for cell in row}
    assert slips["a date that is only a month"].written in cells
    assert slips["a space inside a name"].written in cells


def test_too_small_a_province_says_so() -> None:
    with pytest.raises(UsageError, match="50"):
        fictional_province(10, seed=1)


def test_more_links_than_pairs_says_so() -> None:
    with pytest.raises(UsageError, match="供应关系"):
        fictional_province(50, seed=1, links=1_000_000)
