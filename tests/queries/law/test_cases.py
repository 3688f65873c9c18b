"""Every rule decides its cases: `cases/<rule>.yaml`, written so that a policy officer can read and extend them."""

from __future__ import annotations

import ast
import inspect
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import TypeAdapter

from queries.law.rule import Outcome
from queries.law.rulebook import ARTICLES, RULES
from queries.law.rules import Rules
from queries.law.ruleset import RULESETS, ruleset, ruleset_for

CASES = Path(__file__).parent / "cases"
FILES = {path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(CASES.glob("*.yaml"))}
DAY = date(2025, 6, 30)
EVERY_FILE = {"in", "out", "missing", "before"}
DATED = {"edge", "day", "leap"}
"""Kinds of cases that a rule about dates has as well: on the edge, a day either side, 29 February."""
RULES_ABOUT_DATES = {"D-09.2", "D-11", "D-17.2", "D-24", *(rule for rule in RULES if rule.startswith("D-18"))}


def all_cases() -> list[Any]:
    return [
        pytest.param(RULES[rule], file | case, id=f"{rule} {case['case']}")
        for rule, file in FILES.items()
        for case in file["cases"]
    ]


@pytest.mark.parametrize(("rule", "case"), all_cases())
def test_a_case_is_decided_as_it_says(rule: Any, case: Any) -> None:
    assert set(case["facts"]) <= set(rule.facts._fields)
    facts = TypeAdapter(rule.facts).validate_python(case["facts"], extra="forbid")
    bound = ruleset_for(case.get("day", DAY), case.get("rules", "js-draft"))
    rules = Rules(bound.set, bound.day, case.get("propagation"))
    decision = rule.judge(facts, rules, case.get("tier", "provincial"))
    assert decision.outcome == case["outcome"], decision
    assert decision.until == case.get("until")
    assert (decision.act is not None) == case.get("act", False)
    assert decision.reason.zh
    assert decision.reason.en


@pytest.mark.parametrize(("rule", "case"), [case for case in all_cases() if "until" in case.values[1]])
def test_a_failure_that_time_heals_lasts_to_the_day_before(rule: Any, case: Any) -> None:
    facts = TypeAdapter(rule.facts).validate_python(case["facts"] | {"unchecked": []})
    after, rules = case["until"], case.get("rules", "js-draft")
    before = date.fromordinal(after.toordinal() - 1)
    tier = case.get("tier", "provincial")
    assert rule.judge(facts, ruleset_for(before, rules), tier).outcome is Outcome.FAIL
    assert rule.judge(facts, ruleset_for(after, rules), tier).outcome is not Outcome.FAIL


def test_every_rule_has_cases() -> None:
    assert set(FILES) == set(RULES)


@pytest.mark.parametrize("rule", sorted(RULES))
def test_the_cases_of_a_rule_leave_nothing_out(rule: str) -> None:
    kinds = {case["kind"] for case in FILES[rule]["cases"]}
    wanted = EVERY_FILE | (DATED if rule in RULES_ABOUT_DATES else set())
    assert FILES[rule]["rule"] == rule
    assert wanted <= kinds <= EVERY_FILE | DATED


@pytest.mark.parametrize("rule", sorted(RULES))
def test_missing_data_is_never_a_pass(rule: str) -> None:
    missing = [case for case in FILES[rule]["cases"] if case["kind"] == "missing"]
    assert all(case["outcome"] != "pass" for case in missing)


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.RULE.id)
def test_an_article_is_small_and_cites_itself(article: Any) -> None:
    decides = article.effect_of if hasattr(article, "effect_of") else article.decide
    [decide] = [node for node in ast.parse(inspect.getsource(decides)).body if isinstance(node, ast.FunctionDef)]
    body = decide.body[1:]
    assert (body[-1].end_lineno or 0) - body[0].lineno < 15
    rule, citation = article.RULE, article.RULE.citation
    assert citation.words.zh
    assert citation.words.en
    number, _, item = rule.id[2:].partition(".")
    assert (int(number), int(item or 0)) == (citation.article, citation.item or 0)


@pytest.mark.parametrize("id", RULESETS)
def test_a_rule_set_has_only_rules_and_values_that_exist(id: str) -> None:
    found = ruleset(id)
    assert set(found.rules) <= set(RULES)
    for rule in found.rules:
        assert all(getattr(found.values, name) for name in RULES[rule].needs), rule
