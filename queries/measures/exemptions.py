"""Who is exempt from spot checks: three clean checks in a row exempt until the third day + 5 years. Clause P-18.

Checks are counted per unit, whatever list they were about; several on one day are one check, clean only if all are, failed if
any is. The exemption is that of the latest three in a row: the half-open interval `[third day, third day + years)`, or until a
check fails. A check of unknown result breaks the row, but ends no exemption.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import numpy as np

from graph_model.days import day, number, years_later
from queries.law.ruleset import ruleset_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from graph_model.view import View


@dataclass(frozen=True)
class Exemptions:
    """Units exempt on the day, by row: the first day on which they may be checked again, and the clean checks."""

    unit: NDArray[Any]
    until: NDArray[Any]
    checks: list[str]
    rows: list[tuple[int, ...]]
    """Rows of the inspections that earned each exemption."""


class CheckDay(NamedTuple):
    """The checks of a unit on one day: whether all were clean, whether any failed, and their rows."""

    on: int
    is_clean: bool
    has_failed: bool
    rows: tuple[int, ...]


def exemptions(view: View, kind: Literal["enterprise", "park"]) -> Exemptions:
    """Return who is exempt on the day. What was earned under the 2016 plan is kept when another set is in force."""
    needed, years = _terms(view.day)
    exempt = []
    for unit, checks in _checks_by_unit(view, kind):
        earned = _latest_earned(checks, needed)
        if earned is not None:
            until = years_later(day(earned[-1].on), years)
            if view.day < until:
                exempt.append((unit, number(until), earned))
    return Exemptions(
        np.array([unit for unit, _, _ in exempt], dtype=np.int64),
        np.array([until for _, until, _ in exempt], dtype=np.int64),
        ["、".join(day(check.on).isoformat() for check in earned) for _, _, earned in exempt],
        [tuple(row for check in earned for row in check.rows) for _, _, earned in exempt],
    )


def _terms(on: date) -> tuple[int, int]:
    rules = ruleset_for(on, "js-2016")
    return int(rules.value("exempt_clean_checks") or 0), int(rules.value("exempt_years") or 0)


def _checks_by_unit(view: View, kind: str) -> Iterator[tuple[int, list[CheckDay]]]:
    """Yield every unit with its days of checks by the day asked, oldest first."""
    checks = view.graph["inspections"]
    codes, words = checks.words("result")
    clean, failed = (np.array([word == result for word in words] + [False])[codes] for result in ("clean", "problem"))
    rows = np.flatnonzero((checks["checked_on"] <= view.facts.number) & (checks[kind] >= 0))
    rows = rows[np.lexsort((checks["checked_on"][rows], checks[kind][rows]))]
    columns = (checks[kind][rows], checks["checked_on"][rows], clean[rows], failed[rows], rows)
    listed = zip(*(column.tolist() for column in columns), strict=True)
    for unit, of_unit in groupby(listed, key=lambda check: check[0]):
        days = [(on, list(of_day)) for on, of_day in groupby(of_unit, key=lambda check: check[1])]
        yield (
            unit,
            [
                CheckDay(
                    on, all(check[2] for check in day), any(check[3] for check in day), tuple(check[4] for check in day)
                )
                for on, day in days
            ],
        )


def _latest_earned(checks: list[CheckDay], needed: int) -> list[CheckDay] | None:
    """Return the latest `needed` clean checks in a row, None where there are none or a check has failed since."""
    earned, run = None, 0
    for place, check in enumerate(checks):
        run = run + 1 if check.is_clean else 0
        if needed and run >= needed:
            earned = checks[place - needed + 1 : place + 1]
        elif check.has_failed:
            earned = None
    return earned
