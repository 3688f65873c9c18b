"""The published national lists of Jiangsu, loaded as they are (SPEC 4; the acceptance of the foundation)."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from graph_model.names import normal_form
from graph_model.regions import within
from graph_model.store import Store
from loaders import load
from loaders.issues.summary import LoadSummary
from queries import open_store
from tests.loaders.storing import Loaded
from tests.wanted import LISTS

MIIT = LISTS.path
pytestmark = LISTS.needed
PDF = "2021年度_绿色工厂名单.pdf"
AFTER = date(2022, 1, 15)


@pytest.fixture(scope="module")
def miit(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    store = tmp_path_factory.mktemp("miit") / "store"
    return Loaded(store, load([MIIT], store))


def counts_of(summary: LoadSummary) -> dict[str, tuple[int, ...]]:
    return {count.source: count[3:] for count in summary.tables}


def test_every_line_is_accounted_for(miit: Loaded) -> None:
    counts = counts_of(miit.summary)
    assert set(counts) == {path.name for path in MIIT.iterdir()}
    for read, loaded, merged, rejected, titles in counts.values():
        assert (read, rejected) == (loaded + merged + titles, 0)
    read, loaded, merged, _, titles = counts[PDF]
    assert read - titles == loaded + merged == 662
    assert merged + counts["江苏_绿色工厂名单_第1-6批.csv"][2] == 25
    assert miit.summary.log.counts() == {"error": 0, "warning": 0, "hint": 0}


def test_jiangsu_has_what_the_ministry_published(miit: Loaded) -> None:
    listings = Store(miit.store).graph()["listings"]
    home = within(listings["region"], 320000)
    categories = Counter(np.asarray(listings.arrow().column("category").to_pylist())[home].tolist())
    assert categories == {0: 199, 1: 18, 3: 23}
    assert set(listings["tier"].tolist()) == {4}


def test_the_factories_of_2021_stand_in_both_files_and_once_in_the_graph(miit: Loaded) -> None:
    store = Store(miit.store)
    sources = [source["name"] for source in store.manifest()["sources"]]
    files: dict[int, set[str]] = {}
    for row in store.origins("listings").to_pylist():
        files.setdefault(row["fact"], set()).add(sources[row["source"]])
    batch = store.graph()["listings"].texts("batch").to_pylist()
    both = [fact for fact, names in files.items() if len(names) > 1]
    assert (len(both), {batch[fact] for fact in both}) == (25, {"2021"})
    assert sum(PDF in names for names in files.values()) == 662


def test_agencies_that_differ_in_width_space_and_points_are_one(miit: Loaded) -> None:
    names = list(miit.units("agencies").values())
    assert len({normal_form(name) for name in names}) == len(names)


def test_supply_chain_enterprises_that_are_factories_too(miit: Loaded) -> None:
    listings = Store(miit.store).graph()["listings"]
    factory, chain = (set(listings["enterprise"][listings["category"] == category].tolist()) for category in (0, 3))
    assert (len(chain), len(chain & factory)) == (23, 15)


@pytest.mark.parametrize(("day", "count"), [(date(2022, 1, 14), 174), (AFTER, 199)], ids=["the day before", "the day"])
def test_the_batch_of_2021_counts_from_its_publication(miit: Loaded, day: date, count: int) -> None:
    ladder = open_store(miit.store).ask("tier-coverage", as_of=day, by="province", base="all").table
    assert ladder["national"].tolist() == [count]


def test_parks_known_from_lists_only_have_unknown_tenants(miit: Loaded) -> None:
    table = open_store(miit.store).ask("park-share", as_of=AFTER).table
    assert (len(table), table["tenants"].isna().all(), table["share"].isna().all()) == (18, True, True)


def test_the_same_files_one_by_one_give_the_same_facts(miit: Loaded, tmp_path: Path) -> None:
    for path in sorted(MIIT.iterdir(), reverse=True):
        summary = load([path], tmp_path / "s", add=True)
    assert summary.facts == miit.summary.facts
    mine, theirs = Store(tmp_path / "s").graph(), Store(miit.store).graph()
    for table in ("listings", "enterprises", "parks", "agencies", "names"):
        assert mine[table].arrow().equals(theirs[table].arrow()), table
