"""A way up the tiers as people read it: one row a unit and step, with who acts, by when, and the paper that is missing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from graph_model.bilingual import Bilingual
from graph_model.days import OPEN
from graph_model.tiers import TIER_IDS, Tier
from queries.answers.columns import columns
from queries.answers.frame import city_names, counts, days, tiers, unit_column, words
from queries.planning.season_dates import NEVER
from queries.planning.season_route import STATES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from queries.law.ruleset_model import RouteStep
    from queries.planning.season_route import SeasonRoute

COLUMNS: Final = columns(
    "unit_id", "unit", "uscc", "city", "category", "tier@route", "place@step", "step", "what@step", "what_en@step", "who",
    "who_en", "state@step", "done_on", "first_day@step", "due@step", "paper", "paper_en", "papers", "months", "first_year",
    "gain@leverage", "rules", "source",
)  # fmt: skip
BETWEEN: Final = Bilingual("；", "; ")


@dataclass(frozen=True)
class StepRows:
    """Steps of units to be shown: pairs of a unit and a step of a route."""

    route: SeasonRoute
    unit: NDArray[np.intp]
    step: NDArray[np.intp]
    usual: SeasonRoute | None = None
    """The way with the usual months of papers, whose first year is told; the route itself where they are in it."""

    def frame(self) -> pd.DataFrame:
        """Return a row a pair, without gain: that is of the enterprise, not of its way."""
        route, at = self.route, (self.unit, self.step)
        subjects = route.units.matrix.subjects
        graph, table, rows = route.units.view.graph, subjects.table, route.units.rows[self.unit]
        is_park, first, last = table == "parks", route.first_day, route.last_day
        done, waiting = route.done, route.on_the_way
        done_on = np.column_stack([record.done_on for record in route.records])
        texts = [_words_of(route, place) for place in range(len(route.steps))]
        papers = [self._papers(unit, step) for unit, step in zip(self.unit.tolist(), self.step.tolist(), strict=True)]
        return pd.DataFrame(
            {
                "row": rows,
                "unit_id": unit_column(graph, table, "id", rows),
                "unit": unit_column(graph, table, "name", rows),
                "uscc": _texts([None] * len(rows)) if is_park else unit_column(graph, table, "uscc", rows),
                "city": city_names(graph, table, rows),
                "category": _texts([subjects.category.value] * len(rows)),
                "tier": tiers(route.leads_to[at]),
                "place": counts(self.step + 1),
                "step": _texts([route.steps[step].id for step in self.step.tolist()]),
                **{name: _texts([texts[step][name] for step in self.step.tolist()]) for name in _WORDS},
                "state": words(route.states[at].astype(np.int64), STATES),
                "done_on": days(np.where(done[at], done_on[at], OPEN)),
                "first_day": days(np.where(waiting[at], first[at], OPEN)),
                "due": days(np.where(waiting[at], last[at], OPEN)),
                "paper": _texts([paper.zh if paper else None for paper in papers]),
                "paper_en": _texts([paper.en if paper else None for paper in papers]),
                "papers": _texts([self._rule_ids(*pair) for pair in zip(*at, strict=True)]),
                "months": self._months(),
                "first_year": self._first_years(),
                "rules": _texts([subjects.rules.set.id] * len(rows)),
            }
        )

    def _rule_ids(self, unit: int, step: int) -> str | None:
        missing = self.route.records[step].missing[unit]
        judged = self.route.units.matrix.judged
        return "+".join(judged[rule].rule.id for rule in np.flatnonzero(missing).tolist()) or None

    def _papers(self, unit: int, step: int) -> Bilingual | None:
        """Return what is missing of a step, in words; None where nothing is, or where it waits for others only."""
        route, asked = self.route, self.route.steps[step]
        if asked.shown_by == "recommendation":
            return _consultations(route, asked, unit, step)
        missing = np.flatnonzero(route.records[step].missing[unit]).tolist()
        if not missing:
            return None
        matrix, category = route.units.matrix, route.units.matrix.subjects.category.value
        acts = []
        for rule in missing:
            decision = matrix.decisions[matrix.codes[unit, rule]]
            place = matrix.judged[rule].rule.place(matrix.subjects.rules, category)
            until = decision.until
            wait = None if until is None else Bilingual(f"自 {until} 起方可", f"not before {until}")
            act = decision.act or wait or decision.reason
            acts.append(Bilingual(f"{act.zh}（{place}）", f"{act.en} ({matrix.judged[rule].rule.id})"))
        return Bilingual(
            BETWEEN.zh.join(dict.fromkeys(act.zh for act in acts)),
            BETWEEN.en.join(dict.fromkeys(act.en for act in acts)),
        )

    def _months(self) -> pd.Series[Any]:
        """Return how many months the missing papers of a step usually take, null for a step without any."""
        matrix, rules = self.route.units.matrix, self.route.units.matrix.subjects.rules
        usual = np.array([-1 if decided.rule.bar else rules.months(decided.rule.id) for decided in matrix.judged])
        longest = [
            int(np.where(self.route.records[step].missing[unit], usual, -1).max(initial=-1))
            for unit, step in zip(self.unit.tolist(), self.step.tolist(), strict=True)
        ]
        months = np.array(longest, dtype=np.int64)
        return counts(months, months >= 0)

    def _first_years(self) -> pd.Series[Any]:
        """Return the first year of the tier that each step leads to, null where it is reached or none can be told."""
        usual = self.usual or self.route
        of_tier = {tier: usual.first_year(tier) for tier in map(Tier.of, TIER_IDS)}
        years = [
            int(of_tier[Tier(tier)][unit])
            for unit, tier in zip(self.unit.tolist(), self.route.leads_to[self.unit, self.step].tolist(), strict=True)
        ]
        year = np.array(years, dtype=np.int64)
        return counts(year, year != NEVER)


_WORDS: Final = ("what", "what_en", "who", "who_en", "source")


def _words_of(route: SeasonRoute, place: int) -> dict[str, str]:
    """Return what a step is, who acts and where it stands: its own words, else those of its date."""
    step, rules = route.steps[place], route.units.matrix.subjects.rules
    deadline = next((deadline for deadline in rules.deadlines if deadline.id == step.deadline), None)
    what = step.what or (deadline.what if deadline else Bilingual(step.id, step.id))
    who = step.who or (deadline.who if deadline else Bilingual("", ""))
    source = step.source or (deadline.source if deadline else rules.set.source)
    return {"what": what.zh, "what_en": what.en, "who": who.zh, "who_en": who.en, "source": source}


def _consultations(route: SeasonRoute, step: RouteStep, unit: int, place: int) -> Bilingual | None:
    """Return which offices are still to be consulted, or that it is not said whether they were; of a late one, that it is."""
    record, reader = route.records[place], route.reader
    if record.unclear[unit]:
        return Bilingual("补充征求意见部门", "say which offices were consulted")
    if record.late[unit]:
        return Bilingual(
            "推荐晚于当年截止日，是否受理由省工信厅确定",
            "recommended after its date; whether it counts is for the province",
        )
    offices = () if record.done[unit] or not route.on_the_way[unit, place] else reader.lacking_offices(step, unit)
    if not offices:
        return None
    return Bilingual(f"征求{'、'.join(offices)}部门意见", f"consult {', '.join(offices)}")


def _texts(values: Sequence[str | None]) -> pd.Series[Any]:
    return pd.Series(values, dtype="str")
