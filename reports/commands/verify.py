"""`verdigraph verify`: a file against the store it was made from, or the store against its own manifest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph_model.store import Store
from reports.terminal import Working, either, say
from reports.verification import verify

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def verify_files(files: Sequence[Path], store: Path, lang: str) -> int:
    """Say of each file whether it can be computed again, of no file whether the store is whole; 1 where something is not."""
    if not files:
        return _verify_store(store, lang)
    return max([_verify_file(file, store, lang) for file in files])


def _verify_file(file: Path, store: Path, lang: str) -> int:
    with Working(either(lang, "正在复算", "computing again")):
        verification = verify(file, store)
    verdict = either(lang, "一致", "holds") if verification.holds else either(lang, "不一致", "does not hold")
    say(f"{file}　{verdict}", *(f"  {line.in_(lang)}" for line in verification.lines))
    return 0 if verification.holds else 1


def _verify_store(path: Path, lang: str) -> int:
    """Look at every byte of every snapshot of a store."""
    store = Store(path)
    store.manifest()
    damaged = 0
    for snapshot in store.snapshots():
        files = store.damage(snapshot)
        damaged += len(files)
        for file in files:
            say(either(lang, f"已损坏：{file}", f"damaged: {file}"))
        if not files:
            tables = len(store.manifest(snapshot)["tables"])
            say(
                either(
                    lang,
                    f"快照 {snapshot} 完好：{tables} 张表逐字节与清单相符",
                    f"snapshot {snapshot} is whole: each byte of {tables} tables is as its manifest says",
                )
            )
    return 1 if damaged else 0
