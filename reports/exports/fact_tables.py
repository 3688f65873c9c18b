"""The facts of a store as tables of other tools: a folder of Parquet, a SQLite or a DuckDB file.

Every table of the data model, one row a fact: ids and, beside them, names; closed sets as ids or in Chinese words; money in
万元; days as dates; and where each fact comes from. A table `about` says of which snapshot it is and what each table holds.
"""

from __future__ import annotations

import sqlite3
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from graph_model.bilingual import Bilingual
from graph_model.errors import MissingExtraError
from graph_model.records import RECORDS
from graph_model.schema import TABLES
from queries.fact_frames import fact_frame

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reports.exports.exported_store import ExportedStore


def write_parquet(store: ExportedStore, out: Path) -> None:
    """Write one Parquet file a table into the folder `out`."""
    for table, frame in _frames(store):
        frame.to_parquet(out / f"{table}.parquet", index=False)


def write_sqlite(store: ExportedStore, out: Path) -> None:
    """Write one SQLite file; days are ISO text, yes/no 1 and 0, unknown null."""
    connection = sqlite3.connect(out)
    try:
        for table, frame in _frames(store):
            _for_sqlite(frame).to_sql(table, connection, index=False)
        connection.commit()
    finally:
        connection.close()


def write_duckdb(store: ExportedStore, out: Path) -> None:
    """Write one DuckDB file, by way of Parquet, so that types stay; MissingExtraError without DuckDB."""
    if find_spec("duckdb") is None:
        raise MissingExtraError(Bilingual("DuckDB 文件", "a DuckDB file"), "duckdb")
    import duckdb

    out.unlink(missing_ok=True)
    with tempfile.TemporaryDirectory() as place, duckdb.connect(str(out)) as connection:
        write_parquet(store, Path(place))
        for file in sorted(Path(place).glob("*.parquet")):
            connection.execute(f'CREATE TABLE "{file.stem}" AS SELECT * FROM read_parquet(?)', [str(file)])  # noqa: S608


def _frames(store: ExportedStore) -> Iterator[tuple[str, pd.DataFrame]]:
    yield "about", _about(store)
    for table in TABLES:
        yield table, fact_frame(store.graph, store.origins, table, store.lang)


def _about(store: ExportedStore) -> pd.DataFrame:
    """Return what each table is: its title, rows, and of which snapshot and for whom it was made."""
    titles = {table: RECORDS[table].title if table in RECORDS else "名称索引" for table in TABLES}
    rows = [(table, titles[table], len(store.graph[table])) for table in TABLES]
    frame = pd.DataFrame(rows, columns=["table", "title", "rows"])
    return frame.assign(snapshot=store.graph.snapshot, made_for=store.made_for)


def _for_sqlite(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the frame with what SQLite has no type for as text or number."""
    plain = {}
    for name, column in frame.items():
        if pd.api.types.is_bool_dtype(column):
            plain[name] = column.astype("Int8").astype(object)
        elif str(column.dtype).startswith(("datetime64", "date32")):
            plain[name] = column.dt.strftime("%Y-%m-%d").astype(object)
        else:
            plain[name] = column.astype(object)
    made = pd.DataFrame(plain)
    return made.where(made.notna(), None)
