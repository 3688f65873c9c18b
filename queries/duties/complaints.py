"""D-25: a complaint that names itself waits for verification; verified, it leads to D-22 (unit) or D-24 (agency).

A complaint that does not name itself, or does not say, is no case of D-25; the notes count them.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from graph_model.days import OPEN
from queries.duties.duty_findings import UNIT_KINDS, AuditContext, Finding, Kind
from queries.duties.standing import day_words, listing_words, with_facts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from graph_model.view import View

    Flags = NDArray[np.bool_]

KINDS: tuple[Kind, ...] = (*UNIT_KINDS, "agency")


def find(case: AuditContext) -> Iterator[Finding]:
    """Yield complaints that wait, those closed without a result, and what verified ones lead to."""
    rows = case.view.graph["complaints"]
    seen = (rows["received_on"] <= case.day) & (rows["named"] == 1)
    closed = rows["verified_on"] <= case.day
    codes, words = rows.words("result")
    confirmed = np.array([word == "confirmed" for word in words] + [False])[codes]
    for kind in KINDS:
        yield _asked(case, kind, seen & ~closed, "实名举报待核实")
        yield _asked(case, kind, seen & closed & (codes < 0), "实名举报已核查，但未填核实结果")
    for kind in UNIT_KINDS:
        yield from _against_unit(case, kind, seen & closed & confirmed)
    agencies = _rows(case.view, "agency", seen & closed & confirmed)
    yield Finding(
        "D-25",
        "act",
        "agency",
        rows["agency"][agencies],
        ["实名举报经核实，依 D-24 认定是否三年内不予受理其报告"] * len(agencies),
        [complaint_words(case.view, row) for row in agencies.tolist()],
    )


def not_named(view: View) -> int:
    """Return how many complaints received by the day do not name themselves, or do not say."""
    rows = view.graph["complaints"]
    return int(((rows["received_on"] <= view.facts.number) & (rows["named"] != 1)).sum())


def _asked(case: AuditContext, kind: Kind, chosen: Flags, reason: str) -> Finding:
    rows = _rows(case.view, kind, chosen)
    evidence = [complaint_words(case.view, row) for row in rows.tolist()]
    return Finding("D-25", "check", kind, case.view.graph["complaints"][kind][rows], [reason] * len(rows), evidence)


def _against_unit(case: AuditContext, kind: Kind, chosen: Flags) -> Iterator[Finding]:
    """Yield a row per list that the unit stands on; one without a list has nothing to leave."""
    rows = _rows(case.view, kind, chosen)
    facts: defaultdict[int, list[str]] = defaultdict(list)
    for row in rows.tolist():
        facts[int(case.view.graph["complaints"][kind][row])].append(complaint_words(case.view, row))
    stands, texts = with_facts(case.view, kind, facts)
    listed = listing_words(case.view, stands.row)
    reason = "实名举报经核实，依 D-22 启动移出程序（尚未移出）"
    evidence = [f"{text}；{words}" for text, words in zip(texts, listed, strict=True)]
    yield Finding("D-25", "act", kind, stands.unit, [reason] * len(texts), evidence, stands.category, stands.tier)
    others = np.array(sorted(set(facts) - set(stands.unit.tolist())), dtype=np.int64)
    words = ["；".join(facts[unit]) for unit in others.tolist()]
    yield Finding("D-25", "info", kind, others, ["实名举报经核实，但该单位不在任何名单"] * len(others), words)


def _rows(view: View, kind: Kind, chosen: Flags) -> NDArray[np.intp]:
    return np.flatnonzero(chosen & (view.graph["complaints"][kind] >= 0))


def complaint_words(view: View, row: int) -> str:
    """Return a complaint in words: when it came, with evidence or not, when it was verified."""
    rows = view.graph["complaints"]
    evidence = {1: "附证据", 0: "未附证据"}.get(int(rows["evidence"][row]), "是否附证据未填")
    closed = int(rows["verified_on"][row])
    verified = f"，{day_words(closed)} 核实" if closed != OPEN and closed <= view.facts.number else ""
    return f"{day_words(int(rows['received_on'][row]))} 收到实名举报，{evidence}{verified}"
