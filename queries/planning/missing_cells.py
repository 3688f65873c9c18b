"""Which missing cells keep a verdict unclear: the facts that its unknown rules need, as cells of lists. SPEC 9.9.

A unit's needs are the cells without which its verdict stays unclear. An answer may open a new question (a report that turns out
to be refused leaves an earlier one): that is asked next. What no form can answer (a list that is not loaded, a date that nobody
can read, two lists that disagree) has to be mended where it stands: such a unit has no needs but that. A kind of the negative
list that nobody looked up is one cell for everybody: the record of having looked (核查记录).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
import yaml

from graph_model.regions import UNKNOWN
from graph_model.tiers import Category, Tier
from queries.eligibility.assessment_table import OUTCOMES, VERDICTS
from queries.eligibility.facts.catalogue import facts_of
from queries.eligibility.facts.looked_up import open_kinds_of_tenants
from queries.eligibility.facts.subjects import Subjects
from queries.law.adverse import effect
from queries.law.propagation import reaching
from queries.law.rule import Outcome
from queries.law.rulebook import EFFECTS
from queries.planning.candidates import standing

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from graph_model.view import View
    from queries.law.adverse import AdverseFact
    from queries.law.evaluation import BanOnAgency, ReportFact
    from queries.law.rule import Rule
    from queries.law.rules import Rules


class MissingCell(NamedTuple):
    """A cell of an input table: of a unit (row of `units`), a report (its number), an incident (row), an agency, or a kind."""

    table: str
    units: str
    """`enterprises` or `parks`; blank where it is nobody's own."""
    unit: int
    key: str
    column: str


EVERYBODY: Final = ""
"""The `units` of a cell that concerns everybody."""


class NotAskableError(Exception):
    """What is missing stands in no cell that a form can fill."""


@dataclass(frozen=True)
class Needs:
    """Units whose verdict is unclear (rows of their table), and the cells that settle each; None where no form can."""

    table: str
    rows: tuple[int, ...]
    cells: tuple[frozenset[MissingCell] | None, ...]
    rules: Mapping[MissingCell, frozenset[str]]
    """Which rules ask for a cell."""

    @property
    def askable(self) -> list[frozenset[MissingCell]]:
        """Return the needs that a form can answer."""
        return [cells for cells in self.cells if cells is not None]


def needs_of(view: View, rules: Rules, category: Category, tier: Tier) -> Needs:
    """Return what every unit of a category needs whose verdict is unclear."""
    units = standing(view, rules, category, tier, "all")
    at = np.flatnonzero(units.matrix.verdicts == VERDICTS.index("unclear"))
    subjects = Subjects(view, units.rows[at], category, units.matrix.subjects.rules)
    unknown = units.matrix.outcomes[at] == OUTCOMES.index(Outcome.UNKNOWN)
    asked = [decisions.rule for decisions in units.matrix.judged]
    cells: list[set[MissingCell] | None] = [
        None if open_ else set() for open_ in units.matrix.maybe_listed[at].tolist()
    ]
    by_cell: dict[MissingCell, set[str]] = {}
    for number, rule in enumerate(asked):
        missing = _Missing(rule, subjects)
        for place in np.flatnonzero(unknown[:, number]).tolist():
            own = cells[place]
            if own is None:
                continue
            try:
                missed = set(missing.cells(place))
            except NotAskableError:
                cells[place] = None
                continue
            own |= missed
            for cell in missed:
                by_cell.setdefault(cell, set()).add(rule.id)
    return Needs(
        subjects.table,
        tuple(subjects.rows.tolist()),
        tuple(None if of_one is None else frozenset(of_one) for of_one in cells),
        {cell: frozenset(ids) for cell, ids in by_cell.items()},
    )


class _Missing:
    """What one rule misses of each subject."""

    def __init__(self, rule: Rule, subjects: Subjects) -> None:
        self.rule, self.subjects, self.view = rule, subjects, subjects.view
        fields: tuple[str, ...] = rule.facts._fields
        self._facts = dict(zip(fields, facts_of(rule, subjects), strict=True))
        self._open_kinds = open_kinds_of_tenants(subjects, rule.id) if "tenants_unchecked" in fields else {}

    def cells(self, place: int) -> Iterator[MissingCell]:
        """Yield the cells that the rule needs to decide on a subject; NotAskableError where that is no cell."""
        facts = {name: column.values[column.codes[place]] for name, column in self._facts.items()}
        if "held" in facts:
            yield from self._negative(place, facts)
        elif "report" in facts:
            yield from self._report(place, facts)
        elif "provincial_listed" in facts:
            yield self._register(place)
        else:
            yield from self._own_row(place, facts)

    def _own_row(self, place: int, facts: Mapping[str, Any]) -> Iterator[MissingCell]:
        missing = [name for name, value in facts.items() if value is None]
        if not missing or not set(missing) <= {"site_home", *_asked()["own_row"]}:
            raise NotAskableError
        for name in missing:
            yield self._place_cell(place) if name == "site_home" else self._own_cell(place, _asked()["own_row"][name])

    def _own_cell(self, place: int, column: str) -> MissingCell:
        """Return a blank cell of the subject's own row; what is written there and means nothing is mended there."""
        table, row = self.subjects.table, int(self.subjects.rows[place])
        if self.view.graph[table].column(column)[row].as_py() is not None:
            raise NotAskableError
        return MissingCell(table, table, row, "", column)

    def _place_cell(self, place: int) -> MissingCell:
        """Return the next finer part of where a subject lies."""
        region = int(self.view.graph[self.subjects.table]["region"][self.subjects.rows[place]])
        return self._own_cell(place, "city" if region == UNKNOWN or region % 10000 == 0 else "county")

    def _register(self, place: int) -> MissingCell:
        """Return the cell that puts a factory on the register: its name, once somebody has held it against the real one."""
        enterprises, row = self.view.graph["enterprises"], int(self.subjects.rows[place])
        loaded = self.view.highest(Category.FACTORY).max(initial=0) >= Tier.PROVINCIAL
        if self.subjects.category is not Category.FACTORY or enterprises["registered"][row] == 1 or not loaded:
            raise NotAskableError
        return MissingCell("enterprises", "enterprises", row, "", "name")

    def _report(self, place: int, facts: Mapping[str, Any]) -> Iterator[MissingCell]:
        report: ReportFact | None = facts["report"]
        cells = [] if report is None else list(self._of_report(place, report))
        if any(self._may_hold(ban, report) for ban in facts.get("bans", ())):
            cells.append(self._place_cell(place))
        if not cells:
            raise NotAskableError
        yield from cells

    def _of_report(self, place: int, report: ReportFact) -> Iterator[MissingCell]:
        """Yield the cells of the deciding report, and of its agency, that the rule misses."""
        floor = self.subjects.rules.entry(_FLOORS[self.subjects.category]) is not None
        qualified = self.rule.id == "D-11" and bool(self.subjects.rules.value("agency_qualified"))
        missing = {
            "mode": report.mode is None,
            "agency": report.agency is None and report.mode != "self",
            "submitted_on": report.day is None and (qualified or self.rule.id == "D-24"),
            "outcome": not report.accepted,
            "basic_ok": report.basic_ok is None,
            "score": floor and report.score is None,
            "score_max": floor and report.score_max is None and self.subjects.category is Category.FACTORY,
        }
        unit, row = self.subjects.table, int(self.subjects.rows[place])
        for column in _asked()["report"][self.rule.id]:
            if missing[column]:
                yield MissingCell("reports", unit, row, report.number, column)
        if qualified and report.agency is not None and report.agency_qualified_on is None:
            yield MissingCell("agencies", EVERYBODY, -1, report.agency, "qualified_on")

    def _may_hold(self, ban: BanOnAgency, report: ReportFact | None) -> bool:
        """Return whether only the place of the unit keeps open if a ban holds; NotAskableError for a ban that nobody can read."""
        if (
            report is None
            or ban.covers is False
            or (ban.decided is not None and not self._is_within(ban.decided, report))
        ):
            return False
        if ban.decided is None or self.view.graph.regions.read_authority(ban.authority).doubt is not None:
            raise NotAskableError
        return ban.covers is None

    def _is_within(self, decided: date, report: ReportFact) -> bool:
        return report.day is None or decided <= report.day < self.subjects.rules.ban_end(decided)

    def _negative(self, place: int, facts: Mapping[str, Any]) -> Iterator[MissingCell]:
        for kind in dict.fromkeys((*facts["unchecked"], *self._open_kinds.get(place, ()))):
            yield MissingCell("attestations", EVERYBODY, -1, kind, "checked_on")
        rules, effect_of = self.subjects.rules, EFFECTS[self.rule.id]
        for fact in facts["held"]:
            counting = effect(fact, rules, effect_of)
            if counting is not None and fact.tenant is not None:
                counting = reaching(fact, counting, self.rule.id, rules.park_propagation, rules)
            if counting is not None and counting.outcome is Outcome.UNKNOWN:
                yield from self._incident(fact)

    def _incident(self, fact: AdverseFact) -> Iterator[MissingCell]:
        """Yield grade and source of an incident where they are blank: its day and kind are its key, mended where they stand."""
        table, row = fact.row
        if table != "incidents" or fact.kind is None or fact.first is None:
            raise NotAskableError
        incidents = self.view.graph["incidents"]
        units, unit = ("parks", "park") if incidents["enterprise"][row] < 0 else ("enterprises", "enterprise")
        inspection = self.rule.id == "D-18.4"
        lacks_grade = fact.severity is None if inspection else fact.ungraded
        missing = {"severity": lacks_grade, "source": inspection and fact.found_by is None}
        for name in (name for name, lacks in missing.items() if lacks):
            if incidents.column(name)[row].as_py() is not None:
                raise NotAskableError
            yield MissingCell("incidents", units, int(incidents[unit][row]), str(row), name)


_FLOORS: Final = {
    Category.FACTORY: "factory_score",
    Category.PARK: "park_score",
    Category.SUPPLY_CHAIN: "leader_score",
}


@cache
def _asked() -> dict[str, dict[str, Any]]:
    text = files("queries.planning").joinpath("cells.yaml").read_text(encoding="utf-8")
    asked: dict[str, dict[str, Any]] = yaml.safe_load(text)
    return asked
