"""The columns that open a count: who each unit is, whether it is green, since when, and what is held against it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from graph_model.column_types import UNKNOWN_MONEY
from graph_model.days import OPEN
from graph_model.tiers import CATEGORIES, Category, Tier
from queries.answers.frame import city_names, days, flags, money, tiers, unit_column, words
from queries.eligibility.counting_kinds import counting_kinds

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from graph_model.view import View

IDENTITIES = ["named", "listed", "registered"]


def unit_facts(view: View, rows: NDArray[Any], tier: Tier) -> dict[str, pd.Series[Any]]:
    """Return the columns unit_id … output for enterprises at `rows`."""
    graph, facts = view.graph, view.facts
    highest = view.highest(Category.FACTORY)
    output = facts.output[rows]
    return {
        "unit_id": unit_column(graph, "enterprises", "id", rows),
        "unit": unit_column(graph, "enterprises", "name", rows),
        "uscc": unit_column(graph, "enterprises", "uscc", rows),
        "city": city_names(graph, "enterprises", rows),
        "identity": words(facts.identity[rows].astype(np.int64), IDENTITIES),
        "green": flags(view.green(tier)[rows]),
        "highest": tiers(highest[rows]),
        "since": days(_since(view, highest)[rows]),
        "in_pool": flags(facts.pooled(Category.FACTORY)[rows]),
        "incidents": pd.Series(counting_kinds(view, "enterprise", rows), dtype="str"),
        "output": money(output, output != UNKNOWN_MONEY),
    }


def _since(view: View, highest: NDArray[np.int8]) -> NDArray[np.int32]:
    """Return the earliest publication among the listings of each enterprise's highest tier, `OPEN` where it has none."""
    listings = view.graph["listings"]
    enterprise = listings["enterprise"]
    rows = view.listed & (listings["category"] == CATEGORIES.index(Category.FACTORY)) & (enterprise >= 0)
    rows &= listings["tier"] == highest[enterprise]
    since = np.full(len(highest), OPEN, dtype=np.int32)
    np.minimum.at(since, enterprise[rows], listings["published_on"][rows])
    return since
