"""The cells that settle the most verdicts within a budget of cells.

A verdict is settled when all its cells are asked; a cell may serve many (a kind of the negative list that nobody looked up serves
everybody). Verdicts that need the same shared cells and as many of their own are alike, so the choice is a small integer program.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    Cells = frozenset[Any]
    Alike = tuple[Cells, int]
    """The shared cells of a verdict, and how many it needs beside them."""


def settled_most(needs: Sequence[Cells], budget: int | None) -> list[int]:
    """Return the places of the verdicts to settle: as many as the budget of cells allows, all of them without one.

    Of those that are alike the first are taken; each needs at least one cell.
    """
    if budget is None or len(frozenset().union(*needs)) <= budget:
        return list(range(len(needs)))
    used = Counter(cell for cells in needs for cell in cells)
    groups: defaultdict[Alike, list[int]] = defaultdict(list)
    for place, cells in enumerate(needs):
        shared = frozenset(cell for cell in cells if used[cell] > 1)
        groups[shared, len(cells) - len(shared)].append(place)
    counts = _counts(list(groups), [len(places) for places in groups.values()], budget)
    chosen = [place for places, count in zip(groups.values(), counts, strict=True) for place in places[:count]]
    asked: frozenset[Hashable] = frozenset().union(*(needs[place] for place in chosen))
    return sorted({*chosen, *(place for place, cells in enumerate(needs) if cells <= asked)})


def _counts(alike: Sequence[Alike], sizes: Sequence[int], budget: int) -> list[int]:
    """Return how many verdicts of each group are settled: the most in all, and of these the fewest cells."""
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_array

    shared = sorted({cell for cells, _ in alike for cell in cells})
    place = {cell: len(alike) + at for at, cell in enumerate(shared)}
    links = [(group, place[cell], sizes[group]) for group, (cells, _) in enumerate(alike) for cell in cells]
    columns = len(alike) + len(shared)
    costs = np.array([own for _, own in alike] + [1] * len(shared), dtype=float)
    constraints = [LinearConstraint(csr_array(costs[None, :]), -np.inf, float(budget))]
    if links:
        rows = np.arange(len(links))
        data = np.concatenate([np.ones(len(links)), -np.array([size for *_, size in links], dtype=float)])
        at = np.concatenate([[group for group, *_ in links], [column for _, column, _ in links]])
        needed = csr_array((data, (np.concatenate([rows, rows]), at)), shape=(len(links), columns))
        constraints.append(LinearConstraint(needed, -np.inf, 0.0))
    # A cell costs less than any verdict is worth, so that of equal choices the one with fewer cells is taken.
    worth = np.array([1.0] * len(alike) + [0.0] * len(shared)) - costs / (2.0 * budget + 2.0)
    most = np.array([*sizes, *[1] * len(shared)], dtype=float)
    result = milp(-worth, integrality=np.ones(columns, dtype=np.int64), bounds=Bounds(0, most), constraints=constraints)
    if result.x is None:
        return [0] * len(alike)
    return [int(count) for count in np.rint(result.x[: len(alike)])]
