"""Word files of the corpus: titles as paragraphs, a table, and cells whose XML a case writes itself."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from openpyxl.utils.cell import range_boundaries

_MARKS = nsdecls("w")


def write_docx(path: Path, spec: dict[str, Any]) -> None:
    """Write titles, the table of `rows`, and paragraphs `after` it.

    A cell that is a mapping is `xml`: what stands inside its paragraph, with the prefix w, `{tags}` of Word as people's
    editors leave them (tracked changes, smart tags, fields, content controls).
    """
    document = docx.Document()
    titles = spec.get("title", [])
    for title in [titles] if isinstance(titles, str) else titles:
        document.add_paragraph(title)
    for described in spec.get("tables", [spec] if "rows" in spec else []):
        if described is not spec and "title" in described:
            document.add_paragraph(described["title"])
        _add_table(document, described)
    for paragraph in spec.get("after", []):
        document.add_paragraph(paragraph)
    document.save(str(path))


def _add_table(document: Any, spec: dict[str, Any]) -> None:
    rows = spec["rows"]
    table = document.add_table(rows=len(rows), cols=max(map(len, rows)))
    cells = table._cells  # One look at the grid: python-docx walks it anew for every `table.cell`.
    width = max(map(len, rows))
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            _fill(cells[number * width + column], value)
    for merge in spec.get("merges", []):
        left, top, right, bottom = (int(bound or 0) - 1 for bound in range_boundaries(merge))
        table.cell(top, left).merge(table.cell(bottom, right))


def _fill(cell: Any, value: Any) -> None:
    if isinstance(value, dict):
        old = cell.paragraphs[0]._p
        old.addnext(parse_xml(f"<w:p {_MARKS}>{value['xml']}</w:p>"))
        old.getparent().remove(old)
    elif value is not None:
        cell.text = str(value)
