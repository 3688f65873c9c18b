"""Files that cannot be read: one clear sentence each, and the good files still load."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlwt

from tests.loaders.making import codes, csv, read_folder, xlsx

GOOD = [["企业名称", "年度", "工业总产值（万元）"], ["企业一号有限公司", "2023", "5"]]
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def garbage(folder: Path) -> None:
    (folder / "坏.xlsx").write_bytes(bytes(range(256)) * 40)


def broken_zip(folder: Path) -> None:
    (folder / "坏.xlsx").write_bytes(b"PK\x03\x04" + bytes(range(256)) * 40)


def broken_ole(folder: Path) -> None:
    (folder / "坏.xls").write_bytes(OLE + bytes(5000))


def damaged_xls(folder: Path) -> None:
    """An old workbook cut short, on which calamine panics."""
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("x")
    for row in range(500):
        sheet.write(row, 0, f"企业{row}号有限公司")
    book.save(str(folder / "坏.xls"))
    data = (folder / "坏.xls").read_bytes()
    (folder / "坏.xls").write_bytes(data[: len(data) - 300])


def damaged_parquet(folder: Path) -> None:
    pq.write_table(
        pa.table({"name": ["甲公司"] * 100, "park": ["某园区"] * 100}), folder / "坏.parquet", compression="none"
    )
    data = bytearray((folder / "坏.parquet").read_bytes())
    data[4:40] = bytes(36)
    (folder / "坏.parquet").write_bytes(bytes(data))


def encrypted(folder: Path) -> None:
    (folder / "坏.xlsx").write_bytes(OLE + bytes(3000) + "EncryptedPackage".encode("utf-16-le") + bytes(500))


def empty_file(folder: Path) -> None:
    (folder / "坏.csv").write_bytes(b"")


def blank_file(folder: Path) -> None:
    (folder / "坏.csv").write_bytes(b"\r\n ,,\r\n")


def empty_sheet(folder: Path) -> None:
    xlsx(folder / "坏.xlsx", {"空": []})


def wide(folder: Path) -> None:
    (folder / "坏.csv").write_text(",".join(f"列{i}" for i in range(100_000)), encoding="utf-8")


def nul(folder: Path) -> None:
    (folder / "坏.csv").write_bytes("企业名称,年度\n企业一号,20\x0023\n".encode())


def bomb(folder: Path) -> None:
    with (
        zipfile.ZipFile(folder / "坏.xlsx", "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive,
        archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as stream,
    ):
        for _ in range(150):
            stream.write(bytes(1 << 20))


def lying_directory(folder: Path) -> None:
    """The directory says 10 bytes where 50 MB come out."""
    bomb_path = folder / "坏.xlsx"
    with zipfile.ZipFile(bomb_path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", bytes(50 << 20))
    data = bytearray(bomb_path.read_bytes())
    struct.pack_into("<I", data, data.rindex(b"PK\x01\x02") + 24, 10)
    struct.pack_into("<I", data, 22, 10)
    bomb_path.write_bytes(bytes(data))


def no_pdf(folder: Path) -> None:
    (folder / "坏.pdf").write_bytes(b"%PDF-1.7\nnothing else")


def no_word(folder: Path) -> None:
    with zipfile.ZipFile(folder / "坏.docx", "w") as archive:
        archive.writestr("word/document.xml", "<not xml")


def wrong_encoding(folder: Path) -> None:
    (folder / "坏.csv").write_bytes("企业名称,年度\n".encode("gb18030") + b"\xff\xff\xff,2023\n")


def no_parquet(folder: Path) -> None:
    (folder / "坏.parquet").write_bytes(b"PAR1" + bytes(100))


def no_header(folder: Path) -> None:
    csv(folder / "坏.csv", [["a1", "b1"], ["1", "2"]])


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (garbage, "file_unreadable"),
        (broken_zip, "file_unreadable"),
        (broken_ole, "file_unreadable"),
        (damaged_xls, "file_unreadable"),
        (damaged_parquet, "file_unreadable"),
        (encrypted, "file_encrypted"),
        (empty_file, "file_empty"),
        (blank_file, "file_empty"),
        (empty_sheet, "file_empty"),
        (wide, "file_too_wide"),
        (nul, "file_nul"),
        (bomb, "file_too_large_inside"),
        (lying_directory, "file_unreadable"),
        (no_pdf, "file_unreadable"),
        (no_word, "file_unreadable"),
        (wrong_encoding, "file_unreadable"),
        (no_parquet, "file_unreadable"),
        (no_header, "sheet_without_table"),
    ],
    ids=lambda value: getattr(value, "__name__", value),
)
def test_one_sentence_and_the_others_go_on(tmp_path: Path, make: Callable[[Path], None], code: str) -> None:
    make(tmp_path)
    csv(tmp_path / "好.csv", GOOD)
    parsed, log = read_folder(tmp_path)
    assert codes(log) == [code]
    issue = next(log.issues())
    assert issue.level == "error"
    assert issue.file is not None
    assert issue.file.startswith("坏.")
    for lang in ("zh", "en"):
        assert issue.message(lang)
        assert "{" not in issue.message(lang) + issue.expected(lang) + issue.cure(lang)
    assert len(log.grouped()) == 1
    assert [file.tables["annual_figures"].num_rows for file in parsed if file.tables] == [1]


def test_what_is_no_list_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "照片.png").write_bytes(b"\x89PNG")
    (tmp_path / "~$名录.xlsx").write_bytes(b"lock")
    (tmp_path / ".hidden.csv").write_bytes(b"x")
    (tmp_path / "decisions.csv").write_bytes(b"name,same_as\n")
    parsed, log = read_folder(tmp_path)
    assert parsed == []
    assert codes(log) == ["file_not_a_table"]
    assert log.counts() == {"error": 0, "warning": 0, "hint": 1}
