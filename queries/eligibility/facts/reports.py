"""Facts of evaluation reports: the one that decides, those that were refused, the bans on its agency."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from graph_model.days import OPEN
from queries.eligibility.facts.subjects import FactColumn, day_of, three
from queries.law.evaluation import BanOnAgency, ReportFact
from queries.measures.bans import jurisdiction_of

if TYPE_CHECKING:
    from collections.abc import Hashable

    from graph_model.arrays import Flags, Ints32, Rows
    from queries.eligibility.facts.subjects import Subjects
    from queries.law.schemes import UnitScore


def report(subjects: Subjects) -> FactColumn:
    """Return the report that decides: the latest of the category that exists by the day and was not refused by then."""
    return _reports(subjects, _deciding(subjects))


def refused(subjects: Subjects) -> FactColumn:
    """Return the numbers of the reports of the category that were refused by the day."""
    reports = subjects.view.graph["reports"]
    rows = np.flatnonzero(_existing(subjects) & _settled(subjects, "refused") & (reports[subjects.unit] >= 0))
    refusals: dict[int, tuple[str, ...]] = {}
    for place, number in zip(
        subjects.place[reports[subjects.unit][rows]].tolist(), reports.texts("report_no", rows).to_pylist(), strict=True
    ):
        if place >= 0:
            refusals[place] = tuple(sorted({*refusals.get(place, ()), number}))
    hashable: dict[int, Hashable] = dict(refusals)
    return subjects.objects(hashable, ())


def _deciding(subjects: Subjects) -> Rows:
    return _latest(subjects, _existing(subjects) & ~_settled(subjects, "refused"))


def _settled(subjects: Subjects, outcome: str) -> Flags:
    """Return which reports have an outcome by the day; one without any day always had it."""
    reports = subjects.view.graph["reports"]
    codes, words = reports.words("outcome")
    is_so = np.array([word == outcome for word in words] + [False])[codes]
    on = np.where(reports["outcome_on"] == OPEN, _day_of_reports(subjects), reports["outcome_on"])
    settled: Flags = is_so & ((on <= subjects.view.facts.number) | (on == OPEN))
    return settled


def reports_loaded(subjects: Subjects) -> FactColumn:
    """Return whether reports of the category are on record by the day, so that to have none proves something.

    Not so of a subject that may have one which cannot be read.
    """
    loaded = np.full(len(subjects.rows), bool(_existing(subjects).any()))
    return subjects.flag((loaded & ~_perhaps(subjects)).astype(np.int64), own_row=False)


def _perhaps(subjects: Subjects) -> Flags:
    """Return who may have a report of the category that cannot be read: left out, or of a category that nobody knows."""
    reports = subjects.view.graph["reports"]
    days = _day_of_reports(subjects)
    open_category = (reports["category"] < 0) & ((days <= subjects.view.facts.number) | (days == OPEN))
    open_category &= reports[subjects.unit] >= 0
    places = subjects.place[reports[subjects.unit][open_category]]
    unread = subjects.view.facts.unread("reports", subjects.category, subjects.unit)
    perhaps: Flags = unread[subjects.rows] > 0
    perhaps[places[places >= 0]] = True
    return perhaps


def bans(subjects: Subjects) -> FactColumn:
    """Return the bans on the agency of that report, decided by the day or on one that nobody can read, and whom each covers."""
    table, agency = subjects.view.graph["agency_bans"], subjects.view.graph["reports"]["agency"]
    latest = _deciding(subjects)
    bans_of: dict[int, tuple[BanOnAgency, ...]] = {}
    decided = table["decided_on"]
    for row in np.flatnonzero((decided <= subjects.view.facts.number) | (decided == OPEN)).tolist():
        hit = np.flatnonzero((latest >= 0) & (np.append(agency, -1)[latest] == table["agency"][row]))
        covers = jurisdiction_of(subjects.view, subjects.table, frozenset({int(table["region"][row])}))
        for place in hit.tolist():
            ban = _ban(subjects, row, three(covers[subjects.rows[place]]))
            bans_of[place] = (*bans_of.get(place, ()), ban)
    hashable: dict[int, Hashable] = dict(bans_of)
    return subjects.objects(hashable, (), (("reports", latest),))


def _ban(subjects: Subjects, row: int, covers: bool | None) -> BanOnAgency:
    table = subjects.view.graph["agency_bans"]
    codes, words = table.words("authority")
    authority = words[codes[row]] if codes[row] >= 0 else "认定地区不详"
    return BanOnAgency(day_of(table["decided_on"][row]), authority, covers)


def _day_of_reports(subjects: Subjects) -> Ints32:
    reports = subjects.view.graph["reports"]
    days: Ints32 = np.where(reports["submitted_on"] == OPEN, reports["issued_on"], reports["submitted_on"]).astype(
        np.int32
    )
    return days


def _existing(subjects: Subjects) -> Flags:
    """Return the reports of the category that exist by the day; one without any day always did."""
    days = _day_of_reports(subjects)
    exists: Flags = (days <= subjects.view.facts.number) | (days == OPEN)
    exists &= subjects.view.graph["reports"]["category"] == subjects.category_code
    return exists


def _latest(subjects: Subjects, rows: Flags) -> Rows:
    """Return the latest of the reports `rows` of each subject, -1 for none; one without a day comes before all others."""
    reports = subjects.view.graph["reports"]
    at = np.flatnonzero(rows & (reports[subjects.unit] >= 0))
    days = _day_of_reports(subjects)[at]
    at = at[np.argsort(np.where(days == OPEN, np.iinfo(np.int32).min, days), kind="stable")]
    latest = np.full(len(subjects.rows), -1, dtype=np.intp)
    places = subjects.place[reports[subjects.unit][at]]
    latest[places[places >= 0]] = at[places >= 0]
    return latest


def _reports(subjects: Subjects, rows: Rows) -> FactColumn:
    """Return reports by row as facts."""
    own = np.flatnonzero(rows >= 0)
    read = zip(own.tolist(), _read(subjects, rows[own]), strict=True)
    reports_of: dict[int, Hashable] = {
        place: _scored(fact, subjects.scores.get(int(subjects.rows[place]))) for place, fact in read
    }
    return subjects.objects(reports_of, None, (("reports", rows),))


def _read(subjects: Subjects, rows: Rows) -> list[ReportFact]:
    reports, agencies = subjects.view.graph["reports"], subjects.view.graph["agencies"]
    agency = reports["agency"][rows]
    qualified = np.append(agencies["qualified_on"], OPEN)[agency]
    days = _day_of_reports(subjects)[rows]
    columns: list[list[Any]] = [
        reports.texts("report_no", rows).to_pylist(),
        reports.texts("mode", rows).to_pylist(),
        agencies.texts("name", agency).to_pylist(),
        [day_of(on) for on in qualified],
        [day_of(on) for on in days],
        reports.texts("standard", rows).to_pylist(),
        [_known(score) for score in reports["score"][rows]],
        [_known(score) for score in reports["score_max"][rows]],
        [three(flag) for flag in reports["basic_ok"][rows]],
        _settled(subjects, "accepted")[rows].tolist(),
    ]
    return [_by_third_party(ReportFact(*values)) for values in zip(*columns, strict=True)]


def _scored(report: ReportFact, score: UnitScore | None) -> ReportFact:
    """Put a score that was handed in in place of what the report says; what was not scored stays."""
    if score is None:
        return report
    points = report.score if score.points is None else float(score.points)
    scale = report.score_max if score.points is None else float(score.full)
    basics = report.basic_ok if score.basic_ok is None else score.basic_ok
    place = f"{score.place}，方案 {score.scheme}"
    return replace(report, score=points, score_max=scale, basic_ok=basics, score_from=place)


def _by_third_party(report: ReportFact) -> ReportFact:
    """Take a report that names an agency, and says nothing of its mode, for a third party's. SPEC 4."""
    return replace(report, mode="third_party") if report.mode is None and report.agency is not None else report


def _known(score: Any) -> float | None:
    return None if np.isnan(score) else float(score)
