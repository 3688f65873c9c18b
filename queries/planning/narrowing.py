"""The fewest questions after which a share is known to within a width, whatever the answers are. SPEC 9.9.

A question asks one unit: whether it counts in the base, and puts it on the register, so that its absence from the lists proves
something. What an answer can do is the same for all units of one kind, so only how many of each kind are asked matters; of the
answers only how many turn out to be members does. Bounds never widen by an answer, so the least number is found by halving.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from queries.answers.shares import bounds

if TYPE_CHECKING:
    from fractions import Fraction

    from graph_model.arrays import Ints64


ROUNDING = 1e-12


class Questions(NamedTuple):
    """How many of each kind are asked."""

    green_open: int
    maybe_green: int
    maybe_open: int
    maybe_not: int

    @property
    def total(self) -> int:
        """Return how many are asked in all."""
        return sum(self)


class OpenShare(NamedTuple):
    """A share as it stands: members and greens for sure, and units of each kind that may be asked about, or cannot be."""

    base: int
    green: int
    green_open: int
    """Members of unknown green that may be asked about: asked, one is on the register and not green."""
    maybe_green: int
    """Green units that may be members."""
    maybe_open: int
    """Units that may be members and green; asked, one is no green factory."""
    maybe_not: int
    fixed: Questions = Questions(0, 0, 0, 0)
    """The same four of whom no form can ask: an end that nobody can read."""


def width_now(share: OpenShare) -> float:
    """Return how far apart the bounds are today."""
    return width_after(share, Questions(0, 0, 0, 0))


def width_after(share: OpenShare, asked: Questions) -> float:
    """Return the width of the bounds after the answers, in the worst case."""
    joined_green, joined_not = _worst_cases(share, asked)
    fixed = share.fixed
    least, greatest = bounds(
        share.base + joined_green + joined_not,
        share.green + joined_green,
        np.full(len(joined_green), share.green_open - asked.green_open + fixed[0]),
        np.full(len(joined_green), share.maybe_green - asked.maybe_green + fixed[1]),
        np.full(len(joined_green), share.maybe_open - asked.maybe_open + fixed[2]),
        np.full(len(joined_green), share.maybe_not - asked.maybe_not + fixed[3]),
    )
    widths = np.nan_to_num(greatest - least, nan=0.0)
    return float(widths.max(initial=0.0))


def _worst_cases(share: OpenShare, asked: Questions) -> tuple[Ints64, Ints64]:
    """Return how many of those asked turn out to be members, green ones and others: every case that may be the worst.

    Of the green ones every number is tried. In the number of others the width is (a / (n + y)) - (g / (n + z)), which has one
    stationary point: the ends and the numbers beside it are enough.
    """
    others, fixed = asked.maybe_open + asked.maybe_not, share.fixed
    may_green = share.maybe_green - asked.maybe_green + fixed[1]
    may_open = share.maybe_open - asked.maybe_open + fixed[2]
    may_not = share.maybe_not - asked.maybe_not + fixed[3]
    joined = np.arange(asked.maybe_green + 1, dtype=np.int64)
    base, green = share.base + joined, share.green + joined
    whole = green + share.green_open - asked.green_open + fixed[0] + may_green + may_open
    root = np.sqrt(whole / np.maximum(green, 1))
    bent = np.where(root > 1, 1 - root, -1.0)
    turn = (root * (base + may_open + may_not) - (base + may_green + may_open)) / bent
    ends = (np.zeros_like(joined), np.ones_like(joined), np.full_like(joined, others))
    points = [*ends, np.floor(turn).astype(np.int64), np.ceil(turn).astype(np.int64)]
    return np.tile(joined, len(points)), np.clip(np.concatenate(points), 0, others)


def fewest_questions(share: OpenShare, width: Fraction, budget: int | None = None) -> tuple[Questions, float]:
    """Return the fewest questions after which the share is known to within a width, and the width then.

    Where the budget does not reach, or no questions do: those that narrow it most.
    """
    askable = share.green_open + share.maybe_green + share.maybe_open + share.maybe_not
    most = askable if budget is None else min(budget, askable)
    low, high = 0, most
    while low < high:
        middle = (low + high) // 2
        if _best(share, middle)[1] <= float(width) + ROUNDING:
            high = middle
        else:
            low = middle + 1
    return _best(share, low)


def _best(share: OpenShare, count: int) -> tuple[Questions, float]:
    """Return the questions of a number that narrow the share most in the worst case; of equal ones the first split."""
    tried = []
    for open_ in range(min(count, share.green_open) + 1):
        for green in range(min(count - open_, share.maybe_green) + 1):
            left = count - open_ - green
            # Who may be a green member keeps both bounds apart, who may only be another member the lower one.
            unclear = min(left, share.maybe_open)
            if left - unclear <= share.maybe_not:
                asked = Questions(open_, green, unclear, left - unclear)
                tried.append((width_after(share, asked), asked))
    width, asked = min(tried, key=lambda split: (split[0], split[1]))
    return asked, width
