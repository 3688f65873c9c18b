"""Write the folder of a case: each file from its description, by the format that its name or `as` says."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from tests.corpus.making import hostile, parquet, pdf, text, word, workbook

Spec = dict[str, Any]

_WRITERS: dict[str, Callable[[Path, Spec], None]] = {
    "csv": text.write_csv,
    "tsv": text.write_csv,
    "txt": text.write_csv,
    "html": text.write_html,
    "htm": text.write_html,
    "xlsx": workbook.write_xlsx,
    "xls": workbook.write_xls,
    "ods": workbook.write_ods,
    "docx": word.write_docx,
    "pdf": pdf.write_pdf,
    "parquet": parquet.write_parquet,
}


def write_folder(files: dict[str, Spec], folder: Path) -> None:
    """Write the files of a case under `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, spec in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if "made" in spec:
            getattr(hostile, spec["made"])(path)
        else:
            _WRITERS[spec.get("as", path.suffix[1:].lower())](path, spec)
        if "name_bytes" in spec:
            path.rename(folder / os.fsdecode(bytes.fromhex(spec["name_bytes"])))


def lines_of(spec: Spec) -> int | None:
    """Return how many lines with any text a file holds, known from its description; None where it does not say.

    Not where a description repeats lines (the running head of a page), is no table, or is written as it stands.
    """
    if "lines" in spec:
        return int(spec["lines"])
    if spec.keys() & {"made", "text", "page_rows", "name_bytes", "after"}:
        return None
    sheets = spec["sheets"].values() if "sheets" in spec else [spec]
    return sum(_filled(text.grid(sheet)) for sheet in sheets)


def _filled(rows: Sequence[Sequence[Any]]) -> int:
    return sum(any(str(cell).strip() for cell in row if cell is not None) for row in rows)
