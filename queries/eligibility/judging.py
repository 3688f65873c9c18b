"""Decisions for many subjects at once: `decide` is pure, so it runs once per distinct combination of facts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from queries.eligibility.facts.catalogue import facts_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from graph_model.arrays import Rows
    from queries.eligibility.facts.subjects import FactColumn, Subjects
    from queries.law.rule import Decision, Rule

    KnownDecisions = dict[tuple[str, tuple[Any, ...]], Decision]
    """What rules decided on facts: `decide` is pure, so the same facts need not be judged again."""


@dataclass(frozen=True)
class RuleDecisions:
    """What one rule decides on every subject: `decisions[codes[i]]`, read from `sources`."""

    rule: Rule
    decisions: tuple[Decision, ...]
    codes: Rows
    sources: tuple[tuple[str, Rows], ...]


def judged(rule: Rule, subjects: Subjects, tier: str, known: KnownDecisions | None = None) -> RuleDecisions:
    """Return the decisions of a rule on all subjects; `known` are those of the same day, category, tier and rules."""
    columns = facts_of(rule, subjects)
    rules, known = replace(subjects.rules, tier=tier), {} if known is None else known
    first, codes = distinct(((column.codes, len(column.values)) for column in columns), len(subjects.rows))
    decisions = []
    for at in first.tolist():
        facts = tuple(column.values[column.codes[at]] for column in columns)
        if (decision := known.get((rule.id, facts))) is None:
            decision = known[rule.id, facts] = rule.judge(rule.facts(*facts), rules, tier)
        decisions.append(decision)
    return RuleDecisions(rule, tuple(decisions), codes, _merged(columns))


def distinct(columns: Iterable[tuple[NDArray[Any], int]], count: int) -> tuple[Rows, Rows]:
    """Return the first of `count` rows with every distinct combination of codes, and the combination of every row.

    A column is its codes and how many there are of them.
    """
    combined = np.zeros(count, dtype=np.intp)
    for codes, size in columns:
        # Numbered anew after each column, so that the product of their sizes never overflows.
        _, combined = np.unique(combined * size + codes, return_inverse=True)
    _, first, at = np.unique(combined, return_index=True, return_inverse=True)
    return first, at


def _merged(columns: Sequence[FactColumn]) -> tuple[tuple[str, Rows], ...]:
    """Return the rows that the facts were read from, each once."""
    found: dict[tuple[str, bytes], Rows] = {}
    for column in columns:
        for table, rows in column.sources:
            found[table, rows.tobytes()] = rows
    return tuple((table, rows) for (table, _), rows in found.items())
