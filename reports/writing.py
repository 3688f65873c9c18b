"""Where an answer goes: standard output or a file, as table, csv, json or workbook."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from graph_model.bilingual import Bilingual
from graph_model.errors import DoesNotFitError, UsageError

if TYPE_CHECKING:
    from queries.answers.answer import Answer

FORMATS = ("table", "csv", "json", "xlsx")
ENDINGS = {".csv": "csv", ".json": "json", ".xlsx": "xlsx", ".txt": "table"}
"""Which format the ending of a file means."""


def format_for(asked: str | None, out: Path | None) -> str:
    """Return the asked format, else the one that the file name says, a table without ending; UsageError for another one."""
    if asked is not None:
        return asked
    ending = out.suffix.lower() if out else ""  # /dev/stdout has none
    if ending and ending not in ENDINGS:
        raise DoesNotFitError(
            "out",
            out,
            Bilingual(
                f"文件名应以 {'、'.join(ENDINGS)} 结尾，或用 --format 写明格式",
                f"a name that ends in {', '.join(ENDINGS)} is expected, or say --format",
            ),
        )
    return ENDINGS.get(ending, "table")


def write_answer(answer: Answer, form: str, out: Path, lang: str = "zh") -> None:
    """Write an answer to a file."""
    write_whole(out, as_bytes(answer, form, lang, to_file=True))


def put_answer(answer: Answer, form: str, lang: str = "zh") -> None:
    """Write an answer as csv, json or workbook to standard output."""
    if form == "xlsx" and sys.stdout.isatty():
        raise UsageError(
            "工作簿不能显示在屏幕上，请加 --out 文件名.xlsx", "a workbook needs a file: add --out FILE.xlsx"
        )
    sys.stdout.flush()
    sys.stdout.buffer.write(as_bytes(answer, form, lang, to_file=False))
    sys.stdout.buffer.flush()


def as_bytes(answer: Answer, form: str, lang: str, *, to_file: bool) -> bytes:
    """Return an answer in one of the formats; only a csv file has a byte order mark, for Excel."""
    if form == "csv":
        from reports.plain import csv_bytes

        return csv_bytes(answer, bom=to_file)
    if form == "json":
        from reports.imprint import imprint_of
        from reports.plain import json_bytes

        return json_bytes(answer, imprint_of(answer, lang).model_dump(mode="json"))
    if form == "xlsx":
        from reports.imprint import imprint_of
        from reports.workbook import workbook_bytes

        return workbook_bytes(answer, lang, imprint_of(answer, lang))
    return _table_text(answer, lang).encode()


def write_whole(path: Path, content: bytes) -> None:
    """Write a file whole or not at all: beside it first, then in its place. A device is written straight."""
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(content)
        else:
            _beside_then_in_place(path, content)
    except OSError as error:
        error.filename, error.filename2 = str(path), None  # the name the user gave, not the temporary one
        raise


def _beside_then_in_place(path: Path, content: bytes) -> None:
    handle, beside = tempfile.mkstemp(prefix=f".{path.name[:80]}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(beside).chmod(0o666 & ~_umask())
        Path(beside).replace(path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise


def _umask() -> int:
    """Return the process's mask; it can only be read by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _table_text(answer: Answer, lang: str) -> str:
    from rich.console import Console

    from reports.grid import grid
    from reports.terminal import UNBOUNDED

    console = Console(width=UNBOUNDED, highlight=False, markup=False, emoji=False, color_system=None)
    with console.capture() as captured:
        console.print(grid(answer, lang).table)
    return captured.get()
