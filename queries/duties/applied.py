"""From which day on a rule is asked of what people did: before that day nothing can breach it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from queries.law.ruleset import DRAFT_SINCE, RULESETS, ruleset

if TYPE_CHECKING:
    from queries.law.rules import Rules
    from queries.law.ruleset_model import RuleSet


def applied_since(rules: Rules) -> date:
    """Return the first day of a rule set; a draft, which has none, counts from the day it is the default."""
    return _first_day(rules.set)


def asked_since(rules: Rules, duty: str) -> date:
    """Return the first day on which any set that holds a duty is applied: the one in use, or one that comes with the program."""
    sets = (rules.set, *(ruleset(id) for id in RULESETS))
    return min(_first_day(set_) for set_ in sets if duty in set_.duties)


def _first_day(set_: RuleSet) -> date:
    if set_.valid_from is not None:
        return set_.valid_from
    return DRAFT_SINCE if set_.draft else date.min.replace(year=1970)
