"""`verdigraph export`: the same facts in every format, names beside ids, and nobody named who may not be."""

from __future__ import annotations

import csv
import json
import sqlite3
from pathlib import Path

import networkx as nx
import pandas as pd
import pytest

from graph_model.schema import TABLES
from loaders import load
from queries import open_store
from reports.cli import main
from reports.commands.export import FORMATS
from tests.queries.test_audience import LISTS

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "lists"
CANARIES = {
    "city=苏州市": ("只供甲", "只供乙", "日后列入", "虚构乙装备"),
    "park=虚构滨河工业园": ("只供甲", "只供乙", "日后列入", "虚构甲机电", "虚构乙装备"),
    "leader=虚构甲机电有限公司": ("只供乙", "日后列入", "虚构乙装备"),
    "province": ("只供甲", "只供乙", "日后列入"),
}
ENDINGS = {name: ending for name, (_, _, ending) in FORMATS.items()}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("export") / "store"
    load([EXAMPLES], path)
    return path


@pytest.fixture(scope="module")
def supplied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("supplied")
    (folder / "lists").mkdir()
    for name, text in LISTS.items():
        (folder / "lists" / name).write_text(text, encoding="utf-8")
    load([folder / "lists"], folder / "store")
    return folder / "store"


def export(store: Path, to: str, out: Path, *more: str) -> Path:
    target = out / f"out{ENDINGS[to]}"
    assert main(["export", "--store", str(store), "--to", to, "--out", str(target), *more]) == 0
    return target


def tables(to: str, target: Path) -> dict[str, pd.DataFrame]:
    if to == "parquet":
        return {file.stem: pd.read_parquet(file) for file in target.glob("*.parquet")}
    if to == "sqlite":
        with sqlite3.connect(target) as connection:
            return {table: pd.read_sql(f'SELECT * FROM "{table}"', connection) for table in (*TABLES, "about")}
    import duckdb

    with duckdb.connect(str(target), read_only=True) as connection:
        return {table: connection.execute(f'SELECT * FROM "{table}"').df() for table in (*TABLES, "about")}


@pytest.mark.parametrize("to", ["parquet", "sqlite", "duckdb"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_tables_hold_every_fact_in_words_with_its_origin(store: Path, tmp_path: Path, to: str, lang: str) -> None:
    made = tables(to, export(store, to, tmp_path, "--lang", lang))
    session = open_store(store)
    assert set(made) == {*TABLES, "about"}
    for table in TABLES:
        wanted = session.table(table, lang)
        assert list(made[table].columns) == list(wanted.columns)
        assert len(made[table]) == len(wanted)
        assert made[table].notna().sum().to_list() == wanted.notna().sum().to_list()
    listings = made["listings"]
    assert set(listings["tier"]) <= (
        {"区县级", "市级", "省级", "国家级"} if lang == "zh" else {"district", "city", "provincial", "national"}
    )
    assert listings["provenance"].str.contains("第").all()
    assert pd.to_datetime(listings["published_on"]).notna().any()
    about = made["about"].set_index("table")
    assert about.loc["listings", "rows"] == len(listings)
    assert set(about["snapshot"]) == {session.snapshot}


@pytest.mark.parametrize("to", ["graphml", "gexf", "json"])
def test_networks_are_read_again_by_networkx(store: Path, tmp_path: Path, to: str) -> None:
    target = export(store, to, tmp_path)
    drawn = open_store(store).networkx()
    if to == "json":
        again = nx.node_link_graph(json.loads(target.read_text(encoding="utf-8")), edges="edges")
    else:
        again = nx.read_graphml(target, force_multigraph=True) if to == "graphml" else nx.read_gexf(target)
    assert set(again.nodes) == set(drawn.nodes)
    assert again.number_of_edges() == drawn.number_of_edges()
    named = nx.get_node_attributes(again, "label" if to == "gexf" else "name")
    assert named == nx.get_node_attributes(drawn, "name")


def test_json_ld_has_every_node_and_edge(store: Path, tmp_path: Path) -> None:
    linked = json.loads(export(store, "json-ld", tmp_path).read_text(encoding="utf-8"))
    drawn = open_store(store).networkx()
    ids = {node["@id"] for node in linked["@graph"]}
    targets = [
        edge["@id"] for node in linked["@graph"] for edges in node.values() if isinstance(edges, list) for edge in edges
    ]
    assert len(ids) == drawn.number_of_nodes()
    assert len(targets) == drawn.number_of_edges()
    assert set(targets) <= ids


def texts(to: str, target: Path) -> str:
    """Everything a file says, names of files in it included."""
    if to in ("parquet", "sqlite", "duckdb"):
        return "\n".join(frame.to_csv() for frame in tables(to, target).values())
    files = sorted(target.rglob("*")) if target.is_dir() else [target]
    return "\n".join(f"{file.name}\n{file.read_text(encoding='utf-8')}" for file in files)


def raw(target: Path) -> bytes:
    files = [target] if target.is_file() else [file for file in target.rglob("*") if file.is_file()]
    return b"".join(file.read_bytes() for file in files)


@pytest.mark.parametrize("to", FORMATS)
@pytest.mark.parametrize("audience", CANARIES)
def test_nobody_is_named_who_may_not_be(supplied: Path, tmp_path: Path, to: str, audience: str) -> None:
    target = export(supplied, to, tmp_path, "--for", audience, "--as-of", "2025-06-30")
    said, content = texts(to, target), raw(target)
    assert "虚构在册零件" in said
    for canary in CANARIES[audience]:
        assert canary not in said
        assert canary.encode() not in content


@pytest.mark.parametrize("to", FORMATS)
def test_whoever_has_the_store_has_everything(supplied: Path, tmp_path: Path, to: str) -> None:
    said = texts(to, export(supplied, to, tmp_path))
    assert all(canary in said for canaries in CANARIES.values() for canary in canaries)


def test_a_leader_has_its_own_links_and_no_others(supplied: Path, tmp_path: Path) -> None:
    made = tables(
        "sqlite", export(supplied, "sqlite", tmp_path, "--for", "leader=虚构甲机电有限公司", "--as-of", "2025-06-30")
    )
    assert set(made["supplies"]["supplier"]) == {"虚构只供甲有限公司", "虚构在册零件有限公司"}
    assert set(made["supplies"]["buyer"]) == {"虚构甲机电有限公司"}


def test_a_city_has_its_own_units_and_no_links(supplied: Path, tmp_path: Path) -> None:
    made = tables("sqlite", export(supplied, "sqlite", tmp_path, "--for", "city=苏州", "--as-of", "2025-06-30"))
    assert set(made["enterprises"]["name"]) == {"虚构甲机电有限公司", "虚构在册零件有限公司"}
    assert made["parks"]["name"].tolist() == ["虚构滨河工业园"]
    assert made["tenancies"]["enterprise"].tolist() == ["虚构在册零件有限公司"]
    assert made["supplies"].empty


def test_files_for_the_bulk_import_name_every_row(store: Path, tmp_path: Path) -> None:
    folder = export(store, "neo4j-csv", tmp_path)
    arguments = (folder / "import.args").read_text(encoding="utf-8").split()
    named = [word.rpartition("=")[2] for word in arguments if word.startswith(("--nodes=", "--relationships="))]
    assert set(named) == {file.name for file in folder.glob("*.csv")}
    graph = open_store(store).graph
    for table in TABLES:
        with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as stream:
            assert sum(1 for _ in csv.reader(stream)) == len(graph[table]) + 1


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--to", "excel"], "parquet"),
        (["--to", "parquet", "--out", "."], "空文件夹"),
        (["--to", "sqlite", "--out", "."], "文件夹"),
        (["--to", "sqlite", "--for", "city=北京"], "北京"),
        (["--to", "sqlite", "--for", "somebody"], "somebody"),
    ],
)
def test_what_does_not_fit_is_one_sentence(store, words, told, capsys, monkeypatch, tmp_path):
    (tmp_path / "taken").write_text("", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert main(["export", "--store", str(store), *words]) == 2
    said = capsys.readouterr().err
    assert told in said
    assert len(said.splitlines()) == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["taken"]
