"""Columns: missing values as the schema says, texts as words, each read once."""

from __future__ import annotations

from datetime import date

import numpy as np
import pyarrow as pa
import pytest

from graph_model.column_types import UNKNOWN_MONEY
from graph_model.columns import Columns, coded, whole
from graph_model.days import ALWAYS, OPEN, number
from graph_model.schema import arrow_schema

DAY = date(2024, 2, 29)
SUPPLIES = pa.Table.from_pylist(
    [
        {"buyer": 0, "supplier": 1, "start": DAY, "end": None, "amount": 5, "key": True, "category": "电机"},
        {"buyer": 2, "supplier": None, "start": None, "end": DAY, "amount": None, "key": None, "category": None},
        {"buyer": 0, "supplier": 0, "start": None, "end": None, "amount": 0, "key": False, "category": "钢材"},
    ],
    arrow_schema("supplies"),
)


@pytest.fixture
def supplies() -> Columns:
    return Columns("supplies", SUPPLIES)


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        ("supplier", [1, -1, 0]),
        ("start", [number(DAY), ALWAYS, ALWAYS]),
        ("end", [OPEN, number(DAY), OPEN]),
        ("amount", [5, UNKNOWN_MONEY, 0]),
        ("key", [1, -1, 0]),
        ("year", [-1, -1, -1]),
    ],
)
def test_missing_values_are_as_the_schema_says(supplies: Columns, column: str, expected: list[int]) -> None:
    assert supplies[column].tolist() == expected


def test_a_missing_number_is_no_number() -> None:
    reports = Columns("reports", pa.Table.from_pylist([{"score": None}, {"score": 1.5}], arrow_schema("reports")))
    assert np.isnan(reports["score"]).tolist() == [True, False]


def test_vectors_are_made_once_and_cannot_be_written(supplies: Columns) -> None:
    assert supplies["buyer"] is supplies["buyer"]
    with pytest.raises(ValueError, match="read-only"):
        supplies["buyer"][0] = 9


def test_texts_are_no_vector(supplies: Columns) -> None:
    with pytest.raises(TypeError, match=r"supplies\.category holds text"):
        supplies["category"]


def test_words_and_texts(supplies: Columns) -> None:
    codes, words = supplies.words("category")
    assert [words[code] if code >= 0 else None for code in codes] == ["电机", None, "钢材"]
    assert supplies.texts("category").to_pylist() == ["电机", None, "钢材"]
    assert supplies.texts("category", np.array([2, -1, 0, 1])).to_pylist() == ["钢材", None, "电机", None]


def test_the_whole_table_comes_back(supplies: Columns) -> None:
    assert len(supplies) == 3
    assert supplies.arrow().equals(SUPPLIES)


def test_an_empty_table_has_empty_vectors() -> None:
    empty = Columns("supplies", arrow_schema("supplies").empty_table())
    assert (len(empty), empty["start"].tolist(), empty.words("category")[0].tolist()) == (0, [], [])
    assert empty.texts("category").to_pylist() == []


@pytest.mark.parametrize(
    "chunks", [[], [["甲", None]], [["甲"], [], ["乙", "甲"], [None]]], ids=["none", "one", "many"]
)
@pytest.mark.parametrize("kind", [pa.string(), pa.dictionary(pa.int32(), pa.string())], ids=["text", "dictionary"])
def test_chunks_do_not_matter(chunks: list[list[str | None]], kind: pa.DataType) -> None:
    column = pa.chunked_array([pa.array(chunk, pa.string()).cast(kind) for chunk in chunks], kind)
    expected = [text for chunk in chunks for text in chunk]
    codes, words = coded(column)
    assert [words[code] if code >= 0 else None for code in codes.tolist()] == expected
    assert len(set(words)) == len(words)
    assert whole(column.cast(pa.string())).to_pylist() == expected
