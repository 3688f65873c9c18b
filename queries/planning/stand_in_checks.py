"""Who of some suppliers is no substitute: by the negative list, by Art. 24, by a ban in force; and what is unknown. SPEC 9.7."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from graph_model.tiers import Category, Tier
from queries.eligibility.facts.subjects import Subjects
from queries.eligibility.judging import judged
from queries.law.rule import Outcome
from queries.law.rulebook import EFFECTS, RULES
from queries.law.ruleset import draft_value
from queries.measures.bans import AgencyEvidence, jurisdiction_of, recorded_bans

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from graph_model.arrays import Flags, Rows
    from graph_model.view import View
    from queries.law.rules import Rules

BANNED: Final = "D-24"
"""The article on reports of banned agencies."""


@dataclass(frozen=True)
class CheckedSuppliers:
    """Of some enterprises (sorted rows): who is no substitute, and what is unknown of each."""

    rows: Rows
    barred: Flags
    unclear: NDArray[np.object_]


def checked_suppliers(view: View, rows: Rows, tier: Tier, rules: Rules) -> CheckedSuppliers:
    """Hold enterprises against the negative list, Art. 24, and the bans in force."""
    subjects = Subjects(view, rows, Category.FACTORY, rules)
    barred, unknown = np.zeros(len(rows), dtype=bool), {}
    for id in (id for id in (*EFFECTS, BANNED) if id in rules.set.rules):
        decided = judged(RULES[id], subjects, tier.id)
        outcomes = np.array([decision.outcome for decision in decided.decisions], dtype=object)[decided.codes]
        barred |= outcomes == Outcome.FAIL
        unknown[id] = outcomes == Outcome.UNKNOWN
    if rules.value("ban_years") is not None:
        reached, maybe = _reached_by_bans(view, rows, rules)
        barred |= reached
        unknown[BANNED] = unknown.get(BANNED, False) | maybe
    unclear = ["+".join(id for id, of_rule in unknown.items() if of_rule[at]) or None for at in range(len(rows))]
    return CheckedSuppliers(rows, barred, np.array(unclear, dtype=object))


def _reached_by_bans(view: View, rows: Rows, rules: Rules) -> tuple[Flags, Flags]:
    """Return whose report a ban in force blocks or whose report or listing it puts under review, and of whom nobody can tell."""
    evidence, lookback = AgencyEvidence(view), draft_value("D-24", "lookback_years")
    reached, maybe = (np.zeros(len(view.graph["enterprises"]), dtype=bool) for _ in range(2))
    for ban in recorded_bans(view, "recorded", rules):
        for rows_of_class in evidence.reached(ban, lookback):
            who = view.graph[f"{rows_of_class.what}s"]["enterprise"][rows_of_class.rows]
            who = who[who >= 0]
            inside = jurisdiction_of(view, "enterprises", ban.regions, who)
            if rows_of_class.name in ("blocked", "review"):
                reached[who[inside == 1]] = True
                maybe[who[inside == -1]] = True
            elif rows_of_class.name == "unknown":
                maybe[who[inside != 0]] = True
    return reached[rows], maybe[rows]
