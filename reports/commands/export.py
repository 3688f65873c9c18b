"""`verdigraph export`: a store, or what somebody may have of it, in the format of another tool."""

from __future__ import annotations

import shutil
import tempfile
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final

from graph_model.bilingual import Bilingual
from graph_model.errors import DoesNotFitError, UnwritableStoreError, UsageError
from graph_model.store import Store
from queries import open_store
from reports.exports.exported_store import ExportedStore
from reports.terminal import either, say

if TYPE_CHECKING:
    from collections.abc import Callable

FORMATS: Final = {
    "parquet": ("fact_tables", "write_parquet", ""),
    "sqlite": ("fact_tables", "write_sqlite", ".sqlite"),
    "duckdb": ("fact_tables", "write_duckdb", ".duckdb"),
    "graphml": ("networks", "write_network", ".graphml"),
    "gexf": ("networks", "write_network", ".gexf"),
    "json": ("networks", "write_network", ".json"),
    "json-ld": ("networks", "write_json_ld", ".jsonld"),
    "neo4j-csv": ("bulk_files", "write_bulk_files", ""),
}
"""Per format the module of `reports.exports`, its function, and the ending of the file; none where it is a folder."""


def export(
    store: Path, to: str, out: Path | None, made_for: str | None, as_of: str | None, lang: str, snapshot: str | None
) -> None:
    """Write a store in a format and say where."""
    if to not in FORMATS:
        raise DoesNotFitError("to", to, Bilingual(f"可用的有 {'、'.join(FORMATS)}", f"there are {', '.join(FORMATS)}"))
    module, function, ending = FORMATS[to]
    target = out or Path(f"verdigraph-export{ending or f'-{to}'}")
    _refuse_taken(target, folder=not ending)
    session = open_store(store, snapshot)
    exported = session.exported(made_for, as_of=as_of or date.today())
    whole = None if made_for else Store(store)
    made = ExportedStore(*exported, lang=lang, made_for=made_for or "", store=whole)
    write: Callable[[ExportedStore, Path], None] = getattr(import_module(f"reports.exports.{module}"), function)
    _whole(write, made, target, folder=not ending)
    say(either(lang, f"已写入 {target}", f"wrote {target}"))


def _refuse_taken(target: Path, *, folder: bool) -> None:
    """Refuse a place where something would be lost: a folder that holds anything, a folder in place of a file."""
    if (folder and target.exists() and (not target.is_dir() or any(target.iterdir()))) or (
        not folder and target.is_dir()
    ):
        raise UsageError(
            f"{target} 已存在且不是空文件夹，请用 --out 指明另一个位置" if folder else f"{target} 是文件夹，请用 --out 指明文件名",
            f"{target} exists and is no empty folder; name another place with --out" if folder
            else f"{target} is a folder; name a file with --out",
        )  # fmt: skip


def _whole(write: Callable[[ExportedStore, Path], None], made: ExportedStore, target: Path, *, folder: bool) -> None:
    """Write beside the place and move it there once it is whole."""
    try:
        beside = Path(tempfile.mkdtemp(prefix=".verdigraph-", dir=target.absolute().parent))
    except OSError as error:
        raise UnwritableStoreError(target, error.strerror) from error
    try:
        half = beside / target.name
        if folder:
            half.mkdir()
        write(made, half)
        if folder and target.is_dir():
            target.rmdir()
        half.replace(target)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
