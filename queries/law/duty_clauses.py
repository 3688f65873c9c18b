"""Clauses of standing duties and of the calendar: where each stands in the rule set in use, and what it says there.

A set holds the clauses under `duties` of its file. What is asked beyond them (the agencies' cap on request) is cited from the
shipped set that holds it, so that nothing is ever cited from a set that does not say it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from queries.answers.clauses import Clause, clauses
from queries.law.ruleset import RULESETS, ruleset

if TYPE_CHECKING:
    from collections.abc import Iterable

    from queries.law.rules import Rules
    from queries.law.ruleset_model import Deadline, SetClause


def place_of(rules: Rules, id: str) -> str:
    """Return where a clause stands, such as 征求意见稿第二十二条第（二）项; KeyError where no set holds it."""
    return _held(rules, id).place


def places(rules: Rules, ids: Iterable[str]) -> str:
    """Return where several clauses stand, each once."""
    return "、".join(dict.fromkeys(place_of(rules, id) for id in ids))


def duty_clause(rules: Rules, id: str) -> Clause:
    """Return a clause as the set in use says it."""
    clause = _held(rules, id)
    said = clauses()[id]
    return Clause(
        id=id,
        zh=clause.zh or said.zh,
        en=clause.en or said.en,
        source=clause.place,
        verified=said.verified if clause.zh is None else clause.verified,
    )


def deadline_clause(rules: Rules, deadline: Deadline) -> Clause:
    """Return the clause of a date of the calendar as the set in use says it; a user's own date stands for itself."""
    if deadline.clause in rules.set.duties:
        return duty_clause(rules, deadline.clause)
    words = deadline.what
    return Clause(
        id=deadline.clause,
        zh=words.zh,
        en=words.en,
        source=deadline.source,
        verified=deadline.verified and not rules.set.draft,
    )


def _held(rules: Rules, id: str) -> SetClause:
    sets = (rules.set, *(ruleset(shipped) for shipped in RULESETS))
    return next(set_.duties[id] for set_ in sets if id in set_.duties)
