"""A database that holds other people's data: whole after every push, pull, refusal and removal; several graphs apart by name."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from graph_model.neo4j_store.connection import Connection, ServerError, connected, refuse_version
from graph_model.neo4j_store.pull import pull
from graph_model.neo4j_store.push import push
from graph_model.neo4j_store.settings import ServerSettings
from graph_model.store import Store
from loaders import load
from queries import open_server, open_store
from queries.registry import QUESTIONS
from tests.worlds import random_world, write_folder

DAY = date(2025, 6, 30)
STRANGERS = """
CREATE (e:Enterprise {id: 'uscc:1', name: '别人的企业', registered: true, above_scale: true, row: 0}),
  (same:Enterprise {id: 'uscc:1', name: '同号的企业'}), (bare:Enterprise),
  (r:Report {id: 'r1', report_no: '季报'}), (t:Total {year: 2024}), (s:Snapshot {id: 'verdigraph', whole: true}),
  (p:Person {name: '张三'})-[:SUPPLIES {id: 'x', since: date('2020-01-01'), until: date('2030-01-01')}]->(:Shop {name: '小店'}),
  (e)-[:SUPPLIES {since: date('2020-01-01'), until: date('2030-01-01')}]->(same),
  (e)-[:LISTED_AS]->(:Listing {id: 'l', category: 'factory', tier: 4, published_on: date('2020-01-01')}),
  (:City {code: 320100, name: '别人的南京'}), (:Park {name: '别人的园区', outside: false, on_record_from: date('2000-01-01')})
"""
THEIRS = """
MATCH (n) WHERE n.verdigraph IS NULL
RETURN labels(n) AS labels, properties(n) AS known,
  COLLECT { MATCH (n)-[r]-(o) WHERE r.verdigraph IS NULL RETURN type(r) + coalesce(o.name, '') } AS ties
"""


def silent(*_: Any) -> None:
    """Progress that nobody watches."""


def store_of(folder: Path, seed: int) -> Store:
    write_folder(random_world(seed, 8), folder / f"source{seed}")
    load([folder / f"source{seed}"], folder / f"store{seed}")
    return Store(folder / f"store{seed}")


def theirs(connection: Connection) -> list[str]:
    return sorted(repr((row["labels"], sorted(row["known"].items()), sorted(row["ties"]))) for row in rows(connection))


def rows(connection: Connection) -> list[dict[str, Any]]:
    return connection.read([(THEIRS, {})])[0]


def settings_for(settings: ServerSettings, graph: str) -> ServerSettings:
    return settings.model_copy(update={"graph": graph})


@pytest.fixture
def strangers(connection: Connection) -> Iterator[list[str]]:
    """Other people's data, and what it is; taken away at the end together with graphs of offices."""
    connection.write([(STRANGERS, {})])
    before = theirs(connection)
    yield before
    assert theirs(connection) == before
    connection.write([("MATCH (n) WHERE coalesce(n.verdigraph, 'x') <> 'default' DETACH DELETE n", {})])


def test_a_database_of_strangers_is_refused_untouched(
    strangers: list[str], settings: ServerSettings, tmp_path: Path
) -> None:
    with connected(settings_for(settings, "a new office")) as office:
        with pytest.raises(ServerError, match=r"holds data of somebody else .*--replace"):
            push(store_of(tmp_path, 1), office, silent)
        with pytest.raises(ServerError, match="no graph on the server"):
            pull(Store(tmp_path / "pulled"), office, silent)
        assert office.read([("MATCH (n {verdigraph: $graph}) RETURN count(n) AS n", {})])[0][0]["n"] == 0


def test_pushed_beside_strangers_every_question_answers_as_in_memory(
    strangers: list[str], settings: ServerSettings, tmp_path: Path
) -> None:
    office = settings_for(settings, "beside")
    one, other = store_of(tmp_path, 2), store_of(tmp_path, 3)
    with connected(office) as connection:
        push(one, connection, silent, replace=True)
        push(other, connection, silent)
        push(one, connection, silent)
        assert theirs(connection) == strangers
        assert pull(Store(tmp_path / "pulled"), connection, silent) == one.current()
    with open_server(settings=office) as on_server:
        in_memory = open_store(one.path)
        asked = 0
        for question in QUESTIONS.values():
            if question.on_server is None or any(info.is_required() for info in question.options.model_fields.values()):
                continue
            answers = [session.ask(question.name, as_of=DAY) for session in (in_memory, on_server)]
            pd.testing.assert_frame_equal(answers[0].table, answers[1].table, check_exact=True)
            assert answers[0].notes == answers[1].notes
            asked += 1
        assert asked >= 4


def test_two_offices_in_one_database_do_not_see_each_other(settings: ServerSettings, tmp_path: Path) -> None:
    stores = {name: store_of(tmp_path, seed) for name, seed in (("office one", 4), ("office two", 5))}
    for name, store in stores.items():
        with connected(settings_for(settings, name)) as connection:
            push(store, connection, silent)
    for name, store in stores.items():
        with connected(settings_for(settings, name)) as connection:
            assert pull(Store(tmp_path / name), connection, silent) == store.current()
    with connected(settings_for(settings, "office one")) as connection:
        push(stores["office two"], connection, silent)
    with connected(settings_for(settings, "office two")) as connection:
        assert pull(Store(tmp_path / "again"), connection, silent) == stores["office two"].current()
        connection.write([("MATCH (n) WHERE n.verdigraph STARTS WITH 'office' DETACH DELETE n", {})])


def test_an_edited_graph_is_noticed_and_mended_by_replace(settings: ServerSettings, tmp_path: Path) -> None:
    store, copy = store_of(tmp_path, 6), Store(tmp_path / "copy")
    with connected(settings_for(settings, "office edited")) as connection:
        push(store, connection, silent)
        pull(copy, connection, silent)
        connection.write([("MATCH (e:Enterprise {verdigraph: $graph}) SET e.name = e.name + '改'", {})])
        with pytest.raises(Exception, match="somebody changed the graph"):
            pull(copy, connection, silent)
        assert copy.snapshots() == [store.current()]
        push(store, connection, silent, replace=True)
        assert pull(copy, connection, silent) == store.current()
        connection.write([("MATCH (n {verdigraph: $graph}) DETACH DELETE n", {})])


def test_a_relationship_of_somebody_else_is_not_deleted_with_our_node(settings: ServerSettings, tmp_path: Path) -> None:
    one, other = store_of(tmp_path, 7), store_of(tmp_path, 8)
    with connected(settings_for(settings, "office tied")) as connection:
        push(one, connection, silent)
        tie = "MATCH (e:Enterprise {verdigraph: $graph}) MERGE (n:Note {text: '我的批注'}) CREATE (n)-[:ON]->(e)"
        connection.write([(tie, {})])
        with pytest.raises(ServerError, match="nothing was deleted"):
            push(other, connection, silent)
        ties = "MATCH (:Note)-[r:ON]->(:Enterprise {verdigraph: $graph}) RETURN count(r) AS ties"
        assert connection.read([(ties, {})])[0][0]["ties"] == len(one.graph()["enterprises"])
        connection.write([("MATCH (n:Note) DETACH DELETE n", {})])
        push(other, connection, silent)
        assert pull(Store(tmp_path / "pulled"), connection, silent) == other.current()
        connection.write([("MATCH (n {verdigraph: $graph}) DETACH DELETE n", {})])


@pytest.mark.parametrize(
    ("version", "fits"),
    [
        ("Neo4j Kernel 4.4.40 community", False),
        ("Neo4j Kernel 5.15.0 enterprise", False),
        ("Neo4j Kernel 5.22.0 community", False),
        ("Neo4j Kernel 5.23.0 community", True),
        ("Neo4j Kernel 5.26.30 community", True),
        ("Neo4j Kernel 2025.01.0 enterprise", True),
        ("Neo4j Kernel 2026.1.0 community", True),
    ],
)
def test_a_version_that_is_too_old_is_one_sentence(version: str, fits: bool) -> None:
    if fits:
        refuse_version(version)
        return
    with pytest.raises(ServerError, match=r"too old; Neo4j 5\.23 or later") as refused:
        refuse_version(version)
    assert version in refused.value.zh
