"""Adjacency and ranges against plain loops."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from graph_model.adjacency import Adjacency, ranges

NODES = 7
PAIRS = st.lists(st.tuples(st.integers(0, NODES - 1), st.integers(0, NODES - 1)), max_size=30).map(sorted)


def adjacency(pairs: list[tuple[int, int]], nodes: int = NODES) -> Adjacency:
    tails, heads = (np.array([pair[end] for pair in pairs], dtype=np.int32) for end in (0, 1))
    return Adjacency.of_pairs(tails, heads, nodes)


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 5))))
def test_ranges_are_concatenated(asked: list[tuple[int, int]]) -> None:
    starts, lengths = (np.array([one[end] for one in asked], dtype=np.int64) for end in (0, 1))
    assert ranges(starts, lengths).tolist() == [n for start, length in asked for n in range(start, start + length)]


@given(PAIRS, st.lists(st.integers(0, NODES - 1), max_size=5))
def test_neighbours_with_their_owners(pairs: list[tuple[int, int]], nodes: list[int]) -> None:
    owners, heads = adjacency(pairs).of(np.array(nodes, dtype=np.int32))
    expected = [(place, head) for place, node in enumerate(nodes) for tail, head in pairs if tail == node]
    assert list(zip(owners.tolist(), heads.tolist(), strict=True)) == expected


@given(PAIRS)
def test_reversed_twice_is_the_same(pairs: list[tuple[int, int]]) -> None:
    one = adjacency(pairs)
    other = one.reversed()
    _, tails = other.of(np.arange(NODES, dtype=np.int32))
    assert (
        sorted(zip(tails.tolist(), np.repeat(np.arange(NODES), np.diff(other.starts)).tolist(), strict=True)) == pairs
    )
    again = other.reversed()
    assert (again.starts.tolist(), again.heads.tolist()) == (one.starts.tolist(), one.heads.tolist())


@given(PAIRS, st.integers(0, NODES - 1), st.integers(0, NODES + 1))
def test_hops_are_shortest_walks(pairs: list[tuple[int, int]], start: int, depth: int) -> None:
    distance, frontier = {start: 0}, {start}
    for step in range(1, depth + 1):
        frontier = {head for tail, head in pairs if tail in frontier} - set(distance)
        distance |= dict.fromkeys(frontier, step)
    assert adjacency(pairs).hops(start, depth).tolist() == [distance.get(node, -1) for node in range(NODES)]


def test_nothing_is_next_to_nobody() -> None:
    nobody = adjacency([], nodes=0)
    assert nobody.nodes == 0
    assert nobody.reversed().nodes == 0
    assert [part.tolist() for part in adjacency([], nodes=2).of(np.array([0, 1], dtype=np.int32))] == [[], []]
