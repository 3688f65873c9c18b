"""`verdigraph push`, `pull`, `ask --engine neo4j`: they work together, and what goes wrong is one sentence, status 2."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from graph_model.neo4j_store import push as push_module
from graph_model.neo4j_store.connection import Connection
from graph_model.neo4j_store.stamp import Writer
from loaders import load
from reports.cli import main
from tests.neo4j.proxy import Wire
from tests.neo4j.server import Server

LISTS = Path(__file__).resolve().parents[2] / "examples" / "lists"
DAY = ["--as-of", "2025-06-30"]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("example") / "store"
    load([LISTS], path)
    return path


def rows(capsys: pytest.CaptureFixture[str], *words: str) -> list[dict[str, object]]:
    assert main(["ask", *words, *DAY, "--format", "json"]) == 0
    found: list[dict[str, object]] = json.loads(capsys.readouterr().out)["rows"]
    return found


@pytest.mark.usefixtures("environment")
def test_push_ask_and_pull(store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["push", "--store", str(store)]) == 0
    assert "现在是快照" in capsys.readouterr().err
    in_memory = rows(capsys, "park-share", "--store", str(store))
    assert rows(capsys, "park-share", "--engine", "neo4j") == in_memory
    assert rows(capsys, "park-share", "--engine", "neo4j", "--store", str(store)) == in_memory
    assert main(["pull", "--store", str(tmp_path / "copy"), "--lang", "en"]) == 0
    assert "is in" in capsys.readouterr().err
    assert rows(capsys, "park-share", "--store", str(tmp_path / "copy")) == in_memory


def told(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert main([*words, "--lang", "en"]) == 2
    seen = capsys.readouterr()
    assert not seen.out
    assert len(seen.err.splitlines()) == 2
    assert "Traceback" not in seen.err
    return seen.err


@pytest.mark.usefixtures("environment")
def test_another_snapshot_is_refused(
    store: Path, connection: Connection, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["push", "--store", str(store)]) == 0
    capsys.readouterr()
    (tmp_path / "园区名录.csv").write_text("园区名称,设区市\n虚构另一园区,南京市\n", encoding="utf-8")
    load([tmp_path / "园区名录.csv"], tmp_path / "other")
    assert "the server holds snapshot" in told(
        capsys, "ask", "park-share", "--engine", "neo4j", "--store", str(tmp_path / "other"), *DAY
    )


COMMANDS = [["push", "--store"], ["pull", "--store"], ["ask", "park-share", "--engine", "neo4j", "--store"]]


@pytest.mark.usefixtures("environment")
@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: words[0])
def test_a_wrong_password_is_told_and_not_shown(
    words: list[str], store: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("VERDIGRAPH_NEO4J_PASSWORD", "not-the-secret-one")
    sentence = told(capsys, *words, str(store))
    assert "VERDIGRAPH_NEO4J_PASSWORD" in sentence
    assert "not-the-secret-one" not in sentence


@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: words[0])
@pytest.mark.parametrize(
    ("uri", "said"),
    [("bolt://127.0.0.1:1", "no Neo4j server answers"), ("http://x", "not an address"), ("nonsense", "not an address")],
)
def test_a_wrong_address_is_told(
    words: list[str],
    uri: str,
    said: str,
    store: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("VERDIGRAPH_NEO4J_URI", uri)
    assert said in told(capsys, *words, str(store))


@pytest.mark.parametrize("scheme", ["bolt", "neo4j"])
def test_outside_of_pytest_too_it_is_one_sentence(scheme: str, tmp_path: Path) -> None:
    """Here nobody catches what the driver logs, as pytest does."""
    code = "import sys; from reports.cli import main; sys.exit(main(['pull', '--store', 'x']))"
    environment = os.environ | {"PYTHONPATH": str(LISTS.parents[1]), "VERDIGRAPH_NEO4J_URI": f"{scheme}://127.0.0.1:1"}
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 2


@pytest.mark.usefixtures("environment")
def test_a_wrong_database_is_told(
    store: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("VERDIGRAPH_NEO4J_DATABASE", "nowhere")
    assert "VERDIGRAPH_NEO4J_DATABASE" in told(capsys, "push", "--store", str(store))


def test_settings_do_not_show_the_password() -> None:
    from graph_model.neo4j_store.settings import ServerSettings

    assert "hidden" not in repr(ServerSettings(_env_file=None, password=SecretStr("hidden")))


@pytest.fixture
def wire(server: Server, environment: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Wire]:
    cuttable = Wire(int(server.uri.rpartition(":")[2]))
    monkeypatch.setenv("VERDIGRAPH_NEO4J_URI", cuttable.uri)
    yield cuttable
    cuttable.cut()


def test_a_server_that_goes_away_during_a_push(
    store: Path, wire: Wire, server: Server, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One sentence; then nothing is answered from half a graph, until the push is run again."""
    write, left = Writer.write, iter(range(5))

    def cutting(self: Writer, *statements: Any) -> None:
        if next(left, None) is None:
            wire.cut()
        write(self, *statements)

    monkeypatch.setattr(push_module, "_is_there", lambda *_: False)
    monkeypatch.setattr(Writer, "write", cutting)
    assert "went away" in told(capsys, "push", "--store", str(store))
    monkeypatch.setattr(Writer, "write", write)
    monkeypatch.setenv("VERDIGRAPH_NEO4J_URI", server.uri)
    assert "half pushed" in told(capsys, "ask", "park-share", "--engine", "neo4j", *DAY)
    assert main(["push", "--store", str(store)]) == 0
    capsys.readouterr()
    assert rows(capsys, "park-share", "--engine", "neo4j") == rows(capsys, "park-share", "--store", str(store))


def test_a_server_that_goes_away_during_a_question(
    store: Path, wire: Wire, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["push", "--store", str(store)]) == 0
    capsys.readouterr()
    read = Connection.read

    def cutting(self: Connection, statements: Any) -> Any:
        if "TENANT_OF" in str(statements):
            wire.cut()
        return read(self, statements)

    monkeypatch.setattr(Connection, "read", cutting)
    assert "went away" in told(capsys, "ask", "park-share", "--engine", "neo4j", *DAY)
