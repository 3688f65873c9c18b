"""`verdigraph load`: lists into a store."""

from __future__ import annotations

from errno import ENOENT
from os import strerror
from pathlib import Path
from typing import TYPE_CHECKING

from graph_model.bilingual import Bilingual
from graph_model.errors import DoesNotFitError, ExclusiveOptionsError
from loaders.accounts import NothingLoadedError, SourceLostError
from loaders.load import load as load_sources
from reports.load_summary import FIRST, print_summary
from reports.terminal import Working, either, page, say
from reports.writing import write_whole

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loaders.issues.summary import LoadSummary


def load(
    sources: Sequence[Path],
    store: Path,
    *,
    add: bool,
    replace: bool,
    strict: bool,
    issues: Path | None,
    lang: str,
    buyer: str | None = None,
) -> int:
    """Load sources, print the summary, return the exit status.

    1 where a whole file, sheet or table was left out; with `strict` also where there is any error or warning.
    """
    if add and replace:
        raise ExclusiveOptionsError("add", "replace")
    if issues is not None and issues.suffix.lower() != ".xlsx":
        raise DoesNotFitError("issues", issues, Bilingual("应为 .xlsx 文件名", "a name ending in .xlsx is expected"))
    if issues is not None and not issues.absolute().parent.is_dir():
        raise FileNotFoundError(ENOENT, strerror(ENOENT), str(issues))
    try:
        with Working(either(lang, "正在读取", "loading")) as working:
            summary = load_sources(list(sources), store, add=add, replace=replace, buyer=buyer, progress=working)
    except (NothingLoadedError, SourceLostError) as stopped:
        say(*stopped.log.grouped(FIRST, lang))
        raise
    print_summary(summary, page(), lang)
    if issues is not None:
        _write_issues(summary, issues, lang)
    return 1 if summary.left_out or (strict and _doubtful(summary)) else 0


def _doubtful(summary: LoadSummary) -> bool:
    counts = summary.log.counts()
    return bool(counts["error"] or counts["warning"])


def _write_issues(summary: LoadSummary, path: Path, lang: str) -> None:
    from reports.issue_workbook import issues_bytes

    write_whole(path, issues_bytes(summary))
    say(either(lang, f"问题清单已写入 {path}", f"issues written to {path}"))
