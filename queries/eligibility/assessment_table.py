"""The tables of an assessment, made from decisions: one row per unit and rule, and one row per unit."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pyarrow as pa

from graph_model.bilingual import Bilingual
from graph_model.days import OPEN, number
from queries.answers.frame import city_names, days, texts, unit_column
from queries.eligibility.evidence import joined
from queries.eligibility.judging import distinct
from queries.law.rule import Decision, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from graph_model.tiers import Tier
    from queries.eligibility.evidence import Origins
    from queries.eligibility.facts.subjects import Subjects
    from queries.eligibility.judging import RuleDecisions

OUTCOMES = list(Outcome)
VERDICTS = ("listed", "yes", "unclear", "no")
"""Already on a list at the tier or above; nothing fails and nothing is unknown; something is unknown; something fails."""
UNREAD_END = Decision(
    Outcome.UNKNOWN,
    Bilingual("现有名单是否已移出不详", "not known whether a present listing has ended"),
    act=Bilingual("核对现有名单的移出日期", "check the day of removal from the present list"),
)
_VERDICT_OF = {Outcome.UNKNOWN: VERDICTS.index("unclear"), Outcome.FAIL: VERDICTS.index("no")}
STEP = {"zh": "；", "en": "; "}


@dataclass(frozen=True)
class AssessmentMatrix:
    """What every rule decides on every subject."""

    subjects: Subjects
    tier: Tier
    judged: tuple[RuleDecisions, ...]

    @property
    def size(self) -> tuple[int, int]:
        """Return how many subjects and how many rules there are."""
        return len(self.subjects.rows), len(self.judged)

    @cached_property
    def decisions(self) -> list[Decision]:
        """Every distinct decision, rule by rule."""
        return [decision for of_rule in self.judged for decision in of_rule.decisions]

    @cached_property
    def codes(self) -> NDArray[np.intp]:
        """Per subject and rule the number of its decision."""
        starts = np.cumsum([0, *(len(of_rule.decisions) for of_rule in self.judged)])
        columns = [of_rule.codes + start for of_rule, start in zip(self.judged, starts[:-1], strict=True)]
        return np.stack(columns, axis=1) if columns else np.empty((len(self.subjects.rows), 0), dtype=np.intp)

    @cached_property
    def outcomes(self) -> NDArray[np.int8]:
        """Per subject and rule the outcome, as a place in `OUTCOMES`."""
        places = np.array([OUTCOMES.index(decision.outcome) for decision in self.decisions], dtype=np.int8)
        return places[self.codes]

    @cached_property
    def verdicts(self) -> NDArray[np.intp]:
        """Per subject the verdict, as a place in `VERDICTS`: already listed, else by its worst outcome."""
        subjects = self.subjects
        listed = subjects.view.highest(subjects.category, subjects.unit)[subjects.rows] >= self.tier
        by_outcome = np.array([_VERDICT_OF.get(outcome, VERDICTS.index("yes")) for outcome in OUTCOMES], dtype=np.intp)
        worst = by_outcome[self.outcomes].max(axis=1, initial=VERDICTS.index("yes"))
        open_ = np.where(self.maybe_listed, np.maximum(worst, VERDICTS.index("unclear")), worst)
        verdicts: NDArray[np.intp] = np.where(listed, VERDICTS.index("listed"), open_)
        return verdicts

    @cached_property
    def maybe_listed(self) -> NDArray[np.bool_]:
        """Which subjects are listed at the tier or above unless a listing has ended of which nobody can read whether it has."""
        subjects = self.subjects
        maybe: NDArray[np.bool_] = subjects.view.unsure(subjects.category, subjects.unit)[subjects.rows] >= self.tier
        return maybe

    @cached_property
    def earliest(self) -> NDArray[np.int32]:
        """Per subject the day on which its last failure heals, the day itself where none fails.

        `OPEN` where one never heals by time, where something is unknown, and for a unit that is already listed.
        """
        today = self.subjects.view.facts.number
        heals = np.where(self.outcomes == OUTCOMES.index(Outcome.FAIL), _untils(self.decisions)[self.codes], today)
        unclear = (self.outcomes == OUTCOMES.index(Outcome.UNKNOWN)).any(axis=1) | self.maybe_listed
        unsettled = unclear | (self.verdicts == VERDICTS.index("listed"))
        earliest: NDArray[np.int32] = np.where(unsettled, OPEN, heals.max(axis=1, initial=today)).astype(np.int32)
        return earliest


def findings_table(sheet: AssessmentMatrix, origins: Origins) -> pd.DataFrame:
    """Return one row per unit and rule, by unit and in the order of the rule book."""
    units, rules = sheet.size
    flat = sheet.codes.ravel()
    of_unit = np.repeat(np.arange(units), rules)
    of_rule = np.tile(np.arange(rules), units)
    table = _unit_columns(sheet).take(of_unit).reset_index(drop=True)
    told = sheet.decisions
    rule_of = [one.rule for one in sheet.judged]
    category = sheet.subjects.category.value
    return table.assign(
        rule=_taken([rule.id for rule in rule_of], of_rule),
        clause=_taken([rule.place(sheet.subjects.rules, category) for rule in rule_of], of_rule),
        outcome=_taken([decision.outcome.value for decision in told], flat),
        reason=_taken([decision.reason.zh for decision in told], flat),
        reason_en=_taken([decision.reason.en for decision in told], flat),
        evidence=texts(_evidence(sheet, origins)),
        earliest=days(_untils(told)[flat]),
        act=_taken([decision.act.zh if decision.act else None for decision in told], flat),
        act_en=_taken([decision.act.en if decision.act else None for decision in told], flat),
    )


def verdicts_table(sheet: AssessmentMatrix) -> pd.DataFrame:
    """Return one row per unit: may it be recommended, what bars it, from when on, what to do."""
    fails = sheet.outcomes == OUTCOMES.index(Outcome.FAIL)
    unclear = sheet.outcomes == OUTCOMES.index(Outcome.UNKNOWN)
    warns = sheet.outcomes == OUTCOMES.index(Outcome.WARN)
    verdicts = sheet.verdicts
    used = sheet.subjects.rules.set
    return _unit_columns(sheet).assign(
        rules=pd.Series([f"{used.id}（征求意见稿）" if used.draft else used.id] * len(fails), dtype="str"),
        verdict=_taken(VERDICTS, verdicts),
        blocking=_rules_named(sheet, fails),
        unclear=_rules_named(sheet, unclear),
        warnings=_rules_named(sheet, warns),
        earliest=days(sheet.earliest),
        **_acts(sheet, (fails | unclear | warns) & (verdicts != VERDICTS.index("listed"))[:, None]),
    )


def _unit_columns(sheet: AssessmentMatrix) -> pd.DataFrame:
    subjects = sheet.subjects
    graph, table, rows = subjects.view.graph, subjects.table, subjects.rows
    none = pd.Series([None] * len(rows), dtype="str")
    return pd.DataFrame(
        {
            "unit_id": unit_column(graph, table, "id", rows),
            "unit": unit_column(graph, table, "name", rows),
            "uscc": none if table == "parks" else unit_column(graph, table, "uscc", rows),
            "city": city_names(graph, table, rows),
            "category": pd.Series([subjects.category.value] * len(rows), dtype="str"),
            "tier": pd.Series([sheet.tier.id] * len(rows), dtype="str"),
        }
    )


def _evidence(sheet: AssessmentMatrix, origins: Origins) -> pa.Array:
    """Return where each finding was read: the rows of its facts, then those its decision names."""
    units, rules = sheet.size
    by_rule = []
    for of_rule in sheet.judged:
        parts = [origins.of_rows(table, rows) for table, rows in of_rule.sources]
        named = pa.array([origins.of_facts(decision.rows) for decision in of_rule.decisions], pa.string())
        by_rule.append(joined([*parts, named.take(pa.array(of_rule.codes))], units))
    order = np.arange(units * rules).reshape(rules, units).T.ravel()
    return pa.concat_arrays(by_rule).take(pa.array(order)) if by_rule else pa.array([], pa.string())


def _untils(decisions: Iterable[Decision]) -> NDArray[np.int32]:
    return np.array(
        [OPEN if decision.until is None else number(decision.until) for decision in decisions], dtype=np.int32
    )


def _rules_named(sheet: AssessmentMatrix, chosen: NDArray[np.bool_]) -> pd.Series[Any]:
    """Return the ids of the chosen rules of each unit, null for none."""
    first, at = np.unique(chosen @ (1 << np.arange(chosen.shape[1])), return_index=True, return_inverse=True)[1:]
    ids = np.array([of_rule.rule.id for of_rule in sheet.judged], dtype=object)
    return _taken(["、".join(ids[chosen[row]]) or None for row in first.tolist()], at)


def _acts(sheet: AssessmentMatrix, chosen: NDArray[np.bool_]) -> dict[str, pd.Series[Any]]:
    """Return what there is to do for the chosen findings of each unit, in Chinese and English, null for nothing."""
    decisions = [*sheet.decisions, UNREAD_END]
    asked = sheet.maybe_listed & (sheet.verdicts != VERDICTS.index("listed"))
    codes = np.column_stack([np.where(chosen, sheet.codes + 1, 0), np.where(asked, len(decisions), 0)])
    first, at = distinct(((column, len(decisions) + 1) for column in codes.T), len(codes))
    lists = [[decisions[code - 1] for code in codes[row].tolist() if code] for row in first.tolist()]
    return {
        name: _taken([_to_do(decisions, lang) for decisions in lists], at)
        for name, lang in (("act", "zh"), ("act_en", "en"))
    }


def _to_do(decisions: Sequence[Decision], lang: str) -> str | None:
    """Return the acts of some decisions, each once, and the day to wait for, joined."""
    acts = [decision.act.in_(lang) for decision in decisions if decision.act]
    waits = [decision.until for decision in decisions if decision.until]
    steps = [
        *dict.fromkeys(acts),
        *([Bilingual(f"自 {max(waits)} 起方可申报", f"apply from {max(waits)} on").in_(lang)] if waits else []),
    ]
    return STEP[lang].join(steps) or None


def _taken(values: Sequence[str | None], codes: NDArray[Any]) -> pd.Series[Any]:
    """Return texts by code."""
    return pd.Series(pa.array(values, pa.string()).take(pa.array(codes)).to_pandas(), dtype="str")
