"""The files of `export --to neo4j-csv`, imported by the server's own tool, make the graph that a push makes."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from pydantic import SecretStr

from graph_model.neo4j_store.connection import Connection, connected
from graph_model.neo4j_store.pull import pull
from graph_model.neo4j_store.push import push
from graph_model.neo4j_store.settings import ServerSettings
from graph_model.store import Store
from loaders import load
from reports.cli import main
from tests.neo4j.conftest import SHORT_LIVED
from tests.neo4j.server import LIBRARY, Server, free_port, running
from tests.neo4j.test_push_and_pull import content, silent
from tests.worlds import random_world, write_folder


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    folder = tmp_path_factory.mktemp("bulk")
    write_folder(random_world(23, 12), folder / "source")
    load([folder / "source"], folder / "store")
    return Store(folder / "store")


def import_into(home: Path, files: Path) -> None:
    """Run `neo4j-admin @import.args` on a database that no server has started yet."""
    (home / "conf").mkdir(parents=True)
    (home / "conf" / "neo4j.conf").write_text("", encoding="utf-8")
    words = (files / "import.args").read_text(encoding="utf-8").split("\n")
    java = ["java", "-Xmx1g", "-Dfile.encoding=UTF-8", *SHORT_LIVED, "-cp", f"{LIBRARY}/*", "org.neo4j.cli.AdminTool"]
    environment = os.environ | {"NEO4J_HOME": str(home), "NEO4J_CONF": str(home / "conf")}
    done = subprocess.run(
        [*java, *filter(None, words)], cwd=files, env=environment, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_an_imported_graph_is_a_pushed_graph(
    server: Server, connection: Connection, store: Store, tmp_path: Path
) -> None:
    """The fixture `server` only says whether there can be one; a server of its own starts on what was imported."""
    assert main(["export", "--store", str(store.path), "--to", "neo4j-csv", "--out", str(tmp_path / "files")]) == 0
    import_into(tmp_path / "home", tmp_path / "files")
    connection.write([("MATCH (n) DETACH DELETE n", {})])
    push(store, connection, silent)
    pushed = content(connection)
    with running(tmp_path / "home", free_port(), options=SHORT_LIVED) as started:
        own = ServerSettings(_env_file=None, uri=started.uri, user=started.user, password=SecretStr(started.password))
        with connected(own) as imported:
            assert pull(Store(tmp_path / "pulled"), imported, silent) == store.current()
            assert content(imported) == pushed
            again = push(store, imported, silent)
            assert (again.written, again.removed) == (0, 0)
