"""Fact tables: the rows of each input table, with their units, merged by key into the columns the graph has."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from graph_model.regions import UNKNOWN
from graph_model.schema import TABLES, key_columns
from loaders.build.cells import NULL, Cells, cells_of, nothing, numbers
from loaders.build.defaults import plan_span, published_on
from loaders.build.listing_removals import apply_removals, end_unknown, removing
from loaders.build.merge import ENDS, STARTS, Conflict, Merged, merge
from loaders.build.places import finest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graph_model.arrays import Ints64
    from loaders.issues.log import IssueLog
    from loaders.read.table_rows import TableRows
    from loaders.resolve.resolve import Resolved


def merge_table(table: str, resolved: Resolved, computed: Mapping[str, Ints64], log: IssueLog) -> Merged:
    """Merge one fact table; `computed` holds columns that are worked out from the rows, such as regions."""
    rows = resolved.rows[table]
    values = _columns(table, rows, resolved, computed)
    if table == "supplies":
        _dates_before_year(rows, values, log)
    if table == "tenancies":
        rows.report(log, "tenancy_without_start", np.flatnonzero(~rows.known("start") & rows.alive), "start")
    _reversed_spans(rows, values, log)
    keys = [values[column] for column in key_columns(table)]
    if table == "listings":
        return _merge_listings(rows, keys, values, log)
    merged = merge(keys, values, rows.alive, teller(rows, log))
    if table == "tenancies":
        merged.values["end_unknown"] = Cells(end_unknown(rows, merged, "end"), merged.values["end_unknown"].back)
    if table == "cultivation":
        span = plan_span(*(merged.values[name].values for name in ("plan_year", "start", "end")))
        for name, filled in zip(("start", "end"), span, strict=True):
            merged.values[name] = Cells(filled, merged.values[name].back)
    return merged


def _merge_listings(rows: TableRows, keys: list[Cells], values: dict[str, Cells], log: IssueLog) -> Merged:
    """Merge the rows that list a unit, place them in time and space, and end those that other rows remove."""
    regions = values.pop("region")
    listed = rows.alive & ~removing(rows)
    merged = _dated_listings(rows, keys, values, merge(list(keys), dict(values), listed, teller(rows, log)), log)
    merged.values["region"] = _listing_regions(rows, merged, regions, log)
    unknown = end_unknown(rows, merged, "removed_on")
    merged.values["end_unknown"] = Cells(unknown, merged.values["end_unknown"].back)
    return apply_removals(rows, values, merged, log)


def _columns(table: str, rows: TableRows, resolved: Resolved, computed: Mapping[str, Ints64]) -> dict[str, Cells]:
    refs = resolved.refs[table]
    columns = {}
    for name, holds in TABLES[table].items():
        if name in refs or name in computed:
            columns[name] = numbers(refs[name] if name in refs else computed[name], holds)
        elif name in rows.arrow.column_names:
            columns[name] = cells_of(rows[name], holds)
        else:
            columns[name] = nothing(len(rows), holds)
    return columns


def _reversed_spans(rows: TableRows, values: dict[str, Cells], log: IssueLog) -> None:
    """Say where a span ends before or on the day it begins: it holds on no day."""
    for start, end in (("start", "end"), ("published_on", "removed_on")):
        if start in values and end in values:
            first, last = values[start].values, values[end].values
            empty = (first != NULL) & (last != NULL) & (last <= first) & rows.alive
            rows.report(log, "span_reversed", np.flatnonzero(empty), end)


def _dates_before_year(rows: TableRows, values: dict[str, Cells], log: IssueLog) -> None:
    """Let start and end of a supply row win over its year; without any of them it always was and is open."""
    dated = (values["start"].values != NULL) | (values["end"].values != NULL)
    by_year = values["year"].values != NULL
    rows.report(log, "year_beside_dates", np.flatnonzero(dated & by_year & rows.alive), "year")
    rows.report(log, "supply_without_time", np.flatnonzero(~dated & ~by_year & rows.alive))
    values["year"] = Cells(np.where(dated, NULL, values["year"].values), values["year"].back)


def _dated_listings(
    rows: TableRows, keys: list[Cells], values: dict[str, Cells], merged: Merged, log: IssueLog
) -> Merged:
    """Fill missing publication days; leave out listings that cannot be placed in time, with all their rows."""
    batches = merged.values["batch"].back(merged.values["batch"].values).to_pylist()
    filled, assumed = published_on(merged.values["tier"].values, batches, merged.values["published_on"].values)
    timeless = _rows_of(merged, np.flatnonzero(filled == NULL))
    if len(timeless):
        rows.reject(log, "listing_without_day", timeless, "batch")
        listed = rows.alive & ~removing(rows)
        return _dated_listings(rows, keys, values, merge(list(keys), dict(values), listed, lambda *_: None), log)
    rows.report(log, "published_on_assumed", _rows_of(merged, assumed), "batch")
    merged.values["published_on"] = Cells(filled, merged.values["published_on"].back)
    return merged


def _listing_regions(rows: TableRows, merged: Merged, regions: Cells, log: IssueLog) -> Cells:
    """Return the finest region said of each listing: 江苏 and 南京市 complement each other, 南京市 and 苏州市 do not."""
    given = np.where(regions.values == NULL, UNKNOWN, regions.values)
    agreed, disputed = finest(merged.facts, merged.fact, given)
    rows.report(log, "region_disputed", _rows_of(merged, np.array(disputed, dtype=np.int64)), "region")
    return Cells(np.where(agreed == UNKNOWN, NULL, agreed), regions.back)


def _rows_of(merged: Merged, facts: Ints64) -> Ints64:
    return np.flatnonzero(np.isin(merged.fact, facts) & (merged.fact >= 0))


def teller(rows: TableRows, log: IssueLog) -> Conflict:
    """Return what tells a contradiction: a warning at the second place that names the first."""

    def tell(column: str, row: int, contrary: int) -> None:
        first, second = sorted((row, contrary))
        has_column = column in rows.arrow.column_names
        code = "contradiction_dates" if column in STARTS | ENDS else "contradiction"
        there = rows[column][first].as_py() if has_column else ""
        rows.report(
            log,
            code,
            np.array([second]),
            column if has_column else None,
            other_place=rows.place(first),
            other_value=there,
            what=column,
        )

    return tell
