"""P-17 and P-18: a failed spot check of a listed unit is acted on; three clean ones in a row exempt it for years."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from graph_model.days import OPEN
from queries.duties.duty_findings import UNIT_KINDS, AuditContext, Finding, ListedUnitKind
from queries.duties.listed_facts import UnitFact, about_listed
from queries.duties.sentences import sentence
from queries.duties.standing import day_words, standing
from queries.measures.exemptions import exemptions

if TYPE_CHECKING:
    from collections.abc import Iterator

ANY_CATEGORY = -1
"""A check that names no category is of every list of the unit."""


def find(case: AuditContext) -> Iterator[Finding]:
    """Yield failed checks of listed units since they were listed, one row per check, and units that are exempt."""
    for kind in UNIT_KINDS:
        yield _failed(case, kind)
        yield _exempt(case, kind)


def _failed(case: AuditContext, kind: ListedUnitKind) -> Finding:
    checks = case.view.graph["inspections"]
    codes, words = checks.words("result")
    failed = np.array([word == "problem" for word in words] + [False])[codes]
    rows = np.flatnonzero(failed & (checks["checked_on"] <= case.day) & (checks[kind] >= 0))
    listed_on = _first_days(case, kind)
    facts = [
        UnitFact(unit, sentence("check_failed"), f"{day_words(on)}抽查有问题", (("inspections", row),))
        for unit, category, on, row in zip(
            *(checks[name][rows].tolist() for name in (kind, "category", "checked_on")), rows.tolist(), strict=True
        )
        if any(since <= on for of, since in listed_on.get(unit, ()) if category in (of, ANY_CATEGORY))
    ]
    return about_listed(case.view, "P-17", "act", kind, facts)


def _first_days(case: AuditContext, kind: ListedUnitKind) -> dict[int, list[tuple[int, int]]]:
    """Return, per unit, category and day of publication of each list it stands on."""
    stands = standing(case.view, kind)
    days: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for unit, category, since in zip(
        *(column.tolist() for column in (stands.unit, stands.category, stands.since)), strict=True
    ):
        days[unit].append((category, since))
    return dict(days)


def _exempt(case: AuditContext, kind: ListedUnitKind) -> Finding:
    exempt, listed = exemptions(case.view, kind), set(standing(case.view, kind).unit.tolist())
    rows = [row for row, unit in enumerate(exempt.unit.tolist()) if unit in listed]
    name = "exempt" if case.rules.value("exempt_clean_checks") else "exempt_earned"
    until = exempt.until[rows]
    terms = [(len(exempt.rows[row]), day_words(int(day))) for row, day in zip(rows, until.tolist(), strict=True)]
    return Finding(
        "P-18",
        "info",
        kind,
        exempt.unit[rows],
        [sentence(name, checks=checks, until=until) for checks, until in terms],
        [f"抽查无问题：{exempt.checks[row]}" for row in rows],
        [tuple(("inspections", check) for check in exempt.rows[row]) for row in rows],
        due=until if len(rows) else np.full(0, OPEN),
    )
