"""D-19: every listed unit files the form of a reporting year by the deadline of the next; the deadline day is in time.

Looked at are the forms of the latest year that is due (or of `form_year`), and refusals (拒报) of the year that is not yet due.
A year of which nobody's form is on record is not known rather than missed by all: one row says so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from graph_model.days import OPEN, number
from graph_model.tiers import CATEGORIES
from queries.duties.applied import applied_since
from queries.duties.dates import in_year
from queries.duties.duty_findings import NOBODY, UNIT_KINDS, AuditContext, Finding, Kind
from queries.duties.standing import StandingListings, listing_words, standing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    Flags = NDArray[np.bool_]

FILED = ("filed", "late")


def find(case: AuditContext) -> Iterator[Finding]:
    """Yield listed units without a form once the deadline has passed, and those that refused."""
    if case.rules.value("dynamic_form_due") is None:
        return
    year = case.form_year if case.form_year is not None else latest_due(case)
    due = deadline(case, year)
    if due >= number(applied_since(case.rules)):
        yield from _of_year(case, year, due)
    if case.form_year is None and deadline(case, year + 1) >= number(applied_since(case.rules)):
        for kind in UNIT_KINDS:
            yield from _refusals(case, kind, year + 1)


def deadline(case: AuditContext, year: int) -> int:
    """Return the day by which forms of a reporting year are due: in the year after, unless a real date is given."""
    real = case.dates.of(case.rules.set.id, "dynamic_forms", year + 1)
    return number(real.day if real else in_year(case.rules.value("dynamic_form_due"), year + 1))


def latest_due(case: AuditContext) -> int:
    """Return the last reporting year whose deadline has passed on the day."""
    year = case.view.day.year - 1
    return year if case.day > deadline(case, year) else year - 1


def _of_year(case: AuditContext, year: int, due: int) -> Iterator[Finding]:
    if case.day <= due:
        return
    if not _on_record(case, year).any():
        reason = f"没有载入 {year} 年度任何单位的动态管理表，无法判断谁未报"
        yield Finding("D-19", "info", "enterprise", np.array([NOBODY]), [reason], [""], due=np.array([due]))
        return
    for kind in UNIT_KINDS:
        yield _missing(case, kind, year, due)
        yield from _refusals(case, kind, year)


def _missing(case: AuditContext, kind: Kind, year: int, due: int) -> Finding:
    stands = standing(case.view, kind, number(in_year("12-31", year)))
    codes, words = case.view.graph["dynamic_forms"].words("status")
    is_filed = np.array([word in FILED for word in words] + [False])[codes]
    # A form without a status but with a day of filing was filed.
    is_filed |= (codes < 0) & (case.view.graph["dynamic_forms"]["filed_on"] != OPEN)
    refused = _has_form(case, kind, year, stands, _is(case, "refused"))
    stands = stands.at(~_has_form(case, kind, year, stands, is_filed) & ~refused)
    said = _has_form(case, kind, year, stands, np.ones(len(codes), dtype=bool))
    return Finding(
        "D-19",
        "check",
        kind,
        stands.unit,
        [f"{year} 年度动态管理表{'状态为未报或未填' if row else '没有填报记录'}，期限已过" for row in said.tolist()],
        listing_words(case.view, stands.row),
        stands.category,
        stands.tier,
        np.full(len(stands.unit), due),
    )


def _refusals(case: AuditContext, kind: Kind, year: int) -> Iterator[Finding]:
    last = min(number(in_year("12-31", year)), case.day)
    stands = standing(case.view, kind, last)
    stands = stands.at(_has_form(case, kind, year, stands, _is(case, "refused")))
    yield Finding(
        "D-19",
        "act",
        kind,
        stands.unit,
        [f"拒报 {year} 年度动态管理表"] * len(stands.unit),
        listing_words(case.view, stands.row),
        stands.category,
        stands.tier,
        np.full(len(stands.unit), deadline(case, year)),
    )


def _is(case: AuditContext, status: str) -> Flags:
    codes, words = case.view.graph["dynamic_forms"].words("status")
    return np.array([word == status for word in words] + [False])[codes]


def _on_record(case: AuditContext, year: int) -> Flags:
    """Return which forms are of a year and known by the day; a form without a day of filing always was."""
    forms = case.view.graph["dynamic_forms"]
    known: Flags = (forms["year"] == year) & ((forms["filed_on"] <= case.day) | (forms["filed_on"] == OPEN))
    return known


def _has_form(case: AuditContext, kind: Kind, year: int, stands: StandingListings, of: Flags) -> Flags:
    """Return which entries have a form of the year among `of`; one without a category speaks for all of the unit's."""
    forms = case.view.graph["dynamic_forms"]
    rows = np.flatnonzero(_on_record(case, year) & of & (forms[kind] >= 0))
    width = len(CATEGORIES) + 1

    def key(unit: Any, category: Any) -> Any:
        return unit.astype(np.int64) * width + category + 1

    forms_keys = key(forms[kind][rows], forms["category"][rows])
    mine = np.isin(key(stands.unit, stands.category), forms_keys)
    return mine | np.isin(key(stands.unit, np.full(len(stands.unit), -1)), forms_keys)
