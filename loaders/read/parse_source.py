"""One source file, parsed: its tables or its decisions. Whatever goes wrong with it is an issue of that file and no more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loaders.issues.log import IssueLog
from loaders.read.decisions import read_decisions
from loaders.read.parse_cache import CachedSource
from loaders.read.read_file import LeftOut, ParsedFile, read_source
from loaders.read.refused import FileRefused, unreadable
from loaders.read.sources import DECISIONS

if TYPE_CHECKING:
    from loaders.read.sources import SourceFile


def parse_source(key: str, source: SourceFile) -> CachedSource:
    """Return what a file holds. Only MemoryError, and what ends the process, goes up."""
    log = IssueLog()
    try:
        if source.path.name == DECISIONS:
            decisions = read_decisions(source, log)
            return CachedSource(key, ParsedFile(source.name, source.sha256), decisions, log)
        return CachedSource(key, read_source(source, log), [], log)
    except OSError as error:
        # No permission, or gone since it was found.
        return refused_source(key, source, unreadable(error))
    except Exception as error:
        if isinstance(error, MemoryError):
            raise
        # A reader that fails on one file must not stop the others; the issue says that it failed.
        return refused_source(key, source, FileRefused("file_reader_failed", error=type(error).__name__))


def refused_source(key: str, source: SourceFile, refusal: FileRefused, *, again: bool = False) -> CachedSource:
    """Return a file of which nothing is read, and why."""
    log = IssueLog()
    log.add_refusal(source.name, refusal.code, refusal.facts)
    file = ParsedFile(source.name, _content_of(source), left_out=[LeftOut(None, None, 0)])
    return CachedSource(key, file, [], log, again)


def _content_of(source: SourceFile) -> str:
    try:
        return source.sha256 if source.refusal is None else ""
    except OSError:
        return ""
