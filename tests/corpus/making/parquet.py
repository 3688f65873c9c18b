"""Parquet files of the corpus: the first row is the header."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq


def write_parquet(path: Path, spec: dict[str, Any]) -> None:
    """Write `rows` with the types that their values have."""
    header, *rows = spec["rows"]
    columns = zip(*rows, strict=True)
    pq.write_table(pa.table(dict(zip(header, map(pa.array, columns), strict=True))), path)
