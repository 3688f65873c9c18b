"""Every rule decides its cases: `cases/<rule>.yaml`, written so that a policy officer can read and extend them."""

from __future__ import annotations

import ast
import inspect
import re
from datetime import date
from typing import Any

import pytest
import yaml
from pydantic import TypeAdapter

from queries.law.rule import Outcome
from queries.law.rulebook import ARTICLES, RULES
from queries.law.rules import Rules
from queries.law.ruleset import RULESETS, ruleset, ruleset_for
from tests.queries.law.case_table import DAY, FILES, REASONS, cases, decided, words

READ = yaml.safe_load(REASONS.read_text(encoding="utf-8"))
"""What a person reads in each case."""
EVERY_FILE = {"in", "out", "missing", "before"}
DATED = {"edge", "day", "leap"}
"""Kinds of cases that a rule about dates has as well: on the edge, a day either side, 29 February."""
RULES_ABOUT_DATES = {"D-09.2", "D-11", "D-17.2", "D-24", *(rule for rule in RULES if rule.startswith("D-18"))}


def all_cases() -> list[Any]:
    return [pytest.param(rule, case, id=f"{rule.id} {case['case']}") for rule, case in cases()]


@pytest.mark.parametrize(("rule", "case"), all_cases())
def test_a_case_is_decided_as_it_says(rule: Any, case: Any) -> None:
    assert set(case["facts"]) <= set(rule.facts._fields)
    decision = decided(rule, case)
    assert decision.outcome == case["outcome"], decision
    assert decision.until == case.get("until")
    assert (decision.act is not None) == case.get("act", False)


@pytest.mark.parametrize(("rule", "case"), all_cases())
def test_a_case_is_worded_as_it_was_read(rule: Any, case: Any) -> None:
    """`python -m tests.queries.law.case_table` writes the words anew where a sentence was changed on purpose."""
    assert words(decided(rule, case)) == READ[rule.id][case["case"]]


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


def deciding(article: Any) -> list[Any]:
    """The function that decides: of one fact, where the article is an item of the negative list; else of all its facts."""
    return [getattr(article, name) for name in ("effect_of", "decide") if hasattr(article, name)]


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.RULE.id)
def test_an_article_is_small_and_cites_itself(article: Any) -> None:
    for function in deciding(article):
        [decide] = [node for node in ast.parse(inspect.getsource(function)).body if isinstance(node, ast.FunctionDef)]
        body = decide.body[1:]
        assert (body[-1].end_lineno or 0) - body[0].lineno < 15
    for category in article.RULE.categories:
        assert article.RULE.cited(category).words.zh
        assert article.RULE.cited(category).words.en


PRINTED = re.compile(
    r"征求意见稿第[一二三四五六七八九十]+条(第[一二三四五]款)?(第（[一二三四五六]）项|第[123]项)?|2016年实施方案[三四]（[一二三四五]）[1-4]?"
)


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_a_clause_is_cited_as_it_is_printed(rule: Any) -> None:
    for id in RULESETS:
        found = Rules(ruleset(id), DAY)
        for category in set(rule.categories) & set(found.set.categories) if rule.id in found.set.rules else ():
            place = rule.place(found, category)
            if found.set.document is None:
                assert place.startswith(found.set.source)
                assert PRINTED.search(place)
            else:
                assert PRINTED.fullmatch(place), place
                assert (found.set.document.zh in place) is True


@pytest.mark.parametrize(
    ("rule", "category", "place"),
    [
        ("D-08.1", "factory", "征求意见稿第八条第1项"),
        ("D-08.2", "factory", "征求意见稿第八条第1项"),
        ("D-09.2", "park", "征求意见稿第九条第2项"),
        ("D-17.1", "factory", "征求意见稿第十七条第一款"),
        ("D-17.1", "park", "征求意见稿第十七条第三款"),
        ("D-17.1", "supply_chain", "征求意见稿第十七条第五款"),
        ("D-17.4", "supply_chain", "征求意见稿第十七条第五款"),
        ("D-18.5", "park", "征求意见稿第十八条第（五）项"),
        ("D-24", "park", "征求意见稿第二十四条第一款"),
    ],
)
def test_where_a_clause_stands_in_the_draft(rule: str, category: str, place: str) -> None:
    assert RULES[rule].place(ruleset_for(DAY, "js-draft"), category) == place


# RULES, "Which set holds which rule".
MATRIX = {
    "js-2016": "D-08.2 D-11 D-15 D-17.1 P-07",
    "js-draft": (
        "D-08.1 D-09.1 D-18.1 D-18.2 D-18.3 D-18.4 D-18.5 D-18.6 D-24 D-08.2 D-11 D-15 D-17.1 D-07 D-09.2 D-12 D-17.3 "
        "D-17.4 D-25 D-10.1 D-10.2 D-17.2 pool"
    ),
    "cn-2024": (
        "D-08.1 D-09.1 D-18.1 D-18.2 D-18.3 D-18.4 D-18.5 D-18.6 D-24 D-08.2 D-11 D-15 D-17.1 D-10.1 D-10.2 D-17.2"
    ),
    "cn-2025": "D-08.1 D-09.1 D-18.1 D-18.2 D-18.3 D-18.4 D-18.5 D-18.6 D-24 D-08.2 D-11 D-15 D-17.1 D-17.2",
}


@pytest.mark.parametrize("id", RULESETS)
def test_a_set_holds_the_rules_of_its_own_text(id: str) -> None:
    assert set(ruleset(id).rules) == set(MATRIX[id].split())


def test_every_rule_stands_in_some_set() -> None:
    assert set().union(*(ruleset(id).rules for id in RULESETS)) == set(RULES)


@pytest.mark.parametrize("id", RULESETS)
def test_a_rule_set_has_only_rules_and_values_that_exist(id: str) -> None:
    found = ruleset(id)
    assert set(found.rules) <= set(RULES)
    for rule in found.rules:
        assert all(getattr(found.values, name) for name in RULES[rule].needs), rule
