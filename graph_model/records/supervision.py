"""Records of what is held against a unit or an agency, and of the duties that follow a listing."""

from __future__ import annotations

from typing import ClassVar

from graph_model.column_types import CATEGORY, DAY, END, FLAG, REGION, TEXT, WORD, YEAR, ref
from graph_model.kinds import UnitKind
from graph_model.records.record import USCC, Record, column
from graph_model.values import (
    AttestedKind,
    BanReason,
    Category,
    Code,
    ComplaintResult,
    Day,
    EndDay,
    IncidentKind,
    Name,
    NamedFlag,
    PresentFlag,
    Result,
    Scope,
    Severity,
    Status,
    Text,
    Year,
)


class Incident(Record):
    """Something a unit is held responsible for: an accident, a debt, a stop, a false document."""

    table = "incidents"
    title = "失信与事故"
    begins = ("occurred_on", "decided_on")

    unit: Name = column(
        "单位名称", "企业名称", "主体名称", "名称", "当事人", required=True, key=True, names=UnitKind.UNIT, code="uscc"
    )
    uscc: Code = column(*USCC)
    kind: IncidentKind = column(
        "情形",
        "情形类别",
        "事项",
        "类型",
        "失信类型",
        "事件类型",
        required=True,
        may_be_unknown=True,
        key=True,
        keep=WORD,
    )
    severity: Severity = column("等级", "严重程度", "事故等级", "事件等级", "级别", keep=WORD)
    occurred_on: Day = column("发生日期", "发生时间", "事发日期", "发生日", key=True, keep=DAY)
    decided_on: Day = column("认定日期", "处罚日期", "认定时间", "列入日期", "决定日期", key=True, keep=DAY)
    due_on: Day = column("整改期限", "整改截止日期", "限期", "整改到期日", keep=DAY)
    ended_on: EndDay = column(
        "结束或完成整改日期", "结束日期", "完成整改日期", "整改完成日期", "移出日期", "解除日期", "终止日期", keep=END
    )
    source: Text = column("信息来源", "来源", "数据来源", keep=WORD)


class AgencyBan(Record):
    """An authority decides not to accept the reports of an agency."""

    table = "agency_bans"
    title = "机构不予受理"
    derived: ClassVar = {"region": REGION}
    begins = ("decided_on",)

    agency: Name = column(
        "机构名称",
        "第三方评价机构",
        "第三方机构",
        "评价机构",
        "第三方机构名称",
        "机构",
        required=True,
        key=True,
        names=UnitKind.AGENCY,
    )
    authority: Name = column(
        "认定地区",
        "认定机关",
        "认定部门",
        "认定单位",
        "处理地区",
        required=True,
        may_be_unknown=True,
        key=True,
        keep=WORD,
        feeds=("region",),
    )
    decided_on: Day = column(
        "认定日期", "决定日期", "处理日期", "认定时间", required=True, may_be_unknown=True, key=True, keep=DAY
    )
    reason: BanReason = column("原因", "认定原因", "处理原因", "不予受理原因", keep=WORD)
    document: Text = column("文号", "文件号", "文件", "依据文号", keep=TEXT)


class Inspection(Record):
    """A spot check of a listed unit."""

    table = "inspections"
    title = "抽查"
    begins = ("checked_on",)

    unit: Name = column(
        "单位名称", "企业名称", "被抽查单位", "名称", required=True, key=True, names=UnitKind.UNIT, code="uscc"
    )
    uscc: Code = column(*USCC)
    category: Category = column("名单类别", "类别", "申报类别", key=True, keep=CATEGORY)
    checked_on: Day = column("抽查日期", "检查日期", "抽查时间", required=True, key=True, keep=DAY)
    result: Result = column("结果", "抽查结果", "检查结果", required=True, may_be_unknown=True, keep=WORD)


class DynamicForm(Record):
    """The yearly form a listed unit files."""

    table = "dynamic_forms"
    title = "动态管理表"
    begins = ("filed_on",)

    unit: Name = column(
        "单位名称", "企业名称", "填报单位", "名称", required=True, key=True, names=UnitKind.UNIT, code="uscc"
    )
    uscc: Code = column(*USCC)
    category: Category = column("名单类别", "类别", "申报类别", key=True, keep=CATEGORY)
    year: Year = column("年度", "填报年度", "报告年度", "年份", required=True, key=True, keep=YEAR)
    filed_on: Day = column("填报日期", "填报时间", "报送日期", keep=DAY)
    status: Status = column("状态", "填报状态", "填报情况", keep=WORD)


class Complaint(Record):
    """Somebody complains of a unit or an agency (实名举报); it counts when named, and leads somewhere when verified."""

    table = "complaints"
    title = "实名举报"
    begins = ("received_on",)

    unit: Name = column(
        "被举报单位",
        "被举报单位名称",
        "被举报机构",
        "被举报对象",
        "单位名称",
        "名称",
        required=True,
        key=True,
        names=UnitKind.PARTY,
        code="uscc",
    )
    uscc: Code = column(*USCC)
    received_on: Day = column(
        "收到举报日期", "举报日期", "收到日期", "举报时间", "受理日期", required=True, key=True, keep=DAY
    )
    named: NamedFlag = column("是否实名", "实名", "实名举报", keep=FLAG)
    evidence: PresentFlag = column(
        "是否有证据", "有无证据", "是否提供证据", "证据", "佐证材料", "有无佐证材料", "是否有佐证材料", keep=FLAG
    )
    verified_on: Day = column("核实日期", "核查日期", "核实时间", "办结日期", keep=DAY)
    result: ComplaintResult = column("核实结果", "核查结果", "办理结果", "结果", keep=WORD)


class Attestation(Record):
    """Somebody looked a kind of incident up, for a unit, a region or everybody: no row of it then says that there is none."""

    table = "attestations"
    title = "核查记录"
    derived: ClassVar = {"enterprise": ref("enterprises"), "park": ref("parks"), "region": REGION}
    begins = ("checked_on",)

    kind: AttestedKind = column(
        "情形", "核查情形", "查询情形", "核查事项", "查询事项", required=True, may_be_unknown=True, key=True, keep=WORD
    )
    scope: Scope = column(
        "单位或地区",
        "核查范围",
        "查询范围",
        "核查对象",
        "查询对象",
        "单位名称",
        "企业名称",
        "地区",
        key=True,
        keep=WORD,
        feeds=("enterprise", "park", "region"),
    )
    checked_on: Day = column("查询日期", "核查日期", "查询时间", "核查时间", required=True, key=True, keep=DAY)
    source: Text = column("信息来源", "来源", "数据来源", "查询渠道", keep=WORD)
