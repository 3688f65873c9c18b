"""Who is reached within three steps from every leader: ours for all at once, and a loop over leaders with igraph."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import igraph
import numpy as np

from benchmarks.measure import in_turn, timed
from graph_model.reach import Reach
from graph_model.tiers import Tier
from queries.measures.leaders import in_scope

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from graph_model.view import View

DEPTH = 3
CELLS = 9
"""Membership in scope (yes, no, unknown) times green (yes, no, unknown)."""


@dataclass(frozen=True)
class Reached:
    """Seconds of both, for all leaders, and of making ready what they walk on."""

    leaders: int
    pairs: int
    """Leader and enterprise reached, over all leaders."""
    ours: float
    igraph: float
    our_making: float
    igraph_making: float


def reach_of_all_leaders(view: View) -> Reached:
    """Count who is reached, by scope and green, with both; they must agree before any time is taken."""
    links, leaders = view.facts.links(max_age=2).suppliers, view.facts.leaders
    cells = (in_scope(view.graph, "mainland").astype(np.int64) + 1) * 3 + view.green(Tier.CITY) + 1
    held = np.unique(cells)
    masks = [cells == cell for cell in held]
    our_making, reach = timed(lambda: Reach(links))
    buyers = np.repeat(np.arange(links.nodes), np.diff(links.starts))
    igraph_making, graph = timed(
        lambda: igraph.Graph(links.nodes, np.stack((buyers, links.heads), axis=1), directed=True)
    )

    def loop() -> NDArray[np.int64]:
        return np.array([_counted(graph, int(leader), cells) for leader in leaders])[:, held]

    found = reach.counts(leaders, DEPTH, masks)
    if not np.array_equal(found, loop()):
        raise AssertionError("igraph reaches others than we do")
    ours, theirs = in_turn([lambda: reach.counts(leaders, DEPTH, masks), loop])
    return Reached(len(leaders), int(found.sum()), ours, theirs, our_making, igraph_making)


def _counted(graph: igraph.Graph, leader: int, cells: NDArray[np.int64]) -> NDArray[np.int64]:
    reached = graph.neighborhood(leader, order=DEPTH, mode="out", mindist=1)
    return np.bincount(cells[np.array(reached, dtype=np.int64)], minlength=CELLS)
