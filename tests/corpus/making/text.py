"""Text files of the corpus: csv in any encoding and dialect, tables of a web page under any name."""

from __future__ import annotations

import csv
import io
from html import escape
from pathlib import Path
from typing import Any


def grid(spec: dict[str, Any]) -> list[list[Any]]:
    """Return the lines of a sheet: its titles, each in the first cell, then its rows."""
    titles = spec.get("title", [])
    titles = [titles] if isinstance(titles, str) else titles
    return [[title] for title in titles] + [list(row) for row in spec.get("rows", [])]


def write_csv(path: Path, spec: dict[str, Any]) -> None:
    """Write `text` as it stands, or titles and rows, in `encoding` (default UTF-8) with `delimiter` (default a comma)."""
    content = spec["text"] if "text" in spec else _csv(spec)
    path.write_bytes(content.encode(spec.get("encoding", "utf-8")))


def _csv(spec: dict[str, Any]) -> str:
    delimiter = spec.get("delimiter", ",")
    if len(delimiter.encode()) > 1:
        return "".join(delimiter.join(map(str, row)) + "\n" for row in grid(spec))
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter, lineterminator=spec.get("newline", "\n")).writerows(grid(spec))
    return stream.getvalue()


def write_html(path: Path, spec: dict[str, Any]) -> None:
    """Write `text` as it stands, or titles and rows as a table: what many systems export under the name .xls."""
    if "text" in spec:
        path.write_text(spec["text"], encoding="utf-8")
        return
    rows = "".join("<tr>" + "".join(_html_cell(cell) for cell in row) + "</tr>\n" for row in grid(spec))
    head = '<html><head><meta charset="utf-8"></head><body>'
    path.write_text(f"{head}<table>\n{rows}</table></body></html>", encoding="utf-8")


def _html_cell(cell: Any) -> str:
    return f"<td>{'' if cell is None else escape(str(cell))}</td>"
