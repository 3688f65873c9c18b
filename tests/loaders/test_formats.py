"""The same table from every format, encoding and delimiter is the same rows."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
import xlwt

from tests.loaders.making import codes, csv, read, total, xlsx

ROWS = [
    ["企业名称", "统一社会信用代码", "年度", "工业总产值（亿元）"],
    ["江苏甲（集团）有限公司", "91110000600037341L", "2023", "1.5"],
    ["南京乙制造有限公司", "", "2022年", "0.25"],
]
EXPECTED = [
    {
        "uscc": "91110000600037341L",
        "name": "江苏甲（集团）有限公司",
        "year": 2023,
        "output": 15_000_000_000,
        "revenue": None,
    },
    {"uscc": None, "name": "南京乙制造有限公司", "year": 2022, "output": 2_500_000_000, "revenue": None},
]


def facts(path: Path) -> list[dict[str, object]]:
    parsed, log = read(path)
    assert codes(log) == []
    total(parsed)
    return parsed.tables["annual_figures"].drop_columns(["_sheet", "_row"]).to_pylist()


@pytest.mark.parametrize("delimiter", [",", "\t", ";"], ids=["comma", "tab", "semicolon"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_text(tmp_path: Path, encoding: str, delimiter: str) -> None:
    assert facts(csv(tmp_path / "产值.txt", ROWS, encoding, delimiter)) == EXPECTED


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize(
    "odd_line",
    [
        "",
        "\r\n",
        "南京丙公司\r\n",
        '"南京\n丙公司",,2023,1\r\n',
        '"南京丙公司,,2023,1\r\n',
        '南京"丙公司,,2023,1\r\n',
        '南京丙公司",,2023,1\r\n',
        '"南京丙公司",,2023,1\r\n',
        '南京丙公司,,2023,"1\r\n',
        "南京丙公司,,2023,1\r",
    ],
    ids=["plain", "blank", "ragged", "broken", "begins", "within", "ends", "quoted", "last", "carriage return"],
)
def test_large_text_is_read_as_small_text(
    tmp_path: Path, encoding: str, odd_line: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = "".join(f"企业{i}号有限公司,,2023,{i}.5\r\n" for i in range(300))
    text = (
        "年度指标\r\n企业名称,统一社会信用代码,年度,工业总产值（亿元）\r\n"
        + many
        + odd_line
        + "企业末号有限公司,,2023,1\r\n"
    )
    path = tmp_path / "产值.csv"
    path.write_bytes(text.encode(encoding))
    small, small_log = read(path)
    monkeypatch.setattr("loaders.read.formats.text.LARGE", 0)
    monkeypatch.setattr("loaders.read.formats.large_text.BLOCK", 4096)
    large, large_log = read(path)
    assert large.tables["annual_figures"].to_pylist() == small.tables["annual_figures"].to_pylist()
    assert large.counts == small.counts
    assert [(issue.code, issue.row) for issue in large_log.issues()] == [(i.code, i.row) for i in small_log.issues()]
    total(large)


def test_xlsx(tmp_path: Path) -> None:
    typed = [
        ROWS[0],
        ["江苏甲（集团）有限公司", "91110000600037341L", 2023, 1.5],
        ["南京乙制造有限公司", None, "2022年", 0.25],
    ]
    assert facts(xlsx(tmp_path / "产值.xlsx", {"产值": typed})) == EXPECTED


def test_xls(tmp_path: Path) -> None:
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("产值")
    for row, cells in enumerate(ROWS):
        for column, cell in enumerate(cells):
            sheet.write(row, column, cell)
    book.save(str(tmp_path / "产值.xls"))
    assert facts(tmp_path / "产值.xls") == EXPECTED


def test_docx(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("2023年度指标")
    table = document.add_table(rows=0, cols=4)
    for cells in ROWS:
        for cell, text in zip(table.add_row().cells, cells, strict=True):
            cell.text = text
    document.save(str(tmp_path / "产值.docx"))
    assert facts(tmp_path / "产值.docx") == EXPECTED


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_html_named_xls(tmp_path: Path, encoding: str) -> None:
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in ROWS)
    (tmp_path / "产值.xls").write_bytes(f"<html><body><table>{body}</table></body></html>".encode(encoding))
    assert facts(tmp_path / "产值.xls") == EXPECTED


def test_utf16_text_named_xls(tmp_path: Path) -> None:
    assert facts(csv(tmp_path / "产值.xls", ROWS, "utf-16", "\t")) == EXPECTED


def test_parquet_with_english_names(tmp_path: Path) -> None:
    import datetime as dt

    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pa.table(
        {"name": ["企业一号有限公司", "企业二号有限公司"], "park": ["甲园区"] * 2, "start": [dt.date(2020, 1, 1), None]}
    )
    pq.write_table(table, tmp_path / "tenancies.parquet")
    parsed, log = read(tmp_path / "tenancies.parquet")
    assert codes(log) == []
    assert parsed.tables["tenancies"]["start"].to_pylist() == [dt.date(2020, 1, 1), None]
    assert parsed.tables["tenancies"]["_row"].to_pylist() == [2, 3]
    total(parsed)
