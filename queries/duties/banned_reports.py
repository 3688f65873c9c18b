"""D-24: an accepted report that was submitted inside a ban on its agency.

Every ban decided by the day counts, also one that is over by now: the report should not have been accepted then. Outside
the ban's jurisdiction it binds nobody; where the unit's region is not known finely enough, it is a question.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from graph_model.days import OPEN, number
from graph_model.kinds import NODE_KINDS
from queries.duties.duty_findings import UNIT_KINDS, AuditContext, Finding, Kind
from queries.duties.standing import day_words, list_words
from queries.measures.bans import AgencyEvidence, jurisdiction_of, recorded_bans

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from queries.measures.bans import Ban

    Flags = NDArray[np.bool_]


def find(case: AuditContext) -> Iterator[Finding]:
    """Yield accepted reports inside a ban."""
    evidence = AgencyEvidence(case.view)
    accepted = _accepted(case, evidence)
    for ban in bans_decided(case):
        within = (number(ban.decided) <= evidence.report_day) & (evidence.report_day < number(ban.end))
        rows = np.flatnonzero(accepted & within & evidence.report_exists & (evidence.report_agency == ban.agency))
        for kind in UNIT_KINDS:
            yield from _of_kind(case, kind, ban, rows, evidence)


def bans_decided(case: AuditContext) -> list[Ban]:
    """Return every ban decided by the day, whether it still runs or not."""
    return recorded_bans(case.view, "recorded", past=True)


def _accepted(case: AuditContext, evidence: AgencyEvidence) -> Flags:
    """Return which reports are accepted by the day; an outcome without a day counts from the report's own."""
    reports = case.view.graph["reports"]
    codes, words = reports.words("outcome")
    since = np.where(reports["outcome_on"] == OPEN, evidence.report_day, reports["outcome_on"])
    accepted: Flags = np.array([word == "accepted" for word in words] + [False])[codes] & (since <= case.day)
    return accepted


def _of_kind(
    case: AuditContext, kind: Kind, ban: Ban, rows: NDArray[np.intp], evidence: AgencyEvidence
) -> Iterator[Finding]:
    reports = case.view.graph["reports"]
    rows = rows[reports[kind][rows] >= 0]
    inside = jurisdiction_of(case.view, NODE_KINDS[kind].table, ban.regions)[reports[kind][rows]]
    for value, severity, more in ((1, "act", ""), (-1, "check", "；单位所在地区不明，请查明是否在认定地区内")):
        chosen = rows[inside == value]
        yield Finding(
            "D-24",
            "act" if severity == "act" else "check",
            kind,
            reports[kind][chosen],
            [f"报告在机构不予受理期内提交，却已受理{more}"] * len(chosen),
            [_words(case, ban, int(row), evidence) for row in chosen.tolist()],
            reports["category"][chosen],
            reports["tier"][chosen],
        )


def _words(case: AuditContext, ban: Ban, row: int, evidence: AgencyEvidence) -> str:
    reports = case.view.graph["reports"]
    agency = case.view.graph["agencies"].texts("name", np.array([ban.agency]))[0].as_py()
    report = reports.texts("report_no", np.array([row]))[0].as_py()
    about = list_words(int(reports["category"][row]), int(reports["tier"][row]))
    on = day_words(int(evidence.report_day[row]))
    return f"报告 {report}（{about}，{on} 提交）；{agency} {day_words(number(ban.decided))} 认定，至 {ban.end.isoformat()} 止"
