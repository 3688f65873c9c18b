"""Sound files of every format, of one list of known firms, from which mutants are made."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from tests.corpus.making.folder import write_folder

TITLE = "2023年度省级绿色工厂名单"
FIRMS = 24
_CITIES = ("苏州市", "无锡市", "南京市")
HEADER = ["序号", "企业名称", "地区", "第三方评价机构"]


def firm(number: int) -> str:
    """Return the name of a firm of the list."""
    return f"江苏虚构{'甲乙丙丁戊己庚辛壬癸'[number % 10]}{number:02}号制造有限公司"


def rows(first: int = 1, last: int = FIRMS) -> list[list[Any]]:
    """Return the header and the rows of some firms."""
    return [HEADER, *([n, firm(n), _CITIES[n % 3], "虚构认证中心有限公司"] for n in range(first, last + 1))]


@dataclass(frozen=True)
class Seed:
    """A sound file: its format, how its texts are encoded, and how many lines it has."""

    name: str
    suffix: str
    content: bytes
    encoding: str = "utf-8"
    lines: int | None = None


_TEXTS = [[str(cell) for cell in row] for row in rows()]
_FILES: dict[str, dict[str, Any]] = {
    "plain.xlsx": {"title": TITLE, "rows": rows(), "merges": ["A1:D1"]},
    "sheets.xlsx": {"sheets": {"甲": {"title": TITLE, "rows": rows(1, 8)}, "乙": {"rows": rows(9, 16)}, "丙": {"rows": rows(17)}}},
    "plain.xls": {"title": TITLE, "rows": rows()},
    "plain.docx": {"title": TITLE, "rows": rows()},
    "merged.docx": {"title": TITLE, "rows": [[row[2], *row[:2]] for row in rows(1, 8)], "merges": ["A2:A3"]},
    "utf8.csv": {"rows": rows()},
    "gb.csv": {"rows": rows(), "encoding": "gb18030"},
    "utf16.txt": {"rows": rows(), "encoding": "utf-16", "delimiter": "\t"},
    "page.html": {"title": TITLE, "rows": rows()},
    "page.xls": {"title": TITLE, "rows": rows(), "as": "html"},
    "ruled.pdf": {"title": TITLE, "rows": rows(), "page_rows": 10, "foot": "第 {page} 页", "header": "every"},
    "plain.parquet": {"rows": _TEXTS},
}  # fmt: skip


@cache
def seeds() -> tuple[Seed, ...]:
    """Return the sound files."""
    with tempfile.TemporaryDirectory() as folder:
        write_folder(_FILES, Path(folder))
        return tuple(
            Seed(
                name,
                Path(name).suffix,
                (Path(folder) / name).read_bytes(),
                spec.get("encoding", "utf-8"),
                FIRMS + 1 if "csv" in name or "txt" in name else None,
            )
            for name, spec in _FILES.items()
        )
