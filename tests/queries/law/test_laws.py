"""Laws of assessments, on a fictional province: all at once is one by one, every reason is necessary, time only shifts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_model.column_types import YEAR
from graph_model.columns import Columns
from graph_model.graph import KnowledgeGraph
from graph_model.schema import TABLES
from graph_model.tiers import Category, Tier
from loaders.fictional import DEMO_DAY
from queries import Session
from queries.eligibility.assess import AssessOptions, rules_applied, rules_of, subject_rows
from queries.eligibility.assessment_table import VERDICTS, AssessmentMatrix, verdicts_table
from queries.eligibility.facts.catalogue import facts_of
from queries.eligibility.facts.subjects import Subjects
from queries.eligibility.judging import RuleDecisions, judged
from queries.law.adverse import AdverseFacts
from queries.law.rule import Outcome, passes
from queries.law.rulebook import EFFECTS
from queries.law.ruleset import ruleset_for

CATEGORIES = ("factory", "park", "supply_chain")
FOUR_YEARS = 1461
"""Days after which calendars repeat: only then `d + n years` keeps its distance over every 29 February."""


def sheet_of(session: Session, category: str, tier: str = "national") -> AssessmentMatrix:
    options, view = AssessOptions(category=category, tier=tier), session.graph.on(DEMO_DAY)
    rules = rules_of(view, options)
    subjects = Subjects(view, subject_rows(view, Category(category)), Category(category), rules)
    applied = rules_applied(rules, Category(category))
    return AssessmentMatrix(subjects, Tier.of(tier), tuple(judged(rule, subjects, tier) for rule in applied))


@pytest.mark.parametrize("category", CATEGORIES)
def test_all_at_once_is_one_by_one(province: Session, category: str) -> None:
    whole = province.assess(as_of=DEMO_DAY, category=category, tier="national")
    units = whole.verdicts.table["unit_id"].tolist()
    chosen = units[:: max(len(units) // 60, 1)]
    alone = [province.assess(unit, as_of=DEMO_DAY, category=category, tier="national") for unit in chosen]
    for name in ("findings", "verdicts"):
        together = getattr(whole, name).table
        together = together[together["unit_id"].isin(chosen)].reset_index(drop=True)
        single = pd.concat([getattr(one, name).table for one in alone], ignore_index=True)
        pd.testing.assert_frame_equal(together, single)


@pytest.mark.parametrize("category", CATEGORIES)
def test_every_reason_is_necessary(province: Session, category: str) -> None:
    sheet = sheet_of(province, category)
    barring = np.isin(sheet.outcomes, [list(Outcome).index(one) for one in (Outcome.FAIL, Outcome.UNKNOWN)])
    _, first = np.unique(barring, axis=0, return_index=True)
    assert len(first) > 3
    for row in first.tolist():
        reasons = np.flatnonzero(barring[row]).tolist()
        if sheet.verdicts[row] == VERDICTS.index("listed"):
            continue
        assert recommended(sheet, row, reasons)
        for kept in reasons:
            assert not recommended(sheet, row, [reason for reason in reasons if reason != kept])


def recommended(sheet: AssessmentMatrix, row: int, lifted: list[int]) -> bool:
    """Whether one unit may be recommended when some rules no longer stand against it."""
    alone = replace(sheet.subjects, rows=sheet.subjects.rows[[row]])
    left = tuple(
        RuleDecisions(one.rule, (passes("", ""),), np.zeros(1, dtype=np.intp), ())
        if at in lifted
        else RuleDecisions(one.rule, (one.decisions[one.codes[row]],), np.zeros(1, dtype=np.intp), ())
        for at, one in enumerate(sheet.judged)
    )
    return bool(verdicts_table(AssessmentMatrix(alone, sheet.tier, left))["verdict"].iloc[0] == "yes")


def test_every_fact_of_the_negative_list_is_necessary(province: Session) -> None:
    told = 0
    for category in CATEGORIES:
        sheet = sheet_of(province, category)
        for one in sheet.judged:
            if one.rule.id in EFFECTS:
                for facts in set(facts_told(one, sheet)):
                    told += 1
                    check_necessary(one.rule, facts, sheet)
    assert told > 10


def facts_told(one: RuleDecisions, sheet: AssessmentMatrix) -> list[AdverseFacts]:
    columns = facts_of(one.rule, sheet.subjects)
    failing = [code for code, decision in enumerate(one.decisions) if decision.outcome is Outcome.FAIL]
    rows = np.flatnonzero(np.isin(one.codes, failing)).tolist()
    return [AdverseFacts(*(column.values[column.codes[row]] for column in columns)) for row in rows]


def check_necessary(rule: Any, facts: AdverseFacts, sheet: AssessmentMatrix) -> None:
    rules = sheet.subjects.rules
    named = set(rule.judge(facts, rules, sheet.tier.id).rows)
    reasons = [held for held in facts.held if held.row in named]
    rest = tuple(held for held in facts.held if held.row not in named)
    assert reasons
    assert rule.judge(AdverseFacts(rest), rules, sheet.tier.id).outcome is not Outcome.FAIL
    for kept in reasons:
        assert rule.judge(AdverseFacts((*rest, kept)), rules, sheet.tier.id).outcome is Outcome.FAIL


@pytest.mark.parametrize("category", CATEGORIES)
def test_shifting_all_dates_shifts_the_earliest_day(province: Session, category: str) -> None:
    later = Session(shifted(province.graph, FOUR_YEARS))
    now = province.assess(as_of=DEMO_DAY, category=category, tier="national")
    then = later.assess(as_of=DEMO_DAY + timedelta(days=FOUR_YEARS), category=category, tier="national")
    for one, other in ((now.findings.table, then.findings.table), (now.verdicts.table, then.verdicts.table)):
        assert one["unit_id"].tolist() == other["unit_id"].tolist()
        moved = other["earliest"] - one["earliest"]
        assert (one["earliest"].isna() == other["earliest"].isna()).all()
        assert (moved.dropna() == pd.Timedelta(days=FOUR_YEARS)).all()
    assert category == "supply_chain" or now.findings.table["earliest"].notna().any()
    # The standards of D-17.2 have dates of their own, which stay where they are.
    other_rules = (now.findings.table["rule"] != "D-17.2").to_numpy()
    assert now.findings.table["outcome"][other_rules].tolist() == then.findings.table["outcome"][other_rules].tolist()


def shifted(graph: KnowledgeGraph, days: int) -> KnowledgeGraph:
    """The same facts, every date some days and every year some years later."""
    tables = {}
    for name, holds in TABLES.items():
        table = graph[name].arrow()
        for column, kind in holds.items():
            values = table.column(column)
            at = table.column_names.index(column)
            if pa.types.is_date32(values.type):
                moved = pa.compute.add(values.cast(pa.int32()), pa.scalar(days, pa.int32())).cast(pa.date32())
                table = table.set_column(at, column, moved)
            elif kind is YEAR:
                moved = pa.compute.add(values, pa.scalar(days // FOUR_YEARS * 4, pa.int32()))
                table = table.set_column(at, column, moved)
        tables[name] = Columns(name, table)
    return KnowledgeGraph(tables, graph.regions, "shifted")


@given(st.dates(date(1990, 1, 1), date(2090, 12, 31)))
def test_a_fact_leaves_the_window_on_exactly_that_day(fact: date) -> None:
    out = ruleset_for(fact, "js-draft").leaves_window(fact)
    assert ruleset_for(out, "js-draft").window_start > fact
    assert ruleset_for(out - timedelta(days=1), "js-draft").window_start <= fact


@given(st.dates(date(1990, 1, 1), date(2060, 12, 31)), st.integers(-9_000, 9_000))
def test_over_a_29_february_the_shift_is_a_day_off_at_most(fact: date, days: int) -> None:
    """Three calendar years are 1095 or 1096 days: only shifts by whole leap cycles are exact to the day."""
    leaves = ruleset_for(fact, "js-draft").leaves_window
    moved = leaves(fact + timedelta(days=days)) - leaves(fact)
    assert abs(moved.days - days) <= 1
