"""Rows that were left out and may still hold of a unit on record: what needs them is unknown, and clears nobody. SPEC 2, 8.

A listing whose tier, category or year nobody can read is in no list, but its unit is not proven to be in none. A row puts
nobody on record: it counts against those whom other rows know under its name or code.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from graph_model.columns import coded
from graph_model.kinds import UNIT_KINDS, UnitKind
from graph_model.names import normal_form
from graph_model.schema import TABLES, arrow_schema
from graph_model.tiers import CATEGORIES, Category
from loaders.build.cells import NULL, Cells, cells_of, nothing
from loaders.build.defaults import plan_span, published_on
from loaders.build.listing_removals import has_flag

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graph_model.arrays import Ints64
    from loaders.read.table_rows import TableRows
    from loaders.resolve.resolve import Resolved

TABLE: Final = "unread_rows"
_GREEN: Final = frozenset({"listings", "cultivation", "reports"})
"""Input tables whose rows are of a category."""
_FIELDS: Final[dict[str, dict[str, str]]] = {
    "listings": {"tier": "tier", "since": "published_on", "until": "removed_on"},
    "cultivation": {"tier": "target_tier", "since": "start", "until": "end"},
    "reports": {"tier": "tier", "since": "submitted_on"},
    "tenancies": {"since": "start", "until": "end"},
    "supplies": {"since": "start", "until": "end"},
}
"""Per input table: which field says what a row may hold of."""


def unread_rows(left_out: Mapping[str, TableRows], resolved: Resolved) -> pa.Table:
    """Return what the rows that were left out may hold of whom: a line per unit (and category) that may be meant, sorted."""
    parts = [_lines(table, _unremoving(rows), resolved) for table, rows in left_out.items() if len(rows)]
    if "listings" in resolved.rows:  # Those left out when they were merged: nobody knows since when they hold.
        listings = resolved.rows["listings"]
        parts.append(_lines("listings", _unremoving(listings.at(np.flatnonzero(~listings.alive))), resolved))
    if not parts:
        return arrow_schema(TABLE).empty_table()
    lines = pa.concat_tables(parts).combine_chunks()
    distinct = lines.group_by(lines.column_names, use_threads=False).aggregate([])
    return distinct.sort_by(_ORDER).cast(arrow_schema(TABLE))


def open_ends(left_out: Mapping[str, TableRows], resolved: Resolved) -> list[tuple[UnitKind, Ints64, Ints64]]:
    """Return whose listings, of which category (`NULL`: any), a removal that was left out may have ended."""
    rows = left_out.get("listings")
    if rows is None or not has_flag(rows, "_removes").any():
        return []
    rows = rows.at(np.flatnonzero(has_flag(rows, "_removes")))
    category = cells_of(rows["category"], TABLES[TABLE]["category"]).values
    return [
        (kind, _units(rows, kind, ("unit", "uscc"), resolved), category)
        for kind in (UnitKind.ENTERPRISE, UnitKind.PARK)
    ]


_ORDER: Final = [(name, "ascending") for name in TABLES[TABLE]]


def _unremoving(rows: TableRows) -> TableRows:
    if rows.table != "listings":
        return rows
    return rows.at(np.flatnonzero(~has_flag(rows, "_removes")))


def _lines(table: str, rows: TableRows, resolved: Resolved) -> pa.Table:
    columns = TABLES[TABLE]
    fields = {"category": "category" if table in _GREEN else None, **_FIELDS[table]}
    cells = {
        name: cells_of(rows[source], columns[name])
        if (source := fields.get(name))
        else nothing(len(rows), columns[name])
        for name in ("category", "tier", "since", "until")
    }
    cells |= zip(("since", "until"), _span(table, rows, cells), strict=True)
    if table == "tenancies":
        places = {UnitKind.ENTERPRISE: ("name", "uscc"), UnitKind.PARK: ("park", None)}
        return pa.concat_tables([_of(table, rows, kind, place, cells, resolved) for kind, place in places.items()])
    if table == "supplies":
        sides = (("buyer", "buyer_uscc"), ("supplier", "supplier_uscc"))
        return pa.concat_tables([_of(table, rows, UnitKind.ENTERPRISE, side, cells, resolved) for side in sides])
    return pa.concat_tables([_of_category(table, rows, category, cells, resolved) for category in CATEGORIES])


def _of_category(
    table: str, rows: TableRows, category: Category, cells: Mapping[str, Cells], resolved: Resolved
) -> pa.Table:
    """Return the lines of one category: rows that state it, and those whose category nobody can read."""
    code, stated = CATEGORIES.index(category), cells["category"].values
    kind = UnitKind.PARK if category is Category.PARK else UnitKind.ENTERPRISE
    meant = np.where((stated == code) | (stated == NULL), code, NULL)
    cells = {**cells, "category": Cells(meant, cells["category"].back)}
    lines = _of(table, rows, kind, ("unit", "uscc"), cells, resolved)
    return lines.filter(lines.column("category").is_valid())


def _of(
    table: str,
    rows: TableRows,
    kind: UnitKind,
    columns: tuple[str, str | None],
    cells: Mapping[str, Cells],
    resolved: Resolved,
) -> pa.Table:
    """Return the lines of the units of a kind that two columns, of a name and a code, mean."""
    units = _units(rows, kind, columns, resolved)
    at = np.flatnonzero(units >= 0)
    named = pa.array(units[at], pa.int32())
    ends = {each.value: named if each is kind else pa.nulls(len(at), pa.int32()) for each in UNIT_KINDS[:2]}
    values = {name: cell.back(cell.values[at]) for name, cell in cells.items()}
    lines = {"of": pa.repeat(pa.scalar(table), len(at)), **ends, **values}
    return pa.table({name: lines[name] for name in TABLES[TABLE]})


def _span(table: str, rows: TableRows, cells: Mapping[str, Cells]) -> tuple[Cells, Cells]:
    """Return from when until when each row may hold, as far as what can be read of it tells."""
    since, until = cells["since"], cells["until"]
    first, last = _days(table, rows, cells)
    return Cells(first, since.back), Cells(last, until.back)


def _days(table: str, rows: TableRows, cells: Mapping[str, Cells]) -> tuple[Ints64, Ints64]:
    since, until = cells["since"].values, cells["until"].values
    if table == "listings":
        batches = rows["batch"].cast(pa.string()).to_pylist()
        return published_on(cells["tier"].values, batches, since)[0], until
    if table == "cultivation":
        year = cells_of(rows["plan_year"], TABLES["cultivation"]["plan_year"]).values
        return plan_span(year, since, until)
    return since, until


def _units(rows: TableRows, kind: UnitKind, columns: tuple[str, str | None], resolved: Resolved) -> Ints64:
    """Return whom each row means by its code, else by its name, among the units of a kind on record; -1 for nobody."""
    number = {normal: index for index, normal in enumerate(resolved.normals)}
    meaning = np.append(resolved.meaning[kind], -1)
    codes, words = coded(rows[columns[0]])
    named = np.array([*(number.get(normal_form(word), -1) for word in words), -1], dtype=np.int64)[codes]
    by_name: Ints64 = meaning[named].astype(np.int64)
    if kind is UnitKind.PARK or columns[1] is None:
        return by_name
    known = resolved.units[kind].codes
    by_code = pc.index_in(pc.cast(rows[columns[1]], pa.string()), known, skip_nulls=True).fill_null(-1).to_numpy()
    return np.where(by_code >= 0, by_code, by_name)
