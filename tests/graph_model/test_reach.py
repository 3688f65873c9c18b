"""Reach of many starts at once against a walk with sets, one start at a time."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from graph_model.reach import WORD, Reach, bit_counts
from tests.graph_model.test_adjacency import adjacency

Pairs = list[tuple[int, int]]
NODES = 12
SPARSE = st.lists(st.tuples(st.integers(0, NODES - 1), st.integers(0, NODES - 1)), max_size=40).map(sorted)
"""Pairs with cycles, self loops and repetitions."""


def walked(pairs: Pairs, start: int, depth: int) -> set[int]:
    """Return whoever is reached in at most `depth` steps; nobody reaches himself."""
    reached = {start}
    for _ in range(depth):
        reached |= {head for tail, head in pairs if tail in reached}
    return reached - {start}


def reached(pairs: Pairs, nodes: int, starts: list[int], depth: int) -> list[set[int]]:
    """Count with a mask for every node, and read the counts back into sets."""
    masks = list(np.eye(nodes, dtype=bool))
    counts = Reach(adjacency(pairs, nodes)).counts(np.array(starts, dtype=np.int32), depth, masks)
    assert set(np.unique(counts).tolist()) <= {0, 1}
    return [set(np.flatnonzero(row).tolist()) for row in counts]


@given(SPARSE, st.lists(st.integers(0, NODES - 1), unique=True), st.integers(1, 5))
def test_reach_is_a_walk_with_sets(pairs: Pairs, starts: list[int], depth: int) -> None:
    assert reached(pairs, NODES, starts, depth) == [walked(pairs, start, depth) for start in starts]


@pytest.mark.parametrize(
    ("pairs", "depth", "expected"),
    [
        pytest.param([(0, 0)], 3, set(), id="a self loop reaches nobody"),
        pytest.param([(0, 1), (1, 2), (2, 0)], 1, {1}, id="a cycle, one step"),
        pytest.param([(0, 1), (1, 2), (2, 0)], 9, {1, 2}, id="a cycle, round and round"),
        pytest.param([(0, 1), (1, 0)], 2, {1}, id="two that supply each other"),
        pytest.param([(1, 0)], 2, set(), id="upstream only"),
        pytest.param([(0, 1), (1, 2), (2, 3)], 2, {1, 2}, id="as far as the depth"),
    ],
)
def test_small_walks(pairs: Pairs, depth: int, expected: set[int]) -> None:
    assert reached(pairs, 4, [0], depth) == [expected]


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32 - 1), st.sampled_from([30, 400, 4000]), st.integers(1, 4))
def test_more_starts_than_a_word_holds(seed: int, count: int, depth: int) -> None:
    """Dense and sparse graphs, so that both ways of stepping are taken."""
    random, nodes = np.random.default_rng(seed), 150
    pairs = sorted(set(zip(*random.integers(0, nodes, (2, count)).tolist(), strict=True)))
    starts = random.permutation(nodes)[: 2 * WORD + 3].tolist()
    assert reached(pairs, nodes, starts, depth) == [walked(pairs, start, depth) for start in starts]


@given(SPARSE, st.lists(st.integers(0, NODES - 1), unique=True), st.integers(1, 4), st.integers(0, 2**NODES - 1))
def test_counts_per_mask(pairs: Pairs, starts: list[int], depth: int, members: int) -> None:
    inside = {node for node in range(NODES) if members >> node & 1}
    masks = [np.array([node in inside for node in range(NODES)]), np.ones(NODES, dtype=bool)]
    found = Reach(adjacency(pairs, NODES)).counts(np.array(starts, dtype=np.int32), depth, masks)
    walks = [walked(pairs, start, depth) for start in starts]
    assert found.tolist() == [[len(walk & inside), len(walk)] for walk in walks]


def test_threads_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    random, nodes = np.random.default_rng(1), 300
    pairs = sorted(set(zip(*random.integers(0, nodes, (2, 900)).tolist(), strict=True)))
    one = reached(pairs, nodes, list(range(nodes)), 3)
    monkeypatch.setattr("graph_model.reach._ALONE", 0)
    assert reached(pairs, nodes, list(range(nodes)), 3) == one


@given(st.lists(arrays.arrays(np.uint64, st.integers(0, 700)), min_size=1, max_size=4))
def test_bits_are_counted_as_if_unpacked(groups: list[np.ndarray]) -> None:  # type: ignore[type-arg]
    unpacked = [np.unpackbits(words.astype("<u8").view(np.uint8), bitorder="little") for words in groups]
    sums = [bits.reshape(-1, WORD).sum(axis=0, dtype=np.int64).tolist() for bits in unpacked]
    assert bit_counts(groups).T.tolist() == sums
