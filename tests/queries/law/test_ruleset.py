"""Rule sets: which one holds on a day, what a user's own may say, and how a bad one is told."""

from datetime import date
from pathlib import Path

import pytest

from graph_model.errors import UsageError
from queries.law.rulebook import RULES
from queries.law.ruleset import RULESETS, ruleset, ruleset_for

DAY = date(2025, 6, 30)
OWN = (
    "id: own\nbased_on: js-draft\nvalues:\n  window_years: {value: 5, clause: D-18, source: 本市办法, verified: true}\n"
)


@pytest.mark.parametrize(
    ("day", "id"), [(date(2024, 2, 29), "js-2016"), (date(2024, 3, 1), "js-draft"), (date(2030, 1, 1), "js-draft")]
)
def test_the_default_is_by_day(day, id):
    assert ruleset_for(day).set.id == id


@pytest.mark.parametrize(
    ("id", "day", "holds"),
    [
        ("js-2016", date(2015, 12, 31), False),
        ("js-2016", date(2016, 1, 1), True),
        ("cn-2024", date(2024, 1, 18), False),
        ("cn-2024", date(2024, 1, 19), True),
        ("cn-2025", date(2025, 9, 30), False),
        ("cn-2025", date(2025, 10, 1), True),
        ("js-draft", date(2000, 1, 1), True),
    ],
)
def test_a_set_holds_from_its_day_on_and_a_draft_has_none(id, day, holds):
    assert ruleset_for(day, id).in_force is holds


@pytest.mark.parametrize("id", RULESETS)
def test_only_the_draft_says_so(id):
    assert ("征求意见稿" in ruleset(id).mark.zh) == (id == "js-draft")


def test_a_value_holds_on_its_days_only():
    assert ruleset_for(date(2025, 12, 30), "js-draft").value("standard") == "GB/T 36132-2018"
    assert ruleset_for(date(2025, 12, 31), "js-draft").value("standard") == "GB/T 36132-2025"


def test_the_form_is_due_on_another_day_under_each_set():
    due = {"js-2016": None, "js-draft": "03-31", "cn-2024": "04-15", "cn-2025": "04-15"}
    assert {id: ruleset_for(DAY, id).value("dynamic_form_due") for id in RULESETS} == due


def test_an_own_set_changes_only_what_it_says(tmp_path):
    path = tmp_path / "own.yaml"
    path.write_text(OWN, encoding="utf-8")
    own, draft = ruleset_for(DAY, file=path), ruleset_for(DAY, "js-draft")
    assert own.window_start == date(2020, 6, 30)
    assert own.set.rules == draft.set.rules
    assert own.value("ban_years") == draft.value("ban_years")


def test_a_bare_off_is_the_word(tmp_path):
    """YAML reads `off` as false."""
    path = tmp_path / "own.yaml"
    path.write_text(OWN.replace("window_years: {value: 5", "park_propagation: {value: off"), encoding="utf-8")
    assert ruleset_for(DAY, file=path).park_propagation == "off"


BAD = {
    "no yaml": ("id: own\nvalues: [1, 2\n", 3, "", "YAML"),
    "a list": ("- id\n", 1, "", "键: 值"),
    "empty": ("", 1, "", "键: 值"),
    "a value that is no number": (OWN.replace("value: 5", "value: five"), 4, "values.window_years.0.value", "整数"),
    "years below zero": (OWN.replace("value: 5", "value: -1"), 4, "values.window_years.0.value", "不能小于 0"),
    "no source": (OWN.replace("source: 本市办法, ", ""), 4, "values.window_years.0.source", "缺少"),
    "an unknown value": (OWN.replace("window_years", "window_yeers"), 4, "values.window_yeers", "没有这个键"),
    "an unknown key": (OWN + "rulez: []\n", 5, "rulez", "没有这个键"),
    "a day that is none": (OWN + "valid_from: 2025-13-01\n", 5, "valid_from", "日期"),
    "a deadline that is no day": (
        OWN + "deadlines:\n  - id: x\n    by: 31-03\n    what: {zh: 某, en: a}\n    who: {zh: 某, en: a}\n"
        "    clause: D-13\n    source: 本市\n    verified: true\n",
        7,
        "deadlines.0.by",
        "写法不合",
    ),
    "an unknown base": (OWN.replace("js-draft", "js-2030"), 2, "based_on", "js-2016"),
    "the name of a set of the program": (OWN.replace("id: own", "id: js-draft"), 1, "id", "另起"),
    "a key twice": (OWN + "id: other\n", 5, "id", "两次"),
    "another propagation": (
        OWN.replace("window_years: {value: 5", "park_propagation: {value: some"),
        4,
        "values.park_propagation.0.value",
        "literal",
    ),
    "a rule that does not exist": (OWN + "rules:\n  - D-11\n  - D-99\n", 7, "rules.1", "没有规则 D-99"),
    "a value that a rule needs": (
        "id: own\ntitle: {zh: 某, en: a}\nsource: 某\ndraft: true\ncategories: [park]\nrules: [P-07]\nvalues: {}\n",
        7,
        "values",
        "park_levels",
    ),
    "a rule twice": (OWN + "rules: [D-11, D-11]\n", 5, "rules", "一次"),
    "not based on anything": ("id: own\nvalues: {}\n", 1, "title", "缺少"),
}


@pytest.mark.parametrize(("text", "line", "key", "expected"), BAD.values(), ids=BAD)
def test_a_bad_file_is_told_by_file_line_key_and_what_was_expected(tmp_path, text, line, key, expected):
    path = tmp_path / "own.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError) as told:
        ruleset_for(DAY, file=path)
    assert f"{path} 第 {line} 行" in told.value.zh
    assert f"line {line}" in told.value.en
    assert key in told.value.zh
    assert expected in told.value.zh


def test_a_file_that_is_not_there_or_not_utf8_is_told(tmp_path):
    gbk = tmp_path / "gbk.yaml"
    gbk.write_bytes("id: 规则".encode("gbk"))
    for path in (tmp_path / "none.yaml", gbk):
        with pytest.raises(UsageError, match=path.name):
            ruleset_for(DAY, file=path)


def test_an_unknown_set_and_two_ways_at_once_are_refused():
    with pytest.raises(UsageError, match="js-2030"):
        ruleset_for(DAY, "js-2030")
    with pytest.raises(UsageError, match="rules= and rules_file= exclude"):
        ruleset_for(DAY, "js-draft", "own.yaml")


BARS = {"D-08.1", "D-08.2", "D-09.1", "D-10.1", "P-07", *(f"D-18.{item}" for item in range(1, 7))}


def test_every_rule_is_a_bar_or_work_that_takes_months() -> None:
    rules = ruleset_for(date(2025, 6, 30), "js-draft")
    assert {rule.id for rule in RULES.values() if rule.bar} == BARS
    for rule in RULES.values():
        if rule.bar:
            with pytest.raises(KeyError):
                rules.months(rule.id)
        else:
            assert rules.months(rule.id) >= 0


def test_a_rules_file_says_how_long_work_takes(tmp_path: Path) -> None:
    file = tmp_path / "own.yaml"
    file.write_text("id: own\nbased_on: js-draft\nmonths: {D-11: 5}\n", encoding="utf-8")
    own = ruleset_for(date(2025, 6, 30), file=file)
    assert (own.months("D-11"), own.months("D-17.1")) == (5, 6)
