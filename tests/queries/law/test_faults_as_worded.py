"""Whoever writes a file of their own is told of every fault in whole sentences, and rules made anew decide as those of the book."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml

from graph_model.bilingual import Bilingual
from queries.law.jiangsu import InJiangsuFacts, in_jiangsu
from queries.law.rule import EVERYONE, Outcome, plan
from queries.law.rulebook import RULES
from queries.law.ruleset import ruleset_for
from queries.law.ruleset_model import SourceDocument
from tests.queries.law.fault_table import CSV, FAULTS, RULE_SETS, told

READ = yaml.safe_load(FAULTS.read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", [*RULE_SETS, *CSV])
def test_a_fault_is_worded_as_it_was_read(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`python -m tests.queries.law.fault_table` writes the sentences anew where one was changed on purpose."""
    monkeypatch.chdir(tmp_path)
    assert told(name) == READ[name]


def test_every_fault_is_told_with_file_line_and_both_languages() -> None:
    for name, sentences in READ.items():
        zh, en = sentences
        assert " 第 " in zh, name
        assert ", line " in en, name


@pytest.mark.parametrize(
    ("registered", "site", "outcome", "word"),
    [
        (True, True, Outcome.PASS, "registration and plant are in Jiangsu"),
        (False, True, Outcome.FAIL, "registration is not in Jiangsu"),
        (True, False, Outcome.FAIL, "plant is not in Jiangsu"),
        (None, False, Outcome.FAIL, "plant is not in Jiangsu"),
        (False, None, Outcome.FAIL, "registration is not in Jiangsu"),
        (None, True, Outcome.UNKNOWN, "registration unknown"),
        (True, None, Outcome.UNKNOWN, "plant unknown"),
        (None, None, Outcome.UNKNOWN, "registration unknown"),
    ],
    ids=["both", "registered elsewhere", "works elsewhere", "one known", "other known", "register", "site", "neither"],
)
def test_where_an_enterprise_has_to_be(registered: bool | None, site: bool | None, outcome: Outcome, word: str) -> None:
    rule = in_jiangsu("D-99", plan("一", "某", "a"), "factory", Bilingual("工厂", "plant"))
    decision = rule.decide(InJiangsuFacts(registered, site), ruleset_for(date(2025, 6, 30), "js-draft"))
    assert (rule.id, rule.categories, rule.bar) == ("D-99", ("factory",), True)
    assert (decision.outcome, decision.reason.en) == (outcome, word)


def test_a_section_of_the_plan_is_cited_as_printed() -> None:
    citation = plan("三（一）3", "梯度培育", "in tiers")
    assert (citation.document, citation.number) == (SourceDocument.PLAN, "三（一）3")
    assert citation.words == Bilingual("梯度培育", "in tiers")
    assert citation.place == f"{SourceDocument.PLAN.zh}三（一）3"


@pytest.mark.parametrize("item", range(1, 7))
def test_an_item_of_the_negative_list_bars_everybody(item: int) -> None:
    rule = RULES[f"D-18.{item}"]
    assert rule.bar
    assert rule.categories == EVERYONE
    assert "window_years" in rule.needs
