"""Who is reached from many nodes at once, within a few steps: 64 walks share one machine word.

Every node holds a word in which bit i says "reached from the i-th start of this batch". A step ORs the words of the
reached nodes into their neighbours: one gather and one `bitwise_or.reduceat` over the pairs, for 64 walks together. A step
whose frontier is small follows only the pairs of the frontier. Bits are counted per start with carry-save adders, so that
no bit is unpacked into a byte of its own before nearly all adding is done.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from graph_model.adjacency import Adjacency

    Words = NDArray[np.uint64]
    Ints = NDArray[np.int32]

WORD: Final = 64
_SPARSE: Final = 8
"""A frontier with fewer than 1/8 of the pairs is walked pair by pair."""


class Reach:
    """Bounded reach over one adjacency, for any number of starts."""

    def __init__(self, adjacency: Adjacency) -> None:
        self._forward = adjacency
        backward = adjacency.reversed()
        lengths = np.diff(backward.starts)
        self._targets = np.flatnonzero(lengths)
        self._firsts = backward.starts[self._targets]
        self._tails = backward.heads

    def batches(self, starts: Ints, depth: int) -> Iterator[tuple[slice, Words]]:
        """Yield batches of at most 64 starts with the words of all nodes after `depth` steps; no start reaches itself."""
        for first in range(0, len(starts), WORD):
            part = slice(first, min(first + WORD, len(starts)))
            yield part, self._walk(starts[part], depth)

    def counts(self, starts: Ints, depth: int, masks: Sequence[NDArray[np.bool_]]) -> NDArray[np.int64]:
        """Return, per start and mask, how many nodes of the mask are reached: shape (starts, masks)."""
        totals = np.zeros((len(starts), len(masks)), dtype=np.int64)
        rows = [np.flatnonzero(mask) for mask in masks]
        for part, words in self.batches(starts, depth):
            for column, nodes in enumerate(rows):
                totals[part, column] = bit_counts(words[nodes])[: part.stop - part.start]
        return totals

    def _walk(self, starts: Ints, depth: int) -> Words:
        own = np.left_shift(np.uint64(1), np.arange(len(starts), dtype=np.uint64))
        words = np.zeros(self._forward.nodes, dtype=np.uint64)
        np.bitwise_or.at(words, starts, own)
        frontier = words.copy()
        for _ in range(depth):
            found = self._step(frontier)
            frontier = found & ~words
            if not frontier.any():
                break
            words |= found
        np.bitwise_and.at(words, starts, ~own)
        return words

    def _step(self, frontier: Words) -> Words:
        nodes = np.flatnonzero(frontier).astype(np.int32)
        pairs = int((self._forward.starts[nodes + 1] - self._forward.starts[nodes]).sum())
        found = np.zeros_like(frontier)
        if pairs * _SPARSE < len(self._tails):
            owners, heads = self._forward.of(nodes)
            np.bitwise_or.at(found, heads, frontier[nodes][owners])
        else:
            found[self._targets] = np.bitwise_or.reduceat(frontier[self._tails], self._firsts)
        return found


def bit_counts(words: Words) -> NDArray[np.int64]:
    """Return, for each of the 64 bit positions, in how many of `words` the bit is set."""
    total = np.zeros(WORD, dtype=np.int64)
    plane, weight = words, 1
    while len(plane):
        carries = []
        while len(plane) > WORD:
            third = len(plane) // 3
            a, b, c = plane[:third], plane[third : 2 * third], plane[2 * third : 3 * third]
            either = a ^ b
            carries.append((a & b) | (c & either))
            plane = np.concatenate((either ^ c, plane[3 * third :]))
        total += weight * _unpacked(plane)
        plane, weight = (np.concatenate(carries) if carries else plane[:0]), 2 * weight
    return total


def _unpacked(words: Words) -> NDArray[np.int64]:
    bits = np.unpackbits(words.astype("<u8").view(np.uint8), bitorder="little")
    counts: NDArray[np.int64] = bits.reshape(-1, WORD).sum(axis=0, dtype=np.int64)
    return counts
