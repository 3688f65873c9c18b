"""The proof beside a plan: what it reaches, what no plan can exceed, and what two plain habits reach with the same. SPEC 9.1."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import inf, nextafter
from typing import TYPE_CHECKING, Any

import numpy as np

from queries.planning.habits import DRAWS, largest_first, random_orders, walked

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from queries.planning.choice import Choice


@dataclass(frozen=True)
class Certificate:
    """Value, bound and gap of a plan, with what it was made of. Fractions are exact until shown."""

    value: Fraction
    bound: Fraction
    method: str
    park_target: Fraction | None
    leader_target: Fraction | None
    candidates: int
    barred: int
    count: int | None
    weights: str
    horizon: int
    largest_first: Fraction
    random_mean: Fraction
    vector: tuple[Fraction, ...] | None = None
    vector_before: tuple[Fraction, ...] | None = None

    @property
    def gap(self) -> float | None:
        """Return bound / value - 1; 0 where both are 0, None where only the value is."""
        if not self.value:
            return None if self.bound else 0.0
        return float(self.bound / self.value - 1)

    def as_dict(self) -> dict[str, Any]:
        """Return the certificate as json has it; the bound is rounded outward, so that it stays one."""
        shown: dict[str, Any] = {
            "value": float(self.value),
            "bound": outward(self.bound),
            "gap": self.gap,
            "method": self.method,
            "park_target": _number(self.park_target),
            "leader_target": _number(self.leader_target),
            "candidates": self.candidates,
            "barred": self.barred,
            "count": self.count,
            "weights": self.weights,
            "horizon": self.horizon,
            "largest_first": float(self.largest_first),
            "random_mean": float(self.random_mean),
        }
        if self.vector is not None and self.vector_before is not None:
            shown |= {
                "vector": [float(share) for share in self.vector],
                "vector_before": [float(share) for share in self.vector_before],
            }
        return shown


def outward(bound: Fraction) -> float:
    """Return the least float that is not below a bound."""
    nearest = float(bound)
    return nearest if Fraction(nearest) >= bound else nextafter(nearest, inf)


def by_habit(
    choice: Choice, output: NDArray[Any], value: Callable[[Sequence[int]], Fraction]
) -> tuple[Fraction, Fraction]:
    """Return what the largest output first and what chance (the mean of many draws) reach within the same limits."""
    by_output = walked(choice, largest_first(output, np.arange(len(choice.ids))).tolist())
    drawn = [value(walked(choice, order)) for order in random_orders(list(choice.ids))]
    return value(by_output), sum(drawn, Fraction(0)) / DRAWS


def _number(share: Fraction | None) -> float | None:
    return None if share is None else float(share)
