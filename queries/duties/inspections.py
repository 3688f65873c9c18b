"""P-17 and P-18: a failed spot check of a listed unit is acted on; three clean ones in a row exempt it for years."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from graph_model.days import OPEN
from queries.duties.duty_findings import UNIT_KINDS, AuditContext, Finding, ListedUnitKind
from queries.duties.standing import day_words, listing_words, standing
from queries.measures.exemptions import exemptions

if TYPE_CHECKING:
    from collections.abc import Iterator


def find(case: AuditContext) -> Iterator[Finding]:
    """Yield listings with a failed check since their publication, and units that are exempt."""
    for kind in UNIT_KINDS:
        yield _failed(case, kind)
        yield _exempt(case, kind)


def _failed(case: AuditContext, kind: ListedUnitKind) -> Finding:
    checks = case.view.graph["inspections"]
    codes, words = checks.words("result")
    failed = (codes == words.index("problem")) if "problem" in words else np.zeros(len(codes), dtype=bool)
    rows = np.flatnonzero(failed & (checks["checked_on"] <= case.day) & (checks[kind] >= 0))
    days: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
    for unit, category, on in zip(
        checks[kind][rows].tolist(), checks["category"][rows].tolist(), checks["checked_on"][rows].tolist(), strict=True
    ):
        days[unit, category].append(on)
    stands = standing(case.view, kind)
    mine = [
        sorted(on for key in ((unit, category), (unit, -1)) for on in days.get(key, ()) if on >= since)
        for unit, category, since in zip(
            *(column.tolist() for column in (stands.unit, stands.category, stands.since)), strict=True
        )
    ]
    hit = np.array([bool(one) for one in mine], dtype=bool)
    stands = stands.at(hit)
    texts = [f"抽查 {'、'.join(day_words(on) for on in one)} 有问题" for one in mine if one]
    return Finding(
        "P-17",
        "act",
        kind,
        stands.unit,
        ["列入名单后抽查有问题，应启动处理"] * len(stands.unit),
        [f"{text}；{listed}" for text, listed in zip(texts, listing_words(case.view, stands.row), strict=True)],
        stands.category,
        stands.tier,
    )


def _exempt(case: AuditContext, kind: ListedUnitKind) -> Finding:
    found = exemptions(case.view, kind)
    rows = [row for row, one in enumerate(found.unit.tolist()) if one in _listed(case, kind)]
    earned = "" if case.rules.value("exempt_clean_checks") else "（依 2016 年方案取得）"
    until = found.until[rows]
    return Finding(
        "P-18",
        "info",
        kind,
        found.unit[rows],
        [f"连续抽查无问题，免于抽查至 {day_words(int(day))}（不含当日）{earned}" for day in until.tolist()],
        [f"抽查无问题：{found.checks[row]}" for row in rows],
        due=until if len(rows) else np.full(0, OPEN),
    )


def _listed(case: AuditContext, kind: ListedUnitKind) -> set[int]:
    return set(standing(case.view, kind).unit.tolist())
