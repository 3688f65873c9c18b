"""Two plain habits to hold a plan against: the largest output first, and chance. SPEC 9.1, certificate."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

import numpy as np

from graph_model.column_types import UNKNOWN_MONEY
from queries.planning.choice import Choice, Chosen

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

FIRST_READ: Final = 1_024
"""Candidates of a draw that are put in order first: few walks read further."""
DRAWS: Final = 100
"""Random walks of which the mean is told."""


def walked(choice: Choice, order: Iterable[int]) -> list[int]:
    """Return the forced candidates and then those of an order that fit, until the count is full."""
    chosen, limit = Chosen.of(choice, choice.forced), choice.limits.count
    forced = set(choice.forced)
    for candidate in order:
        if limit is not None and len(chosen.order) >= limit:
            break
        if candidate not in forced and chosen.fits(candidate):
            chosen.add(candidate)
    return chosen.order


def largest_first(output: NDArray[np.int64], ids: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return candidates by output, the largest first, unknown last, ties by id (`ids` are their places in id order)."""
    return np.lexsort((ids, -output.astype(np.float64), output == UNKNOWN_MONEY))


def random_orders(ids: list[str], draws: int = DRAWS) -> Iterator[Iterator[int]]:
    """Yield, for each draw n, the candidates in the order of the SHA-256 of `"{n} {unit_id}"`; sorted as far as it is read."""
    encoded = [id.encode() for id in ids]
    sha256 = hashlib.sha256
    for draw in range(draws):
        prefix = f"{draw} ".encode()
        digests = [sha256(prefix + id).digest() for id in encoded]
        yield _by_digest(digests)


def _by_digest(digests: list[bytes]) -> Iterator[int]:
    """Yield the order of digests; a whole sort only where a walk reads on, or where two begin with the same eight bytes."""
    heads = np.frombuffer(b"".join(digests), dtype=">u8")[::4].astype(np.uint64)
    read = 0
    if len(heads) > FIRST_READ:
        parted = np.argpartition(heads, FIRST_READ)
        first = parted[:FIRST_READ][np.argsort(heads[parted[:FIRST_READ]])]
        if _all_differ(heads[np.append(first, parted[FIRST_READ])]):
            yield from first.tolist()
            read = FIRST_READ
    order = np.argsort(heads)
    rest = order.tolist() if _all_differ(heads[order]) else sorted(range(len(digests)), key=digests.__getitem__)
    yield from rest[read:]


def _all_differ(ascending: NDArray[np.uint64]) -> bool:
    return not (ascending[1:] == ascending[:-1]).any()
