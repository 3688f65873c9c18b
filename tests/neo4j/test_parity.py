"""Every question with every option gives the same table on both engines, to the last row: fictional province, random worlds."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from graph_model.days import years_later
from graph_model.errors import VerdigraphError
from graph_model.neo4j_store.connection import Connection
from graph_model.neo4j_store.push import push
from graph_model.neo4j_store.settings import ServerSettings
from graph_model.store import Store
from loaders import load
from loaders.fictional import DEMO_DAY, fictional_province, write_province
from queries import ServerSession, Session, open_server, open_store
from queries.registry import QUESTIONS
from tests.reference.hand import DAY, firm, link, listed, tenant, world
from tests.test_against_reference import OPTIONS, combinations
from tests.worlds import compact, day_of_seed, random_world, write_folder

SEEDS = range(100, 112)
THINNED = 8
"""Of all option combinations of a random world every eighth is asked, another eighth in the next world."""


@contextmanager
def on_both(store: Path, connection: Connection, settings: ServerSettings) -> Iterator[tuple[Session, Any]]:
    push(Store(store), connection, lambda *_: None)
    in_memory = open_store(store)
    with open_server(in_memory.snapshot, settings) as on_server:
        yield in_memory, on_server


def differing(in_memory: Any, on_server: Any, question: str, day: date, options: dict[str, Any]) -> str:
    """What differs between two answers, or between an answer and a refusal; empty where nothing does."""
    answers = []
    for session in (in_memory, on_server):
        try:
            answers.append(session.ask(question, as_of=day, **options))
        except VerdigraphError as refusal:
            answers.append(refusal)
    one, other = answers
    if isinstance(one, VerdigraphError) or isinstance(other, VerdigraphError):
        return "" if str(one) == str(other) else f"{one!s:.300} / {other!s:.300}"
    try:
        pd.testing.assert_frame_equal(one.table, other.table, check_exact=True)
    except AssertionError as difference:
        return str(difference)
    return "" if one.notes == other.notes else f"{one.notes} / {other.notes}"


@pytest.mark.parametrize("seed", SEEDS)
def test_random_worlds(seed: int, tmp_path: Path, connection: Connection, settings: ServerSettings) -> None:
    world, day = random_world(seed, 3 + seed % 9), day_of_seed(seed)
    write_folder(world, tmp_path / "source")
    load([tmp_path / "source"], tmp_path / "store")
    with on_both(tmp_path / "store", connection, settings) as (in_memory, on_server):
        for question in OPTIONS:
            for options in list(combinations(question, day, seed))[seed % THINNED :: THINNED]:
                found = differing(in_memory, on_server, question, day, options)
                if found:
                    pytest.fail(f"{question} {day} {options}\n{found}\n\n{compact(world)}", pytrace=False)


def test_what_cannot_be_read(tmp_path: Path, connection: Connection, settings: ServerSettings) -> None:
    """Ends, tiers and categories that nobody can read, and a ban of an authority that names no region."""
    agency, buyer, park = "测试评价机构", "测试链主有限公司", "测试东园区"
    firms = [f"测试{letter}有限公司" for letter in "甲乙丙丁戊己"]
    begun: dict[str, Any] = {"published_on": date(2023, 1, 1), "agency": agency}
    made = world(
        parks=[{"name": park, "city": "苏州市"}],
        enterprises=[*(firm(name, city="苏州市") for name in firms[:5]), firm(buyer, chain="新材料", city="南京市")],
        listings=[
            listed(firms[0], **begun, removed_on="已移出"),
            listed(firms[1], "provincial", **begun, removal_reason="更名"),
            listed(firms[1], **begun),
            listed(firms[2], "national", **begun),
            listed(firms[3], "超级", **begun),
            listed(firms[4], **begun, category="蓝色工厂"),
            listed(park, "超级", **begun, category="park"),
            listed(firms[5], **begun, removed_on="2023年移出"),
            listed(buyer, **begun, category="supply_chain", removed_on="已撤销"),
            listed(park, **begun, category="park", removed_on="已移出"),
        ],
        tenancies=[
            tenant(firms[0], park),
            tenant(firms[1], park, end="已搬离"),
            tenant(firms[2], park, end="已搬离"),
            tenant(firms[2], park, start=date(2022, 1, 1)),
            tenant(firms[3], park),
            tenant(firms[4], park),
            tenant(firms[5], park, end="已搬离"),
            tenant(firms[4], "待定"),
        ],
        cultivation=[{"unit": buyer, "category": "绿工", "plan_year": DAY.year}],
        reports=[
            {
                "report_no": "R-1",
                "unit": firms[4],
                "category": "绿工",
                "agency": agency,
                "submitted_on": date(2025, 2, 1),
            }
        ],
        supplies=[link(buyer, name) for name in firms],
        agency_bans=[{"agency": agency, "authority": "市工业和信息化局", "decided_on": date(2024, 2, 29)}],
    )
    write_folder(made, tmp_path / "source")
    load([tmp_path / "source"], tmp_path / "store")
    needed = {"park-tenants": {"park": park}, "leader-suppliers": {"leader": buyer}}
    with on_both(tmp_path / "store", connection, settings) as (in_memory, on_server):
        for question in OPTIONS:
            for tier in ("city", "provincial"):
                options = needed.get(question, {}) | ({"tier": tier} if "tier" in OPTIONS[question] else {})
                assert not differing(in_memory, on_server, question, DAY, options), (question, options)
        assert list(in_memory.ask("ban-reach", as_of=DAY).table["class"].unique()) == ["unknown"]


@pytest.fixture(scope="module")
def province_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("province")
    write_province(fictional_province(400, 5), folder / "lists")
    load([folder / "lists"], folder / "store")
    return folder / "store"


@pytest.fixture
def province(province_store: Path, connection: Connection, settings: ServerSettings) -> Iterator[tuple[Any, Any]]:
    """Pushed for every test: another test may have pushed a world of its own meanwhile."""
    with on_both(province_store, connection, settings) as both:
        yield both


def province_options(session: Any, question: str) -> Iterator[dict[str, Any]]:
    """Every single option of a question, with units of the province."""
    leaders = session.ask("leader-ratio", as_of=DEMO_DAY).table.sort_values("suppliers")["leader_id"]
    parks = session.ask("park-share", as_of=DEMO_DAY).table.sort_values("tenants")["park_id"]
    agencies = session.graph["agencies"].texts("name").to_pylist()
    units = {"leader": [leaders.iloc[-1], leaders.iloc[0]], "park": [parks.iloc[-1]], "agency": agencies[:3]}
    needed = {"leader-suppliers": "leader", "park-tenants": "park"}.get(question)
    for name, values in OPTIONS[question].items():
        for value in units.get(name, values):
            chosen = {needed: units[needed][0]} if needed else {}
            if value is not None and name != "authority":
                chosen[name] = value
            if name == "agency":
                chosen |= {"on": date(2024, 3, 1), "authority": "江苏省"}
            yield chosen


@pytest.mark.parametrize("question", list(OPTIONS))
def test_fictional_province(province: tuple[Any, Any], question: str) -> None:
    in_memory, on_server = province
    wrong = [
        f"{options}: {found}"
        for options in province_options(in_memory, question)
        if (found := differing(in_memory, on_server, question, DEMO_DAY, options))
    ]
    assert not wrong


@pytest.mark.parametrize("question", ["park-share", "leader-ratio", "tier-coverage"])
def test_several_days_side_by_side(province: tuple[Any, Any], question: str) -> None:
    further = {"also_on": [years_later(DEMO_DAY, -2), years_later(DEMO_DAY, -1)]}
    assert differing(*province, question, DEMO_DAY, further) == ""
    assert province[0].ask(question, as_of=DEMO_DAY, **further).table["as_of"].nunique() == 3


def test_every_question_of_the_server_is_compared() -> None:
    assert set(OPTIONS) == {name for name, question in QUESTIONS.items() if question.on_server}


@pytest.mark.parametrize("question", [name for name, question in QUESTIONS.items() if not question.on_server])
def test_other_questions_say_that_they_run_in_memory(connection: Connection, question: str) -> None:
    needed = {name: "x" for name, field in QUESTIONS[question].options.model_fields.items() if field.is_required()}
    with pytest.raises(VerdigraphError, match="in memory only"):
        ServerSession(connection, "any").ask(question, as_of=DEMO_DAY, **needed)


def test_assess_says_that_it_runs_in_memory(connection: Connection) -> None:
    with pytest.raises(VerdigraphError, match="in memory only"):
        ServerSession(connection, "any").assess(as_of=DEMO_DAY)
