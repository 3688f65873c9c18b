"""The table of complaints: found by its headers, read, and resolved to enterprises, parks or agencies."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from loaders import load
from queries import open_store
from tests.queries.rulebook.asking import EAST, A, G, firm, listing, opened


def test_complaints_are_of_whoever_is_known_under_the_name(tmp_path: Path) -> None:
    session = opened(
        tmp_path,
        enterprises=[firm(A)],
        parks=[{"name": EAST, "city": "南京市"}],
        agencies=[{"name": G}],
        listings=[listing(A)],
        complaints=[
            {"unit": who, "received_on": date(2025, 1, 1), "named": True} for who in (A, EAST, G, "测试无名有限公司")
        ],
    )
    rows, graph = session.graph["complaints"], session.graph
    named = {
        kind: [graph[table].texts("name")[row].as_py() for row in rows[kind].tolist() if row >= 0]
        for kind, table in (("enterprise", "enterprises"), ("park", "parks"), ("agency", "agencies"))
    }
    assert set(named.pop("enterprise")) == {A, "测试无名有限公司"}
    assert named == {"park": [EAST], "agency": [G]}


def test_a_planners_sheet(tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    head = "序号,被举报单位,举报日期,是否实名,有无证据,核实日期,核实结果"
    lines = [
        head,
        f"1,{A},2025年1月1日,是,否,,",
        f"2,{G},2025/2/1,√,Y,2025.3.1,部分属实",
        f"3,{A},2025-01-01,是,,,存疑",
    ]
    (source / "台账.csv").write_text("\n".join(lines), encoding="gb18030")
    (source / "机构.csv").write_text(f"机构名称,资质公布日期\n{G},2020-01-01\n", encoding="utf-8")
    summary = load([source], store=tmp_path / "store")
    (counted,) = [one for one in summary.tables if one.table == "complaints"]
    assert (counted.loaded, counted.merged, counted.rejected) == (2, 1, 0)
    assert "complaint_result_unknown" in {issue.code for issue in summary.log.issues()}
    rows = open_store(tmp_path / "store").graph["complaints"].arrow().to_pylist()
    assert [(row["agency"], row["named"], row["evidence"], row["result"]) for row in rows] == [
        (0, True, True, "confirmed"),
        (None, True, False, None),
    ]
