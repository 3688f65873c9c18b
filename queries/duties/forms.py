"""D-19: every unit on a city, provincial or national list files the form of a reporting year by the deadline of the next.

The deadline day is in time; a form filed after it, or marked 迟报, is told as late. Looked at are the forms of the latest year
that is due (or of `form_year`), and refusals (拒报, Art. 22 item 2) of the year that is not yet due. A year of which nobody's form
is on record is not known rather than missed by all: one row says so. District lists owe no form.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from graph_model.days import OPEN, number
from graph_model.tiers import CATEGORIES, Tier
from queries.duties.applied import applied_since
from queries.duties.dates import in_year
from queries.duties.duty_findings import NOBODY, UNIT_KINDS, AuditContext, Finding
from queries.duties.sentences import sentence
from queries.duties.standing import StandingListings, listing_words, standing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph_model.arrays import Flags
    from graph_model.view import View
    from queries.duties.duty_findings import Evidence, Kind, Severity


FILED = ("filed", "late")


def find(case: AuditContext) -> Iterator[Finding]:
    """Yield listed units without a form once the deadline has passed, late ones, and those that refused."""
    if case.rules.value("dynamic_form_due") is None:
        return
    year = case.form_year if case.form_year is not None else latest_due(case)
    due = deadline(case, year)
    if due >= number(applied_since(case.rules)):
        yield from _of_year(case, year, due)
    if case.form_year is None and deadline(case, year + 1) >= number(applied_since(case.rules)):
        for kind in UNIT_KINDS:
            yield _refusals(case, kind, year + 1)


def deadline(case: AuditContext, year: int) -> int:
    """Return the day by which forms of a reporting year are due: in the year after, unless a real date is given."""
    real = case.dates.of(case.rules.set.id, "dynamic_forms", year + 1)
    return number(real.day if real else in_year(case.rules.value("dynamic_form_due"), year + 1))


def latest_due(case: AuditContext) -> int:
    """Return the last reporting year whose deadline has passed on the day."""
    year = case.view.day.year - 1
    return year if case.day > deadline(case, year) else year - 1


def owing(view: View, kind: Kind, year: int) -> StandingListings:
    """Return who owes the form of a year: own listings of city tier or above active on its last day (or today, in the year)."""
    stands = standing(view, kind, min(number(in_year("12-31", year)), view.facts.number))
    return stands.at(stands.tier >= Tier.CITY)


def _of_year(case: AuditContext, year: int, due: int) -> Iterator[Finding]:
    if case.day <= due:
        return
    if not _on_record(case, year).any():
        reason = sentence("forms_unloaded", year=year)
        yield Finding("D-19", "info", "enterprise", np.array([NOBODY]), [reason], [""], [()], due=np.array([due]))
        return
    for kind in UNIT_KINDS:
        yield from _missing(case, kind, year, due)
        yield _refusals(case, kind, year)


def _missing(case: AuditContext, kind: Kind, year: int, due: int) -> Iterator[Finding]:
    """Yield who has no form, one that is not filed, or one that was late."""
    stands = owing(case.view, kind, year)
    on_time, late, filed = _filed(case, due)
    refused = _has_form(case, kind, year, stands, _is(case, "refused"))
    in_time = _has_form(case, kind, year, stands, on_time) | refused
    after = _has_form(case, kind, year, stands, late) & ~in_time
    named = _has_form(case, kind, year, stands, np.ones(len(filed), dtype=bool)) & ~in_time & ~after
    nothing = ~in_time & ~after & ~named
    for name, chosen in (("form_missing", nothing), ("form_not_filed", named), ("form_late", after)):
        yield _finding(case, kind, stands.at(chosen), "check", name, year, due)


def _filed(case: AuditContext, due: int) -> tuple[Flags, Flags, Flags]:
    """Return which forms were filed in time, which late (by their status, or by their day), and which at all."""
    forms = case.view.graph["dynamic_forms"]
    codes, words = forms.words("status")
    filed = np.array([word in FILED for word in words] + [False])[codes]
    # A form without a status but with a day of filing was filed.
    filed |= (codes < 0) & (forms["filed_on"] != OPEN)
    late = filed & (_is(case, "late") | ((forms["filed_on"] > due) & (forms["filed_on"] != OPEN)))
    return filed & ~late, late, filed


def _refusals(case: AuditContext, kind: Kind, year: int) -> Finding:
    stands = owing(case.view, kind, year)
    stands = stands.at(_has_form(case, kind, year, stands, _is(case, "refused")))
    return _finding(case, kind, stands, "act", "form_refused", year, deadline(case, year), ("D-22.2",))


def _finding(
    case: AuditContext,
    kind: Kind,
    stands: StandingListings,
    severity: Severity,
    reason: str,
    year: int,
    due: int,
    clauses: tuple[str, ...] = (),
) -> Finding:
    return Finding(
        "D-19",
        severity,
        kind,
        stands.unit,
        [sentence(reason, year=year)] * len(stands.unit),
        listing_words(case.view, stands.row),
        _evidence(case, kind, year, stands),
        stands.category,
        stands.tier,
        np.full(len(stands.unit), due),
        tuple(id for id in clauses if id in case.rules.set.duties),
    )


def _evidence(case: AuditContext, kind: Kind, year: int, stands: StandingListings) -> list[Evidence]:
    """Return the listing of each entry, and the unit's forms of the year."""
    forms = case.view.graph["dynamic_forms"]
    rows = np.flatnonzero(_on_record(case, year) & np.isin(forms[kind], stands.unit) & (forms[kind] >= 0))
    of_unit: dict[int, Evidence] = {}
    for unit, row in zip(forms[kind][rows].tolist(), rows.tolist(), strict=True):
        of_unit[unit] = (*of_unit.get(unit, ()), ("dynamic_forms", row))
    return [
        of_unit.get(unit, ()) + listing for unit, listing in zip(stands.unit.tolist(), stands.evidence, strict=True)
    ]


def _is(case: AuditContext, status: str) -> Flags:
    codes, words = case.view.graph["dynamic_forms"].words("status")
    return np.array([word == status for word in words] + [False])[codes]


def _on_record(case: AuditContext, year: int) -> Flags:
    """Return which forms are of a year and known by the day; a form without a day of filing always was."""
    forms = case.view.graph["dynamic_forms"]
    filed: Flags = (forms["year"] == year) & ((forms["filed_on"] <= case.day) | (forms["filed_on"] == OPEN))
    return filed


def _has_form(case: AuditContext, kind: Kind, year: int, stands: StandingListings, of: Flags) -> Flags:
    """Return which entries have a form of the year among `of`; one without a category speaks for all of the unit's."""
    forms = case.view.graph["dynamic_forms"]
    rows = np.flatnonzero(_on_record(case, year) & of & (forms[kind] >= 0))
    width = len(CATEGORIES) + 1

    def key(unit: Any, category: Any) -> Any:
        return unit.astype(np.int64) * width + category + 1

    forms_keys = key(forms[kind][rows], forms["category"][rows])
    own = np.isin(key(stands.unit, stands.category), forms_keys)
    return own | np.isin(key(stands.unit, np.full(len(stands.unit), -1)), forms_keys)
