"""Records of cultivation, from the plan over report and recommendation to the list."""

from __future__ import annotations

from typing import ClassVar

from graph_model.column_types import CATEGORY, DAY, END, FIRST, FLAG, NUMBER, REGION, START, TEXT, TIER, WORD, YEAR, ref
from graph_model.kinds import UnitKind
from graph_model.records.record import USCC, Record, column
from graph_model.values import (
    AgencyName,
    Batch,
    Category,
    Code,
    Consulted,
    Day,
    EndDay,
    MetFlag,
    Mode,
    Name,
    Number,
    Outcome,
    RemovalReason,
    ReportNo,
    Text,
    TierId,
    Year,
)


class Report(Record):
    """An evaluation report on a unit, by an agency or by the unit itself."""

    table = "reports"
    title = "评价报告"
    begins = ("submitted_on", "issued_on")

    report_no: ReportNo = column("报告编号", "评价报告编号", "报告号", "编号", required=True, key=True, keep=TEXT)
    unit: Name = column(
        "单位名称",
        "企业名称",
        "申报单位",
        "受评价单位",
        "被评价单位",
        "园区名称",
        "工厂名称",
        required=True,
        names=UnitKind.UNIT,
        code="uscc",
    )
    uscc: Code = column(*USCC)
    category: Category = column(
        "申报类别", "类别", "名单类别", "申报类型", required=True, may_be_unknown=True, keep=CATEGORY
    )
    tier: TierId = column("申报层级", "层级", "申报级别", "级别", keep=TIER)
    mode: Mode = column("评价方式", "评价类型", "评价形式", keep=WORD)
    agency: AgencyName = column(
        "第三方评价机构", "评价机构", "第三方机构", "第三方评价机构名称", "机构名称", names=UnitKind.AGENCY
    )
    standard: Text = column("评价标准", "标准", "依据标准", "评价依据", keep=WORD)
    score: Number = column("得分", "评价得分", "总分", "分数", keep=NUMBER)
    score_max: Number = column("满分", "满分值", "总分值", keep=NUMBER)
    basic_ok: MetFlag = column("基本要求", "是否满足基本要求", "基本要求符合", "基本要求是否符合", keep=FLAG)
    issued_on: Day = column("出具日期", "报告日期", "出具时间", "报告出具日期", keep=DAY)
    submitted_on: Day = column("提交日期", "报送日期", "提交时间", "申报日期", keep=DAY)
    outcome: Outcome = column("受理结果", "受理情况", "审核结果", "结果", keep=WORD)
    outcome_on: Day = column("受理日期", "受理时间", "审核日期", keep=DAY)


class Listing(Record):
    """A unit stands on a green list from its publication until it is removed."""

    table = "listings"
    title = "绿色制造名单"
    derived: ClassVar = {"report": ref("reports"), "end_unknown": FLAG}
    begins = ("published_on",)

    unit: Name = column(
        "单位名称",
        "企业名称",
        "工厂名称",
        "园区名称",
        "园区",
        "名称",
        "单位",
        "企业",
        "工厂",
        "申报单位",
        required=True,
        key=True,
        names=UnitKind.UNIT,
        code="uscc",
    )
    uscc: Code = column(*USCC)
    category: Category = column("名单类别", "类别", "名单类型", "申报类别", required=True, key=True, keep=CATEGORY)
    tier: TierId = column("层级", "级别", "名单层级", "名单级别", required=True, key=True, keep=TIER)
    batch: Batch = column(
        "批次/年度", "批次", "年度", "批次年度", "公布批次", "年份", required=True, key=True, keep=WORD
    )
    region: Text = column("地区", "所在地区", "所属地区", "省份", "设区市", "所在地", "区域", "省市", keep=REGION)
    industry: Text = column("行业", "所属行业", "行业名称", "行业类别", keep=WORD)
    agency: AgencyName = column(
        "第三方评价机构",
        "第三方评价机构名称",
        "评价机构",
        "第三方机构",
        "第三方机构名称",
        "第三方评价机构（全称）",
        names=UnitKind.AGENCY,
    )
    report_no: ReportNo = column("报告编号", "评价报告编号", "报告号", keep=TEXT, feeds=("report",))
    published_on: Day = column("公布日期", "发布日期", "公布时间", "公告日期", "认定日期", "公布年月", keep=FIRST)
    removed_on: EndDay = column("移出日期", "移除日期", "移出时间", "撤销日期", "除名日期", keep=END)
    removal_reason: RemovalReason = column("移出原因", "移除原因", "撤销原因", "除名原因", keep=WORD)


class Cultivation(Record):
    """A unit is in the pool of candidates for a tier."""

    table = "cultivation"
    title = "培育计划"
    begins = ("start",)

    unit: Name = column(
        "单位名称",
        "企业名称",
        "培育单位",
        "园区名称",
        "培育企业",
        "名称",
        required=True,
        key=True,
        names=UnitKind.UNIT,
        code="uscc",
    )
    uscc: Code = column(*USCC)
    category: Category = column("培育类别", "类别", "申报类别", "名单类别", required=True, key=True, keep=CATEGORY)
    target_tier: TierId = column("目标层级", "培育目标", "目标级别", "目标", keep=TIER)
    plan_year: Year = column("计划年度", "培育年度", "年度", "计划年份", required=True, key=True, keep=YEAR)
    level: TierId = column("培育层级", "培育级别", "层级", keep=TIER)
    start: Day = column("起始日期", "开始日期", "培育开始日期", "起始时间", keep=START)
    end: Day = column("终止日期", "结束日期", "培育结束日期", "终止时间", keep=END)
    reported_on: Day = column("报送日期", "报送时间", "上报日期", keep=DAY)
    sponsor: Name = column(
        "培育主体", "主体", "培育主体（链主或园区）", "培育主体名称", key=True, names=UnitKind.SPONSOR
    )


class Recommendation(Record):
    """A unit is recommended for a tier."""

    table = "recommendations"
    title = "推荐汇总"
    begins = ("recommended_on",)

    unit: Name = column(
        "单位名称", "企业名称", "推荐企业", "名称", required=True, key=True, names=UnitKind.UNIT, code="uscc"
    )
    uscc: Code = column(*USCC)
    category: Category = column("申报类别", "类别", "名单类别", "推荐类别", required=True, key=True, keep=CATEGORY)
    tier: TierId = column("申报层级", "层级", "推荐层级", "级别", required=True, key=True, keep=TIER)
    recommended_by: Text = column("推荐单位", "推荐部门", "推荐地区", keep=WORD)
    recommended_on: Day = column("推荐日期", "推荐时间", key=True, keep=DAY)
    consulted: Consulted = column("征求意见部门", "征求意见", "会商部门", keep=WORD)
