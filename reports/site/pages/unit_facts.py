"""The rows of the lists about one enterprise, as they stood on the day, each with the file and row it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from graph_model.bilingual import Bilingual
from queries.answers.answer import Answer
from queries.answers.column import Column
from reports.site.page_model import AnswerTable

if TYPE_CHECKING:
    from reports.site.page_options import PageOptions
    from reports.site.site_data import SiteData


def _column(name: str, kind: str, zh: str, en: str) -> Column:
    return Column(name, zh, kind, Bilingual(zh, en))


_WHERE: Final = _column("provenance", "text", "出处", "file, sheet and row")
_CATEGORY: Final = _column("category", "category", "名单类别", "category")


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """A table of facts on a card: its columns, the days that say from when a row holds, those blanked while they lie ahead."""

    table: str
    title: Bilingual
    columns: tuple[Column, ...]
    begins: tuple[str, ...]
    ends: tuple[str, ...] = ()


KINDS: Final = (
    UnitFacts(
        "listings",
        Bilingual("名单记录（梯度历程）", "listings: the ladder in time"),
        (
            _column("published_on", "day", "公布日期", "published on"),
            _CATEGORY,
            _column("tier", "tier", "层级", "tier"),
            _column("batch", "text", "批次/年度", "batch"),
            _column("agency", "text", "第三方评价机构", "agency"),
            _column("removed_on", "day", "移出日期", "removed on"),
            _column("removal_reason", "text", "移出原因", "why removed"),
            _WHERE,
        ),
        ("published_on",),
        ("removed_on",),
    ),
    UnitFacts(
        "reports",
        Bilingual("评价报告", "evaluation reports"),
        (
            _column("report_no", "text", "报告编号", "report no"),
            _CATEGORY,
            _column("tier", "tier", "申报层级", "tier"),
            _column("agency", "text", "第三方评价机构", "agency"),
            _column("score", "number", "得分", "score"),
            _column("issued_on", "day", "出具日期", "issued on"),
            _column("submitted_on", "day", "提交日期", "submitted on"),
            _column("outcome_on", "day", "受理日期", "outcome on"),
            _WHERE,
        ),
        ("submitted_on", "issued_on"),
        ("outcome_on",),
    ),
    UnitFacts(
        "incidents",
        Bilingual("失信与事故", "incidents"),
        (
            _column("kind", "text", "情形", "kind"),
            _column("severity", "text", "等级", "severity"),
            _column("occurred_on", "day", "发生日期", "occurred on"),
            _column("decided_on", "day", "认定日期", "decided on"),
            _column("due_on", "day", "整改期限", "due on"),
            _column("ended_on", "day", "结束日期", "ended on"),
            _column("source", "text", "信息来源", "source"),
            _WHERE,
        ),
        ("occurred_on", "decided_on"),
        ("ended_on",),
    ),
    UnitFacts(
        "cultivation",
        Bilingual("培育计划", "plans of cultivation"),
        (
            _column("plan_year", "year", "计划年度", "plan year"),
            _CATEGORY,
            _column("target_tier", "tier", "目标层级", "target tier"),
            _column("start", "day", "开始", "start"),
            _column("end", "day", "结束", "end"),
            _WHERE,
        ),
        ("reported_on", "start"),
    ),
    UnitFacts(
        "tenancies",
        Bilingual("入园记录", "tenancies"),
        (
            _column("park", "text", "园区", "park"),
            _column("start", "day", "入园日期", "start"),
            _column("end", "day", "离园日期", "end"),
            _WHERE,
        ),
        ("start",),
        ("end",),
    ),
)


def facts_of(data: SiteData, options: PageOptions, unit: str) -> list[AnswerTable]:
    """Return the tables that have a row about the enterprise."""
    made = [_table(data, options, unit, kind) for kind in KINDS]
    return [table for table in made if not table.answer.table.empty]


def _table(data: SiteData, options: PageOptions, unit: str, kind: UnitFacts) -> AnswerTable:
    rows = data.facts_of_unit(kind.table, unit)
    if not rows.empty:
        rows = _as_of(rows, kind, pd.Timestamp(options.as_of))
    names = tuple(column.name for column in kind.columns)
    answer = Answer(
        question=kind.table,
        title=kind.title,
        table=rows.reindex(columns=list(names)),
        columns=kind.columns,
        definition=Bilingual(
            "名单中关于该企业的各行，按载入的原文。", "rows of the lists about this enterprise, as loaded."
        ),
        clause_ids=(),
        notes=(),
        as_of=options.as_of,
        snapshot=data.session.snapshot,
        options={"unit": unit},
        cited=(),
        sources=data.session.sources,
    )
    return AnswerTable(kind.table, kind.title.in_(options.lang), answer, names, whole=False)


def _as_of(rows: pd.DataFrame, kind: UnitFacts, day: pd.Timestamp) -> pd.DataFrame:
    """Return the rows that have begun by the day; an end that lies ahead is not known yet."""
    begun: pd.Series[Any] = pd.to_datetime(rows[kind.begins[0]])
    for name in kind.begins[1:]:
        begun = begun.fillna(pd.to_datetime(rows[name]))
    known = rows[(begun.isna() | (begun <= day)).to_numpy()].copy()
    for name in kind.ends:
        known[name] = known[name].where((pd.to_datetime(known[name]) <= day).to_numpy())
    return known.sort_values(kind.begins[0], kind="stable")
