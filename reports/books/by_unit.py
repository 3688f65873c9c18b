"""The audit grouped one row a unit, and the calendar one row a duty and a party."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from graph_model.bilingual import Bilingual
from graph_model.days import OPEN, day, number
from queries.answers.column import Column
from queries.answers.columns import columns
from queries.duties.dates import RealDates
from queries.duties.yearly_dates import calendar
from queries.law.duty_clauses import deadline_clause
from queries.law.ruleset import ruleset_for
from reports.books.tables import BookTable

if TYPE_CHECKING:
    from queries import Answer
    from queries.duties.yearly_dates import DatedDuty
    from reports.books.worklists import WorkContext

SEVERITIES: Final = ("act", "check", "info")
COUNTS: Final = tuple(
    Column(f"{severity}s", zh, "count", Bilingual(f"{zh}的项数", f"findings of severity {severity}"))
    for severity, zh in zip(SEVERITIES, ("应处理", "待核对", "供参考"), strict=True)
)
FINDINGS: Final = Column("findings", "核查结果", "text", Bilingual("各项理由，逐项编号", "reasons, numbered"))
FINDINGS_EN: Final = Column(
    "findings_en", "核查结果（英文）", "text", Bilingual("各项理由（英文）", "reasons, numbered")
)
UNIT_COLUMNS: Final = (
    *columns("unit", "unit_kind"), *COUNTS, FINDINGS, FINDINGS_EN,
    *columns("facts", "clause@duty", "evidence@finding", "due", "unit_id"),
)  # fmt: skip
STATES: Final = {
    "missing": Bilingual("未完成", "not done"),
    "late": Bilingual("逾期完成", "done late"),
    "undated": Bilingual("已办，日期不明", "done, day unknown"),
    "done": Bilingual("按时完成", "done in time"),
}
STATE: Final = Column("state", "完成情况", "code", Bilingual("按已载入的数据判断", "as far as the data say"), STATES)
PARTY: Final = Column("party", "责任单位", "text", Bilingual("应办理的单位", "who has to do it"))
DONE_ON: Final = Column("done_on", "完成日期", "day", Bilingual("已知的第一天", "first known day"))


def audit_by_unit(audit: Answer) -> BookTable:
    """Return one row a unit with all its findings numbered; those with most to act on first."""
    rows = [_unit_row(unit) for _, unit in audit.table.groupby("unit_id", sort=False, dropna=False)]
    table = pd.DataFrame(rows, columns=[column.name for column in UNIT_COLUMNS])
    ordered = table.sort_values(
        ["acts", "checks", "unit_id"], ascending=[False, False, True], kind="stable", ignore_index=True
    )
    return BookTable(
        Bilingual("核查", "Audit"),
        Bilingual("名单与责任核查（一个单位一行）", "audit of context duties, one row a unit"),
        ordered.astype({column.name: "Int64" for column in COUNTS}),
        UNIT_COLUMNS,
        audit.definition,
        audit.clauses,
        audit.notes,
    )


def _unit_row(findings: pd.DataFrame) -> tuple[object, ...]:
    severities = findings["severity"]
    due = pd.to_datetime(findings["due"]).min()
    return (
        findings["unit"].iloc[0],
        findings["unit_kind"].iloc[0],
        *((severities == severity).sum() for severity in SEVERITIES),
        _numbered(findings["reason"]),
        _numbered(findings["reason_en"]),
        *(_numbered(findings[name]) for name in ("facts", "clause", "evidence")),
        None if pd.isna(due) else due.date(),
        findings["unit_id"].iloc[0],
    )


def _numbered(texts: pd.Series[str]) -> str | None:
    """Return texts as numbered lines, the number being that of the finding; a single one stands alone."""
    lines = [(at, text) for at, text in enumerate(texts, 1) if pd.notna(text) and text]
    if len(texts) == 1:
        return str(lines[0][1]) if lines else None
    return "\n".join(f"{at}. {text}" for at, text in lines) or None


def calendar_by_party(context: WorkContext) -> BookTable:
    """Return one row a deadline of the year and a party; a deadline of which nothing is on record is one row without party."""
    view = context.view
    rules = ruleset_for(view.day)
    duties = list(calendar(rules, view.day.year, RealDates()))
    rows = [row for duty in duties for row in _duty_rows(context, duty)]
    names = ("due", "what", "what_en", "party", "state", "done_on", "clause")
    table = pd.DataFrame(rows, columns=list(names))
    return BookTable(
        Bilingual("日程", "Calendar"),
        Bilingual(
            f"{view.day.year} 年度日程（一项责任、一个单位一行）",
            f"calendar of {view.day.year}, one row a duty and a party",
        ),
        table,
        (*columns("due", "what", "what_en"), PARTY, STATE, DONE_ON, *columns("clause@duty")),
        Bilingual(
            "当年各项截止日（当日仍算按时）和每个责任单位的完成情况；没有任何记录的事项只列一行，责任单位留空。设区市按行政区划代码排序。",
            "every deadline of the year with each party; one of which nothing is on record is one row without party",
        ),
        tuple(deadline_clause(rules, duty.deadline) for duty in duties),
        (Bilingual(f"规则集：{rules.set.mark.zh}", f"rule set: {rules.set.mark.en}"),),
    )  # fmt: skip


def _duty_rows(context: WorkContext, duty: DatedDuty) -> list[tuple[object, ...]]:
    view, due = context.view, number(duty.due)
    about = (duty.due, duty.deadline.what.zh, duty.deadline.what.en)
    doings = duty.doings(view, view.day.year)
    if doings is None:
        return [(*about, None, None, None, duty.deadline.source)]
    states = np.full(len(doings.names), "missing", dtype=object)
    for state, where in (("done", doings.done(due)), ("late", doings.late(due)), ("undated", doings.open(due))):
        states[where] = state
    concerned = _concerned(context, doings.names)
    return [
        (*about, name, state, None if first == OPEN else day(int(first)), duty.deadline.source)
        for name, state, first, shown in zip(doings.names, states, doings.first.tolist(), concerned, strict=True)
        if shown
    ]


def _concerned(context: WorkContext, names: list[str]) -> list[bool]:
    """Return which parties concern the audience: every one for the province, else the city itself and units in its reach."""
    if context.audience.kind == "province":
        return [True] * len(names)
    own = {context.audience.name}
    for table in ("enterprises", "parks"):
        graph = context.view.graph[table]
        units = pd.DataFrame({"unit_id": graph.texts("id").to_pylist(), "name": graph.texts("name").to_pylist()})
        own |= set(context.kept(units)["name"])
    return [name in own for name in names]
