"""The negative list on a day, in one word a unit: which kinds of incident count against it. RULES D-18.

The questions cite the draft, so the items count here as in `js-draft` unless other rules are given. A fact without a date is
unknown and does not count.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from queries.eligibility.facts.negative import held_rows
from queries.law.rule import Outcome
from queries.law.rulebook import EFFECTS
from queries.law.ruleset import ruleset_for

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from graph_model.view import View
    from queries.law.rules import Rules


def counting_kinds(view: View, unit: str, rows: NDArray[Any], rules: Rules | None = None) -> list[str | None]:
    """Return, for enterprises or parks (`unit`) at `rows`, the kinds that count on the day, sorted and joined by `+`."""
    weighed_by = rules or ruleset_for(view.day, "js-draft")
    found: defaultdict[int, set[str]] = defaultdict(set)
    for item, effect_of in EFFECTS.items():
        held = held_rows(view, item, (unit, rows))
        units = held.park if unit == "park" else held.enterprise
        for one, fact in zip(units.tolist(), held.facts, strict=True):
            effect = effect_of(fact, weighed_by) if fact.day is not None else None
            if effect is not None and effect.outcome is Outcome.FAIL:
                found[one].add(fact.kind)
    return ["+".join(sorted(found[row])) if row in found else None for row in rows.tolist()]
