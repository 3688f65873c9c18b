"""The mechanics of a Word document in office style: the one module that writes docx.

A4 with the margins of GB/T 9704, 仿宋 for the text and 小标宋 for the title, page numbers in the foot, tables whose head repeats on
every page. The same content gives the same bytes: nothing of the clock or the machine goes in.
"""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.enum.table import WD_ALIGN_VERTICAL, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from reports.letters.office_fonts import BODY, FIRST_HEADING, LATIN, SECOND_HEADING, TITLE, font_table
from reports.word_text import IMPRINT_MEMBER, IMPRINT_TAG, word_digest, word_lines_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from docx.table import _Cell
    from docx.text.paragraph import Paragraph

    from reports.imprint import Imprint

BORN: Final = datetime(2020, 1, 1)
OFFICE_MARGINS: Final = (37, 26, 35, 28)
"""Millimetres: top, right, bottom, left (天头 37，订口 28，版心 156×225)."""
PAPER_MARGINS: Final = (14, 14, 12, 16)
TITLE_SIZE, BODY_SIZE, TABLE_SIZE, NUMBER_SIZE = 22, 16, 10.5, 14
"""Points: 二号, 三号, 五号, 四号."""
LINE: Final = 28
"""Points between lines: 22 lines on a page."""
GAP: Final = 5
"""Points between a table and what stands above it."""
SHADE: Final = "E7EFEA"


class WordDocument:
    """A Word document in memory: call what stands in it in order, then `to_bytes`."""

    def __init__(self, title: str, margins: tuple[int, int, int, int] = OFFICE_MARGINS) -> None:
        self._document = Document()
        section = self._document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.top_margin, section.right_margin, section.bottom_margin, section.left_margin = map(Mm, margins)
        section.footer_distance = Mm(min(margins[2] - 7, 28) if margins is OFFICE_MARGINS else 6)
        self._width = 210 - margins[1] - margins[3]
        properties = self._document.core_properties
        properties.title, properties.author, properties.comments = title, "verdigraph", ""
        properties.created = properties.modified = BORN
        properties.last_modified_by = "verdigraph"
        _dress(self._document.styles["Normal"], BODY, BODY_SIZE)
        self._set_fonts()
        self._number_pages(section.footer)

    def title(self, text: str, size: float = TITLE_SIZE) -> None:
        """Write the title, centred."""
        self._line(text, TITLE, size, align=WD_ALIGN_PARAGRAPH.CENTER, after=size, spacing=size * 1.5)

    def addressee(self, text: str) -> None:
        """Write to whom it goes (主送), at the left edge."""
        self._line(f"{text}：", BODY, BODY_SIZE)

    def paragraph(self, text: str, size: float = BODY_SIZE, *, indent: bool = True) -> None:
        """Write a paragraph of the body, its first line two characters in."""
        self._line(text, BODY, size, indent=2 if indent else 0)

    def heading(self, text: str, level: int = 1, size: float = BODY_SIZE) -> None:
        """Write a heading of the first (黑体) or second (楷体) level."""
        line = self._line(text, FIRST_HEADING if level == 1 else SECOND_HEADING, size, indent=2)
        line.paragraph_format.keep_with_next = True

    def signature(self, office: str, day: str) -> None:
        """Write who sends it and when, at the right, four characters in (落款)."""
        self._line("", BODY, BODY_SIZE)
        for text in (office, day):
            line = self._line(text, BODY, BODY_SIZE, align=WD_ALIGN_PARAGRAPH.RIGHT)
            line.paragraph_format.right_indent = Pt(BODY_SIZE * 4)
            line.paragraph_format.keep_with_next = text is office

    def table(
        self, heads: Sequence[str], rows: Iterable[Sequence[str]], widths: Sequence[float], size: float = TABLE_SIZE
    ) -> None:
        """Write a table whose head repeats on every page and whose rows are not torn; `widths` are shares of the page."""
        table = self._table(widths)
        self._row(table, heads, widths, size, is_head=True)
        for row in rows:
            self._row(table, row, widths, size)

    def pairs(self, rows: Iterable[Sequence[str]], widths: Sequence[float], size: float = TABLE_SIZE) -> None:
        """Write a table of labels and values, side by side: every other cell, the first one first, is a label."""
        listed = list(rows)
        table = self._table(widths)
        for row in listed:
            self._row(table, row, widths, size, labels=True)

    def box(self, text: str, height: float, size: float = TABLE_SIZE) -> None:
        """Write an empty box of some millimetres with a line of text at its foot, to be filled in by hand."""
        table = self._table((1,))
        cell = table.add_row().cells[0]
        table.rows[-1].height = Mm(height)
        cell.vertical_alignment = WD_ALIGN_VERTICAL.BOTTOM
        self._cell(cell, text, size)

    def to_bytes(self, imprint: Imprint | None = None) -> bytes:
        """Return the file; the imprint travels in a part of its own, sealed with the hash of what the document says."""
        if imprint is not None:
            content = word_digest(word_lines_of(self._document.element.body))
            self._add_imprint(imprint.sealed(content).model_dump_json())
        buffer = BytesIO()
        self._document.save(buffer)
        return _without_clock(buffer.getvalue())

    def _line(
        self,
        text: str,
        font: str,
        size: float,
        *,
        indent: int = 0,
        align: WD_ALIGN_PARAGRAPH | None = None,
        after: float = 0,
        spacing: float | None = None,
    ) -> Paragraph:
        line = self._document.add_paragraph()
        _spaced(line, spacing or (LINE if size >= BODY_SIZE else size * 1.5), after)
        line.paragraph_format.first_line_indent = Pt(size * indent)
        if align is not None:
            line.alignment = align
        _dress(line.add_run(text), font, size)
        return line

    def _table(self, widths: Sequence[float]) -> Any:
        """Return a new table, a little below what stands above it; its grid has the widths that its cells will have."""
        _spaced(self._document.add_paragraph(), GAP, 0)
        table = self._document.add_table(rows=0, cols=len(widths))
        table.style = "Table Grid"
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        table.autofit = False
        for column, share in zip(table.columns, widths, strict=True):
            column.width = self._share(share, widths)
        return table

    def _share(self, share: float, widths: Sequence[float]) -> Mm:
        return Mm(self._width * share / sum(widths))

    def _row(
        self,
        table: Any,
        texts: Sequence[str],
        widths: Sequence[float],
        size: float,
        *,
        is_head: bool = False,
        labels: bool = False,
    ) -> None:
        row = table.add_row()
        _row_mark(row, "w:cantSplit")
        if is_head:
            _row_mark(row, "w:tblHeader")
        for at, (cell, text, share) in enumerate(zip(row.cells, texts, widths, strict=True)):
            cell.width = self._share(share, widths)
            is_label = is_head or (labels and at % 2 == 0)
            self._cell(cell, text, size, FIRST_HEADING if is_label else BODY, centred=is_head)
            if is_label:
                _shade(cell)

    def _cell(self, cell: _Cell, text: str, size: float, font: str = BODY, *, centred: bool = False) -> None:
        line = cell.paragraphs[0]
        _spaced(line, size * 1.25, 0)
        if centred:
            line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _dress(line.add_run(text), font, size)

    def _number_pages(self, footer: Any) -> None:
        line = footer.paragraphs[0]
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        for text, field in (("— ", None), (None, "PAGE"), (" —", None)):
            run = line.add_run(text or "")
            _dress(run, "宋体", NUMBER_SIZE)
            for kind in ("begin", "instr", "end") if field else ():
                run._r.append(_field(kind, field or ""))

    def _set_fonts(self) -> None:
        for relation in self._document.part.rels.values():
            if relation.reltype == RELATIONSHIP_TYPE.FONT_TABLE:
                relation.target_part._blob = font_table()

    def _add_imprint(self, text: str) -> None:
        namespace, tag = IMPRINT_TAG[1:].split("}")
        xml = f'<?xml version="1.0" encoding="UTF-8"?><{tag} xmlns="{namespace}">{escape(text)}</{tag}>'
        package = self._document.part.package
        part = Part(PackURI(f"/{IMPRINT_MEMBER}"), "application/xml", xml.encode(), package)
        self._document.part.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_XML)


def _dress(styled: Any, font: str, size: float) -> None:
    """Give a run or a style its font and size, the Chinese one beside the Latin one."""
    styled.font.name, styled.font.size = LATIN, Pt(size)
    properties = styled.element.get_or_add_rPr() if hasattr(styled, "element") else styled._r.get_or_add_rPr()
    properties.get_or_add_rFonts().set(qn("w:eastAsia"), font)


def _spaced(line: Paragraph, spacing: float, after: float) -> None:
    form = line.paragraph_format
    form.space_before, form.space_after = Pt(0), Pt(after)
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(spacing)


def _row_mark(row: Any, name: str) -> None:
    mark = OxmlElement(name)
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)


def _shade(cell: _Cell) -> None:
    shade = OxmlElement("w:shd")
    for name, value in (("w:val", "clear"), ("w:color", "auto"), ("w:fill", SHADE)):
        shade.set(qn(name), value)
    cell._tc.get_or_add_tcPr().append(shade)


def _field(kind: str, name: str) -> Any:
    """Return a piece of a field, such as the number of the page."""
    if kind == "instr":
        text = OxmlElement("w:instrText")
        text.text = name
        return text
    mark = OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    return mark


def _without_clock(content: bytes) -> bytes:
    """Return an archive with the same members and no days in it."""
    buffer = BytesIO()
    with ZipFile(BytesIO(content)) as given, ZipFile(buffer, "w", ZIP_DEFLATED) as written:
        for member in sorted(
            given.infolist(), key=lambda member: (member.filename != "[Content_Types].xml", member.filename)
        ):
            dated = ZipInfo(member.filename, (1980, 1, 1, 0, 0, 0))
            dated.compress_type = ZIP_DEFLATED
            written.writestr(dated, given.read(member))
    return buffer.getvalue()
