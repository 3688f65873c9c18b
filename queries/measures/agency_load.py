"""National evaluations per agency: what the cap of 15 a year (A-15) is held against.

An evaluation is one unit evaluated by one agency for one category in one year: a national third-party report (accepted or not),
or a national listing that names an agency without a report on record. The year is that of the report's submission (else issue),
or of the listing's batch (else publication). Products are no subject of the cap. Evaluations without a year are in none.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

import numpy as np
import pandas as pd

from graph_model.days import OPEN, day
from graph_model.tiers import CATEGORIES, Category, Tier
from queries.law.ruleset import ruleset_for
from queries.measures.bans import AgencyEvidence
from queries.measures.batches import NO_YEAR, batch_years

if TYPE_CHECKING:
    from graph_model.arrays import Rows
    from graph_model.view import View


_LOADS: WeakKeyDictionary[View, dict[str, list[Load]]] = WeakKeyDictionary()
"""Loads by view: the card of an agency asks for them once per year of it."""
_KEYS = ["agency", "enterprise", "park", "category", "year", "batch"]


@dataclass(frozen=True)
class Load:
    """Evaluations of one year or batch by one group of agencies: alone, or those of one legal representative together."""

    period: str
    year: int | None
    agencies: tuple[int, ...]
    """Agencies with evaluations, the busiest first."""
    counts: tuple[int, ...]
    rows: tuple[tuple[str, int], ...] = ()
    """Reports and listings that the evaluations are read from: table and row."""

    @property
    def total(self) -> int:
        """Return the evaluations of all of them together."""
        return sum(self.counts)


def national_evaluations(view: View) -> pd.DataFrame:
    """Return one row per evaluation known by the day: agency, enterprise, park, category, year (-1 unknown), batch ('')."""
    evidence = AgencyEvidence(view)
    evaluations = pd.concat([_of_reports(view, evidence), _of_listings(view, evidence)], ignore_index=True)
    evaluations = evaluations[evaluations["category"] != CATEGORIES.index(Category.PRODUCT)]
    return evaluations.drop_duplicates(_KEYS).sort_values(_KEYS).reset_index(drop=True)


def loads(view: View, by: str = "year") -> list[Load]:
    """Return the load of every group of agencies per year (or per `batch`), by period and busiest agency; reckoned once a view."""
    reckoned = _LOADS.setdefault(view, {})
    if by not in reckoned:
        reckoned[by] = _loads(view, by)
    return reckoned[by]


def _loads(view: View, by: str) -> list[Load]:
    items = national_evaluations(view)
    items = items[items[by] != ("" if by == "batch" else -1)]
    items = items.drop_duplicates([*_KEYS[:4], by])
    items = items.assign(group=groups(view)[items["agency"].to_numpy()])
    by_group = []
    for _, part in items.groupby([by, "group"], sort=True):
        period = part[by].iloc[0]
        counts = part["agency"].value_counts(sort=False).sort_index().sort_values(ascending=False, kind="stable")
        year = int(period) if by == "year" else None
        rows = tuple(zip(part["table"].tolist(), part["row"].tolist(), strict=True))
        by_group.append(Load(str(period), year, tuple(counts.index.tolist()), tuple(counts.tolist()), rows))
    return by_group


def groups(view: View) -> Rows:
    """Return a group number per agency: those of one legal representative share one, the others stand alone."""
    codes, words = view.graph["agencies"].words("legal_representative")
    return np.where(codes >= 0, codes, len(words) + np.arange(len(codes)))


def cap_in_force(year: int) -> int | None:
    """Return the national cap of a year, None where none was in force on any of its days."""
    rules = ruleset_for(date(year, 12, 31), "cn-2024")
    cap = rules.value("agency_cap") if rules.in_force else None
    return None if cap is None else int(cap)


def _of_reports(view: View, evidence: AgencyEvidence) -> pd.DataFrame:
    reports, listings = view.graph["reports"], view.graph["listings"]
    on = evidence.report_day
    published = listings["published_on"] <= view.facts.number
    resting = np.flatnonzero(evidence.by_report & (listings["tier"] == Tier.NATIONAL) & published)
    national = (reports["tier"] == Tier.NATIONAL).copy()
    national[listings["report"][resting]] = True
    batch = np.full(len(reports), "", dtype=object)
    batch[listings["report"][resting]] = _batches(view)[resting]
    rows = np.flatnonzero(national & (evidence.report_agency >= 0) & evidence.report_exists)
    years = np.array([-1 if one == OPEN else day(int(one)).year for one in on[rows]], dtype=np.int64)
    return _frame("reports", reports, evidence.report_agency[rows], rows, years, batch[rows])


def _of_listings(view: View, evidence: AgencyEvidence) -> pd.DataFrame:
    listings = view.graph["listings"]
    held = (listings["tier"] == Tier.NATIONAL) & (listings["published_on"] <= view.facts.number)
    rows = np.flatnonzero(held & ~evidence.by_report & (listings["agency"] >= 0))
    batch = _batches(view)[rows]
    years = [
        day(on).year if of_batch == NO_YEAR else of_batch
        for of_batch, on in zip(batch_years(view)[rows].tolist(), listings["published_on"][rows].tolist(), strict=True)
    ]
    return _frame("listings", listings, listings["agency"][rows], rows, np.array(years, dtype=np.int64), batch)


def _frame(table: str, facts: Any, agency: Rows, rows: Rows, years: Rows, batch: Rows) -> pd.DataFrame:
    units = {name: facts[name][rows].astype(np.int64) for name in ("enterprise", "park", "category")}
    evaluations = {"agency": agency.astype(np.int64), **units, "year": years, "batch": batch}
    return pd.DataFrame({**evaluations, "table": table, "row": rows.astype(np.int64)})


def _batches(view: View) -> Rows:
    codes, words = view.graph["listings"].words("batch")
    return np.array([*words, ""], dtype=object)[codes]
