"""Compressed adjacency: who is next to whom, as two integer vectors.

`heads[starts[u]:starts[u + 1]]` are the neighbours of node u. Built once from pairs that are already sorted by tail.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from graph_model.arrays import Ints8, Ints32, Ints64


def ranges(starts: Ints64, lengths: Ints64) -> Ints64:
    """Return the concatenation of `range(start, start + length)` for every pair, without a loop."""
    total = int(lengths.sum())
    steps = np.ones(total, dtype=np.int64)
    full = lengths > 0
    starts, lengths = starts[full], lengths[full]
    if total == 0:
        return np.empty(0, dtype=np.int64)
    firsts = np.concatenate(([0], np.cumsum(lengths)[:-1]))
    steps[firsts] = starts
    steps[firsts[1:]] -= starts[:-1] + lengths[:-1] - 1
    return np.cumsum(steps)


@dataclass(frozen=True)
class Adjacency:
    """Neighbours of integer nodes: `starts` has one entry more than there are nodes."""

    starts: Ints64
    heads: Ints32

    @classmethod
    def of_pairs(cls, tails: Ints32, heads: Ints32, nodes: int) -> Adjacency:
        """Build from pairs sorted by tail, with `nodes` nodes in all."""
        counts = np.bincount(tails, minlength=nodes)
        return cls(np.concatenate(([0], np.cumsum(counts))), heads)

    @property
    def nodes(self) -> int:
        """Return how many nodes there are."""
        return len(self.starts) - 1

    def of(self, nodes: Ints32) -> tuple[Ints64, Ints32]:
        """Return every neighbour of `nodes`, each with the position in `nodes` of the one it is next to."""
        lengths = self.starts[nodes + 1] - self.starts[nodes]
        owners = np.repeat(np.arange(len(nodes)), lengths)
        return owners, self.heads[ranges(self.starts[nodes], lengths)]

    def reversed(self) -> Adjacency:
        """Return the adjacency of the same pairs in the other direction."""
        tails = np.repeat(np.arange(self.nodes, dtype=np.int32), np.diff(self.starts))
        order = np.argsort(self.heads, kind="stable")
        return Adjacency.of_pairs(self.heads[order], tails[order], self.nodes)

    def hops(self, start: int, depth: int) -> Ints8:
        """Return how many steps every node is from `start`, at most `depth`; -1 beyond."""
        distance = np.full(self.nodes, -1, dtype=np.int8)
        distance[start] = 0
        frontier = np.array([start], dtype=np.int32)
        for step in range(1, depth + 1):
            _, heads = self.of(frontier)
            frontier = np.unique(heads[distance[heads] < 0])
            if not len(frontier):
                break
            distance[frontier] = step
        return distance
