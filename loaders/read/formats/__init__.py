"""Files into sheets of text cells: one module per format, chosen by the first bytes of the file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from loaders.read.formats.html import html_sheets
from loaders.read.formats.parquet import parquet_sheets
from loaders.read.formats.pdf import pdf_sheets
from loaders.read.formats.sheet import Refused, Sheet
from loaders.read.formats.text import text_sheets
from loaders.read.formats.word import docx_sheets
from loaders.read.formats.workbook import xls_sheets, xlsx_sheets
from loaders.read.sources import Format, SourceFile


def _refuse(code: str, **facts: str) -> Callable[[Path], Iterator[Sheet]]:
    """Return the reader of files that are never read."""

    def refused(_path: Path) -> Iterator[Sheet]:
        raise Refused(code, **facts)

    return refused


READERS: Final[dict[Format, Callable[[Path], Iterator[Sheet]]]] = {
    Format.XLSX: xlsx_sheets,
    Format.XLS: xls_sheets,
    Format.DOCX: docx_sheets,
    Format.PDF: pdf_sheets,
    Format.PARQUET: parquet_sheets,
    Format.HTML: html_sheets,
    Format.TEXT: text_sheets,
    Format.ENCRYPTED: _refuse("file_encrypted"),
    Format.BINARY: _refuse("file_unreadable", why_zh="内容不是表格", why_en="its content is no table"),
    Format.EMPTY: _refuse("file_empty"),
}


def read_sheets(file: SourceFile) -> Iterator[Sheet]:
    """Yield the sheets of a file; raise `Refused` where it cannot be read."""
    return READERS[file.format](file.path)
