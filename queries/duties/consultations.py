"""D-13: a provincial recommendation comes by the deadline, after three offices were consulted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from graph_model.days import OPEN, day, number
from graph_model.tiers import Tier
from queries.duties.applied import applied_since
from queries.duties.dates import due_on
from queries.duties.duty_findings import UNIT_KINDS, AuditContext, Finding, Kind
from queries.duties.standing import day_words, list_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

DEADLINE = "provincial_candidates"


def find(case: AuditContext) -> Iterator[Finding]:
    """Yield provincial recommendations that lack a consultation or came late."""
    offices = case.rules.value("consulted")
    if offices:
        for kind in UNIT_KINDS:
            yield _of_kind(case, kind, offices)


def _of_kind(case: AuditContext, kind: Kind, offices: tuple[str, ...]) -> Finding:
    rows = case.view.graph["recommendations"]
    on = rows["recommended_on"]
    seen = (on <= case.day) & (on >= number(applied_since(case.rules))) | (on == OPEN)
    made = np.flatnonzero(seen & (rows[kind] >= 0) & (rows["tier"] == Tier.PROVINCIAL))
    due = deadlines(case, on[made])
    faults = [_faults(case, int(row), limit, offices) for row, limit in zip(made.tolist(), due.tolist(), strict=True)]
    bad = np.array([bool(fault) for fault in faults], dtype=bool)
    made, due = made[bad], due[bad]
    return Finding(
        "D-13",
        "check",
        kind,
        rows[kind][made],
        ["；".join(fault) for fault in faults if fault],
        [_evidence(case, int(row)) for row in made.tolist()],
        rows["category"][made],
        rows["tier"][made],
        due,
    )


def deadlines(case: AuditContext, on: NDArray[Any]) -> NDArray[Any]:
    """Return the deadline in the year of each day, `OPEN` where the day is unknown or the set has no such deadline."""
    deadline = next((one for one in case.rules.deadlines if one.id == DEADLINE), None)
    found = {int(one): OPEN for one in np.unique(on)}
    if deadline is not None:
        for one in found:
            if one != OPEN:
                found[one] = number(due_on(case.rules, deadline, day(one).year, case.dates))
    return np.array([found[one] for one in on.tolist()], dtype=np.int64)


def _faults(case: AuditContext, row: int, due: int, offices: tuple[str, ...]) -> list[str]:
    rows = case.view.graph["recommendations"]
    codes, words = rows.words("consulted")
    faults = []
    if codes[row] < 0:
        faults.append(f"未填征求意见部门，应征求{'、'.join(offices)}三部门意见")
    elif lacking := [office for office in offices if not _was_asked(office, words[codes[row]])]:
        faults.append(f"未见征求{'、'.join(lacking)}部门意见")
    if OPEN not in (due, rows["recommended_on"][row]) and rows["recommended_on"][row] > due:
        faults.append(f"推荐晚于期限 {day_words(due)}")
    return faults


def _was_asked(office: str, said: str) -> bool:
    """Return whether a text names an office: 市场监督管理局 is 市场监管, 应急局 is 应急管理."""
    return any(word in said for word in (office, *_ALSO.get(office, ())))


def _evidence(case: AuditContext, row: int) -> str:
    rows = case.view.graph["recommendations"]
    on = int(rows["recommended_on"][row])
    texts = []
    for column, label in (("recommended_by", "推荐单位"), ("consulted", "征求意见")):
        codes, words = rows.words(column)
        texts.append(f"{label}：{words[codes[row]] if codes[row] >= 0 else '未填'}")
    listed = list_words(int(rows["category"][row]), int(rows["tier"][row]))
    return f"推荐{listed} {day_words(on)}；{'；'.join(texts)}"


_ALSO = {"生态环境": ("环保", "环境保护"), "应急管理": ("应急", "安监"), "市场监管": ("市场监督", "市监")}
"""How else the offices are written in planners' tables."""
