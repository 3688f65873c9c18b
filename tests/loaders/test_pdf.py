"""PDF lists as they are published: pages joined, heads and feet apart, cut rows whole, gaps in the numbers told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import docx
import pytest
from PIL import Image

from tests.corpus.making.pdf import write_pdf
from tests.loaders.making import codes, read, total

HEADER = ["序号", "企业名称", "设区市"]
CITIES = ["苏州市", "无锡市", "南京市"]
WIDE = {"widths": [40, 300, 80], "title": "2023年度省级绿色工厂名单"}


def rows(count: int) -> list[list[str]]:
    return [HEADER, *([str(n), f"江苏甲乙丙{n:03}号制造有限公司", CITIES[n % 3]] for n in range(1, count + 1))]


def names(tmp_path: Path, spec: dict[str, Any]) -> list[str]:
    path = tmp_path / "2023年度省级绿色工厂名单.pdf"
    write_pdf(path, spec)
    parsed, log = read(path)
    total(parsed)
    assert codes(log) == []
    listings = parsed.tables["listings"].to_pylist()
    assert [row["region"] for row in listings] == [CITIES[n % 3] for n in range(1, len(listings) + 1)]
    return [row["unit"] for row in listings]


@pytest.mark.parametrize(
    "shape",
    [
        {},
        {"header": "every"},
        {"head": "江苏省某某厅公示文件"},
        {"foot": "第 {page} 页 共 {pages} 页"},
        {"head": "江苏省某某厅公示文件", "foot": "- {page} -", "header": "every"},
        {"open_row": True},
        {"open_row": "split"},
        {"widths": [40, 110, 60], "page_rows": 17},
    ],
    ids=["plain", "repeated header", "head", "foot", "head and foot", "open row", "split row", "broken cells"],
)
def test_pages_are_one_list(tmp_path: Path, shape: dict[str, Any]) -> None:
    spec = WIDE | {"rows": rows(60), "page_rows": 25} | shape
    assert names(tmp_path, spec) == [row[1] for row in rows(60)[1:]]


def test_a_gap_in_the_numbers_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "2023年度省级绿色工厂名单.pdf"
    listed = rows(30)
    del listed[12]
    write_pdf(path, WIDE | {"rows": listed, "page_rows": 20})
    parsed, log = read(path)
    assert parsed.tables["listings"].num_rows == 29
    (issue,) = log.issues()
    assert (issue.code, issue.level, issue.sheet, issue.value, issue.facts["before"]) == (
        "rows_missing", "error", "第1页", "13", "11",
    )  # fmt: skip


def test_a_list_without_lines_is_called_what_it_is(tmp_path: Path) -> None:
    path = tmp_path / "2023年度省级绿色工厂名单.pdf"
    write_pdf(path, WIDE | {"rows": rows(5), "ruled": False})
    parsed, log = read(path)
    assert codes(log) == ["pdf_unruled"]
    assert parsed.tables == {}
    assert parsed.lines == sum(part.lines for part in parsed.left_out) == 7


def test_a_scan_is_called_what_it_is(tmp_path: Path) -> None:
    path = tmp_path / "2023年度省级绿色工厂名单.pdf"
    Image.new("RGB", (600, 800), "white").save(path)
    parsed, log = read(path)
    assert codes(log) == ["pdf_scan"]
    assert len(parsed.left_out) == 1


def test_a_document_of_paragraphs_is_called_what_it_is(tmp_path: Path) -> None:
    document = docx.Document()
    for text in ["2023年度省级绿色工厂名单", "1．江苏甲乙丙一号制造有限公司", "2．江苏甲乙丙二号制造有限公司"]:
        document.add_paragraph(text)
    document.save(str(tmp_path / "2023年度省级绿色工厂名单.docx"))
    parsed, log = read(tmp_path / "2023年度省级绿色工厂名单.docx")
    assert codes(log) == ["document_of_paragraphs"]
    assert parsed.lines == parsed.left_out[0].lines == 3


def test_paragraphs_that_are_a_list_beside_a_table_are_told(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("2023年度省级绿色工厂名单")
    table = document.add_table(rows=0, cols=3)
    for cells in rows(1):
        for cell, text in zip(table.add_row().cells, cells, strict=True):
            cell.text = text
    for number in range(2, 6):
        document.add_paragraph(f"{number}. 江苏甲乙丙{number}号制造有限公司（苏州市）")
    document.add_paragraph("江苏省某某厅")
    document.save(str(tmp_path / "2023年度省级绿色工厂名单.docx"))
    parsed, log = read(tmp_path / "2023年度省级绿色工厂名单.docx")
    total(parsed)
    assert codes(log) == ["document_of_paragraphs"]
    assert parsed.tables["listings"].num_rows == 1
    assert [part.lines for part in parsed.left_out] == [4]
    assert parsed.notes == 1
