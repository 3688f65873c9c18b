"""The same facts in DuckDB: the store's own Parquet tables in an in-memory database, and one plain query per question."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import duckdb
import pyarrow as pa

from benchmarks.questions import SQL
from graph_model.regions import jiangsu, level_of
from graph_model.schema import TABLES
from graph_model.store import Store

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    import pandas as pd

    from benchmarks.questions import Case


class Database:
    """An in-memory database, as ready as a view: every table is loaded, `row` is its row number as references mean it."""

    def __init__(self, store: Path) -> None:
        self._connection = duckdb.connect()
        self._connection.execute("SET enable_progress_bar = false")
        facts = Store(store).snapshot(Store(store).current() or "") / "facts"
        for table in TABLES:
            self._connection.execute(
                f"CREATE TABLE {table} AS SELECT * EXCLUDE (file_row_number), file_row_number::INTEGER AS row "
                f"FROM read_parquet('{facts / table}.parquet', file_row_number = true)"
            )
        regions = jiangsu().regions.values()  # Read by DuckDB under its Python name.
        named = pa.table(
            {
                "code": pa.array([region.code for region in regions], pa.int32()),
                "name": [region.name for region in regions],
                "level": pa.array([level_of(region.code) for region in regions], pa.int32()),
            }
        )
        self._connection.register("named", named)
        self._connection.execute("CREATE TABLE regions AS FROM named")
        self._sql: dict[str, str] = {}

    @property
    def threads(self) -> int:
        """How many threads DuckDB uses: its default, one per core."""
        return int(self._connection.execute("SELECT current_setting('threads')").fetchall()[0][0])

    def ask(self, case: Case, day: date) -> pa.Table:
        """Run the query of a case; the result is Arrow, the least that DuckDB has to do to hand it over."""
        if case.sql not in self._sql:
            self._sql[case.sql] = (SQL / f"{case.sql}.sql").read_text(encoding="utf-8")
        values: dict[str, Any] = {"day": day} if case.unit is None else {"day": day, "unit": case.unit}
        return self._connection.sql(self._sql[case.sql], params=values).to_arrow_table()


def difference(answer: pd.DataFrame, found: pa.Table) -> str:
    """Say in which column an answer differs from the rows of the same question in SQL; empty if in none."""
    if len(answer) != found.num_rows:
        return f"{len(answer)} rows, in SQL {found.num_rows}"
    for name in found.column_names:
        ours, theirs = pa.array(answer[name], from_pandas=True), found[name].combine_chunks()
        wrong = _differing(ours, theirs)
        if wrong:
            return f"{name}: {wrong} rows differ"
    return ""


def _differing(ours: pa.Array, theirs: pa.Array) -> int:
    import numpy as np
    import pyarrow.compute as pc

    if pa.types.is_floating(ours.type):
        one, other = (pc.fill_null(array.cast(pa.float64()), np.nan).to_numpy() for array in (ours, theirs))
        return int((~np.isclose(one, other, rtol=1e-12, atol=0, equal_nan=True)).sum())
    one, other = (_plain(array, theirs.type) for array in (ours, theirs))
    same = pc.fill_null(pc.equal(one, other), pc.and_(one.is_null(), other.is_null()))
    same = pc.or_(same, pc.and_(one.is_null(), other.is_null()))
    return len(one) - int(pc.sum(pc.cast(same, pa.int64())).as_py() or 0)


def _plain(array: pa.Array, like: pa.DataType) -> pa.Array:
    if pa.types.is_dictionary(array.type):
        array = array.dictionary_decode()
    if pa.types.is_date32(like):
        return array.cast(pa.date32())
    if pa.types.is_integer(like):
        return array.cast(pa.int64())
    return array.cast(pa.string()) if pa.types.is_string(like) or pa.types.is_large_string(like) else array
