"""Cells that a name gives: the category, tier and batch of a list, the buyer of its suppliers, the region of a group.

Year and round of a batch are looked for separately, in the column first: 第一批 under 2023年度省级绿色工厂名单 is 2023年第1批.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from graph_model.arrays import Flags
from graph_model.records import RECORDS, needed
from graph_model.values import compact
from graph_model.values.texts import TEXT
from loaders.read.blocks import Part
from loaders.read.headers import kinds
from loaders.read.periods import batch_of, parts_of, period_in
from loaders.read.published import NATIONAL_BATCHES, NATIONAL_ROUNDS, GivenByName, is_province
from loaders.read.table_fits import Fit
from loaders.read.typed_columns import ColumnReader, Typed

_REGION_FIELD: Final = {"listings": "region", "enterprises": "city", "parks": "city", "agencies": "city"}


def needed_of(fit: Fit) -> tuple[str, ...]:
    """Return the fields that every row of a table must know: a removal list need not name tier and batch."""
    names = needed(RECORDS[fit.table])
    return tuple(name for name in names if fit.given.removal is None or name not in ("tier", "batch"))


def holds_provinces(part: Part, fit: Fit) -> bool:
    """Tell whether every 地区 of a table that lies open is a province, as in the lists of the ministry."""
    column = fit.columns.get("region")
    if column is None:
        return False
    lines = part.sheet.lines[part.start : part.stop]
    cells = {cell for line in lines if column.at < len(line.cells) and (cell := line.cells[column.at])}
    whole_rows = {cell for cell in cells if compact(cell) != compact(column.header)}
    return all(map(is_province, whole_rows))


def fill_given(table: str, given: GivenByName, fields: dict[str, Typed], is_national: bool) -> None:
    """Give blank cells what names say; `is_national` where the ministry's headers tell the tier of its batches."""
    for name, value in given.values.items():
        if name == "tier" and given.is_national and not is_national:
            continue
        fields[name] = _filled(fields[name], value, kinds(table)[name].arrow)
    if table != "listings":
        return
    if given.is_national and is_national and "tier" not in given.values:
        national = pc.is_in(fields["batch"].values.cast(pa.string()), pa.array(sorted(NATIONAL_BATCHES)))
        fields["tier"] = _filled(fields["tier"], "national", fields["tier"].values.type, national)
    fields["batch"] = _batches(fields, given)


def _batches(fields: dict[str, Typed], given: GivenByName) -> Typed:
    """Complete each batch by the year and the round that names give; without either by the year of publication."""
    batch, day = fields["batch"], fields["published_on"].values
    doubtful = pa.array(~blank_cells(batch) & np.asarray(batch.values.is_null()))
    years = pc.year(day) if given.removal is None else pa.nulls(len(day), pa.int64())
    columns = [batch.values.cast(pa.string()), fields["tier"].values.cast(pa.string()), years, doubtful]
    coded = [column.dictionary_encode() for column in columns]
    codes = np.stack([column.indices.fill_null(-1).to_numpy(zero_copy_only=False) for column in coded])
    distinct, which = np.unique(codes, axis=1, return_inverse=True)
    words = [[*column.dictionary.to_pylist(), None] for column in coded]
    batches = [
        None if unread else _batch(text, tier, None if year is None else str(year), given)
        for text, tier, year, unread in (
            [word[code] for word, code in zip(words, row, strict=True)] for row in distinct.T.tolist()
        )
    ]
    values = pa.array(batches, pa.string()).dictionary_encode()
    return Typed(values.take(pa.array(which.reshape(-1))), batch.remarks)


def _batch(text: str | None, tier: str | None, published: str | None, given: GivenByName) -> str | None:
    said = parts_of(text) if text else None
    if text and said is not None and not (said.year or said.round):
        said = period_in(text)  # 2023年度（第一批）
        if not (said.year or said.round):
            return text
    year = (said.year if said else None) or given.year
    number = (said.round if said else None) or given.round
    if tier == "national" and number in NATIONAL_ROUNDS:
        return number
    return batch_of(year or (published if number is None else None), number)


def fill_region(table: str, fields: dict[str, Typed], region: str) -> None:
    """Give rows without a region that of the heading of their group."""
    name = _REGION_FIELD.get(table)
    if name is not None:
        fields[name] = _filled(fields[name], region, fields[name].values.type)


def joined_regions(columns: Sequence[pa.Array], rows: int) -> Typed:
    """Return the regions that several columns say together: 江苏省, 苏州市, 昆山市 are 江苏省苏州市昆山市."""
    texts = [[TEXT.parse(cell).value if cell else None for cell in column.to_pylist()] for column in columns]
    together = [_together(parts) for parts in zip(*texts, strict=True)] if texts else [None] * rows
    return ColumnReader(TEXT).read(pa.array(together, pa.string()))


def _together(parts: Sequence[str | None]) -> str | None:
    text = ""
    for part in filter(None, parts):
        text = part if part.startswith(text) else text if text.endswith(part) else text + part
    return text or None


def blank_cells(typed: Typed) -> Flags:
    """Return which cells say nothing; what cannot be read says something."""
    blank: Flags = np.asarray(typed.values.is_null().to_numpy(zero_copy_only=False), dtype=np.bool_)
    for mask in typed.remarks.values():
        blank = blank & ~mask
    return blank


def _filled(typed: Typed, value: str, arrow: pa.DataType, where: Any = None) -> Typed:
    """Fill blank cells (not unreadable ones) with `value`."""
    blank = pa.array(blank_cells(typed))
    if where is not None:
        blank = pc.and_(blank, pc.fill_null(where, fill_value=False))
    if pa.types.is_integer(arrow):
        return Typed(pc.if_else(blank, pa.scalar(int(value), arrow), typed.values), typed.remarks)
    texts = pc.if_else(blank, pa.scalar(value), typed.values.cast(pa.string()))
    return Typed(texts.dictionary_encode(), typed.remarks)
