"""D-25: a complaint that names itself waits for verification; verified, it leads to rectification, removal (22) or a ban (24).

Art. 25 is about listed units and agencies; a complaint about anybody else is told, and is no case of it. A complaint that does
not name itself, or does not say, is none either; the notes count them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from graph_model.days import OPEN
from queries.duties.duty_findings import UNIT_KINDS, AuditContext, Finding
from queries.duties.listed_facts import UnitFact, about_listed
from queries.duties.sentences import sentence
from queries.duties.standing import day_words, standing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph_model.arrays import Flags
    from graph_model.view import View
    from queries.duties.duty_findings import Evidence, Kind, ListedUnitKind, Severity


def find(case: AuditContext) -> Iterator[Finding]:
    """Yield complaints that wait, those closed without a result, and what verified ones lead to; one row per complaint."""
    complaints = case.view.graph["complaints"]
    named = (complaints["received_on"] <= case.day) & (complaints["named"] == 1)
    closed = complaints["verified_on"] <= case.day
    codes, words = complaints.words("result")
    confirmed = np.array([word == "confirmed" for word in words] + [False])[codes]
    groups: tuple[tuple[Flags, Severity, str, str], ...] = (
        (named & ~closed, "check", "complaint_waiting", "complaint_waiting"),
        (named & closed & (codes < 0), "check", "complaint_without_result", "complaint_without_result"),
        (named & closed & confirmed, "act", "complaint_of_unit", "complaint_of_agency"),
    )
    for chosen, severity, of_unit, of_agency in groups:
        for kind in UNIT_KINDS:
            yield _of_listed(case, kind, chosen, severity, of_unit)
            yield _of_others(case, kind, chosen)
        yield _of_agencies(case, chosen, severity, of_agency)


def not_named(view: View) -> int:
    """Return how many complaints received by the day do not name themselves, or do not say."""
    complaints = view.graph["complaints"]
    return int(((complaints["received_on"] <= view.facts.number) & (complaints["named"] != 1)).sum())


def _of_listed(case: AuditContext, kind: ListedUnitKind, chosen: Flags, severity: Severity, reason: str) -> Finding:
    units, rows = _about(case.view, kind, chosen)
    facts = [
        UnitFact(unit, sentence(reason), complaint_words(case.view, row), _evidence(row))
        for unit, row in zip(units, rows, strict=True)
    ]
    return about_listed(case.view, "D-25", severity, kind, facts, ("D-22",) if severity == "act" else ())


def _of_others(case: AuditContext, kind: ListedUnitKind, chosen: Flags) -> Finding:
    listed = set(standing(case.view, kind).unit.tolist())
    about = [(unit, row) for unit, row in zip(*_about(case.view, kind, chosen), strict=True) if unit not in listed]
    return _finding(case, kind, "info", "complaint_of_others", about)


def _of_agencies(case: AuditContext, chosen: Flags, severity: Severity, reason: str) -> Finding:
    about = list(zip(*_about(case.view, "agency", chosen), strict=True))
    return _finding(case, "agency", severity, reason, about, ("D-24",) if severity == "act" else ())


def _finding(
    case: AuditContext,
    kind: Kind,
    severity: Severity,
    reason: str,
    about: list[tuple[int, int]],
    clauses: tuple[str, ...] = (),
) -> Finding:
    return Finding(
        "D-25",
        severity,
        kind,
        np.array([unit for unit, _ in about], dtype=np.int64),
        [sentence(reason)] * len(about),
        [complaint_words(case.view, row) for _, row in about],
        [_evidence(row) for _, row in about],
        clauses=clauses,
    )


def _about(view: View, kind: Kind, chosen: Flags) -> tuple[list[int], list[int]]:
    """Return the units of a kind that the chosen complaints are about, and their rows."""
    units = view.graph["complaints"][kind]
    rows = np.flatnonzero(chosen & (units >= 0))
    return units[rows].tolist(), rows.tolist()


def _evidence(row: int) -> Evidence:
    return (("complaints", row),)


def complaint_words(view: View, row: int) -> str:
    """Return a complaint in words: when it came, with supporting material or not, when it was verified."""
    complaints = view.graph["complaints"]
    material = {1: "附佐证材料", 0: "未附佐证材料"}.get(int(complaints["evidence"][row]), "是否附佐证材料未填")
    closed = int(complaints["verified_on"][row])
    verified = f"，{day_words(closed)}核实" if closed != OPEN and closed <= view.facts.number else ""
    return f"{day_words(int(complaints['received_on'][row]))}收到实名举报，{material}{verified}"
