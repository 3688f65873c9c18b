"""`to_networkx`: the graph as a picture of itself, whole or in part."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import networkx as nx
import pytest

from graph_model.errors import UsageError
from graph_model.graph import KnowledgeGraph
from graph_model.kinds import EDGE_KINDS, NODE_KINDS
from graph_model.networkx_view import to_networkx
from graph_model.store import Store
from tests.loaders.storing import loaded
from tests.reference.cast import code
from tests.reference.hand import DAY, LONG_AGO, ban, firm, link, listed, report, tenant

A, B, C, D = (f"测试{x}有限公司" for x in "甲乙丙丁")
IDS = {name: f"name:{name}" for name in (B, C, D)} | {A: f"uscc:{code(1)}"}
EAST, AGENCY = "park:测试东园区", "name:测试认证中心"


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    """A buys from B, B from C; A and B sit in a park; B is listed after a report of an agency that is banned."""
    world = loaded(
        tmp_path_factory.mktemp("picture"),
        enterprises=[firm(A, uscc=code(1), chain="新材料"), firm(B, None)],
        annual_figures=[{"name": A, "year": 2024, "output": Decimal("12.5")}],
        tenancies=[tenant(A), tenant(B, end=date(2030, 1, 1))],
        supplies=[link(A, B, key=True, amount=Decimal("0.5")), link(B, C, year=2024), link(A, B, year=2023)],
        listings=[listed(B, report_no="R-1", agency="测试认证中心"), listed("测试东园区", category="park")],
        reports=[report("R-1", B, "测试认证中心", LONG_AGO)],
        agency_bans=[ban("测试认证中心", DAY)],
        incidents=[{"unit": D, "kind": "停产", "occurred_on": LONG_AGO}],
        name_changes=[{"old_name": "测试旧乙有限公司", "new_name": B, "kind": "更名"}],
        totals=[{"scope": "苏州市", "year": 2024, "above_scale_count": 3}],
    )
    return Store(world.store).graph()


@pytest.fixture(scope="module")
def whole(graph: KnowledgeGraph) -> nx.MultiDiGraph[str]:
    return to_networkx(graph)


def test_every_row_is_a_node_of_its_kind(graph: KnowledgeGraph, whole: nx.MultiDiGraph[str]) -> None:
    for kind in NODE_KINDS.values():
        nodes = [about for _, about in whole.nodes(data=True) if about["kind"] == kind.name]
        assert len(nodes) == len(graph[kind.table])
        assert all(about["label"] == kind.zh and about["name"] for about in nodes)
    assert set(IDS.values()) | {EAST, AGENCY} <= set(whole)


def test_every_reference_is_an_edge_between_the_right_kinds(graph: KnowledgeGraph, whole: nx.MultiDiGraph[str]) -> None:
    kinds = {(edge.name, edge.source, edge.target): edge for edge in EDGE_KINDS}
    for source, target, about in whole.edges(data=True):
        edge = kinds[about["kind"], whole.nodes[source]["kind"], whole.nodes[target]["kind"]]
        assert set(about) <= {"kind", "label", *edge.carries}
        assert about["label"] == edge.zh
    assert sum(about["kind"] == "supplies" for *_, about in whole.edges(data=True)) == len(graph["supplies"])


def test_values_are_python_and_what_is_unknown_is_absent(whole: nx.MultiDiGraph[str]) -> None:
    assert whole.nodes[IDS[A]] == {
        "kind": "enterprise", "label": "企业", "name": A, "id": IDS[A], "uscc": code(1), "above_scale": True,
        "chain": "新材料", "declared": True, "registered": True,
    }  # fmt: skip
    assert "above_scale" not in whole.nodes[IDS[B]]
    (figure,) = (about for _, about in whole.nodes(data=True) if about["kind"] == "annual_figure")
    assert (figure["output"], figure["year"], figure["name"]) == (12.5, 2024, "2024")
    listing = next(about for node, about in whole.nodes(data=True) if about.get("report_no") and "batch" in about)
    assert (listing["category"], listing["tier"], listing["published_on"]) == ("factory", "city", LONG_AGO.isoformat())
    assert not {"enterprise", "agency", "report"} & set(listing)


def test_edges_run_the_right_way_and_carry_what_they_know(whole: nx.MultiDiGraph[str]) -> None:
    bought = [about for _, _, about in whole.out_edges(IDS[B], data=True) if about["kind"] == "supplies"]
    assert len(bought) == whole.number_of_edges(IDS[B], IDS[A]) == 2
    assert {"kind": "supplies", "label": "供应", "start": LONG_AGO.isoformat(), "amount": 0.5, "key": True} in bought
    (sits,) = whole.get_edge_data(IDS[B], EAST).values()
    assert sits == {
        "kind": "tenant_of",
        "label": "入驻",
        "start": LONG_AGO.isoformat(),
        "end": "2030-01-01",
        "end_unknown": False,
    }


def test_a_column_whose_name_is_taken_is_prefixed(whole: nx.MultiDiGraph[str]) -> None:
    assert whole.nodes["incident:0"]["kind"] == "incident"
    assert whole.nodes["incident:0"]["incident_kind"] == whole.nodes["incident:0"]["name"] == "停产"


def test_keys_of_edges_tell_rows_apart(whole: nx.MultiDiGraph[str]) -> None:
    keys = [key for *_, key in whole.edges(keys=True)]
    assert len(set(keys)) == len(keys) or all(":" in key for key in keys)
    assert len(set(whole[IDS[B]][IDS[A]])) == 2


@pytest.mark.parametrize(
    ("around", "hops", "expected"),
    [
        pytest.param([IDS[C]], 0, {IDS[C]}, id="nothing around it"),
        pytest.param([IDS[C]], 1, {IDS[C], IDS[B]}, id="its buyer"),
        pytest.param(IDS[C], 1, {IDS[C], IDS[B]}, id="one id as it is"),
        pytest.param([IDS[D]], 5, {IDS[D], "incident:0"}, id="as far as there is anything"),
        pytest.param([("incident", 0)], 1, {IDS[D], "incident:0"}, id="a kind and a row"),
        pytest.param(["incident:0"], 1, {IDS[D], "incident:0"}, id="a kind and a row as text"),
        pytest.param([], 3, set(), id="nobody"),
        pytest.param([IDS[C], IDS[D]], 0, {IDS[C], IDS[D]}, id="two"),
    ],
)
def test_what_lies_around(graph: KnowledgeGraph, around: list[str], hops: int, expected: set[str]) -> None:
    assert set(to_networkx(graph, around=around, hops=hops)) == expected


@pytest.mark.parametrize("hops", range(5))
def test_a_part_is_cut_out_of_the_whole(graph: KnowledgeGraph, whole: nx.MultiDiGraph[str], hops: int) -> None:
    """The same nodes that a walk in NetworkX finds, and every edge between them, with the same attributes."""
    for start in (IDS[A], EAST, AGENCY):
        near = nx.single_source_shortest_path_length(whole.to_undirected(as_view=True), start, cutoff=hops)
        part = to_networkx(graph, around=[start], hops=hops)
        assert nx.utils.graphs_equal(part, whole.subgraph(near))


def test_kinds_limit_what_is_shown_and_what_is_walked_through(graph: KnowledgeGraph) -> None:
    supply = to_networkx(graph, kinds=["enterprise"])
    assert set(supply) == set(IDS.values())
    assert {about["kind"] for *_, about in supply.edges(data=True)} == {"supplies"}
    assert set(to_networkx(graph, kinds=["enterprise"], around=[EAST], hops=2)) == {EAST, IDS[A], IDS[B], IDS[C]}
    assert set(to_networkx(graph, kinds=["park"], around=[IDS[A]], hops=3)) == {EAST, IDS[A]}
    assert len(to_networkx(graph, kinds=[])) == 0


def test_an_enterprise_and_an_agency_of_one_id_are_two_nodes(tmp_path: Path) -> None:
    world = loaded(tmp_path, enterprises=[firm(A)], agencies=[{"name": A}], listings=[listed(A, agency=A)])
    graph = Store(world.store).graph()
    picture = to_networkx(graph)
    id = f"name:{A}"
    assert {node: about["kind"] for node, about in picture.nodes(data=True)} == {
        id: "enterprise",
        f"agency:{id}": "agency",
        "listing:0": "listing",
    }
    assert set(to_networkx(graph, around=[id], hops=0)) == {id, f"agency:{id}"}
    assert set(to_networkx(graph, around=[f"agency:{id}"], hops=1)) == {f"agency:{id}", "listing:0"}


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        pytest.param({"kinds": ["factory"]}, "factory", id="a kind"),
        pytest.param({"around": ["uscc:nobody"]}, "uscc:nobody", id="an id"),
        pytest.param({"around": ["listing:99"]}, "listing:99", id="a row beyond the table"),
        pytest.param({"around": [("incident", 7)]}, "incident", id="a pair beyond the table"),
        pytest.param({"around": [EAST], "hops": -1}, "-1", id="hops"),
    ],
)
def test_what_is_not_there_is_said(graph: KnowledgeGraph, asked: dict[str, object], said: str) -> None:
    with pytest.raises(UsageError) as caught:
        to_networkx(graph, **asked)  # type: ignore[arg-type]
    assert said in caught.value.zh
    assert said in caught.value.en
