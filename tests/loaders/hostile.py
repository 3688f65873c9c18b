"""Files that were made, or broken, so that a reader hangs, eats the machine or fails: each writes one into a folder."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import docx
import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
from docx.oxml.ns import qn

from tests.loaders.making import xlsx


def far_cell(folder: Path) -> None:
    """Two cells in the corners of the largest sheet: a dense table of them takes 512 GiB."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["A1"], sheet["XFD1048576"] = "企业名称", "x"
    book.save(folder / "坏.xlsx")


def gridspan(folder: Path) -> None:
    document = docx.Document()
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(
        [*table.rows[0].cells, *table.rows[1].cells], ["企业名称", "年度", "甲", "2023"], strict=True
    ):
        cell.text = text
    span = table.rows[0].cells[0]._tc.get_or_add_tcPr().makeelement(qn("w:gridSpan"), {qn("w:val"): "2000000000"})
    table.rows[0].cells[0]._tc.get_or_add_tcPr().append(span)
    document.save(str(folder / "坏.docx"))


def media_box(folder: Path) -> None:
    (folder / "坏.pdf").write_bytes(
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 (a) 800]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
    )


def html_marked_section(folder: Path) -> None:
    (folder / "坏.html").write_text("<html><![foo[<table><tr><td>企业名称</td></tr></table></html>", encoding="utf-8")


def html_deep(folder: Path) -> None:
    (folder / "坏.html").write_text("<html>" + "<table><tr><td>" * 20000, encoding="utf-8")


def bad_byte_in_large_csv(folder: Path) -> None:
    body = "".join(f"企业{i}号有限公司,2023,5\n" for i in range(300_000)).encode("gb18030")
    (folder / "坏.csv").write_bytes(
        "企业名称,年度,工业总产值（万元）\n".encode("gb18030") + body + b"\xff\xff,2023,5\n"
    )


def many_cells(folder: Path) -> None:
    rows = "<tr><td>企业名称</td><td>年度</td></tr>" * 100_000
    (folder / "坏.html").write_text(f"<html><table>{rows}</table></html>", encoding="utf-8")


def pipe(folder: Path) -> None:
    os.mkfifo(folder / "坏.csv")


def dangling_link(folder: Path) -> None:
    (folder / "坏.xlsx").symlink_to(folder / "没有这个文件.xlsx")


def link_in_circle(folder: Path) -> None:
    (folder / "坏.目录").symlink_to(folder, target_is_directory=True)


def archive_with_password(folder: Path) -> None:
    with zipfile.ZipFile(folder / "坏.zip", "w") as archive:
        archive.writestr("名单.csv", "企业名称\n")
    data = bytearray((folder / "坏.zip").read_bytes())
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    (folder / "坏.zip").write_bytes(bytes(data))


def archive_of_pictures(folder: Path) -> None:
    with zipfile.ZipFile(folder / "坏.zip", "w") as archive:
        archive.writestr("照片.jpg", b"\xff\xd8")


def word_without_its_text(folder: Path) -> None:
    with zipfile.ZipFile(folder / "坏.docx", "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/documen", "<document/>")


def html_cut(folder: Path) -> None:
    (folder / "坏.xls").write_text("<html><table><tr><td>企业名称</td></tr><tr><td>江苏甲制", encoding="utf-8")


def utf8_with_a_broken_byte(folder: Path) -> None:
    rows = "name,year\n江苏甲乙丙制造有限公司,2023\n江苏丁戊己制造有限公司,2023\n".encode()
    (folder / "坏.csv").write_bytes(rows.replace("戊".encode(), b"\xe6\x88"))


def archive_bomb(folder: Path) -> None:
    with zipfile.ZipFile(folder / "坏.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr("名单.csv", bytes(150 << 20))


def archive_broken(folder: Path) -> None:
    with zipfile.ZipFile(folder / "坏.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("名单.csv", "企业名称,年度\n" * 500)
    data = bytearray((folder / "坏.zip").read_bytes())
    data[60:80] = bytes(20)
    (folder / "坏.zip").write_bytes(bytes(data))


def old_word(folder: Path) -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(3000)
    (folder / "坏.doc").write_bytes(ole + "WordDocument".encode("utf-16-le") + bytes(500))


def rich_text(folder: Path) -> None:
    (folder / "坏.doc").write_bytes(rb"{\rtf1\ansi hello}")


def rar(folder: Path) -> None:
    (folder / "坏.rar").write_bytes(b"Rar!\x1a\x07\x01\x00" + bytes(90))


def ofd(folder: Path) -> None:
    with zipfile.ZipFile(folder / "坏.ofd", "w") as archive:
        archive.writestr("OFD.xml", "<ofd/>")


# These are read in spite of what is odd about them.


def merged_box_beside(folder: Path) -> None:
    xlsx(
        folder / "产值.xlsx",
        {"产值": [["企业名称", "年度", "工业总产值（万元）"], ["企业二号有限公司", 2023, 5]]},
        {"产值": ["H1:H900", "F5:G9"]},
    )


def vertical_merge_in_first_row(folder: Path) -> None:
    document = docx.Document()
    table = document.add_table(rows=2, cols=3)
    rows = [["企业名称", "年度", "工业总产值（万元）"], ["企业二号有限公司", "2023", "5"]]
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    properties = table.rows[0].cells[1]._tc.get_or_add_tcPr()
    properties.append(properties.makeelement(qn("w:vMerge"), {}))
    document.save(str(folder / "产值.docx"))


def html_odd_span(folder: Path) -> None:
    head = "<td colspan='²'>企业名称</td><td rowspan='0'>年度</td><td colspan='99999999999'>工业总产值（万元）</td>"
    body = "<td>企业二号有限公司</td><td>2023</td><td>5</td>"
    (folder / "产值.html").write_text(f"<html><table><tr>{head}</tr><tr>{body}</tr></table></html>", encoding="utf-8")


def numbers_in_parquet(folder: Path) -> None:
    table = pa.table({"name": ["企业二号有限公司"], "year": pa.array([2023], pa.int64()), "output": pa.array([5.0])})
    pq.write_table(table, folder / "annual_figures.parquet")


def name_in_gbk_bytes(folder: Path) -> None:
    path = folder / os.fsdecode("年度指标.csv".encode("gb18030"))
    path.write_text("企业名称,年度,工业总产值（万元）\n企业二号有限公司,2023,5\n", encoding="utf-8")


def archive_of_lists(folder: Path) -> None:
    """As old Windows programs pack: names in GBK that say nothing of it."""
    with zipfile.ZipFile(folder / "资料.zip", "w") as archive:
        info = zipfile.ZipInfo("年度指标.csv".encode("gb18030").decode("cp437"))
        archive.writestr(info, "企业名称,年度,工业总产值（万元）\n企业二号有限公司,2023,5\n")
        archive.writestr("../../etc/说明.md", "x")
