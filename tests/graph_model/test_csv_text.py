"""The one reader of csv: what a spreadsheet writes is read back, and no stray quote ever swallows a row."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from graph_model.csv_text import (
    DELIMITERS,
    TextFault,
    csv_rows,
    decoded,
    delimiter_of,
    is_plain,
    records,
    text_lines,
)

NAMES = ["江苏甲有限公司", "南京乙（集团）股份有限公司", "Bosch 中国", "丙厂", "8600.5", "2023-06-30", ""]
CELLS = st.sampled_from(NAMES)
NOTES = st.text(st.sampled_from('甲乙a1，, ;"\n'), max_size=12)


def read(text: str, delimiter: str = ",") -> list[list[str]]:
    return list(records(text_lines(text), delimiter))


def written(rows: list[list[str]], delimiter: str = ",") -> str:
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return stream.getvalue()


@given(st.lists(st.tuples(st.sampled_from(NAMES[:4]), NOTES, CELLS), min_size=3, max_size=8))
def test_what_a_spreadsheet_writes_is_read_back(rows):
    """Notes of several lines included, unless a line of one looks like a row of the table: then nobody can tell."""
    table = [["企业名称", "备注", "数值"], *map(list, rows)]
    assume(all("\n" not in note or not {'"', ","} & set(note) for _, note, _ in rows))
    assert read(written(table)) == table


@given(
    st.lists(st.tuples(CELLS, CELLS, st.sampled_from(NAMES[:4])), min_size=2, max_size=10),
    st.integers(0, 200),
    st.sampled_from([",", "\t", ";", "|", "，"]),
)
def test_one_stray_quote_anywhere_loses_no_row(rows, place, delimiter):
    lines = ["企业名称,备注,数值".replace(",", delimiter), *(delimiter.join(row) for row in rows)]
    text = "\n".join(lines)
    at = place % (len(text) + 1)
    stray = f'{text[:at]}"{text[at:]}'
    cells = read(stray, delimiter)
    assert len(cells) == len(lines)
    plain = [[cell.replace('"', "") for cell in row] for row in cells]
    assert plain == [line.split(delimiter) for line in lines]


@given(
    st.lists(st.tuples(CELLS, CELLS, st.sampled_from(NAMES[:4])), min_size=3, max_size=10),
    st.lists(st.integers(0, 9), min_size=1, max_size=4),
)
def test_names_that_begin_with_a_quote_lose_no_row(rows, odd):
    lines = ["企业名称,备注,数值", *(",".join(row) for row in rows)]
    for number in {1 + place % len(rows) for place in odd}:
        lines[number] = f'"{lines[number]}'
    assert len(read("\n".join(lines))) == len(lines)


@pytest.mark.parametrize("delimiter", DELIMITERS)
def test_the_delimiter_is_the_one_under_which_rows_have_one_width(delimiter):
    rows = ["企业名称", "别名", "市"], ["甲", "甲厂;甲公司、老甲", "南京"], ["乙", "乙厂;乙公司", "苏州"]
    text = "\n".join(map(delimiter.join, rows))
    if delimiter != ";":
        assert delimiter_of(text) == delimiter
    assert delimiter_of(written([["名称", "备注"], ["甲", f"a{delimiter}b"], ["乙", ""]], delimiter)) == delimiter


def test_a_title_above_does_not_decide_the_delimiter():
    text = "关于公布名单的通知，苏工信〔2023〕1号，附件，共2家\n企业名称\t市\n甲\t南京\n乙\t苏州\n"
    assert delimiter_of(text) == "\t"


ROWS = "企业名称,市\r\n江苏甲有限公司,南京市\r\n苏州乙有限公司,苏州市\r\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", [ROWS, "企业名称\n甲厂\n", "名称,年\n甲,2023\n"], ids=["rows", "one column", "short"])
def test_encodings(encoding, text):
    rows = [row.cells for row in csv_rows(text.encode(encoding))]
    assert rows == [line.split(",") for line in text.split()]


def test_big5_is_said_and_never_read_as_other_characters():
    text = "企業名稱,設區市\r\n" + "".join(f"江蘇第{number}號製造有限公司,南京市\r\n" for number in "甲乙丙丁")
    with pytest.raises(TextFault, match="Big5"):
        decoded(text.encode("big5"))


def test_simplified_text_is_never_taken_for_big5():
    text = "企业名称,设区市,行业,产品\r\n" + "".join(
        f"镕钲{name}科技有限公司,镇江市,鎏金,砼\r\n" for name in "钰銮煊鋆"
    )
    assert decoded(text.encode("gb18030")) == text


@pytest.mark.parametrize(
    ("data", "why"),
    [(b"a,b\n1,\x002\n", "NUL byte in line 2"), ("甲,乙\n".encode("gb18030") + b"\xff\xff\n", "encoding")],
)
def test_what_cannot_be_read_is_said(data, why):
    with pytest.raises(TextFault, match=why):
        decoded(data)


@given(st.lists(st.text(st.sampled_from('甲a,"'), max_size=6), min_size=1, max_size=4))
def test_a_plain_line_is_read_alike_by_every_reader(cells):
    line = ",".join(cells)
    if is_plain(line, ","):
        assert read(line) == (list(csv.reader([line])) if line else [])


def test_row_numbers_are_those_of_a_spreadsheet():
    rows = list(csv_rows('名称,备注\n甲,"一\n二"\n\n乙,三\n'.encode()))
    assert [(row.number, row.cells[0]) for row in rows] == [(1, "名称"), (2, "甲"), (4, "乙")]
