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
from queries.duties.sentences import sentence
from queries.duties.standing import day_words, list_words
from queries.measures.bans import AgencyEvidence, jurisdiction_of, recorded_bans

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph_model.arrays import Flags, Rows
    from queries.duties.duty_findings import Evidence
    from queries.measures.bans import Ban


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
    """Return every ban decided by the day, whether it still runs or not; a set without such a rule knows none."""
    if case.rules.value("ban_years") is None:
        return []
    return recorded_bans(case.view, "recorded", case.rules, past=True)


def _accepted(case: AuditContext, evidence: AgencyEvidence) -> Flags:
    """Return which reports are accepted by the day; an outcome without a day counts from the report's own."""
    reports = case.view.graph["reports"]
    codes, words = reports.words("outcome")
    since = np.where(reports["outcome_on"] == OPEN, evidence.report_day, reports["outcome_on"])
    accepted: Flags = np.array([word == "accepted" for word in words] + [False])[codes] & (since <= case.day)
    return accepted


def _of_kind(case: AuditContext, kind: Kind, ban: Ban, rows: Rows, evidence: AgencyEvidence) -> Iterator[Finding]:
    reports = case.view.graph["reports"]
    rows = rows[reports[kind][rows] >= 0]
    inside = jurisdiction_of(case.view, NODE_KINDS[kind].table, ban.regions)[reports[kind][rows]]
    for value, reason in ((1, "banned_report"), (-1, "banned_report_unclear")):
        chosen = rows[inside == value]
        yield Finding(
            "D-24",
            "act" if value == 1 else "check",
            kind,
            reports[kind][chosen],
            [sentence(reason)] * len(chosen),
            [_words(case, ban, int(row), evidence) for row in chosen.tolist()],
            [(("reports", row), *_decisions(case, ban)) for row in chosen.tolist()],
            reports["category"][chosen],
            reports["tier"][chosen],
        )


def _decisions(case: AuditContext, ban: Ban) -> Evidence:
    """Return the rows of the decisions that a ban is made of."""
    bans = case.view.graph["agency_bans"]
    rows = np.flatnonzero((bans["agency"] == ban.agency) & (bans["decided_on"] == number(ban.decided)))
    return tuple(("agency_bans", row) for row in rows.tolist())


def _words(case: AuditContext, ban: Ban, row: int, evidence: AgencyEvidence) -> str:
    reports = case.view.graph["reports"]
    agency = case.view.graph["agencies"].texts("name", np.array([ban.agency]))[0].as_py()
    report = reports.texts("report_no", np.array([row]))[0].as_py()
    about = list_words(int(reports["category"][row]), int(reports["tier"][row]))
    on = day_words(int(evidence.report_day[row]))
    decided = day_words(number(ban.decided))
    return f"报告{report}（{about}，{on}提交）；{agency}于{decided}被认定不予受理，自{ban.end.isoformat()}起恢复受理"
