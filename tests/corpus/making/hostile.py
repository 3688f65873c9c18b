"""Files of the corpus that no editor writes from a table: broken, hostile, or of a structure that needs its own XML.

Each function writes one file to the path that it is given; a case names it by `made`.
"""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from tests.corpus.making.pdf import pdf_bytes, write_pdf
from tests.corpus.making.text import write_csv
from tests.corpus.making.word import write_docx
from tests.corpus.making.workbook import write_xls, write_xlsx

TITLE = "2023年度省级绿色工厂名单"
ROWS: list[list[Any]] = [
    ["序号", "企业名称", "地区"],
    [1, "江苏甲乙丙一号制造有限公司", "苏州市"],
    [2, "江苏甲乙丙二号制造有限公司", "无锡市"],
]
_SPEC: dict[str, Any] = {"title": TITLE, "rows": ROWS}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


# Formats that are no tables


def ole_doc(path: Path) -> None:
    """An old Word file: a compound file with a stream WordDocument."""
    path.write_bytes(_OLE + bytes(504) + "WordDocument".encode("utf-16-le") + bytes(2024))


def ole_et(path: Path) -> None:
    """A compound file without any stream that is known."""
    path.write_bytes(_OLE + bytes(2040))


def rar(path: Path) -> None:
    """The first bytes of a RAR archive."""
    path.write_bytes(b"Rar!\x1a\x07\x01\x00" + bytes(200))


def seven_zip(path: Path) -> None:
    """The first bytes of a 7z archive."""
    path.write_bytes(b"7z\xbc\xaf\x27\x1c\x00\x04" + bytes(200))


def zip_of_lists(path: Path) -> None:
    """A zip that holds a list."""
    inner = path.with_suffix(".csv")
    write_csv(inner, {"rows": ROWS})
    with zipfile.ZipFile(path, "w") as archive:
        archive.write(inner, f"{TITLE}.csv")
    inner.unlink()


def encrypted_xlsx(path: Path) -> None:
    """A workbook with a password: a compound file with a stream EncryptedPackage."""
    path.write_bytes(_OLE + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(2024))


def pdf_scan(path: Path) -> None:
    """A PDF of one page that holds a picture and no text."""
    picture = "q 500 0 0 700 40 60 cm BI /W 2 /H 2 /CS /G /BPC 8 /F /AHx ID 00FF00FF> EI Q"
    path.write_bytes(pdf_bytes([picture]))


# Workbooks


def _changed_zip(content: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """Return an archive with every member changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.namelist():
            new.writestr(member, change(member, old.read(member)))
    return out.getvalue()


def _with_sheet(path: Path, old: str, new: str) -> None:
    """Write a workbook whose sheet has `old` replaced by `new`."""
    write_xlsx(path, _SPEC)

    def change(member: str, content: bytes) -> bytes:
        return content.replace(old.encode(), new.encode()) if member.endswith("sheet1.xml") else content

    path.write_bytes(_changed_zip(path.read_bytes(), change))


def xlsx_far_cells(path: Path) -> None:
    """Cells A1 and XFD1048576 of 2 KB: a dense grid of it would need 512 GiB."""
    book = openpyxl.Workbook()
    book.active["A1"], book.active["XFD1048576"] = "甲", "乙"  # type: ignore[index]
    book.save(path)


def xlsx_far_cell_beside_table(path: Path) -> None:
    """An ordinary list, and one stray cell at the far end of the sheet."""
    write_xlsx(path, _SPEC)
    book = openpyxl.load_workbook(path)
    book.active["XFD1048576"] = "x"  # type: ignore[index]
    book.save(path)


def xlsx_lying_dimension(path: Path) -> None:
    """A list whose sheet claims to be as large as a sheet can be."""
    write_xlsx(path, _SPEC)
    with zipfile.ZipFile(path) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    start = sheet.index("<dimension")
    _with_sheet(path, sheet[start : sheet.index("/>", start) + 2], '<dimension ref="A1:XFD1048576"/>')


def xlsx_huge_merge(path: Path) -> None:
    """An empty box merged over ten million cells beside the table."""
    _with_sheet(path, "</sheetData>", '</sheetData><mergeCells count="1"><mergeCell ref="E1:Z500000"/></mergeCells>')


def xlsx_empty_merged_box(path: Path) -> None:
    """An empty merged box beside the table, outside the cells that the sheet holds."""
    write_xlsx(path, _SPEC | {"merges": ["F1:G20"]})


def xlsx_merge_reversed(path: Path) -> None:
    """A merged range that is no range."""
    _with_sheet(path, "</sheetData>", '</sheetData><mergeCells count="1"><mergeCell ref="C3:A:B"/></mergeCells>')


def _with_shared_strings(path: Path, change: Callable[[bytes], bytes | None]) -> None:
    """Write a workbook whose texts stand in a member of their own, changed; without that member for None."""
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    for row, cells in enumerate([[TITLE], *ROWS]):
        sheet.write_row(row, 0, cells)
    book.close()
    out = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.namelist():
            content = change(old.read(member)) if "sharedStrings" in member else old.read(member)
            if content is not None:
                new.writestr(member, content)
    path.write_bytes(out.getvalue())


def xlsx_entities(path: Path) -> None:
    """A workbook whose texts declare entities that grow without end."""
    bomb = '<!DOCTYPE sst [<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )

    def change(text: bytes) -> bytes:
        return text.replace(b"<sst", f"{bomb}]><sst".encode(), 1).replace("二号".encode(), b"&i;")

    _with_shared_strings(path, change)


def xlsx_zip_bomb(path: Path) -> None:
    """A workbook of a few hundred KB whose texts unpack to 300 MB."""
    _with_shared_strings(path, lambda text: text.replace(b"</sst>", b" " * 300_000_000 + b"</sst>"))


def xlsx_missing_strings(path: Path) -> None:
    """A workbook that lost its texts."""
    _with_shared_strings(path, lambda _: None)


def xlsx_cut(path: Path) -> None:
    """The first half of a workbook."""
    write_xlsx(path, _SPEC)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def xlsx_bad_cell_names(path: Path) -> None:
    """Cells whose places are no places."""
    _with_sheet(path, 'r="A2"', 'r="ZZZZZ99999999999"')


def xlsx_empty(path: Path) -> None:
    """A file of no bytes."""
    path.write_bytes(b"")


def xls_flipped(path: Path) -> None:
    """An xls with bits flipped in its first sector."""
    write_xls(path, _SPEC)
    content = bytearray(path.read_bytes())
    for at in (30, 44, 48, 60, 76, 90, 512, 530, 700):
        content[at] ^= 0xFF
    path.write_bytes(bytes(content))


def xls_huge_counts(path: Path) -> None:
    """An xls whose header asks for more sectors than the file has."""
    write_xls(path, _SPEC)
    content = bytearray(path.read_bytes())
    content[44:48] = b"\xff\xff\xff\x7f"
    content[72:76] = b"\xff\xff\xff\x7f"
    path.write_bytes(bytes(content))


# Word


def _docx(path: Path, change: Callable[[Any], None]) -> None:
    write_docx(path, {"title": TITLE, "rows": ROWS})
    document = docx.Document(str(path))
    change(document.tables[0])
    document.save(str(path))


_MARKS = nsdecls("w")


def docx_vertical_merge_first_row(path: Path) -> None:
    """A cell of the first row that goes on a merge from above, where nothing is above."""
    _docx(path, lambda table: table.rows[0].cells[0]._tc.get_or_add_tcPr().append(parse_xml(f"<w:vMerge {_MARKS}/>")))


def docx_huge_span(path: Path) -> None:
    """A cell that spans two thousand million columns."""
    span = f'<w:gridSpan {_MARKS} w:val="2000000000"/>'
    _docx(path, lambda table: table.rows[1].cells[1]._tc.get_or_add_tcPr().append(parse_xml(span)))


def docx_span_of_words(path: Path) -> None:
    """A cell that spans a word's number of columns."""
    span = f'<w:gridSpan {_MARKS} w:val="two"/>'
    _docx(path, lambda table: table.rows[1].cells[1]._tc.get_or_add_tcPr().append(parse_xml(span)))


def docx_without_grid(path: Path) -> None:
    """A table that does not say how many columns it has."""
    _docx(path, lambda table: table._tbl.remove(table._tbl.tblGrid))


def docx_cut(path: Path) -> None:
    """The first half of a Word file."""
    write_docx(path, {"title": TITLE, "rows": ROWS})
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def docx_broken_xml(path: Path) -> None:
    """A Word file whose document ends in the middle."""
    write_docx(path, {"title": TITLE, "rows": ROWS})

    def change(member: str, text: bytes) -> bytes:
        return text[: len(text) // 2] if member == "word/document.xml" else text

    path.write_bytes(_changed_zip(path.read_bytes(), change))


def _row(number: int, name: str, place: str, mark: str = "") -> str:
    cells = "".join(f"<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>" for text in (number, name, place))
    return f"<w:tr {_MARKS}>{mark}{cells}</w:tr>"


def docx_inserted_row(path: Path) -> None:
    """A row that was inserted with tracking."""
    tracked = '<w:trPr><w:ins w:id="7" w:author="a"/></w:trPr>'

    def change(table: Any) -> None:
        last = table.rows[2]._tr
        last.addnext(parse_xml(_row(2, "江苏甲乙丙二号制造有限公司", "无锡市", tracked)))
        last.getparent().remove(last)

    _docx(path, change)


def docx_deleted_row(path: Path) -> None:
    """A row that was deleted with tracking: its texts are deleted texts."""
    cells = "".join(
        f'<w:tc><w:p><w:del w:id="9" w:author="a"><w:r><w:delText>{text}</w:delText></w:r></w:del></w:p></w:tc>'
        for text in (3, "江苏甲乙丙三号制造有限公司", "苏州市")
    )
    row = f'<w:tr {_MARKS}><w:trPr><w:del w:id="8" w:author="a"/></w:trPr>{cells}</w:tr>'
    _docx(path, lambda table: table.rows[1]._tr.addnext(parse_xml(row)))


def _wrapped(element: Any) -> None:
    """Put an element into a content control."""
    control = parse_xml(f"<w:sdt {_MARKS}><w:sdtPr/><w:sdtContent/></w:sdt>")
    element.addprevious(control)
    control[1].append(element)


def docx_row_in_control(path: Path) -> None:
    """A row inside a content control."""
    _docx(path, lambda table: _wrapped(table.rows[1]._tr))


def docx_table_in_control(path: Path) -> None:
    """A table inside a content control."""
    _docx(path, lambda table: _wrapped(table._tbl))


def docx_cell_in_control(path: Path) -> None:
    """A cell inside a content control."""
    _docx(path, lambda table: _wrapped(table.rows[1].cells[1]._tc))


def docx_nested_table(path: Path) -> None:
    """The list stands in a table within the one cell of another."""
    document = docx.Document()
    document.add_paragraph(TITLE)
    inner = document.add_table(rows=1, cols=1).cell(0, 0).add_table(rows=len(ROWS), cols=3)
    for cells, row in zip(inner.rows, ROWS, strict=True):
        for cell, value in zip(cells.cells, row, strict=True):
            cell.text = str(value)
    document.save(str(path))


# Web pages and texts

_HTML_ROWS = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in ROWS)


def _html(path: Path, rows: str, before: str = "") -> None:
    path.write_text(f"<html><body>{before}<table>{rows}</table></body></html>", encoding="utf-8")


def html_colspan_no_number(path: Path) -> None:
    """A cell of colspan '²', a digit that is no number."""
    _html(path, _HTML_ROWS.replace("<td>序号", "<td colspan='²'>序号"))


def html_huge_colspan(path: Path) -> None:
    """A cell over a thousand million columns."""
    _html(path, _HTML_ROWS.replace("<td>江苏甲乙丙一号", '<td colspan="1000000000">江苏甲乙丙一号'))


def html_huge_rowspan(path: Path) -> None:
    """A cell over a thousand million rows."""
    _html(path, _HTML_ROWS.replace("<td>苏州市", '<td rowspan="1000000000">苏州市'))


def html_odd_declaration(path: Path) -> None:
    """A marked section that no parser knows."""
    _html(path, _HTML_ROWS, before="<![foo[")


def html_deep(path: Path) -> None:
    """Tables within tables, five thousand deep."""
    path.write_text("<html>" + "<table><tr><td>甲" * 5000, encoding="utf-8")


def csv_nul(path: Path) -> None:
    """A csv with NUL bytes."""
    write_csv(path, {"rows": ROWS})
    path.write_bytes(path.read_bytes().replace("二号".encode(), b"\x00\x00"))


def csv_one_long_line(path: Path) -> None:
    """A csv of one line of five million characters."""
    path.write_bytes("企业名称,".encode() * 600_000)


def csv_wide(path: Path) -> None:
    """A csv of fifty thousand columns."""
    path.write_text(",".join(f"列{at}" for at in range(50_000)) + "\n" + "," * 49_999 + "\n", encoding="utf-8")


def csv_bad_byte(path: Path) -> None:
    """A GB18030 csv with one byte that is no character, in its second row of three."""
    rows = [*ROWS, [3, "江苏甲乙丙三号制造有限公司", "苏州市"]]
    write_csv(path, {"rows": rows, "encoding": "gb18030"})
    path.write_bytes(path.read_bytes().replace("二号".encode("gb18030"), b"\xff\xfa"))


def csv_large_bad_byte(path: Path) -> None:
    """The same beyond the size from which a csv is read in pieces."""
    line = "{},江苏甲乙丙{:06}号虚构精密制造有限责任公司,苏州市\n"
    text = "序号,企业名称,地区\n" + "".join(line.format(n, n) for n in range(1, 150_001))
    content = bytearray(text.encode("gb18030"))
    content[5_000_000:5_000_001] = b"\xff"
    path.write_bytes(bytes(content))


def csv_huge_round(path: Path) -> None:
    """A list whose round has five thousand digits."""
    rows = [
        ["名单类别", "层级", "批次", "单位名称"],
        ["绿色工厂", "省级", f"第{'9' * 5000}批", "江苏甲乙丙一号制造有限公司"],
    ]
    write_csv(path, {"rows": rows})


def csv_huge_number(path: Path) -> None:
    """Figures with exponents and digits beyond all measure."""
    rows = [["企业名称", "年度", "工业总产值（万元）"]]
    rows += [["江苏甲乙丙一号制造有限公司", "2023", "1e999999999"], ["江苏甲乙丙二号制造有限公司", "2023", "9" * 5000]]
    write_csv(path, {"rows": rows})


def csv_of_surrogates(path: Path) -> None:
    """A csv in UTF-8 that encodes half characters."""
    write_csv(path, {"rows": ROWS})
    path.write_bytes(path.read_bytes().replace("二号".encode(), b"\xed\xa0\x80\xed\xb0\x80"))


def txt_binary(path: Path) -> None:
    """Random bytes called a text."""
    path.write_bytes(bytes((at * 7919 + at // 3) % 256 for at in range(20_000)))


# PDF


def pdf_media_box(path: Path) -> None:
    """A page whose size is partly a text."""
    path.write_bytes(pdf_bytes(["BT /F1 10 Tf 60 700 Td <4E00> Tj ET"], media_box="[0 0 (a) 800]"))


def pdf_endless_tree(path: Path) -> None:
    """A tree of pages that holds itself."""
    path.write_bytes(pdf_bytes([""]).replace(b"/Kids [5 0 R]", b"/Kids [2 0 R]"))


def pdf_cut(path: Path) -> None:
    """The first half of a PDF."""
    write_pdf(path, _SPEC)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def pdf_unbalanced(path: Path) -> None:
    """A page of operators without operands, and of operands without end."""
    path.write_bytes(pdf_bytes(["Q Q Q Tj TJ ] [ ( << 1 0 0 cm " * 50]))


def pdf_many_rules(path: Path) -> None:
    """A page of forty thousand lines."""
    path.write_bytes(
        pdf_bytes(["\n".join(f"{at % 500} {at % 800} m {at % 499} {at % 797} l S" for at in range(40_000))])
    )


def pdf_huge_numbers(path: Path) -> None:
    """Texts and lines far outside the page."""
    path.write_bytes(
        pdf_bytes(["BT /F1 1e30 Tf 1e38 -1e38 Td <4E00> Tj ET 1e38 0 m -1e38 1e38 l S " + "9" * 400 + " w"])
    )


# Parquet


def parquet_number_column(path: Path) -> None:
    """Numbers under a header that holds names, and nested values under another."""
    columns: dict[str, Any] = {"企业名称": [1.5, 2.0], "设区市": [["苏州市"], ["无锡市"]]}
    pq.write_table(pa.table(columns), path)


def parquet_cut(path: Path) -> None:
    """A Parquet file that lost its end."""
    pq.write_table(pa.table({"企业名称": ["江苏甲乙丙一号制造有限公司"]}), path)
    path.write_bytes(path.read_bytes()[:-20])


# Things of a folder that are no files


def fifo(path: Path) -> None:
    """A pipe: whoever opens it waits for ever."""
    os.mkfifo(path)


def dangling_link(path: Path) -> None:
    """A link to a file that is gone."""
    path.symlink_to(path.parent / "走了.xlsx")


def endless_link(path: Path) -> None:
    """A link to itself."""
    path.symlink_to(path)


def folder_named_like_a_list(path: Path) -> None:
    """An empty folder called x.xlsx."""
    path.mkdir()
