"""Shares as the questions tell them, with some enterprises green as well: what every gain is held against."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from graph_model.view import View
from queries.registry import QUESTIONS

Shares = dict[tuple[str, str], tuple[int, int]]
"""Per kind and id of a park or leader its green members and its members."""


def recount(view: View, rows: list[int], tier: str, base: str = "above_scale") -> Shares:
    """Return green and base of every park and leader by the questions of 6.1 and 6.2, `rows` green at the tier too."""
    from graph_model.tiers import Tier

    greener = view.with_green(np.array(rows, dtype=np.intp), Tier.of(tier))
    shares: Shares = {}
    for name, kind, whole, options in (
        ("park-share", "park", "base", {"tier": tier, "base": base}),
        ("leader-ratio", "leader", "suppliers", {"tier": tier}),
    ):
        question = QUESTIONS[name]
        chosen = question.options(**options)
        table = question.conclude(question.in_memory(greener, chosen), chosen)
        for row in table.to_dict("records"):
            shares[kind, row[f"{kind}_id"]] = (int(row["green"]), int(row[whole]))
    return shares


def of_one(shares: Shares, key: tuple[str, str]) -> Fraction:
    """Return the share of a place that has one."""
    green, whole = shares[key]
    return Fraction(green, whole)
