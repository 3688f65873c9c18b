"""Who is reached from many nodes at once, within a few steps: 64 walks share one machine word.

Every node holds a word in which bit i says "reached from the i-th start of this batch"; a step ORs words along the pairs,
for 64 walks together. Only nodes with neighbours of their own hand anything on, so all steps but the last stay among
them, and the last one alone goes to everybody. A step pushes along the pairs of the few who hold something, or, where many
do, lets everybody pull. Bits are counted per start with carry-save adders, and only what they leave is unpacked into bytes.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import numpy as np

from graph_model.adjacency import Adjacency, ranges

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from graph_model.arrays import Flags, Ints32, Ints64, Rows

    Words = NDArray[np.uint64]

WORD: Final = 64
_SPARSE: Final = 8
"""A step along fewer than 1/8 of the pairs is pushed."""
_LAYERS: Final = 12
"""In-neighbours of a node that are looked up rank by rank; those of busier nodes beyond these come in one `reduceat`."""
_ADDED: Final = 15
"""Words that a round of adders takes: 2**4 - 1 make four planes of ones, twos, fours and eights."""
_WEIGHTS: Final = np.left_shift(1, np.add.outer(np.arange(4), np.arange(4)))
"""What a bit counts for after two rounds of adders, by the planes of the two."""
_WORKERS: Final = 2
"""Batches walked at once: numpy lets go of the interpreter while it works on long vectors."""
_ALONE: Final = 1_000_000
"""Pairs times batches below which a second thread costs more than it saves."""


class Reach:
    """Bounded reach over one adjacency, for any number of starts."""

    def __init__(self, adjacency: Adjacency) -> None:
        lengths = np.diff(adjacency.starts)
        # Nodes that hand bits on are numbered anew, the busiest first: what is read most often lies close together.
        handing = np.argsort(-lengths, kind="stable")[: np.count_nonzero(lengths)]
        self._lengths, self._handing = lengths, len(handing)
        self._number = np.full(adjacency.nodes, -1, dtype=np.intp)
        self._number[handing] = np.arange(len(handing))
        owners, heads = adjacency.of(handing.astype(np.int32))
        among = self._number[heads] >= 0
        self._inner = _Step(owners[among], self._number[heads[among]], len(handing))
        self._last = _Step(owners, heads.astype(np.intp), len(handing))
        self._place = np.full(adjacency.nodes, -1, dtype=np.intp)
        self._place[self._last.targets] = np.arange(len(self._last.targets))

    def counts(self, starts: Ints32, depth: int, masks: Sequence[Flags]) -> Ints64:
        """Return, per start and mask, how many nodes of the mask are reached; no start reaches itself.

        Shape (starts, masks).
        """
        totals = np.zeros((len(starts), len(masks)), dtype=np.int64)
        places = [np.flatnonzero(mask[self._last.targets]) for mask in masks]
        # Starts with much to walk share a batch, so that the others' steps stay small.
        order = np.argsort(-self._lengths[starts], kind="stable")

        def count(first: int) -> None:
            batch = order[first : first + WORD]
            words = self._walk(starts[batch], depth)
            held = [words[rows] for rows in places]
            totals[batch] = bit_counts([some.compress(some != 0) for some in held])[: len(batch)]

        firsts = range(0, len(starts), WORD)
        if len(firsts) * len(self._last) < _ALONE:
            for first in firsts:
                count(first)
        else:
            with ThreadPoolExecutor(_WORKERS) as threads:
                list(threads.map(count, firsts))
        return totals

    def _walk(self, starts: Ints32, depth: int) -> Words:
        """Return who is reached in `depth` steps, a word for each target of the last step."""
        own = np.left_shift(np.uint64(1), np.arange(len(starts), dtype=np.uint64))
        numbers, places = self._number[starts], self._place[starts]
        words = np.zeros(self._handing, dtype=np.uint64)
        words[numbers[numbers >= 0]] = own[numbers >= 0]
        for _ in range(depth - 1):
            before = words[self._inner.targets]
            marks = self._inner.taken(words) | before
            if np.array_equal(marks, before):
                break
            words[self._inner.targets] = marks
        reached = self._last.taken(words)
        reached[places[places >= 0]] &= ~own[places >= 0]
        return reached


class _Step:
    """One step along pairs. `targets` are its heads, those with the most in-neighbours first.

    `_layers[j]` holds the j-th in-neighbour of the first `len(_layers[j])` targets; the further ones of the first
    `len(_firsts)` targets stand in `_rest`, from `_firsts` on.
    """

    def __init__(self, tails: Rows, heads: Rows, nodes: int) -> None:
        """Arrange pairs that are sorted by tail."""
        met = np.bincount(heads)
        self.targets = np.argsort(-met, kind="stable")[: np.count_nonzero(met)]
        rank = np.empty(len(met), dtype=np.int32)
        rank[self.targets] = np.arange(len(self.targets))
        self._push = Adjacency.of_pairs(tails.astype(np.int32), rank[heads], nodes)
        tails = tails[np.argsort(rank[heads], kind="stable")]
        counts = met[self.targets]
        starts = np.cumsum(counts) - counts
        deep = np.searchsorted(-counts, -np.arange(_LAYERS + 1))  # How many targets have more than j in-neighbours.
        self._layers = [tails[starts[:many] + j] for j, many in enumerate(deep[:_LAYERS])]
        further = counts[: deep[_LAYERS]] - _LAYERS
        self._firsts = np.cumsum(further) - further
        past = np.repeat(starts[: len(further)] + _LAYERS - self._firsts, further)
        self._rest = tails[np.arange(len(past)) + past]

    def __len__(self) -> int:
        return len(self._push.heads)

    def taken(self, words: Words) -> Words:
        """Return, in the order of `targets`, what the in-neighbours hold together."""
        holders = np.flatnonzero(words != 0)  # On bools it is several times as fast.
        pairs = int((self._push.starts[holders + 1] - self._push.starts[holders]).sum())
        return self._pushed(words, holders) if pairs * _SPARSE < len(self) else self._pulled(words)

    def _pushed(self, words: Words, holders: Rows) -> Words:
        marks = np.zeros(len(self.targets), dtype=np.uint64)
        starts = self._push.starts[holders]
        lengths = self._push.starts[holders + 1] - starts
        pairs = ranges(starts, lengths)
        np.bitwise_or.at(marks, self._push.heads[pairs], np.repeat(words[holders], lengths))
        return marks

    def _pulled(self, words: Words) -> Words:
        marks: Words = words[self._layers[0]]
        for layer in self._layers[1:]:
            marks[: len(layer)] |= words[layer]
        if len(self._firsts):
            marks[: len(self._firsts)] |= np.bitwise_or.reduceat(words[self._rest], self._firsts)
        return marks


def bit_counts(groups: Sequence[Words]) -> Ints64:
    """Return, for each of the 64 bit positions and each group, in how many of its words the bit is set."""
    columns = [_columns(words) for words in groups]
    ends = np.cumsum([column.shape[2] for column in columns]).tolist()
    planes = _added(_added(np.concatenate(columns, axis=2)).swapaxes(0, 1))
    flat = np.unpackbits(planes.astype("<u8", copy=False).view(np.uint8), bitorder="little")
    bits = flat.reshape(*planes.shape, WORD)
    sums = [bits[:, :, start:end].sum(axis=2, dtype=np.int64) for start, end in pairwise([0, *ends])]
    totals: Ints64 = np.einsum("gijb,ij->bg", sums, _WEIGHTS)
    return totals


def _columns(words: Words) -> Words:
    """Return words in columns of 15 x 15, filled up with words of nobody."""
    square = _ADDED**2
    filled = np.zeros(-(-len(words) // square) * square, dtype=np.uint64)
    filled[: len(words)] = words
    return filled.reshape(_ADDED, _ADDED, -1)


def _added(words: Words) -> Words:
    """Add fifteen arrays of words bit by bit (Harley and Seal); return the planes of ones, twos, fours and eights."""
    planes = []
    while len(words):
        carries = []
        while len(words) > 1:
            third = len(words) // 3
            first, second, another = (words[place * third : (place + 1) * third] for place in range(3))
            either = first ^ second
            carries.append((first & second) | (either & another))
            words = np.concatenate((either ^ another, words[3 * third :]))
        planes.append(words[0])
        words = np.concatenate(carries) if carries else words[:0]
    return np.stack(planes)
