"""The one reader of csv: delimiters, quotes that are text, quoted cells over several lines; laws over any table."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_model.csv_text import blank_line, csv_rows, csv_table, delimiter_of, plain_lines, text_lines, width_of

HEAD = "序号,企业名称,地区"


def _read(text: str) -> list[list[str]]:
    lines = text_lines(text)
    delimiter = delimiter_of(lines)
    return [row.cells for row in csv_rows(lines, delimiter, width_of(lines, delimiter))]


@pytest.mark.parametrize(
    ("lines", "rows"),
    [
        pytest.param(['1,"甲,苏州', "2,乙,无锡"], [["1", '"甲', "苏州"], ["2", "乙", "无锡"]], id="begins a cell"),
        pytest.param(['1,甲"厂,苏州', "2,乙,无锡"], [["1", '甲"厂', "苏州"], ["2", "乙", "无锡"]], id="within a cell"),
        pytest.param(['1,甲",苏州', "2,乙,无锡"], [["1", '甲"', "苏州"], ["2", "乙", "无锡"]], id="ends a cell"),
        pytest.param(['1,甲,"苏州', "2,乙,无锡"], [["1", "甲", '"苏州'], ["2", "乙", "无锡"]], id="begins the last cell"),
        pytest.param(['"1,甲,苏州', "2,乙,无锡"], [['"1', "甲", "苏州"], ["2", "乙", "无锡"]], id="begins the row"),
        pytest.param(['1,"甲,苏州', '2,"乙,无锡'], [["1", '"甲', "苏州"], ["2", '"乙', "无锡"]], id="two that begin cells"),
        pytest.param(
            ['1,"甲,苏州', "2,乙,无锡", '3,丙",镇江'],
            [["1", '"甲', "苏州"], ["2", "乙", "无锡"], ["3", '丙"', "镇江"]],
            id="two that look like one cell over rows",
        ),
        pytest.param(
            ['"1","甲","苏州', '"2","乙","无锡"'], [["1", "甲", '"苏州'], ["2", "乙", "无锡"]], id="every cell quoted, one open"
        ),
        pytest.param(['1,"甲"厂,苏州', "2,乙,无锡"], [["1", '"甲"厂', "苏州"], ["2", "乙", "无锡"]], id="closed too early"),
        pytest.param(['1,"甲,"苏州"', "2,乙,无锡"], [["1", '"甲', "苏州"], ["2", "乙", "无锡"]], id="before a quoted cell"),
        pytest.param(['1,"甲', '厂",苏州', "2,乙,无锡"], [["1", "甲\n厂", "苏州"], ["2", "乙", "无锡"]], id="over two lines"),
        pytest.param(
            ['1,"甲,一', '乙,二",苏州'], [["1", '"甲', "一"], ["乙", '二"', "苏州"]], id="lines that are whole rows by themselves"
        ),
        pytest.param(['1, "甲,厂" ,苏州', "2,乙,无锡"], [["1", "甲,厂", "苏州"], ["2", "乙", "无锡"]], id="spaces around quotes"),
        pytest.param(["1，甲，苏州", "2;乙;无锡"], [["1", "甲", "苏州"], ["2", "乙", "无锡"]], id="other delimiters"),
        pytest.param(["注：一，二，三", "2,乙,无锡"], [["注：一，二，三"], ["2", "乙", "无锡"]], id="a sentence"),
        pytest.param(['1,"甲""厂""",苏州', "2,乙,无锡"], [["1", '甲"厂"', "苏州"], ["2", "乙", "无锡"]], id="doubled quotes"),
        pytest.param(["1,甲,苏州", "", "2,乙,无锡"], [["1", "甲", "苏州"], [], ["2", "乙", "无锡"]], id="blank line"),
        pytest.param(["1,甲,", "2,乙,"], [["1", "甲", ""], ["2", "乙", ""]], id="last cell blank"),
    ],
)  # fmt: skip
def test_rows(lines: list[str], rows: list[list[str]]) -> None:
    assert _read("\n".join([HEAD, *lines, "8,辛,南京", "9,壬,南京", ""]))[1:-2] == rows


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        pytest.param("名单\n序号,企业名称\n1,甲\n2,乙\n", ",", id="comma"),
        pytest.param("名称,别名\n甲,一;二;三\n乙,四;五\n", ",", id="semicolons in cells"),
        pytest.param("名称\t产品\n甲\t泵,阀,管\n乙\t铜,铝\n", "\t", id="commas in cells"),
        pytest.param("序号|名称|产品\n1|甲|泵,阀\n2|乙|铜,铝\n3|丙|钢,铁\n", "|", id="a bar, one comma in each cell"),
        pytest.param("序号，企业名称\n1，甲\n2，乙\n", "，", id="full-width comma"),
        pytest.param("企业名称\n甲\n乙\n丙\n注：以上名单，共三家\n", ",", id="one column and a sentence"),
        pytest.param("企业名称\n甲\n", ",", id="one column"),
        pytest.param("", ",", id="nothing"),
    ],
)
def test_delimiter(text: str, delimiter: str) -> None:
    assert delimiter_of(text_lines(text)) == delimiter


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends(end: str) -> None:
    assert text_lines(f"甲{end}{end}乙{end}") == ["甲", "", "乙"]


def test_other_separators_end_no_line() -> None:
    assert text_lines("甲\x0b\x0c\x1c\x85\u2028乙") == ["甲\x0b\x0c\x1c\x85\u2028乙"]


@pytest.mark.parametrize(("line", "is_blank"), [(",,,", True), (' ,"",\t', True), ('"', False), (",甲", False)])
def test_blank_line(line: str, is_blank: bool) -> None:
    assert blank_line(line, ",") is is_blank


def test_table_by_header() -> None:
    table = csv_table('\n单位,值,值\n甲, 1 ,2\n\n"乙\n厂",3\n')
    assert (table.header_row, table.stray_quote, table.too_wide()) == (2, None, None)
    assert list(table.dicts()) == [(3, {"单位": "甲", "值": "1"}), (5, {"单位": "乙\n厂", "值": "3"})]


def test_table_tells_what_is_in_doubt() -> None:
    table = csv_table('单位,值\n甲,1\n"乙,2\n丙,3,4\n')
    assert (table.stray_quote, table.too_wide()) == (3, 4)


_CELL = st.text(alphabet='甲乙厂ab1 ,;|，"\n', max_size=6).filter(lambda text: "\n" not in text or "," not in text)
_ROWS = st.integers(2, 5).flatmap(
    lambda width: st.lists(st.lists(_CELL, min_size=width - 1, max_size=width - 1), min_size=4, max_size=8)
)


@given(_ROWS)
def test_a_written_csv_reads_back(rows: list[list[str]]) -> None:
    """The first column numbers the rows, as lists do; no cell holds both delimiters and line breaks."""
    table = [[str(number), *cells] for number, cells in enumerate(rows, 1)]
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows(table)
    lines = text_lines(stream.getvalue())
    assert [row.cells for row in csv_rows(lines, ",", len(table[0]))] == table


@given(st.integers(2, 30), st.integers(2, 5), st.data(), st.booleans())
def test_one_stray_quote_loses_no_row(count: int, width: int, data: st.DataObject, is_quoted: bool) -> None:
    stream = io.StringIO()
    quoting = csv.QUOTE_ALL if is_quoted else csv.QUOTE_MINIMAL
    table = [[f"{number}甲{column}" for column in range(width)] for number in range(count)]
    csv.writer(stream, lineterminator="\n", quoting=quoting).writerows(table)
    text = stream.getvalue()
    at = data.draw(st.integers(0, len(text) - 1))
    lines = text_lines(text[:at] + '"' + text[at:])
    rows = [row.cells for row in csv_rows(lines, ",", width)]
    hit = text[:at].count("\n")
    assert [cells for number, cells in enumerate(rows) if number != hit] == table[:hit] + table[hit + 1 :]
    assert len(rows) == count


@given(st.lists(st.sampled_from(["甲", '"甲"', '"甲,乙"', '""', '"甲""乙"', ""]), min_size=2, max_size=5))
def test_plain_lines_are_read_alike_by_any_reader(cells: list[str]) -> None:
    line = ",".join(cells)
    assert plain_lines(",").fullmatch(f"{line}\n".encode())
    assert [row.cells for row in csv_rows([line], ",", len(cells))] == list(csv.reader([line]))


@pytest.mark.parametrize("line", ['"甲', '甲"乙,丙', '"甲"乙', '甲,"乙""', '"甲\n乙"'])
def test_odd_quotes_are_not_plain(line: str) -> None:
    assert plain_lines(",").fullmatch(f"{line}\n".encode()) is None


@given(
    st.lists(
        st.tuples(_CELL.filter(lambda text: not set('\n",') & set(text)), st.sampled_from(["甲", "乙"])), min_size=4
    ),
    st.lists(st.integers(0, 9), min_size=1, max_size=4),
)
def test_names_that_begin_with_a_quote_lose_no_row(rows: list[tuple[str, str]], odd: list[int]) -> None:
    lines = [HEAD, *(f"{number},{name},{city}" for number, (name, city) in enumerate(rows))]
    for number in {1 + place % len(rows) for place in odd}:
        lines[number] = f'"{lines[number]}'
    assert len(_read("\n".join(lines))) == len(lines)


def test_a_title_above_does_not_decide_the_delimiter() -> None:
    text = "关于公布名单的通知，苏工信〔2023〕1号，附件，共2家\n企业名称\t市\n甲\t南京\n乙\t苏州\n"
    assert delimiter_of(text_lines(text)) == "\t"


@pytest.mark.parametrize(
    ("line", "stray"),
    [
        ('1,"甲,苏州', '"甲'),
        ('1,甲",苏州', '甲"'),
        ('1,"甲"厂",苏州', '"甲"厂"'),
        ('1,5",苏州', None),
        ('1,"甲"厂,苏州', None),
        ('1,甲"厂,苏州', None),
        ('1,"称""甲""",苏州', None),
    ],
)
def test_quotes_without_partner_are_told(line: str, stray: str | None) -> None:
    assert next(csv_rows([line], ",", 3)).stray == stray
