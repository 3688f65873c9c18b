"""Answers on a terminal: aligned, readable at common widths, nothing left out in silence."""

import io

import pytest
from rich.cells import cell_len
from rich.console import Console

from queries.answers.columns import columns
from queries.answers.labels import spoken
from reports.grid import LEAST_NEEDED, grid
from tests.reports.made_up import answer


def drawn(width=None, rows=None, lang="zh"):
    picture = grid(answer(), lang, width, rows)
    console = Console(width=width or 10_000, file=io.StringIO(), markup=False)
    console.print(picture.table)
    return picture, console.file.getvalue().splitlines()


def test_without_an_edge_every_column_and_row_is_there():
    picture, lines = drawn()
    assert (picture.left_out, picture.more_rows) == ((), 0)
    assert len(lines) == 5
    assert "5.83%" in lines[2]


def test_columns_stand_below_each_other_in_chinese():
    _, lines = drawn()
    places = [
        cell_len(lines[at].split(words)[0]) for at, words in ((0, "公布日期"), (2, "2023-02-28"), (4, "2024-02-29"))
    ]
    assert len(set(places)) == 1
    assert cell_len(lines[2].split("甲园区")[0]) == cell_len(lines[3].split("乙经济")[0])


@pytest.mark.parametrize("width", [60, 80, 100, 120])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_terminal_shows_what_fits_and_names_the_rest(width, lang):
    picture, lines = drawn(width, lang=lang)
    assert max(cell_len(line.rstrip()) for line in lines) <= width
    assert len(picture.left_out) + len(picture.table.columns) == len(answer().columns)
    assert picture.left_out


@pytest.mark.parametrize("width", [80, 100, 120])
def test_the_share_stays_beside_its_counts(width):
    picture, _ = drawn(width)
    assert {"园区", "绿色工厂数", "占比"} <= {column.header for column in picture.table.columns}


def test_rows_beyond_the_asked_ones_are_counted():
    picture, lines = drawn(rows=1)
    assert (picture.more_rows, len(lines)) == (2, 3)


def test_least_needed_columns_are_named_once():
    assert len(set(LEAST_NEEDED)) == len(LEAST_NEEDED)


@pytest.mark.parametrize(("lang", "names"), [("zh", ["rule", "reason"]), ("en", ["rule", "reason_en"])])
def test_of_a_text_and_its_english_one_is_shown(lang: str, names: list[str]) -> None:
    assert [column.name for column in spoken(columns("rule", "reason", "reason_en@duty"), lang)] == names
