"""Whose verdict changes between two days of the same units, and which rules decide otherwise. SPEC 9.3, second table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from graph_model.tiers import Category, Tier
from queries.answers.columns import columns
from queries.answers.frame import unit_column, words
from queries.eligibility.assessment_table import VERDICTS
from queries.planning.candidates import standing

if TYPE_CHECKING:
    from graph_model.view import View
    from queries.eligibility.judging import KnownDecisions
    from queries.law.rules import Rules
    from queries.planning.candidates import Standing

VERDICT_COLUMNS = columns("unit_id", "category", "before@verdict", "after@verdict", "rules@changed")
CATEGORIES = (Category.FACTORY, Category.PARK, Category.SUPPLY_CHAIN)


def verdict_changes(before: View, after: View, rules: Rules, tier: Tier) -> pd.DataFrame:
    """Return the units whose verdict changes, category by category, with the rules that decide otherwise than before."""
    asked = [category for category in CATEGORIES if category.value in rules.set.categories]
    nobody = pd.DataFrame({column.name: pd.Series([], dtype="str") for column in VERDICT_COLUMNS})
    parts = [_of_category(before, after, rules, category, tier) for category in asked]
    return pd.concat(parts or [nobody], ignore_index=True)


def _of_category(before: View, after: View, rules: Rules, category: Category, tier: Tier) -> pd.DataFrame:
    known: KnownDecisions = {}
    first, second = (standing(view, rules, category, tier, "all", known) for view in (before, after))
    both = np.intersect1d(first.rows, second.rows)
    places = first.place[both], second.place[both]
    verdicts = first.matrix.verdicts[places[0]], second.matrix.verdicts[places[1]]
    changed = np.flatnonzero(verdicts[0] != verdicts[1])
    return pd.DataFrame(
        {
            "unit_id": unit_column(before.graph, first.matrix.subjects.table, "id", both[changed]),
            "category": pd.Series([category.value] * len(changed), dtype="str"),
            "before": words(verdicts[0][changed], VERDICTS),
            "after": words(verdicts[1][changed], VERDICTS),
            "rules": pd.Series(_rules_that_differ(first, second, places, changed), dtype="str"),
        }
    )


def _rules_that_differ(first: Standing, second: Standing, places: Any, changed: Any) -> list[str | None]:
    outcomes = first.matrix.outcomes[places[0][changed]], second.matrix.outcomes[places[1][changed]]
    ids = [decisions.rule.id for decisions in first.matrix.judged]
    differ = outcomes[0] != outcomes[1]
    return ["+".join(id for id, other in zip(ids, row, strict=True) if other) or None for row in differ.tolist()]
