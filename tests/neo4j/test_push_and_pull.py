"""Push makes the server equal to a snapshot, whatever it held; pull gives the snapshot back, to the last byte."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from graph_model.column_types import TEXT, WORD
from graph_model.errors import StoreError
from graph_model.neo4j_store import batches
from graph_model.neo4j_store.connection import Connection, ServerError
from graph_model.neo4j_store.model import LINKS, NODES, ends, in_order
from graph_model.neo4j_store.pull import pull
from graph_model.neo4j_store.push import Pushed, push
from graph_model.neo4j_store.rows import Batch
from graph_model.neo4j_store.settings import ServerSettings
from graph_model.neo4j_store.stamp import Writer, required_stamp
from graph_model.schema import TABLES
from graph_model.store import Store
from loaders import load
from queries import open_server
from tests.worlds import random_world, write_folder

HOSTILE = [
    "a'b\"c",
    "\\",
    "{x: 1}",
    "`}) DETACH DELETE n //",
    "甲)-[:SUPPLIES]->(乙",
    "绿🌱🏭",
    "$struck",
    "a\u0000b"[:1],
    "\\u0027 OR 1=1",
    "‮\u200d",
]


def silent(*_: Any) -> None:
    """Progress that nobody watches."""


def store_of(folder: Path, seed: int, size: int = 8) -> Store:
    write_folder(random_world(seed, size), folder / f"source{seed}")
    load([folder / f"source{seed}"], folder / f"store{seed}")
    return Store(folder / f"store{seed}")


def content(connection: Connection) -> list[Any]:
    """Everything on the server but the stamp's own words."""
    nodes = "MATCH (n) WHERE NOT n:Snapshot RETURN labels(n) AS labels, properties(n) AS known"
    edges = (
        "MATCH (a)-[r]->(b) RETURN type(r) AS kind, coalesce(a.id, a.code) AS a, coalesce(b.id, b.code) AS b, "
        "properties(r) AS known"
    )
    found = connection.read([(nodes, {}), (edges, {})])
    return [
        sorted(
            repr({**row, "labels": sorted(row.get("labels", ())), "known": sorted(row["known"].items())})
            for row in rows
        )
        for rows in found
    ]


def test_pushing_twice_changes_nothing(connection: Connection, tmp_path: Path) -> None:
    store = store_of(tmp_path, 1)
    first = push(store, connection, silent)
    before, stamp = content(connection), required_stamp(connection)
    assert push(store, connection, silent) == Pushed(first.snapshot, 0, 0, first.written + first.kept)
    assert (content(connection), required_stamp(connection)) == (before, stamp)


def test_a_newer_snapshot_removes_what_is_gone(connection: Connection, tmp_path: Path) -> None:
    one, other = store_of(tmp_path, 2), store_of(tmp_path, 3)
    push(other, connection, silent)
    alone = content(connection)
    push(one, connection, silent)
    assert content(connection) != alone
    push(other, connection, silent)
    assert content(connection) == alone


@pytest.mark.parametrize("seed", range(4, 8))
def test_pull_gives_back_what_was_pushed(connection: Connection, tmp_path: Path, seed: int) -> None:
    store = store_of(tmp_path, seed)
    push(store, connection, silent)
    pulled = Store(tmp_path / "pulled")
    assert pull(pulled, connection, silent) == store.current() == pulled.current()
    assert pulled.manifest() == store.manifest()


@pytest.fixture
def cut(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Lets the server go away before the n-th batch."""
    write = Writer.write

    def after(count: int) -> None:
        left = iter(range(count))

        def failing(self: Writer, *statements: Any) -> None:
            if next(left, None) is None:
                raise ServerError("断了", "gone")
            write(self, *statements)

        monkeypatch.setattr(Writer, "write", failing)

    yield after
    monkeypatch.setattr(Writer, "write", write)


@pytest.mark.parametrize("count", [1, 4, 9, 14])
def test_a_push_cut_short_answers_nothing_and_goes_on(
    connection: Connection,
    settings: ServerSettings,
    tmp_path: Path,
    cut: Any,
    monkeypatch: pytest.MonkeyPatch,
    count: int,
) -> None:
    monkeypatch.setattr(batches, "BATCH", 7)
    whole, before = store_of(tmp_path, 11), store_of(tmp_path, 12)
    push(whole, connection, silent)
    wanted = content(connection)
    push(before, connection, silent)
    cut(count)
    with pytest.raises(ServerError, match="gone"):
        push(whole, connection, silent)
    with pytest.raises(ServerError, match="half pushed"), open_server(settings=settings):
        pass
    with pytest.raises(ServerError, match="half pushed"):
        pull(Store(tmp_path / "pulled"), connection, silent)
    assert Store(tmp_path / "pulled").current() is None
    cut(10_000)
    push(whole, connection, silent)
    assert content(connection) == wanted
    assert required_stamp(connection).snapshot == whole.current()


def test_of_two_pushes_the_later_goes_on(connection: Connection, tmp_path: Path) -> None:
    earlier, later = Writer(connection, "earlier", "a"), Writer(connection, "later", "b")
    earlier.begin()
    later.begin()
    with pytest.raises(ServerError, match="took over"):
        earlier.write(("CREATE (:Park {id: 'never'})", {}))
    assert connection.read([("MATCH (p:Park {id: 'never'}) RETURN p", {})]) == [[]]
    push(store_of(tmp_path, 13), connection, silent)
    with pytest.raises(ServerError, match="took over"):
        later.write()


def test_the_engine_refuses_another_snapshot(connection: Connection, settings: ServerSettings, tmp_path: Path) -> None:
    push(store_of(tmp_path, 14), connection, silent)
    with pytest.raises(ServerError, match="not 0123456789abcdef as asked"), open_server("0123456789abcdef", settings):
        pass


def test_a_push_in_the_middle_of_a_question_is_told(
    connection: Connection, settings: ServerSettings, tmp_path: Path
) -> None:
    push(store_of(tmp_path, 15), connection, silent)
    with open_server(settings=settings) as session:
        push(store_of(tmp_path, 16), connection, silent)
        with pytest.raises(ServerError, match="the server holds snapshot"):
            session.ask("park-share", as_of=date(2025, 6, 30))


def hostile(store: Store, folder: Path) -> Store:
    """The same snapshot with every text cell made hostile; ids and words stay distinct."""
    graph, other = store.graph(), Store(folder / "hostile")
    tables = {}
    for table in TABLES:
        columns = {}
        for name, holds in TABLES[table].items():
            column = graph[table].column(name)
            if holds is TEXT or holds is WORD:
                texts = [
                    None if text is None else f"{text}{HOSTILE[place % len(HOSTILE)]}"
                    for place, text in enumerate(column.cast(pa.string()).to_pylist())
                ]
                column = pa.array(texts, pa.string())
                if holds is WORD:
                    words = pc.unique(column.drop_null()).sort()
                    column = pa.DictionaryArray.from_arrays(pc.index_in(column, words).cast(pa.int32()), words)
            columns[name] = column
        tables[table] = pa.table(columns)
    with other.writing():
        other.write(tables, {table: store.origins(table) for table in store.manifest()["origins"]}, {"sources": []})
    return other


@pytest.mark.parametrize("seed", [17, 20])
def test_hostile_texts_travel_unharmed(
    connection: Connection, settings: ServerSettings, tmp_path: Path, seed: int
) -> None:
    """Quotes, backslashes, braces, `)-[:`, emoji in every text column, ids too."""
    store = hostile(store_of(tmp_path, seed, 14), tmp_path)
    push(store, connection, silent)
    assert pull(Store(tmp_path / "pulled"), connection, silent) == store.current()
    with open_server(settings=settings) as session:
        for text in HOSTILE:
            with pytest.raises(Exception, match=r"no park on record"):
                session.ask("park-tenants", as_of=date(2025, 6, 30), park=text or "x")


BATCH = Batch(("id", "row", "names"), [("a", 0, None)], {})


@pytest.mark.parametrize(
    "row",
    [(None, 0, None), ("", 0, None), ("a", 0, ["x", 1]), ("a", 0, ["x", None])],
    ids=["null", "empty", "mixed", "hole"],
)
def test_null_keys_and_mixed_lists_are_refused_before_the_driver(row: tuple[Any, ...]) -> None:
    BATCH.refuse_unfit()
    with pytest.raises(StoreError, match="cannot be pushed"):
        replace(BATCH, rows=[row]).refuse_unfit()


def test_every_table_and_reference_has_its_place() -> None:
    assert set(in_order()) == set(TABLES)
    for table, columns in TABLES.items():
        refs = {name for name, holds in columns.items() if holds.refers_to}
        if table in NODES:
            assert {end.column for end in ends(table)} == refs
        else:
            assert {LINKS[table].source_column, LINKS[table].target_column} == refs
