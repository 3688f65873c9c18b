"""How fast lists are read, beside the libraries that only take them apart: calamine for workbooks, Arrow for text."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

import pyarrow.csv
import python_calamine
import xlsxwriter

from benchmarks.measure import in_turn
from loaders.issues.log import IssueLog
from loaders.read.read_file import read_source
from loaders.read.sources import SourceFile

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_HEADER: Final = ("企业名称", "统一社会信用代码", "园区名称", "入园日期", "离园日期")
WORKBOOK_ROWS: Final = 60_000
TEXT_ROWS: Final = (90_000, 130_000)
"""Rows of a text just under, and just over, the size from which it is read in blocks."""


@dataclass(frozen=True)
class ReadBeside:
    """Seconds of one file: ours, with every cell typed and every row accounted for, and the library's, taken apart only."""

    title: str
    ours: float
    theirs: float
    note: str


def read_lists() -> list[ReadBeside]:
    """Read workbooks and texts of tenancies, ours and the library's in turn."""
    with TemporaryDirectory(prefix="verdigraph-") as folder:
        return [*_workbooks(Path(folder)), *_texts(Path(folder))]


def _rows(count: int) -> Iterator[tuple[str, str, str, str, str]]:
    for number in range(count):
        end = "" if number % 7 else "2024-01-01"
        yield (
            f"江苏第{number}号制造有限公司",
            "",
            f"园区{number % 200}产业园",
            f"20{10 + number % 12}-0{1 + number % 9}-01",
            end,
        )


def _workbooks(folder: Path) -> Iterator[ReadBeside]:
    rows = [_HEADER, *_rows(WORKBOOK_ROWS)]
    for title, last in (("", ()), (", one #N/A", [("江苏末尾制造有限公司", "", "园区1产业园", "#N/A", "")])):
        path = folder / f"入园企业{len(last)}.xlsx"
        _write_workbook(path, [*rows, *last])
        ours, theirs = in_turn([lambda at=path: _read(at), lambda at=path: _calamine(at)])  # type: ignore[misc]
        yield ReadBeside(f"read xlsx{title}", ours, theirs, f"{WORKBOOK_ROWS:,} rows; second column calamine")


def _texts(folder: Path) -> Iterator[ReadBeside]:
    for count in TEXT_ROWS:
        path = folder / f"入园企业{count}.csv"
        path.write_text("\n".join(",".join(row) for row in [_HEADER, *_rows(count)]), encoding="utf-8")
        ours, theirs = in_turn([lambda at=path: _read(at), lambda at=path: pyarrow.csv.read_csv(at)])  # type: ignore[misc]
        size = path.stat().st_size / 2**20
        note = f"{size:.1f} MiB, {ours / count * 1e6:.1f} µs a row; second column pyarrow.csv"
        yield ReadBeside(f"read csv, {count:,} rows", ours, theirs, note)


def _write_workbook(path: Path, rows: Sequence[Sequence[str]]) -> None:
    with xlsxwriter.Workbook(path, {"constant_memory": False}) as workbook:
        sheet = workbook.add_worksheet("入园企业")
        for number, row in enumerate(rows):
            for column, text in enumerate(row):
                if text == "#N/A":
                    sheet.write_formula(number, column, "=NA()", value=text)
                else:
                    sheet.write_string(number, column, text)


def _read(path: Path) -> int:
    parsed = read_source(SourceFile(path, path), IssueLog())
    return parsed.typed()


def _calamine(path: Path) -> int:
    with path.open("rb") as stream, python_calamine.load_workbook(stream) as workbook:
        return len(workbook.get_sheet_by_index(0).to_python(skip_empty_area=False))
