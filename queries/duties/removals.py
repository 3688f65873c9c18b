"""D-20, D-22 and D-22.3: what makes a listed unit leave the lists. The finding starts a procedure; it removes nobody.

D-20: an accident, or an environmental event, of the floor's severity or above within the window of D-18: at once, from every
tier. D-22: any fact of D-18 that counts on the day. D-22.3: falsified material, whenever. A fact whose day is unknown may lie in
the window or not: a question, not an act. Facts of tenants reach a listed park as D-18 says; nothing else is passed on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from graph_model.days import OPEN, number
from queries.duties.assessed import assessed_facts, words_by_unit
from queries.duties.duty_findings import UNIT_KINDS, AuditContext, Finding, Kind, Severity
from queries.duties.incidents import by_unit, happened, of_kinds
from queries.duties.standing import listing_words, with_facts
from queries.duties.tenants import words_by_park
from queries.law.rule import Outcome
from queries.law.severity import at_least

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from queries.duties.assessed import AssessedFact

MAJOR: Final = ("安全事故", "质量事故", "环境污染")
"""Accidents and environmental events: what D-20 asks of."""
FALSIFIED: Final = "材料造假"
START: Final = "应启动移出程序（尚未移出）"


def find(case: AuditContext) -> Iterator[Finding]:
    """Yield what listed units leave the lists for."""
    facts = assessed_facts(case)
    counting = [fact for fact in facts if fact.outcome is Outcome.FAIL]
    undated = [fact for fact in facts if fact.outcome is Outcome.UNKNOWN]
    major = [fact for fact in counting if _is_major(case, fact)]
    for kind in UNIT_KINDS:
        yield _major(case, kind, major)
        yield _negative_list(case, kind, counting, {_unit(kind, fact) for fact in major})
        reason = "有负面清单情形但日期不明，无法判断是否在近三年内，请查明"
        yield _listed(case, "D-22", "check", kind, words_by_unit(case.view, kind, undated), reason)
        yield _falsified(case, kind)
    reason = f"园区内企业有负面清单（D-18）情形，{START}"
    yield _listed(case, "D-22", "act", "park", words_by_park(case, counting, Outcome.FAIL), reason)
    reason = "园区内企业有第十八条所列情形，但日期、等级或情形不详，请查明"
    yield _listed(case, "D-22", "check", "park", words_by_park(case, facts, Outcome.UNKNOWN), reason)


def _is_major(case: AuditContext, fact: AssessedFact) -> bool:
    floor = case.rules.value("removal_floor")
    in_window = fact.on >= number(case.rules.window_start)
    return in_window and fact.held.kind in MAJOR and floor is not None and at_least(fact.held.severity, floor)


def _unit(kind: Kind, fact: AssessedFact) -> int:
    return fact.park if kind == "park" else fact.enterprise


def _major(case: AuditContext, kind: Kind, major: list[AssessedFact]) -> Finding:
    """Return D-20 of a kind; due at once, which is the day of the latest event."""
    latest: dict[int, int] = {}
    for fact in major:
        latest[_unit(kind, fact)] = max(fact.on, latest.get(_unit(kind, fact), fact.on))
    reason = "发生重大及以上事故或Ⅱ级及以上环境事件，应立即处理，各层级名单均应移出"
    found = _listed(case, "D-20", "act", kind, words_by_unit(case.view, kind, major), reason)
    due = np.array([latest[unit] for unit in found.unit.tolist()], dtype=np.int64)
    return Finding("D-20", "act", kind, found.unit, found.reason, found.evidence, found.category, found.tier, due)


def _negative_list(case: AuditContext, kind: Kind, counting: list[AssessedFact], major: set[int]) -> Finding:
    found = _listed(case, "D-22", "act", kind, words_by_unit(case.view, kind, counting), "")
    reasons = [
        f"有负面清单（D-18）情形，{START}{'；属重大情形，各层级名单均应移出' if unit in major else ''}"
        for unit in found.unit.tolist()
    ]
    return Finding("D-22", "act", kind, found.unit, reasons, found.evidence, found.category, found.tier)


def _falsified(case: AuditContext, kind: Kind) -> Finding:
    on = happened(case.view)
    chosen = of_kinds(case.view, (FALSIFIED,)) & ((on <= case.day) | (on == OPEN))
    return _listed(case, "D-22.3", "act", kind, by_unit(case.view, kind, chosen), f"申报材料弄虚作假，{START}")


def _listed(
    case: AuditContext, rule: str, severity: Severity, kind: Kind, facts: Mapping[int, list[str]], reason: str
) -> Finding:
    """Return a finding per list that a unit with facts stands on."""
    stands, texts = with_facts(case.view, kind, facts)
    listed = listing_words(case.view, stands.row)
    evidence = [f"{text}；{words}" for text, words in zip(texts, listed, strict=True)]
    return Finding(
        rule, severity, kind, stands.unit, [reason] * len(stands.unit), evidence, stands.category, stands.tier
    )
