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

DRAWS: Final = 100
"""Random walks of which the mean is told."""


def walked(choice: Choice, order: Iterable[int]) -> list[int]:
    """Return the forced candidates and then those of an order that fit, until the count is full."""
    chosen, limit = Chosen(choice), choice.limits.count
    for candidate in choice.forced:
        chosen.add(candidate)
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


def random_orders(ids: list[str], draws: int = DRAWS) -> Iterator[list[int]]:
    """Yield, for each draw n, the candidates in the order of the SHA-256 of `"{n} {unit_id}"`."""
    encoded = [id.encode() for id in ids]
    sha256 = hashlib.sha256
    for draw in range(draws):
        prefix = f"{draw} ".encode()
        digests = [sha256(prefix + id).digest() for id in encoded]
        yield _by_digest(digests)


def _by_digest(digests: list[bytes]) -> list[int]:
    """Return the order of digests: by their first eight bytes as numbers, by all of them where two begin alike."""
    heads = np.frombuffer(b"".join(digests), dtype=">u8")[::4]
    order = np.argsort(heads, kind="stable")
    in_order = heads[order]
    if (in_order[1:] == in_order[:-1]).any():
        return sorted(range(len(digests)), key=digests.__getitem__)
    numbers: list[int] = order.tolist()
    return numbers
