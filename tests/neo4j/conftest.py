"""A real server for the tests: started once, version printed, stopped at the end."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from graph_model.neo4j_store.connection import Connection, connected
from graph_model.neo4j_store.settings import ServerSettings
from tests.neo4j.server import Server, free_port, missing, running

SHORT_LIVED = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto")
"""Java that starts soon rather than running fast later: a test server lives for minutes."""
REQUIRED = "neo4j" in os.environ.get("VERDIGRAPH_REQUIRE", "").split(",")


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[Server]:
    reason = missing()
    if reason is not None:
        if REQUIRED:
            pytest.fail(f"VERDIGRAPH_REQUIRE=neo4j, but {reason}")
        pytest.skip(reason)
    began = time.monotonic()
    with running(tmp_path_factory.mktemp("neo4j"), free_port(), options=SHORT_LIVED) as started:
        with connected(settings_of(started)) as connection:
            version = connection.version()
        with request.config.pluginmanager.getplugin("capturemanager").global_and_fixture_disabled():
            print(f"\n{version}, ready in {time.monotonic() - began:.0f} s")  # noqa: T201
        yield started


def settings_of(server: Server) -> ServerSettings:
    return ServerSettings(_env_file=None, uri=server.uri, user=server.user, password=SecretStr(server.password))


@pytest.fixture(scope="session")
def settings(server: Server) -> ServerSettings:
    return settings_of(server)


@pytest.fixture(scope="session")
def connection(settings: ServerSettings) -> Iterator[Connection]:
    with connected(settings) as open_connection:
        yield open_connection


@pytest.fixture
def environment(server: Server, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The environment of a command line that means this server."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("VERDIGRAPH_NEO4J_URI", server.uri)
    monkeypatch.setenv("VERDIGRAPH_NEO4J_USER", server.user)
    monkeypatch.setenv("VERDIGRAPH_NEO4J_PASSWORD", server.password)
    monkeypatch.delenv("VERDIGRAPH_NEO4J_DATABASE", raising=False)
    monkeypatch.delenv("VERDIGRAPH_STORE", raising=False)
