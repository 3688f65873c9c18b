"""Which files a source is made of, and what each of them is, judged by its first bytes and never by its name.

Nothing under a source is passed over without a word: a folder that may not be opened, a link that leads nowhere, a pipe each are
a file that is refused. Names in GB18030 bytes are shown as they were meant.
"""

from __future__ import annotations

import hashlib
import os
import stat
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any, Final, NamedTuple

from graph_model.text_encoding import encoding_of
from loaders.issues.log import IssueLog
from loaders.read.own_files import is_own_answer, is_store
from loaders.read.refused import FileRefused, unreadable


class Format(StrEnum):
    """What a file is."""

    XLSX = "xlsx"
    XLSB = "xlsb"
    ODS = "ods"
    XLS = "xls"
    ENCRYPTED = "encrypted"
    DOCX = "docx"
    PDF = "pdf"
    PARQUET = "parquet"
    HTML = "html"
    TEXT = "text"
    ZIP = "zip"
    OLD_WORD = "doc"
    ODT = "odt"
    RTF = "rtf"
    OFD = "ofd"
    PACKED = "packed"
    BINARY = "binary"
    ADDED = "added"
    EMPTY = "empty"


class AddedFormat(NamedTuple):
    """A format that one file of `formats` adds: its suffixes, how its first bytes tell it, and its reader."""

    suffixes: frozenset[str]
    recognises: Callable[[bytes], bool]
    sheets: Callable[[Path], Iterator[Any]]
    """Yields the sheets of a file."""


ADDED: Final[list[AddedFormat]] = []
"""What `formats` found beside the readers that come with the program."""

SUFFIXES: Final = frozenset(
    {".xlsx", ".xlsm", ".xltx", ".xltm", ".xlsb", ".xls", ".xlt", ".et", ".ett", ".ods", ".csv", ".tsv", ".txt"}
    | {".docx", ".docm", ".doc", ".wps", ".odt", ".rtf", ".pdf", ".ofd", ".parquet", ".htm", ".html"}
    | {".zip", ".rar", ".7z", ".gz", ".tar"}
)
"""Suffixes of files that may hold a list; others are left alone, with a hint."""

DECISIONS: Final = "decisions.csv"
"""File of a source folder that says which names are the same; not a table."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
HEAD = 4096
_PACKED = (b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")


@dataclass(frozen=True)
class SourceFile:
    """A file of a source, with the folder it was found under."""

    path: Path
    root: Path
    shown: str | None = None
    """Its path in the source as people see it, where it was taken out of an archive."""
    refusal: FileRefused | None = None
    """Why it is not even opened."""
    buyer: str | None = None
    """Who buys in a list of suppliers that does not name him, as whoever loads it says."""

    @property
    def name(self) -> str:
        """Return the path as people see it: relative to the source."""
        if self.shown is not None:
            return self.shown
        return shown_path(self.path.relative_to(self.root)) if self.path != self.root else shown_path(self.path.name)

    @property
    def stem(self) -> str:
        """Return the name of the file without its suffix."""
        return PurePosixPath(self.name).stem

    @property
    def folders(self) -> tuple[str, ...]:
        """Return the names of the folders around the file, the nearest first, the source folder last."""
        return (*reversed(PurePosixPath(self.name).parts[:-1]), shown_path(self._folder().name))

    @property
    def full(self) -> str:
        """Return the full path as people see it."""
        return shown_path(self.path) if self.shown is None else f"{shown_path(self._folder())}/{self.shown}"

    @cached_property
    def sha256(self) -> str:
        """Return the SHA-256 of the content."""
        with self.path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()

    @cached_property
    def format(self) -> Format:
        """Return what the file is."""
        with self.path.open("rb") as stream:
            head = stream.read(HEAD)
        return _format(self.path, head)

    def _folder(self) -> Path:
        return self.root if self.root.is_dir() else self.root.parent


def shown_path(path: Path | str) -> str:
    """Return a path as people wrote it; bytes that are no UTF-8 are read as GB18030."""
    raw = os.fsencode(path)
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding).replace(os.sep, "/")
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", errors="backslashreplace")


def source_files(source: Path, log: IssueLog, but: Path | None = None) -> Iterator[SourceFile]:
    """Yield the files of `source` that may hold a list, sorted by path; a source is a folder or a file.

    What lies under `but` is left alone: a store may stand in the folder it is loaded from. No store is ever entered, and answers
    that this program wrote are no lists: a hint says so.
    """
    if not source.is_dir():
        files = [SourceFile(source, source, refusal=_refusal(source))]
    else:
        files = [] if is_store(source) else sorted(_walk(source, source, but, ()), key=lambda file: file.path)
        files = [file for file in files if file.path.name != DECISIONS or file.refusal is not None]
    for file in files:
        if file.refusal is None and is_own_answer(file.path):
            log.add("own_answer", file=file.name)
        elif file.refusal is not None or not source.is_dir() or _may_hold_a_list(file.path):
            yield file
        else:
            log.add("file_not_a_table", file=file.name)


def _may_hold_a_list(path: Path) -> bool:
    suffix = path.suffix.lower()
    return suffix in SUFFIXES or any(suffix in added.suffixes for added in ADDED)


def decision_files(source: Path) -> list[SourceFile]:
    """Return the `decisions.csv` files of a source."""
    if not source.is_dir():
        return [SourceFile(source, source)] if source.name == DECISIONS else []
    files = (file for file in _walk(source, source, None, ()) if file.path.name == DECISIONS and file.refusal is None)
    return sorted(files, key=lambda file: file.path)


def _walk(folder: Path, root: Path, but: Path | None, above: tuple[tuple[int, int], ...]) -> Iterator[SourceFile]:
    """Yield every file under a folder, links followed, and whatever cannot be opened with its refusal."""
    try:
        inside = (*above, _identity(folder))
        entries = list(folder.iterdir())
    except OSError as error:
        yield SourceFile(folder, root, refusal=unreadable(error))
        return
    for entry in entries:
        if _is_hidden(entry.name) or (but is not None and entry.is_relative_to(but)):
            continue
        if is_store(entry):
            continue
        if not _is_folder(entry):
            yield SourceFile(entry, root, refusal=_refusal(entry))
        elif _identity(entry) in inside:
            yield SourceFile(entry, root, refusal=FileRefused("link_in_circle"))
        else:
            yield from _walk(entry, root, but, inside)


def _is_folder(entry: Path) -> bool:
    try:
        return stat.S_ISDIR(entry.stat().st_mode)
    except OSError:
        return False


def _identity(folder: Path) -> tuple[int, int]:
    status = folder.stat()
    return status.st_dev, status.st_ino


def _refusal(path: Path) -> FileRefused | None:
    """Return why a path is no file that can be opened; to open a pipe would wait for ever."""
    try:
        status = path.stat()
    except FileNotFoundError:
        return FileRefused("link_broken")
    except OSError as error:
        return unreadable(error)
    return None if stat.S_ISREG(status.st_mode) else FileRefused("file_special")


def _is_hidden(name: str) -> bool:
    return name.startswith((".", "~$", "__MACOSX"))


def _format(path: Path, head: bytes) -> Format:
    if not head:
        return Format.EMPTY
    if any(added.recognises(head) for added in ADDED):
        return Format.ADDED
    if head.startswith(_OLE):
        return _ole_format(path)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_format(path)
    if head.startswith(_PACKED):
        return Format.PACKED
    if head.startswith(b"PAR1"):
        return Format.PARQUET
    if b"%PDF-" in head[:1024]:
        return Format.PDF
    return Format.RTF if head.startswith(b"{\\rtf") else _text_format(path, head)


def _ole_format(path: Path) -> Format:
    """Tell an encrypted workbook and a Word document from an xls: stream names stand in the file in UTF-16."""
    names = {name: name.encode("utf-16-le") for name in ("EncryptedPackage", "Workbook", "WordDocument")}
    streams: set[str] = set()
    with path.open("rb") as stream:
        previous = b""
        while block := stream.read(1 << 20):
            streams |= {name for name, raw in names.items() if raw in previous + block}
            previous = block[-64:]
    if "EncryptedPackage" in streams:
        return Format.ENCRYPTED
    return Format.OLD_WORD if "WordDocument" in streams and "Workbook" not in streams else Format.XLS


def _zip_format(path: Path) -> Format:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            kind = archive.read("mimetype")[:80].decode("ascii", errors="replace") if "mimetype" in names else ""
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
        return Format.BINARY
    if "opendocument" in kind:
        return Format.ODS if "spreadsheet" in kind else Format.ODT
    if "word/document.xml" in names:
        return Format.DOCX
    if "OFD.xml" in names:
        return Format.OFD
    if any(name.startswith("xl/") for name in names):
        return Format.XLSB if "xl/workbook.bin" in names else Format.XLSX
    return Format.ZIP


def _text_format(path: Path, head: bytes) -> Format:
    encoding = encoding_of(head) or "latin-1"
    sample = head.decode(encoding, errors="ignore")
    if sample.lstrip("\ufeffï»¿ \t\r\n").lower().startswith(("<html", "<!doctype html", "<table", "<meta", "<?xml")):
        return Format.HTML
    # A text file may hold a stray NUL, and is then refused with its line; a workbook that is full of them is garbage.
    binary_name = path.suffix.lower() not in {".csv", ".tsv", ".txt"}
    control = sum(byte < 9 or 13 < byte < 32 for byte in head)
    garbage = control > len(head) // 20 and not encoding.startswith("utf-16")
    return Format.BINARY if garbage and (binary_name or control > len(head) // 10) else Format.TEXT
