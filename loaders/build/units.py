"""The tables of units: what their own rows say, what other rows prove, and from which day they are on record. SPEC 1, 5, 8."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from graph_model.column_types import REGION, START, WORD
from graph_model.columns import coded
from graph_model.days import ALWAYS
from graph_model.kinds import UnitKind
from graph_model.names import normal_form
from graph_model.regions import UNKNOWN, Regions
from graph_model.schema import TABLES
from loaders.build.cells import NULL, Cells, cells_of, numbers
from loaders.build.facts import teller
from loaders.build.manufacturing import manufacturers
from loaders.build.merge import merge
from loaders.build.places import finest, places_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from graph_model.arrays import Ints64
    from loaders.issues.log import IssueLog
    from loaders.read.table_rows import TableRows
    from loaders.resolve.resolve import Resolved


_PLACE = ("province", "city", "county")
_OTHER_NAMES = {"enterprises": "former_names", "parks": "aliases"}


def unit_table(
    kind: UnitKind, resolved: Resolved, listing_regions: Ints64, regions: Regions, first_day: Ints64, log: IssueLog
) -> pa.Table:
    """Build the table of one kind of unit: one row per unit that any row speaks of, sorted by id.

    `listing_regions` holds the region of every row of `listings`; `first_day` a day number per unit of this kind.
    """
    table, units = kind.table, resolved.units[kind]
    columns, disputed = _own_columns(kind, resolved, log)
    registered = columns.pop("registered")
    begins = numbers(np.where(registered.to_numpy(zero_copy_only=False), ALWAYS, first_day), START)
    columns |= {
        "id": units.ids,
        "name": pa.array(resolved.names[kind], pa.string()),
        "uscc": units.codes,
        "registered": registered,
        "first_day": begins.back(begins.values),
        "region": _regions(kind, resolved, columns, listing_regions, regions, log),
    }
    if kind is UnitKind.ENTERPRISE:
        columns["declared"] = _declared(resolved, len(units))
        columns["country"] = _countries(resolved, columns["country"], disputed["country"], log)
    return pa.table({name: columns[name].cast(holds.arrow) for name, holds in TABLES[table].items()})


def _own_columns(
    kind: UnitKind, resolved: Resolved, log: IssueLog
) -> tuple[dict[str, pa.Array], defaultdict[str, list[int]]]:
    """Return what the own rows say, one value per unit, null where a unit has no own row or the rows disagree.

    With it, per column, the units whose rows disagree: nothing else may fill those.
    """
    disputed: defaultdict[str, list[int]] = defaultdict(list)
    table, count = kind.table, len(resolved.units[kind])
    wanted = {*TABLES[table], *_PLACE}
    if table not in resolved.rows:
        nulls = {name: pa.nulls(count, TABLES[table].get(name, WORD).arrow) for name in wanted}
        return nulls | {"registered": pa.array(np.zeros(count, dtype=bool))}, disputed
    rows, unit = resolved.rows[table], resolved.refs[table][kind.value]
    values = {
        name: cells_of(rows[name], TABLES[table].get(name, WORD))
        for name in wanted & set(rows.arrow.column_names) - {"name", "uscc"}
    }
    key = Cells(unit, lambda back: pa.array(back))
    tell = teller(rows, log)

    def conflict(column: str, row: int, contrary: int) -> None:
        disputed[column].append(int(unit[row]))
        tell(column, row, contrary)

    merged = merge([key], values | {"name": _normal_names(rows), "unit": key}, rows.alive, conflict)
    at = merged.values["unit"].values
    columns = {name: cells.back(_spread(merged.values[name].values, at, count)) for name, cells in values.items()}
    columns |= {name: pa.nulls(count, TABLES[table].get(name, WORD).arrow) for name in wanted - set(columns)}
    if kind is UnitKind.ENTERPRISE:
        flags, codes = columns["manufacturer"], columns["industry_code"]
        columns["manufacturer"] = manufacturers(flags, codes, disputed["manufacturer"])
    if table in _OTHER_NAMES:
        columns[_OTHER_NAMES[table]] = _other_names(rows, _OTHER_NAMES[table], unit, count)
    registered = np.zeros(count, dtype=bool)
    registered[at] = True
    return columns | {"registered": pa.array(registered)}, disputed


def _spread(values: NDArray[Any], at: Ints64, count: int) -> NDArray[Any]:
    spread = np.full(count, np.nan if values.dtype.kind == "f" else NULL, dtype=values.dtype)
    spread[at] = values
    return spread


def _normal_names(rows: TableRows) -> Cells:
    """Return names by normal form: a contradiction only where two own rows mean two names."""
    codes, words = coded(rows["name"])
    forms = [normal_form(word) for word in words]
    rank = {form: index for index, form in enumerate(sorted(set(forms)))}
    return Cells(np.array([*(rank[form] for form in forms), NULL], dtype=np.int64)[codes], lambda back: pa.array(back))


def _other_names(rows: TableRows, column: str, unit: Ints64, count: int) -> pa.Array:
    """Return former names or aliases: those of several rows add up."""
    names_of: dict[int, set[str]] = {}
    with_names = np.flatnonzero(rows.known(column) & rows.alive)
    for row, text in zip(with_names.tolist(), rows[column].take(with_names).to_pylist(), strict=True):
        names_of.setdefault(int(unit[row]), set()).update(text.split("；"))
    return pa.array(
        ["；".join(sorted(names_of[row])) if row in names_of else None for row in range(count)], pa.string()
    )


def _regions(
    kind: UnitKind,
    resolved: Resolved,
    own: Mapping[str, pa.Array],
    listing_regions: Ints64,
    regions: Regions,
    log: IssueLog,
) -> pa.Array:
    count = len(resolved.units[kind])
    region, _ = places_of({name: pa.chunked_array([own[name]]) for name in _PLACE}, regions)
    if kind is not UnitKind.AGENCY and "listings" in resolved.rows:
        rows = resolved.rows["listings"]
        unit = np.where(rows.alive, resolved.refs["listings"][kind.value], -1)
        by_listing, disputed = finest(count, unit, listing_regions)
        open_disputes = [unit_row for unit_row in disputed if region[unit_row] == UNKNOWN]
        rows.report(log, "region_disputed", np.flatnonzero(np.isin(unit, open_disputes)), "region")
        region = np.where(region == UNKNOWN, by_listing, region)
    return numbers(region, REGION).back(np.where(region == UNKNOWN, NULL, region))


def _declared(resolved: Resolved, count: int) -> pa.Array:
    """Return who is buyer under the header 链主企业 on any row."""
    declared = np.zeros(count, dtype=bool)
    if "supplies" in resolved.rows:
        rows = resolved.rows["supplies"]
        declared[resolved.refs["supplies"]["buyer"][rows.alive & rows.numbers("_declared").astype(bool)]] = True
    return pa.array(declared)


def _countries(resolved: Resolved, own: pa.Array, open_units: list[int], log: IssueLog) -> pa.Array:
    """Return countries: of the own row, else the one that all supply rows naming the unit as supplier agree on.

    Units whose own rows disagree (`open_units`) stay unknown.
    """
    if "supplies" not in resolved.rows:
        return own
    rows = resolved.rows["supplies"]
    codes, words = coded(rows["country"])
    supplier = resolved.refs["supplies"]["supplier"]
    given = np.flatnonzero((codes >= 0) & rows.alive)
    pairs = np.unique(supplier[given].astype(np.int64) * len(words) + codes[given])
    unit, word = pairs // max(len(words), 1), pairs % max(len(words), 1)
    times = np.bincount(unit, minlength=len(own))
    blank = own.is_null().to_numpy(zero_copy_only=False).copy()
    blank[open_units] = False
    disputed = np.flatnonzero((times > 1) & blank)
    rows.report(log, "country_disputed", given[np.isin(supplier[given], disputed)], "country")
    agreed = np.full(len(own), -1, dtype=np.int64)
    agreed[unit] = word
    agreed[(times != 1) | ~blank] = -1
    of_supplies = pa.array(words, pa.string()).take(pa.array(agreed, mask=agreed < 0))
    chosen = cells_of(pa.chunked_array([pc.coalesce(own.cast(pa.string()), of_supplies)]), WORD)
    return chosen.back(chosen.values)
