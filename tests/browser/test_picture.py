"""A picture in a real browser: it asks for nothing, complains of nothing, and does what its page says."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from loaders import load
from queries import open_store
from reports.networks.drawing import page
from reports.networks.scene import Scene, SceneEdge, SceneNode
from tests.browser.conftest import Watched
from tests.queries.test_audience import LISTS

HOSTILE = "</script><script>document.title='错'</script><b>虚构恶意公司</b>"


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("drawn")
    (folder / "lists").mkdir()
    for name, text in LISTS.items():
        (folder / "lists" / name).write_text(text, encoding="utf-8")
    load([folder / "lists"], folder / "store")
    picture = open_store(folder / "store").picture(as_of=date(2025, 6, 30), park="虚构滨河工业园")
    return Path(picture.save(folder / "图.html"))


def test_it_opens_and_a_click_shows_details_with_their_rows(watched: Watched, drawn: Path) -> None:
    watched.page.goto(drawn.as_uri())
    place = watched.page.evaluate(
        """() => { const network = window.verdigraph.network;
          const id = window.verdigraph.nodes.getIds().find(id => id.includes('在册零件'));
          const at = network.canvasToDOM(network.getPosition(id));
          const box = document.getElementById('network').getBoundingClientRect();
          return [box.left + at.x, box.top + at.y]; }"""
    )
    watched.page.mouse.click(*place)
    watched.page.wait_for_timeout(400)
    details = watched.page.inner_text("#details")
    assert "虚构在册零件有限公司" in details
    assert "企业名录.csv 第4行" in details
    watched.assert_quiet()


def test_search_finds_by_a_part_of_a_name(watched: Watched, drawn: Path) -> None:
    watched.page.goto(drawn.as_uri())
    watched.page.fill("#search", "甲机电")
    watched.page.press("#search", "Enter")
    watched.page.wait_for_function("document.getElementById('details').innerText.includes('虚构甲机电有限公司')")
    watched.page.fill("#search", "没有的")
    watched.page.press("#search", "Enter")
    watched.page.wait_for_function("document.getElementById('details').innerText.includes('没有名称含')")
    watched.assert_quiet()


def test_a_kind_of_tie_is_switched_off_and_on(watched: Watched, drawn: Path) -> None:
    watched.page.goto(drawn.as_uri())
    hidden = "() => window.verdigraph.edges.get().filter(edge => edge.hidden).map(edge => edge.kind)"
    assert watched.page.evaluate(hidden) == []
    watched.page.uncheck("input.kind[value=supplies]")
    assert set(watched.page.evaluate(hidden)) == {"supplies"}
    watched.page.check("input.kind[value=supplies]")
    assert watched.page.evaluate(hidden) == []
    watched.assert_quiet()


def test_a_double_click_keeps_neighbours_and_escape_shows_all(watched: Watched, drawn: Path) -> None:
    watched.page.goto(drawn.as_uri())
    watched.page.evaluate(
        """() => { const id = window.verdigraph.nodes.getIds().find(id => id.includes('滨河'));
          window.verdigraph.network.emit
            ? window.verdigraph.network.emit('doubleClick', { nodes: [id] })
            : window.verdigraph.network.body.emitter.emit('doubleClick', { nodes: [id] }); }"""
    )
    hidden = "() => window.verdigraph.nodes.get().filter(node => node.hidden).length"
    assert watched.page.evaluate(hidden) == 1
    watched.page.keyboard.press("Escape")
    assert watched.page.evaluate(hidden) == 0
    watched.assert_quiet()


def test_a_hostile_name_is_shown_and_never_run(watched: Watched, tmp_path: Path) -> None:
    nodes = (SceneNode("a", "park", HOSTILE, 0), SceneNode("b", "enterprise", HOSTILE, 1, 2))
    file = tmp_path / "x.html"
    file.write_text(page(Scene("图", nodes, (SceneEdge("b", "a", "tenant"),))), encoding="utf-8")
    watched.page.goto(file.as_uri())
    watched.page.fill("#search", "虚构恶意")
    watched.page.press("#search", "Enter")
    watched.page.wait_for_function("document.getElementById('details').innerText.includes('<b>虚构恶意公司</b>')")
    assert watched.page.title() == "图"
    watched.assert_quiet()


def test_two_thousand_nodes_open_and_move(watched: Watched, tmp_path: Path) -> None:
    nodes = [SceneNode("0", "leader", "链主", 0)]
    nodes += [SceneNode(f"{n}", "enterprise", f"虚构第{n}有限公司", 1 + n % 3, n % 5) for n in range(1, 2001)]
    edges = [SceneEdge(f"{n}", f"{n // 3}", "supplies") for n in range(1, 2001)]
    edges += [SceneEdge(f"{n}", f"{n // 5}", "supplies") for n in range(1, 2001)]
    file = tmp_path / "large.html"
    file.write_text(page(Scene("大图", tuple(nodes), tuple(edges))), encoding="utf-8")
    watched.page.goto(file.as_uri())
    before = watched.page.evaluate("() => window.verdigraph.network.getViewPosition()")
    watched.page.mouse.move(400, 400)
    watched.page.mouse.down()
    watched.page.mouse.move(520, 470, steps=4)
    watched.page.mouse.up()
    after = watched.page.evaluate("() => window.verdigraph.network.getViewPosition()")
    assert after != before
    watched.assert_quiet()
