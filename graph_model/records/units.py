"""Records of who there is: enterprises, parks and agencies, their figures, their changes of name."""

from __future__ import annotations

from typing import ClassVar

from graph_model.column_types import COUNT, DAY, FLAG, MONEY, NUMBER, REGION, START, TEXT, WORD, YEAR, ref
from graph_model.kinds import UnitKind
from graph_model.records.record import USCC, Record, column
from graph_model.values import (
    AboveScaleFlag,
    Chain,
    ChangeKind,
    Code,
    Count,
    CountryName,
    Day,
    EnergyLevel,
    IndustryCode,
    ManufacturerFlag,
    Money,
    Name,
    Names,
    ParkLevel,
    Percent,
    PersonName,
    PresentFlag,
    Text,
    Year,
)


class Enterprise(Record):
    """An enterprise as its own table describes it."""

    table = "enterprises"
    title = "企业名录"
    derived: ClassVar = {"id": TEXT, "region": REGION, "declared": FLAG, "registered": FLAG, "first_day": START}

    uscc: Code = column(*USCC, keep=TEXT)
    name: Name = column(
        "企业名称",
        "单位名称",
        "企业全称",
        "公司名称",
        "名称",
        required=True,
        key=True,
        names=UnitKind.ENTERPRISE,
        code="uscc",
        keep=TEXT,
    )
    former_names: Names = column("曾用名", "曾用名称", "企业曾用名", "原名称", keep=TEXT)
    province: Text = column("省份", "生产地省份", "省", "所在省", "所在省份", "生产地省", feeds=("region",))
    city: Text = column("设区市", "市", "所在市", "地市", "城市", "所属设区市", "所在设区市", "地级市", keep=WORD)
    county: Text = column(
        "县（市、区）",
        "县市区",
        "县",
        "区县",
        "所在区县",
        "县区",
        "县（区）",
        "区（县）",
        "所属县市区",
        feeds=("region",),
    )
    registered_province: Text = column("注册地省份", "注册省份", "注册地", "注册地所在省", keep=WORD)
    country: CountryName = column("国家", "国别", "国家或地区", "国家（地区）", "所在国家", keep=WORD)
    industry_code: IndustryCode = column("行业代码", "国民经济行业代码", "行业小类代码", "行业分类代码", keep=WORD)
    industry: Text = column("行业", "所属行业", "行业名称", "行业类别", "国民经济行业", keep=WORD)
    above_scale: AboveScaleFlag = column(
        "是否规上",
        "规上",
        "是否规上企业",
        "是否规模以上",
        "规上企业",
        "是否规上工业企业",
        "规模以上工业企业",
        keep=FLAG,
    )
    manufacturer: ManufacturerFlag = column("是否制造业企业", "是否制造业", "制造业企业", "制造业", keep=FLAG)
    chain: Chain = column("链主所属产业链", "所属产业链", "链主产业链", "产业链", "链主", keep=WORD)
    legal_representative: PersonName = column("法定代表人", "法人代表", "法人", "法定代表人姓名", keep=TEXT)
    tags: Text = column("重点标签", "标签", "荣誉标签", keep=WORD)
    energy_level: EnergyLevel = column("能效水平", "能效等级", "能效", keep=WORD)


class AnnualFigure(Record):
    """Output and revenue of one enterprise in one year, in 万元."""

    table = "annual_figures"
    title = "年度指标"
    year_begins = 1

    uscc: Code = column(*USCC)
    name: Name = column(
        "企业名称",
        "单位名称",
        "企业全称",
        "公司名称",
        "名称",
        required=True,
        key=True,
        names=UnitKind.ENTERPRISE,
        code="uscc",
    )
    year: Year = column("年度", "年份", "统计年度", "数据年度", required=True, key=True, keep=YEAR)
    output: Money = column("工业总产值", "总产值", "产值", "工业产值", keep=MONEY)
    revenue: Money = column("营业收入", "主营业务收入", "营收", "销售收入", keep=MONEY)


class Total(Record):
    """Published totals of a region or a park in one year."""

    table = "totals"
    title = "总量"
    derived: ClassVar = {"park": ref("parks"), "region": REGION}

    scope: Name = column(
        "地区或园区",
        "范围",
        "统计范围",
        "地区",
        "园区",
        "地区/园区",
        required=True,
        key=("park", "region"),
        keep=TEXT,
        feeds=("park", "region"),
    )
    year: Year = column("年度", "年份", "统计年度", required=True, key=True, keep=YEAR)
    above_scale_count: Count = column(
        "规上企业数", "规模以上企业数", "规上工业企业数", "规上企业数量", "规上企业个数", keep=COUNT
    )
    output: Money = column("工业总产值", "总产值", "产值", "规上工业总产值", keep=MONEY)


class Park(Record):
    """An industrial park as its own table describes it."""

    table = "parks"
    title = "园区"
    derived: ClassVar = {"id": TEXT, "region": REGION, "registered": FLAG, "first_day": START}

    name: Name = column(
        "园区名称",
        "园区",
        "开发区名称",
        "工业园区名称",
        "名称",
        required=True,
        key=True,
        names=UnitKind.PARK,
        keep=TEXT,
    )
    aliases: Names = column("别名", "园区别名", "简称", "又名", "曾用名", keep=TEXT)
    level: ParkLevel = column("园区级别", "级别", "园区等级", "开发区级别", keep=WORD)
    city: Text = column("设区市", "市", "所在市", "地市", "城市", "所属设区市", "所在设区市", keep=WORD)
    county: Text = column(
        "县（市、区）", "县市区", "县", "区县", "所在区县", "县区", "县（区）", "区（县）", feeds=("region",)
    )
    value_added_share: Percent = column(
        "工业增加值占比", "工业增加值比重", "工业增加值占比（%）", "工业增加值占GDP比重", keep=NUMBER
    )
    legal_boundary: PresentFlag = column("是否有法定边界", "法定边界", "有法定边界", keep=FLAG)
    management_body: PresentFlag = column("是否有统一管理机构", "统一管理机构", "管理机构", "有统一管理机构", keep=FLAG)
    plan_published_on: Day = column("绿色工厂培育计划发布日期", "培育计划发布日期", "计划发布日期", keep=DAY)


class Agency(Record):
    """A third-party evaluation agency."""

    table = "agencies"
    title = "第三方机构"
    derived: ClassVar = {"id": TEXT, "region": REGION, "registered": FLAG, "first_day": START}

    name: Name = column(
        "机构名称",
        "第三方机构",
        "评价机构名称",
        "第三方评价机构名称",
        "第三方机构名称",
        "名称",
        required=True,
        key=True,
        names=UnitKind.AGENCY,
        code="uscc",
        keep=TEXT,
    )
    uscc: Code = column(*USCC, keep=TEXT)
    legal_representative: PersonName = column("法定代表人", "法人代表", "法人", "法定代表人姓名", keep=TEXT)
    city: Text = column("设区市", "市", "所在市", "城市", "地市", "所在地", keep=WORD)
    qualified_on: Day = column("资质公布日期", "公布日期", "资质日期", "资质公布时间", keep=DAY)


class NameChange(Record):
    """A unit changes its name, or something else of its registration."""

    table = "name_changes"
    title = "变更"

    uscc: Code = column(*USCC)
    old_name: Name = column(
        "原名称", "变更前名称", "原企业名称", "变更前", "旧名称", required=True, key=True, keep=TEXT
    )
    new_name: Name = column(
        "现名称",
        "变更后名称",
        "新名称",
        "现企业名称",
        "变更后",
        required=True,
        key=True,
        names=UnitKind.RENAMED,
        code="uscc",
        keep=TEXT,
    )
    changed_on: Day = column("变更日期", "变更时间", "更名日期", key=True, keep=DAY)
    kind: ChangeKind = column("变更事项", "变更类型", "变更类别", "事项", keep=WORD)
