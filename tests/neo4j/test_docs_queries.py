"""What people paste works: the ten queries of docs/neo4j.md, and each question's file with the `:param` lines in its head."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from neo4j import GraphDatabase

from graph_model.neo4j_store.connection import Connection
from graph_model.neo4j_store.push import push
from graph_model.neo4j_store.settings import ServerSettings
from graph_model.store import Store
from loaders import load
from queries.questions import (
    ban_reach,
    enterprise_ladder,
    leader_ratio,
    leader_suppliers,
    park_share,
    park_tenants,
    tier_coverage,
)

ROOT = Path(__file__).resolve().parents[2]
QUERIES = re.findall(r"~~~cypher\n(.*?);\n~~~", (ROOT / "docs" / "neo4j.md").read_text(encoding="utf-8"), re.DOTALL)
FILES = {
    module.QUESTION.name: (Path(module.__file__).with_suffix(".cypher").read_text(encoding="utf-8"), module.FACTS)
    for module in (
        ban_reach,
        enterprise_ladder,
        leader_ratio,
        leader_suppliers,
        park_share,
        park_tenants,
        tier_coverage,
    )
}
OF_THE_PROVINCE = {"park-share", "tier-coverage", "enterprise-ladder", "leader-ratio"}
"""Questions about the whole province: they walk all units once; the others start from the units they name."""


@pytest.fixture(scope="module", autouse=True)
def example(connection: Connection, tmp_path_factory: pytest.TempPathFactory) -> None:
    store = tmp_path_factory.mktemp("example") / "store"
    load([ROOT / "examples" / "lists"], store)
    push(Store(store), connection, lambda *_: None)


def test_there_are_ten() -> None:
    assert len(QUERIES) == 10


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.splitlines()[0][3:6].strip())
def test_a_query_of_the_handbook_runs(query: str, connection: Connection) -> None:
    names = {"name": "虚构戊装备集团有限公司", "other": "虚构甲新材料有限公司", "park": "虚构产业园区"}
    connection.read([(query, {"d": date(2025, 6, 30), **names})])


@pytest.mark.parametrize("question", FILES)
def test_a_file_runs_with_the_parameters_in_its_head(question: str, connection: Connection) -> None:
    lines = re.findall(r"^// :param (\w+) => (.+)$", FILES[question][0], re.MULTILINE)
    evaluated = "RETURN " + ", ".join(f"{value} AS `{name}`" for name, value in lines)
    parameters = connection.read([(evaluated, {})])[0][0]
    rows = connection.read([(FILES[question][0], parameters)])[0]
    assert set(FILES[question][1]) <= set(rows[0]) if rows else question != "park-share"


def operators(plan: dict[str, Any]) -> set[str]:
    """The operators of a plan, each scan with what it scans."""
    own = f"{plan['operatorType'].partition('@')[0]} {plan['args'].get('Details', '')}"
    return {own}.union(*(operators(child) for child in plan.get("children", [])))


@pytest.mark.parametrize("question", sorted(set(FILES) - OF_THE_PROVINCE))
def test_a_question_about_named_units_starts_with_an_index(question: str, settings: ServerSettings) -> None:
    lines = re.findall(r"^// :param (\w+) => (.+)$", FILES[question][0], re.MULTILINE)
    secret = settings.password.get_secret_value()
    with GraphDatabase.driver(settings.uri, auth=(settings.user, secret), notifications_min_severity="OFF") as driver:
        evaluated = driver.execute_query("RETURN " + ", ".join(f"{value} AS `{name}`" for name, value in lines))
        profiled = driver.execute_query(f"PROFILE {FILES[question][0]}", evaluated.records[0].data())
    used = operators(profiled.summary.profile)
    assert any("IndexSeek" in one for one in used)
    large = ("AllNodesScan", ":Enterprise", ":Listing", ":Report")
    assert not [one for one in used if "Scan" in one and any(word in one for word in large)]
