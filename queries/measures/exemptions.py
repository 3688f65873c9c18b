"""Who is exempt from spot checks: three clean checks in a row exempt until the third day + 5 years. Clause P-18.

Checks are counted per unit, whatever list they were about; several on one day are one check, clean only if all are. A check
of unknown result is not clean. The half-open interval `[third day, third day + years)` is the exemption, as of a ban.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Any, Literal

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


def exemptions(view: View, kind: Literal["enterprise", "park"]) -> Exemptions:
    """Return who is exempt on the day. What was earned under the 2016 plan is kept when another set is in force."""
    needed, years = _terms(view.day)
    found = []
    for unit, checks in _checks_by_unit(view, kind):
        third = _latest_third(checks, needed)
        if third is not None:
            until = years_later(day(checks[third][0]), years)
            if view.day < until:
                dates = "、".join(day(on).isoformat() for on, _ in checks[third - needed + 1 : third + 1])
                found.append((unit, number(until), dates))
    units, until_days, texts = zip(*found, strict=True) if found else ((), (), ())
    return Exemptions(np.array(units, dtype=np.int64), np.array(until_days, dtype=np.int64), list(texts))


def _terms(on: date) -> tuple[int, int]:
    rules = ruleset_for(on, "js-2016")
    return int(rules.value("exempt_clean_checks") or 0), int(rules.value("exempt_years") or 0)


def _checks_by_unit(view: View, kind: str) -> Iterator[tuple[int, list[tuple[int, bool]]]]:
    """Yield every unit with its days of checks, oldest first, and whether each was clean."""
    checks = view.graph["inspections"]
    codes, words = checks.words("result")
    clean = np.array([word == "clean" for word in words] + [False])[codes]
    rows = np.flatnonzero((checks["checked_on"] <= view.facts.number) & (checks[kind] >= 0))
    rows = rows[np.lexsort((checks["checked_on"][rows], checks[kind][rows]))]
    columns = (checks[kind][rows].tolist(), checks["checked_on"][rows].tolist(), clean[rows].tolist())
    for unit, of_unit in groupby(zip(*columns, strict=True), key=lambda check: check[0]):
        days = groupby(of_unit, key=lambda check: check[1])
        yield unit, [(on, all(is_clean for *_, is_clean in of_day)) for on, of_day in days]


def _latest_third(checks: list[tuple[int, bool]], needed: int) -> int | None:
    """Return the place of the last check that ends `needed` clean ones in a row."""
    latest, run = None, 0
    for place, (_, is_clean) in enumerate(checks):
        run = run + 1 if is_clean else 0
        if needed and run >= needed:
            latest = place
    return latest
