"""`verdigraph report`: what it writes, that its lists load back equal, and that it names nobody whom its reader may not know."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import pandas as pd
import pytest

from loaders import load
from loaders.fictional import DEMO_DAY
from queries import open_store
from queries.audience import audience
from reports.cli import main

DAY = date(2025, 6, 30)
KEYS = ["enterprise_id", "park_id", "category", "tier", "batch", "published_on", "agency", "report_no", "region_code"]
CANARIES = {"甲": "虚构丹雀零件有限公司", "乙": "虚构青鹭轴承有限公司"}
"""Suppliers known only from the list of one leader."""
LISTS = {
    "企业名录.csv": "企业名称,统一社会信用代码,设区市,是否规上,是否制造业企业,链主所属产业链\n"
    "虚构甲机电有限公司,,苏州市,是,是,机电\n虚构乙装备有限公司,,苏州市,是,是,装备\n虚构共用零件有限公司,,苏州市,是,是,\n",
    "甲的供应商清单，含虚构丹雀零件有限公司.csv": "采购方,供应商,年度\n虚构甲机电有限公司,虚构丹雀零件有限公司,2025\n"
    "虚构甲机电有限公司,虚构共用零件有限公司,2025\n",
    "乙的供应商清单，含虚构青鹭轴承有限公司.csv": "采购方,供应商,年度\n虚构乙装备有限公司,虚构青鹭轴承有限公司,2025\n"
    "虚构乙装备有限公司,虚构共用零件有限公司,2025\n",
    "园区名录.csv": "园区名称,设区市,工业增加值占比,是否有法定边界,是否有统一管理机构\n虚构滨河工业园,苏州市,60,是,是\n",
    "入园企业.csv": "企业名称,园区名称,入园日期\n虚构共用零件有限公司,虚构滨河工业园,2020-01-01\n"
    "虚构乙装备有限公司,虚构滨河工业园,2020-01-01\n",
    "市级绿色工厂名单.csv": "名单类别,层级,批次,单位名称,公布日期\n绿色工厂,市级,2023年,虚构乙装备有限公司,2023-12-31\n",
    "变更.csv": "原名称,现名称,变更日期,变更事项\n虚构乙老装备有限公司,虚构乙装备有限公司,2025-03-01,更名\n",
}


@pytest.fixture(scope="module")
def leaders(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of two leaders, each with a supplier that no other list names."""
    folder = tmp_path_factory.mktemp("canary")
    (folder / "lists").mkdir()
    for name, text in LISTS.items():
        (folder / "lists" / name).write_text(text, encoding="utf-8")
    load([folder / "lists"], folder / "store")
    return folder / "store"


def every_byte(folder: Path) -> Iterator[tuple[str, str]]:
    """Every member of every file in a folder, and its name, as text."""
    for path in sorted(folder.rglob("*")):
        yield path.name, path.name
        if path.suffix in (".xlsx", ".docx"):
            with ZipFile(path) as archive:
                for member in archive.namelist():
                    yield f"{path.name}:{member}", archive.read(member).decode("utf-8", "ignore")
        elif path.is_file():
            yield path.name, path.read_bytes().decode("utf-8", "ignore")


@pytest.mark.parametrize(
    ("for_", "may_know"),
    [
        ("province", ""), ("city=苏州市", ""), ("park=虚构滨河工业园", ""),
        ("leader=虚构甲机电有限公司", "甲"), ("leader=虚构乙装备有限公司", "乙"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_supplier_known_only_to_one_leader_is_named_to_nobody_else(
    leaders: Path, tmp_path: Path, for_: str, may_know: str, lang: str
) -> None:
    asked = ["report", "--store", str(leaders), "--as-of", "2025-06-30", "--since", "2024-12-31", "--lang", lang]
    assert main([*asked, "--out", str(tmp_path), "--for", for_]) == 0
    for place, said in every_byte(tmp_path):
        for leader, canary in CANARIES.items():
            assert canary not in said or leader == may_know, f"{canary} in {place}"
    if may_know:
        assert any(CANARIES[may_know] in said for _, said in every_byte(tmp_path))


def test_that_a_named_enterprise_supplies_a_leader_is_told_to_that_leader_alone(leaders: Path, tmp_path: Path) -> None:
    """虚构共用零件有限公司 is on the register, and a supplier of both: no row for 乙 may hold it beside 甲."""
    asked = ["report", "--store", str(leaders), "--as-of", "2025-06-30", "--parts", "book,letter"]
    assert main([*asked, "--out", str(tmp_path), "--for", "leader=虚构乙装备有限公司"]) == 0
    for place, said in every_byte(tmp_path):
        for row in said.replace("</w:tr>", "<row").replace("</row>", "<row").split("<row"):
            assert not ("虚构共用零件有限公司" in row and "虚构甲机电" in row), place


def test_a_leader_is_told_how_many_are_not_named(leaders: Path) -> None:
    view = open_store(leaders).graph.on(DAY)
    assert int(audience(view, "leader=虚构乙装备有限公司").hidden.sum()) == 1


@pytest.fixture(scope="module")
def lists_out(province: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The store of a small province, and the folder of the lists written of it."""
    folder = tmp_path_factory.mktemp("lists")
    asked = ["report", "--store", str(province), "--as-of", DEMO_DAY.isoformat(), "--parts", "lists"]
    assert main([*asked, "--out", str(folder)]) == 0
    return province, folder


def test_lists_load_back_equal(lists_out: tuple[Path, Path], tmp_path: Path) -> None:
    store, out = lists_out
    summary = load([out / "绿色制造名单.xlsx", out / "培育计划表.xlsx"], tmp_path / "again")
    assert not [group for group in summary.log.groups() if group.level == "error"]
    before, after = open_store(store).table("listings"), open_store(tmp_path / "again").table("listings")
    day = pd.Timestamp(DEMO_DAY)
    active = before[(before["published_on"] <= day) & ~(before["removed_on"] <= day) & ~before["end_unknown"]]
    assert sorted(map(str, after[KEYS].to_numpy().tolist())) == sorted(map(str, active[KEYS].to_numpy().tolist()))
    assert len(after)
    plans, again = open_store(store).table("cultivation"), open_store(tmp_path / "again").table("cultivation")
    of_year = plans[(plans["plan_year"] == DEMO_DAY.year) & (plans["start"] <= day)]
    names = ["enterprise", "park", "category", "target_tier", "plan_year", "start", "end", "reported_on"]
    assert sorted(map(str, again[names].to_numpy().tolist())) == sorted(map(str, of_year[names].to_numpy().tolist()))
    assert len(again)


def test_lists_are_marked_as_input_and_answers_as_answers(lists_out: tuple[Path, Path]) -> None:
    marks = {}
    for path in lists_out[1].glob("*.xlsx"):
        with ZipFile(path) as archive:
            marks[path.name] = archive.read("docProps/custom.xml").decode()
    assert sorted(name for name, mark in marks.items() if ">input<" in mark) == [
        "培育计划表.xlsx",
        "推荐汇总表.xlsx",
        "绿色制造名单.xlsx",
    ]
    assert ">answer<" in marks["名单变更汇总表.xlsx"]


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["--out", "x", "--for", "city=北京市"],
        ["--out", "x", "--for", "nobody"],
        ["--out", "x", "--parts", "book,film"],
        ["--out", "x", "--since", "2030-01-01"],
    ],
    ids=["no folder", "no such city", "no audience", "no such part", "since after the day"],
)
def test_wrong_use_writes_nothing(
    leaders: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["report", "--store", str(leaders), "--as-of", "2025-06-30", *words]) == 2
    assert not list(tmp_path.iterdir())
