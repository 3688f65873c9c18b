"""Which files a source is made of, and what each of them is, judged by its first bytes and never by its name."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Final

from loaders.issues.log import IssueLog


class Format(StrEnum):
    """What a file is."""

    XLSX = "xlsx"
    XLS = "xls"
    ENCRYPTED = "encrypted"
    DOCX = "docx"
    PDF = "pdf"
    PARQUET = "parquet"
    HTML = "html"
    TEXT = "text"
    BINARY = "binary"
    EMPTY = "empty"


SUFFIXES: Final = frozenset(
    {".xlsx", ".xlsm", ".xltx", ".xls", ".et", ".csv", ".tsv", ".txt", ".docx", ".pdf", ".parquet", ".htm", ".html"}
)
"""Suffixes of files that may hold a list; others are left alone, with a hint."""

DECISIONS: Final = "decisions.csv"
"""File of a source folder that says which names are the same; not a table."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEAD = 4096


@dataclass(frozen=True)
class SourceFile:
    """A file of a source, with the folder it was found under."""

    path: Path
    root: Path

    @property
    def name(self) -> str:
        """Return the path as people see it: relative to the source."""
        return self.path.relative_to(self.root).as_posix() if self.path != self.root else self.path.name

    @property
    def folders(self) -> tuple[str, ...]:
        """Return the names of the folders around the file, the nearest first, the source folder last."""
        inside = self.path.relative_to(self.root).parts[:-1] if self.path != self.root else ()
        return (*reversed(inside), self.root.name if self.root.is_dir() else self.path.parent.name)

    @cached_property
    def sha256(self) -> str:
        """Return the SHA-256 of the content."""
        with self.path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()

    @cached_property
    def format(self) -> Format:
        """Return what the file is."""
        with self.path.open("rb") as stream:
            head = stream.read(_HEAD)
        return _format(self.path, head)


def source_files(source: Path, log: IssueLog, but: Path | None = None) -> Iterator[SourceFile]:
    """Yield the files of `source` that may hold a list, sorted by path; a source is a folder or a file.

    What lies under `but` is left alone: a store may stand in the folder it is loaded from.
    """
    if not source.is_dir():
        yield SourceFile(source, source)
        return
    for path in sorted(path for path in source.rglob("*") if path.is_file()):
        inside = path.relative_to(source)
        if _is_hidden(inside) or path.name == DECISIONS or (but is not None and path.is_relative_to(but)):
            continue
        if path.suffix.lower() in SUFFIXES:
            yield SourceFile(path, source)
        else:
            log.add("file_not_a_table", file=inside.as_posix())


def decision_files(source: Path) -> list[SourceFile]:
    """Return the `decisions.csv` files of a source."""
    if not source.is_dir():
        return [SourceFile(source, source)] if source.name == DECISIONS else []
    return [SourceFile(path, source) for path in sorted(source.rglob(DECISIONS)) if path.is_file()]


def _is_hidden(inside: Path) -> bool:
    return any(part.startswith((".", "~$", "__MACOSX")) for part in inside.parts)


def _format(path: Path, head: bytes) -> Format:
    if not head:
        return Format.EMPTY
    if head.startswith(_OLE):
        return _ole_format(path)
    if head.startswith(b"PK\x03\x04"):
        return _zip_format(path)
    if head.startswith(b"PAR1"):
        return Format.PARQUET
    if b"%PDF-" in head[:1024]:
        return Format.PDF
    return _text_format(path, head)


def _ole_format(path: Path) -> Format:
    """Tell an encrypted workbook from an xls: stream names stand in the file in UTF-16."""
    encrypted = "EncryptedPackage".encode("utf-16-le")
    with path.open("rb") as stream:
        previous = b""
        while block := stream.read(1 << 20):
            if encrypted in previous + block:
                return Format.ENCRYPTED
            previous = block[-64:]
    return Format.XLS


def _zip_format(path: Path) -> Format:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError):
        return Format.BINARY
    if "word/document.xml" in names:
        return Format.DOCX
    return Format.XLSX if any(name.startswith("xl/") for name in names) else Format.BINARY


def _text_format(path: Path, head: bytes) -> Format:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or looks_utf16(head):
        sample = head.decode("utf-16-le" if is_little_endian(head) else "utf-16-be", errors="ignore")
    else:
        sample = head.decode("latin-1")
    if sample.lstrip("\ufeffï»¿ \t\r\n").lower().startswith(("<html", "<!doctype html", "<table", "<meta", "<?xml")):
        return Format.HTML
    # A text file may hold a stray NUL, and is then refused with its line; a workbook that is full of them is garbage.
    binary_name = path.suffix.lower() not in {".csv", ".tsv", ".txt"}
    control = sum(byte < 9 or 13 < byte < 32 for byte in head)
    garbage = control > len(head) // 20 and not looks_utf16(head) and not head.startswith((b"\xff\xfe", b"\xfe\xff"))
    return Format.BINARY if garbage and (binary_name or control > len(head) // 10) else Format.TEXT


def is_little_endian(head: bytes) -> bool:
    """Tell the byte order of UTF-16 text."""
    return head.startswith(b"\xff\xfe") or head[1:200:2].count(0) > head[0:200:2].count(0)


def looks_utf16(head: bytes) -> bool:
    """Tell whether bytes without a mark are UTF-16: its delimiters and digits have every second byte zero."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    return max(even, odd) * 8 >= len(head) // 2 and min(even, odd) * 20 <= max(even, odd)
