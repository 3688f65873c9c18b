"""From resolved rows to the tables of a snapshot, with the origins of every fact and the count of every row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from graph_model.columns import coded
from graph_model.kinds import UNIT_KINDS, UNIT_TABLES, UnitKind
from graph_model.names import normal_form
from graph_model.regions import UNKNOWN, Regions
from graph_model.schema import TABLES, arrow_schema
from loaders.build.cells import NULL, Cells
from loaders.build.facts import merge_table
from loaders.build.first_days import first_days
from loaders.build.listing_removals import removing
from loaders.build.places import authorities
from loaders.build.units import unit_table
from loaders.build.unread_rows import open_ends, unread_rows

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graph_model.arrays import Ints64
    from loaders.build.merge import Merged
    from loaders.issues.log import IssueLog
    from loaders.read.table_rows import TableRows
    from loaders.resolve.resolve import Resolved


@dataclass(frozen=True)
class Built:
    """The tables of a snapshot."""

    tables: dict[str, pa.Table]
    origins: dict[str, pa.Table]
    """Per table: `fact` (row of the table), `source` (number of the file), `sheet`, `row`; sorted."""
    loaded: dict[tuple[str, int], int]
    """Rows per input table and source that are the first to state their fact; the other rows that count are merged."""


def build(
    resolved: Resolved,
    places: Mapping[str, Ints64],
    regions: Regions,
    log: IssueLog,
    left_out: Mapping[str, TableRows] | None = None,
) -> Built:
    """Merge every table, make the tables of units, and say where every fact comes from.

    `left_out` are rows that the readers left out and that may still hold of their units.
    """
    left_out = left_out or {}
    facts: dict[str, Merged] = {}
    for table in TABLES:
        if table in resolved.rows and table not in UNIT_TABLES:
            facts[table] = merge_table(table, resolved, _computed(table, resolved, places, regions, log), log)
    if "listings" in facts:
        facts["listings"].values["report"] = _reports_of_listings(facts)
        _open_ends(facts["listings"], left_out, resolved)
    counts = {kind: len(units) for kind, units in resolved.units.items()}
    days = first_days(facts, resolved.refs, counts)
    listing_regions = places.get("listings", np.empty(0, dtype=np.int64))
    tables = {kind.table: unit_table(kind, resolved, listing_regions, regions, days[kind], log) for kind in UNIT_KINDS}
    tables |= {table: _arrow(table, facts.get(table)) for table in TABLES if table not in tables}
    tables["names"] = _names(resolved)
    tables["unread_rows"] = unread_rows(left_out, resolved)
    fact_of_row = {table: merged.fact for table, merged in facts.items()}
    for kind in UNIT_KINDS:
        if kind.table in resolved.rows:
            own = resolved.refs[kind.table][kind.value]
            fact_of_row[kind.table] = np.where(resolved.rows[kind.table].alive, own, -1)
    more = {table: merged.more for table, merged in facts.items()}
    origins = {table: _origins(resolved.rows[table], fact, more.get(table)) for table, fact in fact_of_row.items()}
    stating = dict(origins)
    if "listings" in facts and removing(resolved.rows["listings"]).any():  # A removal states no listing: it ends some.
        rows = resolved.rows["listings"]
        stating["listings"] = _origins(rows, np.where(removing(rows), -1, facts["listings"].fact))
    return Built(tables, origins, _loaded(stating))


def _open_ends(listings: Merged, left_out: Mapping[str, TableRows], resolved: Resolved) -> None:
    """Leave open whether those listings have ended that a removal may mean which was left out."""
    unknown = listings.values["end_unknown"].values
    for kind, unit, category in open_ends(left_out, resolved):
        for unit_row, code in zip(unit.tolist(), category.tolist(), strict=True):
            meant = (listings.values[kind.value].values == unit_row) & (unit_row >= 0)
            meant &= (listings.values["removed_on"].values == NULL) & (
                (code == NULL) | (listings.values["category"].values == code)
            )
            unknown[meant] = 1


def _computed(
    table: str, resolved: Resolved, places: Mapping[str, Ints64], regions: Regions, log: IssueLog
) -> dict[str, Ints64]:
    """Return the columns of the graph that are worked out from the rows of a table."""
    if table == "listings":
        return {"region": places["listings"]}
    if table == "agency_bans":
        return {"region": authorities(resolved.rows[table], regions, log)}
    if table == "totals":
        scopes = _scopes(table, resolved, regions)
        nowhere = np.flatnonzero((scopes["park"] < 0) & (scopes["region"] == UNKNOWN))
        resolved.rows[table].reject(log, "scope_unknown", nowhere, "scope")
        return {name: scopes[name] for name in ("park", "region")}
    if table == "attestations":
        scopes = _scopes(table, resolved, regions)
        nobody = (scopes["enterprise"] < 0) & (scopes["park"] < 0) & (scopes["region"] == UNKNOWN)
        rows = resolved.rows[table]
        rows.report(log, "attestation_of_nobody", np.flatnonzero(nobody & rows.known("scope") & rows.alive), "scope")
        return scopes
    return {}


def _scopes(table: str, resolved: Resolved, regions: Regions) -> dict[str, Ints64]:
    """Return enterprise, park and region of the scopes of a table. One may be several: 苏州工业园区 is a park and a county."""
    number = {normal: index for index, normal in enumerate(resolved.normals)}
    codes, words = coded(resolved.rows[table]["scope"])
    normals = [number.get(normal_form(word), -1) for word in words]
    units = {
        kind.value: np.array([*(resolved.meaning[kind][normal] if normal >= 0 else -1 for normal in normals), -1])
        for kind in (UnitKind.ENTERPRISE, UnitKind.PARK)
    }
    readings = [regions.read(word) for word in words]
    places = np.array([*(reading.code if reading.doubt is None else UNKNOWN for reading in readings), UNKNOWN])
    return {name: values[codes] for name, values in {**units, "region": places}.items()}


def _reports_of_listings(facts: Mapping[str, Merged]) -> Cells:
    """Return the row of the report that each listing names, where a report of that number is on record for that unit."""
    listings = facts["listings"]
    report_rows = np.full(listings.facts, NULL, dtype=np.int64)
    if "reports" in facts:
        reports = facts["reports"]
        number = {
            (no, enterprise, park): row
            for row, (no, enterprise, park) in enumerate(
                zip(_texts(reports, "report_no"), *_units(reports), strict=True)
            )
        }
        keys = zip(_texts(listings, "report_no"), *_units(listings), strict=True)
        report_rows = np.array([number.get(key, NULL) for key in keys], dtype=np.int64)
    return Cells(report_rows, listings.values["report"].back)


def _texts(merged: Merged, column: str) -> list[str | None]:
    cells = merged.values[column]
    texts: list[str | None] = cells.back(cells.values).to_pylist()
    return texts


def _units(merged: Merged) -> tuple[list[int], list[int]]:
    return merged.values["enterprise"].values.tolist(), merged.values["park"].values.tolist()


def _arrow(table: str, merged: Merged | None) -> pa.Table:
    if merged is None:
        return arrow_schema(table).empty_table()
    columns = {name: merged.values[name].back(merged.values[name].values) for name in TABLES[table]}
    return pa.table(columns, schema=arrow_schema(table))


def _names(resolved: Resolved) -> pa.Table:
    """Return which unit of each kind a normal form means, sorted by normal form; names of nobody are left out."""
    columns = {kind.value: resolved.meaning[kind] for kind in UNIT_KINDS}
    used = np.flatnonzero(np.any([column >= 0 for column in columns.values()], axis=0))
    normal = pa.array([resolved.normals[index] for index in used.tolist()], pa.string())
    arrays = {name: pa.array(column[used], pa.int32(), mask=column[used] < 0) for name, column in columns.items()}
    table = pa.table({"normal": normal, **arrays}, schema=arrow_schema("names"))
    return table.sort_by("normal")


def _origins(rows: TableRows, fact: Ints64, more: tuple[Ints64, Ints64] | None = None) -> pa.Table:
    """Return the rows that speak of each fact; `more` are pairs of row and fact beside the one fact of each row."""
    alive = np.flatnonzero(fact >= 0)
    fact = fact[alive]
    if more is not None and len(more[0]):
        alive, fact = np.concatenate((alive, more[0])), np.concatenate((fact, more[1]))
    source, line = rows.numbers("_source")[alive], rows.numbers("_row")[alive]
    order = np.lexsort((line, source, fact))
    at = rows["_sheet"].take(pa.array(alive[order]))
    columns = {
        "fact": pa.array(fact[order], pa.int32()),
        "source": pa.array(source[order], pa.int32()),
        "sheet": at.cast(pa.dictionary(pa.int32(), pa.string())),
        "row": pa.array(line[order], pa.int32()),
    }
    return pa.table(columns)


def _loaded(origins: Mapping[str, pa.Table]) -> dict[tuple[str, int], int]:
    loaded: dict[tuple[str, int], int] = {}
    for table, origin in origins.items():
        fact = origin.column("fact").to_numpy()
        first = np.ones(len(fact), dtype=bool)
        first[1:] = fact[1:] != fact[:-1]
        sources, counts = np.unique(origin.column("source").to_numpy()[first], return_counts=True)
        loaded |= {(table, source): count for source, count in zip(sources.tolist(), counts.tolist(), strict=True)}
    return loaded
