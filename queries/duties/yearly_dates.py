"""The deadlines of a year under a rule set, each with who has done what it asks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from queries.duties.calendar_acts import ACTS
from queries.duties.dates import RealDates, due_on

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph_model.view import View
    from queries.duties.calendar_acts import Doings
    from queries.law.rules import Rules
    from queries.law.ruleset_model import Deadline


@dataclass(frozen=True)
class DatedDuty:
    """A deadline of a year: its day, whether that is a real date given as data, and where it is from."""

    deadline: Deadline
    rules: Rules
    due: date
    is_real: bool
    source: str

    def doings(self, view: View, year: int) -> Doings | None:
        """Return who did what it asks in its year; None where nothing of the kind is on record, or it has no parties."""
        act = ACTS.get(self.deadline.id)
        return None if act is None else act(view, year)


def calendar(rules: Rules, year: int, dates: RealDates) -> Iterator[DatedDuty]:
    """Yield every deadline of a rule set in a year that was in force on its day."""
    for deadline in rules.deadlines:
        due = due_on(rules, deadline, year, dates)
        real = dates.of(rules.set.id, deadline.id, year)
        began, ended = deadline.valid_from or date.min, deadline.valid_until or date.max
        if rules.set.in_force(due) and began <= due <= ended:
            yield DatedDuty(deadline, rules, due, real is not None, real.source if real else rules.set.source)
