"""From which day on a rule set is applied to what people did: before that day nothing can breach it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from queries.law.ruleset import DRAFT_SINCE

if TYPE_CHECKING:
    from queries.law.rules import Rules


def applied_since(rules: Rules) -> date:
    """Return the first day of a rule set; a draft, which has none, counts from the day it is the default."""
    if rules.set.valid_from is not None:
        return rules.set.valid_from
    return DRAFT_SINCE if rules.set.draft else date.min.replace(year=1970)
