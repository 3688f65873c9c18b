"""Decisions of people: `decisions.csv` says which spellings are one unit and which are not. SPEC 5."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from graph_model.values import texts
from graph_model.values.dates import DAY
from loaders.issues.log import IssueLog
from loaders.read.formats import read_sheets
from loaders.read.formats.sheet import Line, Sheet
from loaders.read.headers import header_key
from loaders.read.refused import FileRefused
from loaders.read.sources import SourceFile

_HEADERS: Final = {
    "name": ("name", "名称", "单位名称", "企业名称", "写法"),
    "same_as": ("same_as", "same as", "等同于", "同一单位", "即", "相同", "标准名称", "同为"),
    "different_from": ("different_from", "different from", "不同于", "不是同一单位", "不同", "并非"),
    "decided_by": ("decided_by", "decided by", "决定人", "认定人", "经办人", "确认人"),
    "decided_on": ("decided_on", "decided on", "决定日期", "认定日期", "日期", "确认日期"),
    "note": ("note", "备注", "说明"),
}
_FIELD_OF: Final = {header_key(header): field for field, headers in _HEADERS.items() for header in headers}


@dataclass(frozen=True)
class IdentityDecision:
    """`name` is the same unit as `same_as`, or another than `different_from`; each a name, a code or an id."""

    name: str
    same_as: str | None
    different_from: str | None
    decided_by: str | None
    decided_on: date | None
    note: str | None
    file: str
    row: int


def read_decisions(file: SourceFile, log: IssueLog) -> list[IdentityDecision]:
    """Return the decisions of a file; incomplete ones are reported and left out."""
    try:
        lines = [line for sheet in read_sheets(file) for line in _lines(sheet, file.name, log)]
    except FileRefused as refusal:
        log.add_refusal(file.name, refusal.code, refusal.facts)
        return []
    return list(_decisions(lines, file.name, log))


def _lines(sheet: Sheet, file: str, log: IssueLog) -> Iterator[Line]:
    """Yield every line of a sheet, and tell of quotes that nothing closes."""
    yield from sheet.every_line()
    if sheet.text_lines is not None and sheet.text_lines.stray:
        rows, cells = zip(*sheet.text_lines.stray, strict=True)
        log.add("quote_not_closed", file=file, rows=rows, values=cells)


def _decisions(lines: list[Line], file: str, log: IssueLog) -> Iterator[IdentityDecision]:
    fields: dict[int, str] = {}
    for line in lines:
        if not fields:
            fields = _fields(line)
            continue
        cells = {field: line.cells[index] or "" for index, field in fields.items() if index < len(line.cells)}
        decision = _decision(cells, file, line.row)
        if decision is None:
            log.add("decision_incomplete", file=file, rows=line.row, values=cells.get("name") or None)
        else:
            yield decision
    if not fields:
        log.add("decisions_without_header", file=file)


def _fields(line: Line) -> dict[int, str]:
    """Return the field of each column of the header, nothing for any other line."""
    keys = [header_key(cell or "") for cell in line.cells]
    fields = {index: _FIELD_OF[key] for index, key in enumerate(keys) if key in _FIELD_OF}
    return fields if {"same_as", "different_from"} & set(fields.values()) else {}


def _decision(cells: dict[str, str], file: str, row: int) -> IdentityDecision | None:
    name, same, other = (texts.name(cells.get(field, "")).value for field in ("name", "same_as", "different_from"))
    if not name or not (same or other):
        return None
    by, note = (texts.plain_text(cells.get(field, "")).value for field in ("decided_by", "note"))
    return IdentityDecision(name, same, other, by, DAY.parse(cells.get("decided_on", "")).value, note, file, row)
