"""Options of `ask`: made from the options model of the question, read in any order, wrong ones told."""

from datetime import date
from typing import Annotated, Literal

import pytest
from pydantic import BaseModel, Field

from graph_model.errors import UsageError
from reports.flags import asked_question, flags_of, read_flags


class Options(BaseModel):
    city: str | None = None
    tier: Literal["district", "city", "provincial", "national"] = Field(
        "city", description="at least this tier", json_schema_extra={"zh": "最低层级"}
    )
    key_only: bool = False
    depth: Annotated[int, Field(ge=1)] = 1
    on: date | None = None


FLAGS = flags_of(Options)


def test_flags_come_from_the_model():
    tier = FLAGS[1]
    assert [flag.option for flag in FLAGS] == ["--city", "--tier", "--key-only", "--depth", "--on"]
    assert (tier.zh, tier.en, tier.default) == ("最低层级", "at least this tier", "city")
    assert tier.choices == ("district", "city", "provincial", "national")
    assert [flag.switch for flag in FLAGS] == [False, False, True, False, False]
    assert [flag.is_day for flag in FLAGS] == [False, False, False, False, True]


@pytest.mark.parametrize(
    ("words", "own", "common"),
    [
        ("q --tier provincial --store s", {"tier": "provincial"}, {"store": "s"}),
        ("--store s --tier=provincial q", {"tier": "provincial"}, {"store": "s"}),
        ("q --tier 省级", {"tier": "provincial"}, {}),
        ("--key-only q", {"key_only": True}, {}),
        ("q --on 2025年6月30日", {"on": date(2025, 6, 30)}, {}),
        ("q --as-of 20240229", {}, {"as_of": date(2024, 2, 29)}),
        ("q --depth -1", {"depth": "-1"}, {}),
        ("q --city=", {"city": ""}, {}),
        ("q -h", {}, {"help": True}),
    ],
    ids=["behind", "before", "chinese", "switch first", "chinese day", "plain day", "negative", "empty", "help"],
)
def test_words_are_read(words, own, common):
    asked = read_flags(words.split(), FLAGS)
    assert (asked.question, asked.own, asked.common) == ("q", own, common)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("q --teir city", "--tier"),
        ("q --key-only=yes", "开关"),
        ("q --tier", "要写一个值"),
        ("q --tier --store s", "要写一个值"),
        ("q --tier top", "provincial"),
        ("q --tier city --tier city", "两次"),
        ("q r", "多了一个词"),
        ("q --on 2025-02-30", "应为日期"),
        ("q --format pdf", "xlsx"),
        ("q -x", "-x"),
    ],
    ids=[
        "misspelt",
        "switch with value",
        "no value",
        "option as value",
        "no choice",
        "twice",
        "two",
        "day",
        "format",
        "short",
    ],
)
def test_wrong_words_are_told(words, told):
    with pytest.raises(UsageError) as error:
        read_flags(words.split(), FLAGS)
    assert told in error.value.zh


@pytest.mark.parametrize(
    ("words", "question"),
    [
        ("park-share --store s", "park-share"),
        ("--store s park-share", "park-share"),
        ("--key-only park-share", "park-share"),
        ("--store s", None),
        ("--help", None),
        ("--help bogus", "bogus"),
        ("bogus --store s", "bogus"),
        ("", None),
    ],
    ids=["first", "last", "behind a switch", "none", "help", "help on unknown", "unknown", "empty"],
)
def test_the_question_is_found_anywhere(words, question):
    assert asked_question(words.split(), {"park-share"}) == question
