"""What cultivating a unit costs: table `costs`, by unit, by industry or for everybody. SPEC 9.1."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from graph_model.column_types import UNKNOWN_MONEY
from graph_model.names import normal_form

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray

    from graph_model.view import View

EVERYBODY = "*"
FEN = 1_000_000
"""分 in one 万元."""


def costs_of(view: View, table: str, rows: NDArray[np.intp]) -> list[Fraction | None]:
    """Return the cost in 万元 of units at `rows` of a table, None where nobody says.

    A unit's own row goes before the longest industry code that its own begins with, and that before `*`.
    """
    by_unit, by_code = _prices(view, table)
    if table == "enterprises":
        codes, words = view.graph[table].words("industry_code")
        by_word = [_of_industry(word, by_code) for word in words] + [by_code.get(EVERYBODY)]
        general = [by_word[code] for code in codes[rows].tolist()]
    else:
        general = [by_code.get(EVERYBODY)] * len(rows)
    return [by_unit.get(row, price) for row, price in zip(rows.tolist(), general, strict=True)]


def _prices(view: View, table: str) -> tuple[dict[int, Fraction], dict[str, Fraction]]:
    costs = view.graph["costs"]
    by_unit: dict[int, Fraction] = {}
    by_code: dict[str, Fraction] = {}
    subjects, codes = costs.texts("subject").to_pylist(), costs.texts("uscc").to_pylist()
    for subject, uscc, fen in zip(subjects, codes, costs["cost"].tolist(), strict=True):
        if fen == UNKNOWN_MONEY:
            continue
        row = max(view.graph.row_of(text, table) if text else -1 for text in (uscc, subject))
        if row >= 0:
            by_unit[row] = Fraction(fen, FEN)
        else:
            by_code[_code(subject)] = Fraction(fen, FEN)
    return by_unit, by_code


def _code(subject: str) -> str:
    text = normal_form(subject)
    return EVERYBODY if text in ("*", "＊") else text


def _of_industry(code: str, prices: Mapping[str, Fraction]) -> Fraction | None:
    """Return the price of the longest code that an industry code begins with, else of everybody."""
    return next((prices[code[:end]] for end in range(len(code), 0, -1) if code[:end] in prices), prices.get(EVERYBODY))
