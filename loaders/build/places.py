"""Regions of rows and of units: county and city of the own row, else its province, else what listings say. SPEC 5 and 8."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from graph_model.columns import coded
from graph_model.regions import UNKNOWN, Reading, Regions, contains, level_of, province_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import pyarrow as pa

    from graph_model.arrays import Ints64, Rows
    from loaders.issues.log import IssueLog
    from loaders.read.table_rows import TableRows


OWN_COLUMNS = {"enterprises": ("province", "city", "county"), "parks": ("city", "county"), "agencies": ("city",)}


def locate(regions: Regions, province: str | None, city: str | None, county: str | None) -> tuple[int, dict[str, str]]:
    """Return the region of an own row, and per column the issue code of what is doubtful there."""
    doubts: dict[str, str] = {}

    def read(column: str, reading: Reading) -> int:
        if reading.doubt is not None:
            doubts[column] = reading.doubt
        return reading.code

    above = read("province", regions.read(province))
    inside = read("city", regions.read(city)) or above
    if above != UNKNOWN and province_of(inside) != province_of(above):
        doubts["province"] = "province_not_of_city"
    if inside == UNKNOWN and city is not None:
        return UNKNOWN, doubts  # A city nobody knows may lie anywhere; its county must not be looked up at home.
    return read("county", regions.read_county(county, inside)), doubts


def row_places(rows: Mapping[str, TableRows], regions: Regions, log: IssueLog) -> dict[str, Ints64]:
    """Return the region of every row of the tables that give one, each distinct combination read once."""
    places = {}
    for table, columns in OWN_COLUMNS.items():
        if table in rows:
            places[table] = _own_places(rows[table], columns, regions, log)
    if "listings" in rows:
        places["listings"] = _read_column(rows["listings"], "region", regions.read, log)
    return places


def authorities(rows: TableRows, regions: Regions, log: IssueLog) -> Ints64:
    """Return the region over which each row of `agency_bans` decides, unknown where its authority names none."""
    return _read_column(rows, "authority", regions.read_authority, log)


def _own_places(rows: TableRows, columns: tuple[str, ...], regions: Regions, log: IssueLog) -> Ints64:
    places, doubts = places_of({column: rows[column] for column in columns}, regions)
    for column, doubt, at in doubts:
        rows.report(log, doubt, at, column)
    return places


def places_of(columns: Mapping[str, pa.ChunkedArray], regions: Regions) -> tuple[Ints64, list[tuple[str, str, Rows]]]:
    """Return the region per row of own columns, and (column, issue code, rows) of what is doubtful in them."""
    parts = [coded(column) for column in columns.values()]
    kinds, which = np.unique(np.stack([codes for codes, _ in parts]), axis=1, return_inverse=True)
    region = np.zeros(kinds.shape[1], dtype=np.int64)
    doubtful = []
    for index, combination in enumerate(kinds.T.tolist()):
        words = [words[code] if code >= 0 else None for code, (_, words) in zip(combination, parts, strict=True)]
        texts = dict(zip(columns, words, strict=True))
        region[index], doubts = locate(regions, texts.get("province"), texts.get("city"), texts.get("county"))
        doubtful += [(column, doubt, np.flatnonzero(which == index)) for column, doubt in doubts.items()]
    return region[which], doubtful


def _read_column(rows: TableRows, column: str, read: Callable[[str], Reading], log: IssueLog) -> Ints64:
    codes, words = coded(rows[column])
    readings = [read(word) for word in words]
    for index, reading in enumerate(readings):
        if reading.doubt is not None:
            rows.report(log, reading.doubt, np.flatnonzero(codes == index), column)
    return np.array([*(reading.code for reading in readings), UNKNOWN], dtype=np.int64)[codes]


def finest(units: int, unit: Ints64, regions: Ints64) -> tuple[Ints64, list[int]]:
    """Return per unit the finest of the regions said of it if the others contain it, else 0; and the units in dispute."""
    given = (unit >= 0) & (regions != UNKNOWN)
    pairs = np.unique(unit[given].astype(np.int64) * 10**6 + regions[given])
    unit, regions = pairs // 10**6, pairs % 10**6
    finest_of = np.zeros(units, dtype=np.int64)
    finest_of[unit] = regions
    disputed = []
    for unit_row in np.flatnonzero(np.bincount(unit, minlength=units) > 1).tolist():
        here = regions[unit == unit_row].tolist()
        best = max(here, key=level_of)
        agree = all(contains(region, best) for region in here)
        finest_of[unit_row] = best if agree else UNKNOWN
        disputed += [] if agree else [unit_row]
    return finest_of, disputed
