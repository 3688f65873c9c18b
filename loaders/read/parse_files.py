"""All source files of a load, parsed now or earlier: short text in this process, all else in the worker beside it."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, Final

from loaders.read.parse_cache import CachedSource, ParsedFiles, key_of
from loaders.read.parse_source import parse_source, refused_source
from loaders.read.reading_process import READING, Limits, ReadSettings
from loaders.read.refused import FileRefused, unreadable
from loaders.read.sources import Format, SourceFile

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_HERE: Final = frozenset({Format.TEXT, Format.EMPTY})
"""Formats that are read without a foreign library."""
_HERE_LIMIT: Final = 8 * 1024**2
"""Larger files are read by the worker whatever they are: up to here a text takes less than 300 MiB."""


def parse_files(
    files: Sequence[SourceFile], cache: ParsedFiles, tell: Callable[[int, int], None]
) -> list[CachedSource]:
    """Return what the files hold, in their order; a file that was parsed before is taken from the cache."""
    settings = ReadSettings()
    with ThreadPoolExecutor(1) as beside:
        parsed = [_begun(file, cache, settings, beside) for file in files]
        results = []
        for done, one in enumerate(parsed):
            tell(done, len(files))
            results.append(one.result() if isinstance(one, Future) else one)
    return results


def _begun(
    file: SourceFile, cache: ParsedFiles, settings: ReadSettings, beside: ThreadPoolExecutor
) -> CachedSource | Future[CachedSource]:
    """Return a parsed file, or the promise of one that the worker reads."""
    if file.refusal is not None:
        return refused_source("", file, file.refusal)
    try:
        key, is_here = key_of(file), file.format in _HERE and file.path.stat().st_size <= _HERE_LIMIT
    except OSError as error:  # No permission, or gone since it was found: the other files load.
        return refused_source("", file, unreadable(error))
    known = cache.kept(key)
    if known is not None and not known.again:
        return known
    if not is_here:
        return beside.submit(_read_beside, file, key, cache, settings)
    parsed = parse_source(key, file)
    cache.keep(parsed)
    return parsed


def _read_beside(file: SourceFile, key: str, cache: ParsedFiles, settings: ReadSettings) -> CachedSource:
    refusal = READING.read(file, key, cache.folder, Limits.of(file.path.stat().st_size, settings))
    if refusal is None:
        parsed = cache.kept(key)
        if parsed is not None:
            return parsed
        refusal = FileRefused("file_reader_died", status="-")
    parsed = refused_source(key, file, refusal, again=True)
    cache.keep(parsed)
    return parsed
