"""Records of who belongs to whom: tenants of parks, suppliers of buyers."""

from __future__ import annotations

from typing import ClassVar

from graph_model.column_types import END, FLAG, MONEY, START, WORD, YEAR
from graph_model.kinds import UnitKind
from graph_model.records.record import USCC, Record, column
from graph_model.values import (
    Code,
    CountryName,
    Day,
    EndDay,
    KeyFlag,
    Money,
    Name,
    Text,
    Year,
)


class Tenancy(Record):
    """An enterprise sits in a park from `start` until `end`."""

    table = "tenancies"
    title = "入园企业"
    derived: ClassVar = {"end_unknown": FLAG}
    begins = ("start",)

    uscc: Code = column(*USCC)
    name: Name = column(
        "企业名称",
        "单位名称",
        "入园企业",
        "入驻企业",
        "企业全称",
        "公司名称",
        "名称",
        required=True,
        key=True,
        names=UnitKind.ENTERPRISE,
        code="uscc",
    )
    park: Name = column(
        "园区名称", "园区", "所在园区", "所属园区", "入驻园区", required=True, key=True, names=UnitKind.PARK
    )
    start: Day = column("入园日期", "入驻日期", "入园时间", "入驻时间", "起始日期", "开始日期", key=True, keep=START)
    end: EndDay = column("离园日期", "退出日期", "离园时间", "搬离日期", "终止日期", "结束日期", keep=END)


class Supply(Record):
    """A supplier delivers to a buyer: by list year, or from `start` until `end`."""

    table = "supplies"
    title = "供应关系"
    begins = ("start",)
    year_begins = 0

    buyer: Name = column(
        "采购方",
        "链主企业",
        "采购方名称",
        "采购企业",
        "购买方",
        "采购单位",
        "需方",
        "客户",
        required=True,
        key=True,
        names=UnitKind.ENTERPRISE,
        code="buyer_uscc",
    )
    buyer_uscc: Code = column(
        "采购方统一社会信用代码",
        "链主企业统一社会信用代码",
        "采购方信用代码",
        "链主统一社会信用代码",
        "采购方代码",
        "采购方社会信用代码",
    )
    supplier: Name = column(
        "供应商",
        "供应商名称",
        "供应商企业名称",
        "供货方",
        "供方",
        "供应企业",
        required=True,
        key=True,
        names=UnitKind.ENTERPRISE,
        code="supplier_uscc",
    )
    supplier_uscc: Code = column(
        "供应商统一社会信用代码", "供应商信用代码", "供应商代码", "供应商社会信用代码", "供方统一社会信用代码"
    )
    year: Year = column("年度", "年份", "采购年度", "清单年度", key=True, keep=YEAR)
    start: Day = column(
        "起始日期", "开始日期", "起始时间", "合同开始日期", "合作起始日期", "供应起始日期", key=True, keep=START
    )
    end: EndDay = column(
        "终止日期", "结束日期", "截止日期", "终止时间", "合同结束日期", "合同终止日期", "供应终止日期", keep=END
    )
    amount: Money = column("采购额", "采购金额", "金额", "年采购额", "交易额", "采购总额", keep=MONEY)
    category: Text = column("品类", "采购品类", "物料类别", "产品类别", "物料组", "供应品类", key=True, keep=WORD)
    key: KeyFlag = column("是否关键供应商", "关键供应商", "是否关键", "重点供应商", "是否重点供应商", keep=FLAG)
    country: CountryName = column(
        "供应商国家或地区", "供应商国家", "供应商国别", "国家或地区", "国家", "国别", "供应商所在国家", keep=WORD
    )
