"""Files into sheets of text cells: one module per format, chosen by the first bytes of the file, imported when first needed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from types import ModuleType
from typing import Final, cast

from loaders.read.formats.sheet import Sheet
from loaders.read.refused import FileRefused
from loaders.read.sources import ADDED, HEAD, Format, SourceFile

_READERS: Final[dict[Format, tuple[str, str]]] = {
    Format.XLSX: ("workbook", "xlsx_sheets"),
    Format.XLSB: ("workbook", "xlsx_sheets"),
    Format.ODS: ("workbook", "xlsx_sheets"),
    Format.XLS: ("workbook", "xls_sheets"),
    Format.DOCX: ("word", "docx_sheets"),
    Format.PDF: ("pdf", "pdf_sheets"),
    Format.PARQUET: ("parquet", "parquet_sheets"),
    Format.HTML: ("html", "html_sheets"),
    Format.TEXT: ("text", "text_sheets"),
}
"""Module and function that read a format."""

_NEVER_READ: Final[dict[Format, tuple[str, dict[str, str]]]] = {
    Format.ENCRYPTED: ("file_encrypted", {}),
    Format.BINARY: ("file_unreadable", {"why_zh": "内容不是表格", "why_en": "its content is no table"}),
    Format.EMPTY: ("file_empty", {}),
    Format.ZIP: ("archive_in_archive", {}),
    Format.PACKED: ("file_packed", {}),
    Format.OLD_WORD: (
        "file_save_as",
        {
            "kind_zh": "Word 97–2003（.doc、.wps）文档",
            "kind_en": "a Word 97–2003 document (.doc, .wps)",
            "suffix": ".docx",
        },
    ),
    Format.ODT: (
        "file_save_as",
        {"kind_zh": "OpenDocument 文档", "kind_en": "an OpenDocument text", "suffix": ".docx"},
    ),
    Format.RTF: ("file_save_as", {"kind_zh": "RTF 文档", "kind_en": "an RTF document", "suffix": ".docx"}),
    Format.OFD: ("file_save_as", {"kind_zh": "OFD 版式文件", "kind_en": "an OFD document", "suffix": ".pdf / .xlsx"}),
}
"""The issue of files that are never read."""


_PARTS: Final = frozenset({"biff", "large_text", "pdf_page", "pdf_table", "sheet", "sheet_xml", "text_rows"})
"""Modules that readers are made of: they add no format, and are imported when their reader is."""


def _discover() -> None:
    """Take in what other modules of this folder add: each declares `FORMAT`, and is found by lying here."""
    readers = {module for module, _ in _READERS.values()}
    for module in iter_modules(__path__):
        if module.name not in readers | _PARTS and (added := getattr(_module(module.name), "FORMAT", None)) is not None:
            ADDED.append(added)


def _module(name: str) -> ModuleType:
    return import_module(f"{__name__}.{name}")


def read_sheets(file: SourceFile) -> Iterator[Sheet]:
    """Yield the sheets of a file; raise `FileRefused` where it cannot be read."""
    if file.refusal is not None:
        raise file.refusal
    if file.format in _NEVER_READ:
        code, facts = _NEVER_READ[file.format]
        raise FileRefused(code, **facts)
    if file.format is Format.ADDED:
        with file.path.open("rb") as stream:
            head = stream.read(HEAD)
        return next(added for added in ADDED if added.recognises(head)).sheets(file.path)
    module, function = _READERS[file.format]
    reader = getattr(_module(module), function)
    return cast(Callable[[Path], Iterator[Sheet]], reader)(file.path)


_discover()
