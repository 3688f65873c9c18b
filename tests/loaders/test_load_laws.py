"""Laws of loading: what may change in the sources without changing a fact, and what may not (SPEC 4)."""

from __future__ import annotations

import random
import shutil
from itertools import pairwise
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph_model.schema import TABLES
from graph_model.store import Store
from loaders import load
from loaders.fictional import fictional_province, write_province
from tests.loaders.storing import Loaded, decision, files_of, write
from tests.reference.cast import code
from tests.reference.folder import write_folder
from tests.reference.hand import firm, listed
from tests.reference.world import World
from tests.worlds import random_world

A, B, C = (f"测试{x}有限公司" for x in "甲乙丙")
SLOW = settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def facts(store: Path) -> dict[str, pa.Table]:
    graph = Store(store).graph()
    return {table: graph[table].arrow() for table in TABLES}


def assert_same_facts(one: Path, other: Path) -> None:
    mine, theirs = facts(one), facts(other)
    assert [table for table in TABLES if not mine[table].equals(theirs[table])] == []


def fresh(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    return folder


def shuffled(world: World, seed: int) -> World:
    chance = random.Random(seed)
    return {table: chance.sample(rows, len(rows)) for table, rows in world.items()}


@SLOW
@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_the_order_of_rows_does_not_matter(tmp_path: Path, seed: int, order: int) -> None:
    world = random_world(seed)
    for name, one in (("a", world), ("b", shuffled(world, order))):
        write_folder(one, fresh(tmp_path / name / "lists"))
        load([tmp_path / name / "lists"], fresh(tmp_path / name / "store"))
    assert_same_facts(tmp_path / "a" / "store", tmp_path / "b" / "store")


@SLOW
@given(st.integers(0, 10**6), st.integers(2, 4))
def test_the_split_over_files_does_not_matter(tmp_path: Path, seed: int, parts: int) -> None:
    world = random_world(seed)
    write_folder(world, fresh(tmp_path / "one"))
    load([tmp_path / "one"], fresh(tmp_path / "s1"))
    folders = [fresh(tmp_path / "many" / str(part)) for part in range(parts)]
    chance = random.Random(seed)
    for folder in folders:
        folder.mkdir(parents=True)
    for file in sorted((tmp_path / "one").iterdir()):
        header, *lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
        homes = [chance.randrange(parts) for _ in lines]
        for part, folder in enumerate(folders):
            here = [line for line, home in zip(lines, homes, strict=True) if home == part]
            (folder / file.name).write_text("".join([header, *here]), encoding="utf-8")
    load(chance.sample(folders, parts), fresh(tmp_path / "s2"))
    assert_same_facts(tmp_path / "s1", tmp_path / "s2")


def as_workbook(csv: Path, target: Path) -> None:
    """Write the cells of a csv as text under a title line."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append([csv.stem])
    for row in _cells(csv):
        sheet.append(row)
    book.save(target.with_suffix(".xlsx"))


def as_gb18030(csv: Path, target: Path) -> None:
    target.write_bytes(csv.read_text(encoding="utf-8").encode("gb18030"))


def as_tabs(csv: Path, target: Path) -> None:
    lines = ["\t".join(cell or "" for cell in row) for row in _cells(csv)]
    target.with_suffix(".txt").write_text("\n".join(lines), encoding="utf-16")


def as_parquet(csv: Path, target: Path) -> None:
    header, *rows = _cells(csv)
    columns = {str(name): pa.array([row[at] for row in rows], pa.string()) for at, name in enumerate(header)}
    pyarrow.parquet.write_table(pa.table(columns), target.with_suffix(".parquet"))


def _cells(path: Path) -> list[list[str | None]]:
    import csv

    with path.open(encoding="utf-8", newline="") as stream:
        return [[cell or None for cell in row] for row in csv.reader(stream)]


@pytest.mark.parametrize("form", [as_workbook, as_gb18030, as_tabs, as_parquet])
def test_the_format_does_not_matter(form, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    for seed in (3, 4):
        write_folder(random_world(seed, 8) | {"decisions": []}, fresh(tmp_path / "csv"))
        other = fresh(tmp_path / "other")
        other.mkdir()
        for file in (tmp_path / "csv").glob("*.csv"):
            form(file, other / file.name)
        load([tmp_path / "csv"], fresh(tmp_path / "s1"))
        load([other], fresh(tmp_path / "s2"))
        assert_same_facts(tmp_path / "s1", tmp_path / "s2")


def test_a_province_is_the_same_as_csv_and_as_parquet(tmp_path: Path) -> None:
    province = fictional_province(200, seed=5)
    for form in ("csv", "parquet"):
        write_province(province, tmp_path / form, form)  # type: ignore[arg-type]
        load([tmp_path / form], tmp_path / f"s-{form}")
    assert_same_facts(tmp_path / "s-csv", tmp_path / "s-parquet")


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A planner's folder, with its slips."""
    folder = tmp_path_factory.mktemp("province")
    write_province(fictional_province(120, seed=11), folder)
    return folder


def test_the_same_files_twice_give_the_same_bytes(province: Path, tmp_path: Path) -> None:
    first, again = load([province], tmp_path / "a"), load([province], tmp_path / "b")
    assert first.snapshot == again.snapshot
    assert files_of(tmp_path / "a" / "snapshots") == files_of(tmp_path / "b" / "snapshots")


def test_loading_again_switches_nothing(province: Path, tmp_path: Path) -> None:
    first = load([province], tmp_path / "s")
    before = files_of(tmp_path / "s")
    again = load([province], tmp_path / "s")
    assert (first.switched, again.switched, again.snapshot) == (True, False, first.snapshot)
    assert files_of(tmp_path / "s") == before
    assert (again.tables, again.log.counts()) == (first.tables, first.log.counts())


def test_every_line_is_counted(province: Path, tmp_path: Path) -> None:
    summary = load([province], tmp_path / "s")
    for count in summary.tables:
        assert count.read == count.loaded + count.merged + count.rejected + count.titles, count
        assert min(count[3:]) >= 0, count
    for table, rows in summary.facts.items():
        loaded = sum(count.loaded for count in summary.tables if count.table == table)
        units = table in ("enterprises", "parks", "agencies")
        assert loaded <= rows if units else loaded == rows, table


@SLOW
@given(st.integers(0, 10**6))
def test_every_line_of_any_world_is_counted(tmp_path: Path, seed: int) -> None:
    world = random_world(seed)
    write_folder(world, fresh(tmp_path / "lists"))
    summary = load([tmp_path / "lists"], fresh(tmp_path / "s"))
    for count in summary.tables:
        assert count.read == count.loaded + count.merged + count.rejected + count.titles
    for table, rows in world.items():
        if table != "decisions":
            files = len({bool(row.get("declared")) for row in rows})
            assert sum(count.read for count in summary.tables if count.table == table) == len(rows) + files


def test_origins_name_every_line_of_every_fact(tmp_path: Path) -> None:
    for name, rows in (("甲", [listed(A), listed(B)]), ("乙", [listed(A, industry="钢铁")])):
        write(tmp_path / "lists" / name, listings=rows)
    load([tmp_path / "lists"], tmp_path / "s")
    store = Store(tmp_path / "s")
    sources = [source["name"] for source in store.manifest()["sources"]]
    origins = [(row["fact"], sources[row["source"]], row["row"]) for row in store.origins("listings").to_pylist()]
    ids = Loaded(tmp_path / "s", load([tmp_path / "lists"], tmp_path / "s")).rows("listings")
    fact = {row["enterprise"]: number for number, row in enumerate(ids)}
    assert set(origins) == {
        (fact[f"name:{A}"], "甲/绿色制造名单.csv", 2),
        (fact[f"name:{A}"], "乙/绿色制造名单.csv", 2),
        (fact[f"name:{B}"], "甲/绿色制造名单.csv", 3),
    }


def test_files_of_one_name_are_told_apart(tmp_path: Path) -> None:
    """In the counts, in the manifest, and in a warning that names both places."""
    for folder, rows in (("东/甲", [firm(A), firm(B)]), ("西/甲", [firm(A, False)]), ("西/乙", [firm(C)])):
        write(tmp_path / folder, enterprises=rows)
    load([tmp_path / "东" / "甲"], tmp_path / "s")
    summary = load([tmp_path / "西" / "甲", tmp_path / "西" / "乙"], tmp_path / "s", add=True)
    names = {count.source: count.read for count in summary.tables}
    assert names == {"东/甲/企业名录.csv": 3, "西/甲/企业名录.csv": 2, "乙/企业名录.csv": 2}
    manifest = Store(tmp_path / "s").manifest()["sources"]
    assert {source["name"]: source["tables"]["enterprises"]["read"] for source in manifest} == names
    (issue,) = summary.log.issues()
    assert {issue.file, issue.facts["other_place"]} == {"西/甲/企业名录.csv", "东/甲/企业名录.csv · 2"}


def test_a_store_may_stand_in_the_folder_it_is_loaded_from(tmp_path: Path) -> None:
    write(tmp_path, enterprises=[firm(A)], decisions=[decision(B, same_as=A)])
    first, again = (load([tmp_path], tmp_path / "store") for _ in range(2))
    assert again.snapshot == first.snapshot
    assert len(again.log) == 0
    assert [count.source for count in again.tables] == ["企业名录.csv"]


def test_units_that_gain_a_code_are_reported(tmp_path: Path) -> None:
    one, two = code(1), code(2)
    steps = [
        [firm(A), firm(B), firm(C, uscc=two)],
        [firm(A, uscc=one), firm(B), firm(C, uscc=two)],
        [firm(A, uscc=one), firm(B), firm(C, uscc=two)],
    ]
    gained = []
    for rows in steps:
        write(tmp_path / "lists", enterprises=rows)
        gained.append(load([tmp_path / "lists"], tmp_path / "s").gained_codes)
    assert gained == [[], [(f"name:{A}", f"uscc:{one}", A)], []]


def test_an_agency_that_gains_a_code_under_a_new_name_is_reported(tmp_path: Path) -> None:
    write(tmp_path / "lists", agencies=[{"name": "测试旧中心"}])
    load([tmp_path / "lists"], tmp_path / "s")
    change = {"old_name": "测试旧中心", "new_name": "测试中心", "kind": "更名"}
    write(tmp_path / "lists", agencies=[{"name": "测试中心", "uscc": code(9)}], name_changes=[change])
    summary = load([tmp_path / "lists"], tmp_path / "s")
    assert summary.gained_codes == [("name:测试旧中心", f"uscc:{code(9)}", "测试中心")]


def test_progress_is_told_in_order(tmp_path: Path) -> None:
    write(tmp_path / "lists", enterprises=[firm(A)], listings=[listed(A)])
    told: list[tuple[str, int, int]] = []
    load([tmp_path / "lists"], tmp_path / "s", progress=lambda *step: told.append(step))
    assert told[0] == ("读取文件", 0, 2)
    assert told[-1] == ("完成", 3, 3)
    stages = [stage for stage, _, _ in told]
    assert all(stages.index(stage) <= stages.index(after) for stage, after in pairwise(stages))
