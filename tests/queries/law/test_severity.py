"""Four words, four grades, one order; the trap is "Ⅱ级及以上"."""

import pytest

from graph_model.values.coded import SEVERITY
from queries.law.severity import GRADES, at_least

WORDS = ["特别重大", "重大", "较大", "一般"]


@pytest.mark.parametrize(("word", "grade"), list(zip(WORDS, "ⅠⅡⅢⅣ", strict=True)))
def test_a_word_and_a_grade_map_one_way_only(word, grade):
    assert GRADES[word] == grade
    assert SEVERITY.parse(grade + "级").value == word == SEVERITY.parse(word).value


def test_grade_two_and_above_is_one_and_two():
    """Ⅱ级及以上: a smaller grade is more severe."""
    assert [word for word in WORDS if at_least(word, "重大")] == ["特别重大", "重大"]


def test_every_floor_takes_itself_and_what_is_worse():
    for at, floor in enumerate(WORDS):
        assert [word for word in WORDS if at_least(word, floor)] == WORDS[: at + 1]


def test_an_unknown_severity_reaches_no_floor():
    assert not at_least(None, "一般")


@pytest.mark.parametrize("word", ["严重", "Ⅱ", "重大事故"])
def test_what_is_no_grade_reaches_no_floor(word):
    assert not at_least(word, "一般")
