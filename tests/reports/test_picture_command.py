"""`verdigraph picture`: what is drawn, that it stands alone, and that nobody is named who may not be."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

import pytest

from graph_model.errors import UsageError
from loaders import load
from queries import Session, open_store
from reports.cli import main
from reports.networks.drawing import page
from reports.networks.positions import positions
from reports.networks.scene import Scene, SceneEdge, SceneNode
from tests.queries.test_audience import LISTS

DAY = date(2025, 6, 30)
HOSTILE = "</script><script>alert(1)</script><b>虚构恶意&\"'公司"


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Session:
    folder = tmp_path_factory.mktemp("picture")
    (folder / "lists").mkdir()
    for name, text in LISTS.items():
        (folder / "lists" / name).write_text(text, encoding="utf-8")
    load([folder / "lists"], folder / "store")
    return open_store(folder / "store")


def content(html: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/json" id="content">(.*?)</script>', html, re.DOTALL)
    assert found
    read: dict[str, Any] = json.loads(found[1])
    return read


def names(html: str) -> set[str]:
    return {facts[0][1] for facts in content(html)["facts"].values()}


def test_a_park_shows_its_tenants_and_whom_they_supply(session: Session) -> None:
    drawn = session.picture(as_of=DAY, park="虚构滨河工业园")
    assert names(drawn.html) == {"虚构滨河工业园", "虚构在册零件有限公司", "虚构甲机电有限公司"}
    kinds = sorted(edge["kind"] for edge in content(drawn.html)["edges"])
    assert kinds == ["supplies", "tenant"]
    assert drawn.nodes == 3


def test_a_leader_shows_its_suppliers_with_rows_they_come_from(session: Session) -> None:
    drawn = session.picture(as_of=DAY, leader="虚构甲机电有限公司")
    assert names(drawn.html) == {"虚构甲机电有限公司", "虚构只供甲有限公司", "虚构在册零件有限公司"}
    facts = {facts[0][1]: dict(facts[1:]) for facts in content(drawn.html)["facts"].values()}
    assert facts["虚构在册零件有限公司"]["出处"] == "企业名录.csv 第4行"


@pytest.mark.parametrize(
    ("about", "made_for", "hidden"),
    [
        ({"park": "虚构滨河工业园"}, "city=苏州市", ("只供", "虚构甲机电", "虚构乙装备")),
        ({"unit": "虚构在册零件有限公司"}, "province", ("只供", "虚构甲机电", "虚构乙装备")),
        ({"leader": "虚构甲机电有限公司"}, "leader=虚构甲机电有限公司", ("只供乙", "虚构乙装备")),
    ],
)
def test_nobody_is_named_who_may_not_be(
    session: Session, about: dict[str, str], made_for: str, hidden: tuple[str, ...]
) -> None:
    html = session.picture(as_of=DAY, made_for=made_for, **about).html
    assert all(name not in html for name in hidden)


def test_a_leaders_suppliers_are_drawn_for_that_leader_alone(session: Session) -> None:
    with pytest.raises(UsageError, match="只提供给该龙头企业"):
        session.picture(as_of=DAY, leader="虚构甲机电有限公司", made_for="province")


def test_the_page_asks_for_nothing_and_names_are_text() -> None:
    nodes = (
        SceneNode("a", "park", HOSTILE, 0),
        SceneNode("b", "enterprise", HOSTILE, 1, 3, facts=(("备注", HOSTILE),)),
    )
    html = page(Scene(HOSTILE, nodes, (SceneEdge("b", "a", "tenant"),)))
    assert "<script>alert(1)" not in html
    assert names(html) == {HOSTILE}
    assert "default-src 'none'" in html
    assert not re.search(r'(?:src|href)="(?!data:)', html)


def test_positions_are_the_same_every_time_and_apart() -> None:
    nodes = [
        SceneNode("0", "leader", "链主", 0),
        *(SceneNode(f"{n}", "enterprise", f"企业{n}", 1 + n % 3, n % 5) for n in range(1, 400)),
    ]
    edges = tuple(SceneEdge(f"{n}", f"{n // 7}", "supplies") for n in range(1, 400))
    one = positions(Scene("", tuple(nodes), edges))
    assert one == positions(Scene("", tuple(nodes), edges))
    assert len(set(one.values())) == len(nodes)
    places = list(one.values())
    nearest = min((x - u) ** 2 + (y - v) ** 2 for at, (x, y) in enumerate(places) for u, v in places[:at])
    assert nearest > 50**2


def test_beyond_three_thousand_units_stand_together_and_the_page_says_so() -> None:
    cities = ["南京市", "苏州市", "无锡市"]
    nodes = [SceneNode("0", "leader", "链主", 0)]
    nodes += [
        SceneNode(f"{n}", "enterprise", f"企业{n}", 1 + (n > 200), n % 4, city=cities[n % 3]) for n in range(1, 6001)
    ]
    scene = Scene("", tuple(nodes), tuple(SceneEdge(f"{n}", "0", "supplies") for n in range(1, 6001))).within()
    assert len(scene.nodes) == 201 + 12
    assert {edge.source for edge in scene.edges} <= {node.id for node in scene.nodes}
    assert "外圈 5,800 家按地区和层级合并为 12 个点" in scene.notes[-1]
    together = [node for node in scene.nodes if node.kind == "group"]
    assert sum(int(dict(node.facts)["家数"].replace(",", "")) for node in together) == 5800


@pytest.mark.parametrize(
    ("words", "told"),
    [([], "--park"), (["--park", "甲", "--unit", "乙"], "--park"), (["--park", "没有这个园区"], "没有这个园区"),
     (["--leader", "虚构甲机电有限公司", "--tiers", "x"], "--tiers")],
)  # fmt: skip
def test_what_does_not_fit_is_one_sentence(session, tmp_path, words, told, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "lists").mkdir()
    for name, text in LISTS.items():
        (tmp_path / "lists" / name).write_text(text, encoding="utf-8")
    load([tmp_path / "lists"], tmp_path / "store")
    assert main(["picture", "--store", "store", *words]) == 2
    assert told in capsys.readouterr().err
    assert not list(tmp_path.glob("*.html"))


def test_who_may_not_be_named_is_not_drawn_and_the_sentence_says_why(session: Session) -> None:
    with pytest.raises(UsageError, match=r"虚构只供甲有限公司 只见于他人供应商清单，按规定不具名"):
        session.picture(as_of=DAY, unit="虚构只供甲有限公司", made_for="city=苏州市")
