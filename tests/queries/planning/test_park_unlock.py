"""What frees a park is what trying every set of tenants, and every day, finds by assessing the park anew."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import chain, combinations
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from graph_model.columns import Columns
from graph_model.days import number
from graph_model.graph import KnowledgeGraph
from graph_model.schema import TABLES
from queries import Session
from queries.law.propagation import SETTINGS
from queries.measures.incident_days import incident_days
from queries.planning.acts import Act
from queries.planning.changed_graph import changed_graph
from tests.reference.product import Product
from tests.worlds import day_of_seed, random_world

SEEDS = (1, 2, 3, 5, 8, 11, 14)
WAYS = {"wait": "heals_on", "rectify": "rectified_on", "leave": "left_on"}


class Park:
    """One park of a world, to be assessed with some of its tenancies, and days, taken away."""

    def __init__(self, graph: KnowledgeGraph, day: date, park: int) -> None:
        self.graph, self.day, self.park = graph, day, park
        self.id = graph["parks"].texts("id")[park].as_py()
        sits = graph["tenancies"]
        self.tenants = sorted(set(sits["enterprise"][sits["park"] == park].tolist()))

    def without(self, tenants: Any, own: bool = True) -> KnowledgeGraph:
        """Return the graph with some tenants' tenancies in the park gone; without `own` nothing is held against the park itself."""
        sits, held, lists = (self.graph[name] for name in ("tenancies", "incidents", "listings"))
        gone = (sits["park"] == self.park) & np.isin(sits["enterprise"], list(tenants))
        tables = {"tenancies": sits.arrow().filter(pa.array(~gone))}
        if not own:
            tables["incidents"] = held.arrow().filter(pa.array(held["park"] != self.park))
            tables["listings"] = blank(lists.arrow(), "removed_on", lists["park"] == self.park)
            tables["listings"] = blank(tables["listings"], "end_unknown", lists["park"] == self.park)
        return with_tables(self.graph, tables)

    def failed(self, graph: KnowledgeGraph, day: date, setting: str) -> set[str]:
        """Return the items that the park fails on a day under a setting."""
        told = Session(graph).assess(
            self.id, as_of=day, category="park", tier="provincial", rules="js-draft", park_propagation=setting
        )
        table = told.findings.table
        return set(table.loc[(table["outcome"] == "fail") & table["rule"].str.startswith("D-18"), "rule"])


def with_tables(graph: KnowledgeGraph, tables: dict[str, pa.Table]) -> KnowledgeGraph:
    changed = {name: Columns(name, table) for name, table in tables.items()}
    return KnowledgeGraph({name: changed.get(name, graph[name]) for name in TABLES}, graph.regions, graph.snapshot)


def blank(table: pa.Table, column: str, rows: Any) -> pa.Table:
    kind = table.schema.field(column).type
    values = pc.if_else(pa.array(rows), pa.scalar(None, kind), table[column])
    return table.set_column(table.schema.get_field_index(column), column, values)


def as_known_on(graph: KnowledgeGraph, day: date) -> KnowledgeGraph:
    """Return the graph without what is dated after a day: nothing of the future is seen, and none of it is to come."""
    on = incident_days(graph)
    begun = {
        "incidents": (on <= number(day)) | (on == on.max(initial=0)),
        "tenancies": graph["tenancies"]["start"] <= number(day),
        "listings": None,
    }
    tables = {}
    for name, mask in begun.items():
        table = graph[name].arrow()
        for end in {"ended_on", "end", "removed_on"} & set(table.column_names):
            table = blank(table, end, graph[name][end] > number(day))
        tables[name] = table if mask is None else table.filter(pa.array(mask))
    return with_tables(graph, tables)


@pytest.fixture(scope="module")
def parks(tmp_path_factory: pytest.TempPathFactory) -> list[Park]:
    """Return the parks on record of some random worlds, as known on their day."""
    found = []
    for seed in SEEDS:
        session = Product(random_world(seed, 14), tmp_path_factory.mktemp(f"unlock{seed}")).session
        day = day_of_seed(seed)
        graph = as_known_on(session.graph, day)
        shown = session.park_share(as_of=day).table["park_id"]
        found += [Park(graph, day, session.graph.row_of(id, "parks")) for id in shown]
    return found


def told(park: Park) -> pd.DataFrame:
    return Session(park.graph).ask("park-unlock", as_of=park.day, park=park.id, rules="js-draft").table


def test_the_set_is_the_smallest_that_frees_the_park(parks: list[Park]) -> None:
    sizes = set()
    for park in parks:
        table = told(park)
        ids = park.graph["enterprises"].texts("id").to_pylist()
        for setting in SETTINGS:
            rows = table[table["setting"] == setting]
            own = park.failed(park.without(park.tenants), park.day, setting)
            every = chain.from_iterable(combinations(park.tenants, size) for size in range(len(park.tenants) + 1))
            smallest = next(
                tenants for tenants in every if not park.failed(park.without(tenants, own=False), park.day, setting)
            )
            assert set(rows["unit_id"].dropna()) == {ids[tenant] for tenant in smallest}
            assert set(rows["needed"]) == {len(smallest)}
            assert set(rows["own"].dropna()) == ({"+".join(sorted(own))} if own else set())
            sizes.add(len(smallest))
    assert {0, 1, 2} <= sizes


def test_each_way_frees_the_park_of_a_tenant_on_its_day_and_not_a_day_before(parks: list[Park]) -> None:
    seen = dict.fromkeys(WAYS, 0)
    for park in parks:
        for row in told(park).dropna(subset=["unit_id"]).to_dict("records"):
            tenant = park.graph.row_of(row["unit_id"], "enterprises")
            graphs = by_way(park, tenant)
            for way, column in WAYS.items():
                if row[column] is not pd.NaT:
                    check_first_day(park, graphs[way], row[column].date(), row["setting"])
                    seen[way] += 1
            if row["heals_on"] is pd.NaT:
                assert park.failed(graphs["wait"], park.day + timedelta(days=5000), row["setting"])
            days = {way: row[column] for way, column in WAYS.items() if row[column] is not pd.NaT}
            assert row["way"] == (min(days, key=lambda way: (days[way], list(WAYS).index(way))) if days else None)
    assert all(seen.values())


def by_way(park: Park, tenant: int) -> dict[str, KnowledgeGraph]:
    """Return the graph with one tenant alone in the park and nothing held against it: as it is, rectified, and left."""
    alone = park.without(set(park.tenants) - {tenant}, own=False)
    view = alone.on(park.day)
    kinds = {kind for kind in alone["incidents"].words("kind")[1] if kind}
    heal = [Act("heal", park.day, enterprise=tenant, word=kind) for kind in sorted(kinds)]
    leave = [Act("leave", park.day, enterprise=tenant, park=park.park)]
    return {"wait": alone, "rectify": changed_graph(view, heal), "leave": changed_graph(view, leave)}


def check_first_day(park: Park, graph: KnowledgeGraph, first: date, setting: str) -> None:
    assert not park.failed(graph, first, setting)
    if first > park.day:
        assert park.failed(graph, first - timedelta(days=1), setting)


def test_the_park_is_free_on_the_latest_day_and_not_before(parks: list[Park]) -> None:
    healed = 0
    for park in parks:
        for setting, rows in told(park).groupby("setting", sort=False):
            free_on = rows["free_on"].iloc[0]
            tenants = rows.dropna(subset=["unit_id"])
            if free_on is pd.NaT or (tenants["way"] != "wait").any():
                continue
            check_first_day(park, park.graph, free_on.date(), str(setting))
            healed += len(tenants) > 0
    assert healed


def test_what_stays_unknown_is_what_the_park_s_findings_leave_unknown(parks: list[Park]) -> None:
    for park in parks:
        table = told(park)
        for setting in SETTINGS:
            rows = table[table["setting"] == setting]
            graph = park.without([park.graph.row_of(id, "enterprises") for id in rows["unit_id"].dropna()], own=True)
            findings = Session(graph).assess(
                park.id, as_of=park.day, category="park", tier="provincial", rules="js-draft", park_propagation=setting
            ).findings.table  # fmt: skip
            unknown = findings.loc[(findings["outcome"] == "unknown") & findings["rule"].str.startswith("D-18"), "rule"]
            own = set(rows["own"].dropna())
            if not own:
                assert set(rows["unclear"].dropna()) == ({"+".join(unknown)} if len(unknown) else set())


def test_a_rule_set_without_a_negative_list_says_so(parks: list[Park]) -> None:
    park = parks[0]
    answer = Session(park.graph).ask("park-unlock", as_of=park.day, park=park.id, rules="js-2016")
    assert set(answer.table["needed"]) == {0}
    assert any("没有负面清单" in note.zh for note in answer.notes)
