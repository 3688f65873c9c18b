"""Where nodes stand: rings around what the picture is about, the same from run to run.

On a ring nodes stand beside whom they are tied to on the ring within, then by tier, so that ties are short and colours lie
together; a ring that is too full for its circle takes further circles outside.
"""

from __future__ import annotations

from math import cos, pi, sin
from statistics import fmean
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from reports.networks.scene import Scene, SceneNode

APART: Final = 118.0
"""Units of the drawing between neighbours on a circle: a name of eight characters."""
CIRCLES: Final = 150.0
"""Between one circle and the next."""
FULL: Final = 90


def positions(scene: Scene) -> dict[str, tuple[float, float]]:
    """Return x and y of every node."""
    inner: dict[str, float] = {}
    placed: dict[str, tuple[float, float]] = {}
    near = _neighbours(scene)
    radius = 0.0
    for ring in sorted({node.ring for node in scene.nodes}):
        nodes = [node for node in scene.nodes if node.ring == ring]
        if ring == 0:
            placed |= {node.id: (APART * number, 0.0) for number, node in enumerate(nodes)}
            inner |= {node.id: 0.0 for node in nodes}
            continue
        for circle in _circles(_in_order(nodes, near, inner), radius):
            radius = max(radius + CIRCLES, len(circle) * APART / (2 * pi))
            for number, node in enumerate(circle):
                angle = 2 * pi * number / len(circle) - pi / 2
                inner[node.id] = angle
                placed[node.id] = (round(radius * cos(angle), 1), round(radius * sin(angle), 1))
    return placed


def _neighbours(scene: Scene) -> dict[str, list[str]]:
    near: dict[str, list[str]] = {node.id: [] for node in scene.nodes}
    for edge in scene.edges:
        near[edge.source].append(edge.target)
        near[edge.target].append(edge.source)
    return near


def _in_order(
    nodes: Sequence[SceneNode], near: Mapping[str, Sequence[str]], inner: Mapping[str, float]
) -> list[SceneNode]:
    def key(node: SceneNode) -> tuple[float, str, str, int, str]:
        tied = [inner[other] for other in near[node.id] if other in inner]
        return (round(fmean(tied), 3) if tied else 0.0, node.kind, node.state, -node.tier, node.id)

    return sorted(nodes, key=key)


def _circles(nodes: Sequence[SceneNode], radius: float) -> list[Sequence[SceneNode]]:
    """Return the nodes in as few circles as keep their names apart; up to 90 stand on one, however wide it gets."""
    if len(nodes) <= FULL:
        return [nodes]
    circles, start = [], 0
    while start < len(nodes):
        radius = max(radius + CIRCLES, FULL * APART / (2 * pi))
        room = int(2 * pi * radius / APART)
        circles.append(nodes[start : start + room])
        start += room
    return circles
