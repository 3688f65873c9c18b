"""What a picture shows: units with what is known of them, and how they are tied. Drawing knows nothing else."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import Final

MOST: Final = 3_000
"""Nodes of one picture; beyond that units stand together by city."""
NOT_LISTED: Final = 0
UNKNOWN_TIER: Final = -1


@dataclass(frozen=True)
class SceneNode:
    """One node: its kind decides the shape, its tier (-1 unknown, 0 none, 1 to 4) or its state the colour."""

    id: str
    kind: str
    name: str
    ring: int
    tier: int = NOT_LISTED
    state: str = ""
    """A class or mark of its own (`review`, `chosen`, …) that the legend words; empty where the tier says enough."""
    city: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    """What a click shows: label and value, provenance last."""


@dataclass(frozen=True)
class SceneEdge:
    """A tie from one node to another; its kind can be switched off."""

    source: str
    target: str
    kind: str


@dataclass(frozen=True)
class Scene:
    """A picture before it is drawn; the first node is what it is about."""

    title: str
    nodes: tuple[SceneNode, ...]
    edges: tuple[SceneEdge, ...]
    notes: tuple[str, ...] = field(default=())

    def within(self, most: int = MOST) -> Scene:
        """Return the scene with at most `most` nodes: of the outermost rings, units stand together by ring, city and tier."""
        if len(self.nodes) <= most:
            return self
        rings = Counter(node.ring for node in self.nodes)
        whole, count = set(), 0
        for ring in sorted(rings):
            if count + rings[ring] > most // 2:
                break
            whole.add(ring)
            count += rings[ring]
        kept = [node for node in self.nodes if node.ring in whole]
        others = [node for node in self.nodes if node.ring not in whole]
        group_of = {node.id: f"group:{node.ring}:{node.city}:{node.tier}:{node.state}" for node in others}
        groups = {group_of[node.id]: replace(node, id=group_of[node.id], kind="group") for node in reversed(others)}
        sizes = Counter(group_of.values())
        named = [
            replace(node, name=f"{node.city or '地区未知'} {sizes[id]:,} 家", facts=(("家数", f"{sizes[id]:,}"),))
            for id, node in sorted(groups.items())
        ]
        moved = {
            SceneEdge(group_of.get(edge.source, edge.source), group_of.get(edge.target, edge.target), edge.kind)
            for edge in self.edges
        }
        edges = sorted(
            (edge for edge in moved if edge.source != edge.target), key=lambda edge: (edge.source, edge.target)
        )
        note = f"共 {len(self.nodes):,} 个单位，图上最多 {most:,} 个：外圈 {len(others):,} 家按地区和层级合并为 {len(named):,} 个点"
        return replace(self, nodes=(*kept, *named), edges=tuple(edges), notes=(*self.notes, note))
