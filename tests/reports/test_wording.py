"""Words for coded values, in both languages."""

from dataclasses import replace

import pandas as pd
import pytest

from queries.answers.columns import columns
from queries.answers.labels import code_words, label, labelled, shown
from queries.eligibility.assessment import FINDING_COLUMNS, VERDICT_COLUMNS
from queries.registry import QUESTIONS
from tests.reports.made_up import COLUMNS, column, table


def test_labelled_keeps_numbers_and_words_the_rest():
    first = labelled(table(), COLUMNS).iloc[0]
    assert first["入园企业数"] == 120
    assert first["占比"] == 7 / 120
    assert first[["公布日期", "是否在库", "最高层级", "类别", "类型"]].tolist() == [
        "2023-02-28",
        "是",
        "国家级",
        "绿色工厂",
        "需复核",
    ]


def test_shown_is_text_for_people():
    first = shown(table(), COLUMNS).iloc[0].tolist()
    assert first[:7] == ["park:甲", "甲园区", "120", "7", "5.83%", "1,234,567.89", "2023-02-28"]
    assert first[7:] == ["是", "国家级", "绿色工厂", "需复核", "2023", "1"]


def test_nothing_known_is_blank_but_a_flag_says_so():
    assert shown(table(), COLUMNS, "en").iloc[2].tolist() == [
        "park:丙", "", "0", "0", "", "0.00", "2024-02-29", "unknown", "", "", "", "", "",
    ]  # fmt: skip


def test_a_flag_that_is_not_asked_of_a_row_has_no_word():
    links = pd.DataFrame({"hop": [1, 1, 2], "key": pd.array([True, None, None], dtype="boolean")})
    columns = (column("hop", "级数", "count"), replace(column("key", "关键", "flag"), answered_where=("hop", 1)))
    assert labelled(links, columns)["关键"].fillna("").tolist() == ["是", "未知", ""]


@pytest.mark.parametrize(
    ("lang", "words"),
    [("zh", "标注产业链＋名单填报"), ("en", "chain on record + declared")],
    ids=["zh", "en"],
)
def test_joined_codes_are_worded_one_by_one(lang, words):
    assert code_words(*columns("basis"), "chain+declared", lang) == words


def test_a_value_outside_the_set_is_shown_as_it_is():
    assert code_words(*columns("class"), "安全事故+注销") == "安全事故＋注销"


def test_every_code_has_both_languages():
    shown_columns = [one for question in QUESTIONS.values() for one in question.columns]
    for coded in [*shown_columns, *VERDICT_COLUMNS, *FINDING_COLUMNS]:
        assert coded.kind != "code" or coded.codes, coded.name
        assert all(words.zh and words.en for words in coded.codes.values())


def test_money_names_its_unit_once():
    assert label(column("output", "产值", "money")) == "产值（万元）"
    assert label(column("output", "产值（万元）", "money")) == "产值（万元）"
