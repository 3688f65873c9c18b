"""Archives of lists: a zip is opened like a folder, within limits, into a place of the load's own.

Names inside an archive are shown and never used as paths. An archive in an archive, one with a password and one that unpacks to too
much are refused.
"""

from __future__ import annotations

import shutil
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import Final

from loaders.issues.log import IssueLog
from loaders.read.archives import check_sizes
from loaders.read.refused import FileRefused
from loaders.read.sources import SUFFIXES, Format, SourceFile

MEMBERS_LIMIT: Final = 1000
_OFFICE: Final = "[Content_Types].xml"
"""Stands in every document of Office, which is no archive of lists whatever its main part is called."""
_UTF8_NAME: Final = 0x800
_ENCRYPTED: Final = 0x1


def unpacked(files: Iterator[SourceFile], place: Path, log: IssueLog) -> Iterator[SourceFile]:
    """Yield files as they are, and for each zip the files inside it, taken out into `place`."""
    for file in files:
        if file.refusal is None and _is_zip(file):
            yield from _members(file, place, log)
        else:
            yield file


def _is_zip(file: SourceFile) -> bool:
    try:
        return file.format is Format.ZIP
    except OSError:
        return False


def _members(file: SourceFile, place: Path, log: IssueLog) -> Iterator[SourceFile]:
    try:
        with zipfile.ZipFile(file.path) as archive:
            members = [member for member in archive.infolist() if not member.is_dir() and not _is_hidden(member)]
            _check(file.path, members)
            names = [f"{file.name}/{_name(member)}" for member in members]
            for number, (member, name) in enumerate(zip(members, names, strict=True)):
                if _may_hold_a_list(name):
                    yield _taken_out(archive, member, place / f"{file.sha256[:16]}-{number}", file, name)
                else:
                    log.add("file_not_a_table", file=name)
    except FileRefused as refusal:
        yield SourceFile(file.path, file.root, file.shown, refusal)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError, zlib.error) as error:
        why = str(error) or type(error).__name__
        refused = FileRefused("file_unreadable", why_zh=f"压缩包已损坏（{why}）", why_en=f"a damaged archive ({why})")
        yield SourceFile(file.path, file.root, file.shown, refused)


def _check(path: Path, members: Sequence[zipfile.ZipInfo]) -> None:
    if not members:
        raise FileRefused("file_empty")
    if any(member.flag_bits & _ENCRYPTED for member in members):
        raise FileRefused("archive_encrypted")
    if len(members) > MEMBERS_LIMIT:
        raise FileRefused("archive_too_many", members=len(members), limit=MEMBERS_LIMIT)
    check_sizes(path, members)
    names = [member.filename for member in members]
    if _OFFICE in names:
        raise FileRefused(
            "file_unreadable", why_zh="文档已损坏，找不到正文", why_en="a damaged document without its text"
        )
    if not any(_may_hold_a_list(name) for name in names):
        raise FileRefused("archive_without_lists", members=len(members))


def _may_hold_a_list(name: str) -> bool:
    return PurePosixPath(name).suffix.lower() in SUFFIXES


def _taken_out(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, target: Path, file: SourceFile, name: str
) -> SourceFile:
    with archive.open(member) as inside, target.open("wb") as stream:
        shutil.copyfileobj(inside, stream)
    refusal = FileRefused("archive_in_archive") if _is_zip(SourceFile(target, target)) else None
    return SourceFile(target, file.root, name, refusal)


def _name(member: zipfile.ZipInfo) -> str:
    """Return the name of a member as it was meant: old Windows programs write GBK and say nothing of it."""
    if member.flag_bits & _UTF8_NAME:
        return member.filename
    try:
        raw = member.filename.encode("cp437")
    except UnicodeEncodeError:
        return member.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return member.filename


def _is_hidden(member: zipfile.ZipInfo) -> bool:
    return any(part.startswith((".", "~$", "__MACOSX")) for part in PurePosixPath(member.filename).parts)
