"""A scene as one offline page: pyvis holds nodes and edges, our own template and the vis-network of its wheel draw them.

Nothing on the page is fetched: scripts and styles stand in it, and its policy forbids every request. The one module that
imports pyvis.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from pyvis.network import Network

from reports.networks.positions import positions
from reports.networks.scene import UNKNOWN_TIER

if TYPE_CHECKING:
    from reports.networks.scene import Scene, SceneNode

TIERS: Final = {
    4: ("国", "#0b5d34", "#ffffff", "国家级"),
    3: ("省", "#2f9e5b", "#ffffff", "省级"),
    2: ("市", "#8fd19e", "#10311d", "市级"),
    1: ("区", "#d3efd6", "#10311d", "区县级"),
    0: ("—", "#c9ced6", "#1f2430", "不在名单"),
    UNKNOWN_TIER: ("？", "#ffffff", "#1f2430", "未知"),
}
"""Mark, colour, colour of text, word of a tier."""
STATES: Final = {
    "review": ("复", "#e8833a", "须复核"),
    "blocked": ("拒", "#c8372d", "不予受理"),
    "older": ("早", "#b8bec9", "三年以前"),
    "hint": ("疑", "#4a7fc1", "关联机构，提示"),
    "unknown": ("？", "#ffffff", "缺日期或地区，未知"),
    "chosen": ("选", "#7b3fb5", "列入培育计划"),
}
"""Mark, colour and word of a state that goes before the tier."""
SHAPES: Final = {
    "enterprise": ("dot", "企业"),
    "leader": ("star", "龙头企业（链主）"),
    "park": ("square", "园区"),
    "agency": ("diamond", "第三方机构"),
    "group": ("hexagon", "多家企业"),
}
EDGES: Final = {
    "tenant": ("#7a8699", "入驻"),
    "supplies": ("#3b6fb6", "供应"),
    "rests": ("#b5652a", "依据或提交的报告"),
    "moves": ("#7b3fb5", "培育带动"),
}
LINE: Final = 8
"""Characters of one line of a label."""


def page(scene: Scene) -> str:
    """Return the page of a scene as HTML."""
    scene = scene.within()
    network = _network(scene)
    content = {
        "nodes": network.nodes,
        "edges": network.edges,
        "facts": {node.id: [["名称", node.name], *map(list, node.facts)] for node in scene.nodes},
    }
    return _environment().get_template("network.html").render(
        title=scene.title,
        notes=scene.notes,
        # A name may hold `</script>`: in JSON its bracket is written as an escape.
        content=json.dumps(content, ensure_ascii=False).replace("<", "\\u003c"),
        script=_asset("vis-network.min.js").replace("</script", "<\\/script"),
        tiers=_tiers_of(scene),
        states=[STATES[state] for state in STATES if any(node.state == state for node in scene.nodes)],
        shapes=[SHAPES[kind] for kind in SHAPES if any(node.kind == kind for node in scene.nodes)],
        edges=[(kind, *EDGES[kind]) for kind in EDGES if any(edge.kind == kind for edge in scene.edges)],
        count=len(scene.nodes),
    )  # fmt: skip


def _network(scene: Scene) -> Network:
    network = Network(directed=True)
    place = positions(scene)
    for node in scene.nodes:
        x, y = place[node.id]
        network.add_node(node.id, **_look(node), x=x, y=y, physics=False)
    for number, edge in enumerate(scene.edges):
        colour, word = EDGES[edge.kind]
        network.add_edge(edge.source, edge.target, id=f"e{number}", kind=edge.kind, color=colour, title=word)
    return network


def _look(node: SceneNode) -> dict[str, Any]:
    mark, fill, *_ = TIERS[node.tier]
    if node.state:
        mark, fill, _word = STATES[node.state]
    if node.kind in ("park", "agency") and not node.state:
        mark, fill = "", {"park": "#33507d", "agency": "#8a5a2b"}[node.kind]
    open_question = mark == "？"
    return {
        "label": f"{f'[{mark}] ' if mark else ''}{_wrapped(node.name)}",
        "mark": mark if node.ring else "",  # What stays readable from afar, so that colour never speaks alone.
        "shape": SHAPES[node.kind][0],
        "size": 30 if node.ring == 0 else 16,
        "color": {"background": fill, "border": "#6b7280" if open_question else _darker(fill), "highlight": fill},
        "shapeProperties": {"borderDashes": [4, 3] if open_question else False},
        "borderWidth": 2,
        "font": {"size": 20 if node.ring == 0 else 13, "color": "#1f2430", "face": "sans-serif"},
    }


def _wrapped(name: str) -> str:
    """Return a name in at most two lines of like length; the whole name is in the details."""
    if len(name) <= LINE:
        return name
    cut = name if len(name) <= 2 * LINE else f"{name[: 2 * LINE - 1]}…"
    half = (len(cut) + 1) // 2
    return f"{cut[:half]}\n{cut[half:]}"


def _darker(colour: str) -> str:
    channels = (int(colour[place : place + 2], 16) * 3 // 4 for place in (1, 3, 5))
    return "#" + "".join(f"{channel:02x}" for channel in channels)


def _tiers_of(scene: Scene) -> list[tuple[str, str, str, str]]:
    shown = {node.tier for node in scene.nodes if not node.state and node.kind not in ("park", "agency")}
    return [TIERS[tier] for tier in TIERS if tier in shown]


@cache
def _asset(name: str) -> str:
    return files("pyvis").joinpath("templates", "lib", "vis-9.1.2", name).read_text(encoding="utf-8")


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("reports.networks"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
