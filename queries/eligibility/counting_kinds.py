"""The negative list on a day, in one word a unit: which kinds of incident count against it. RULES D-18.

The questions cite the draft, so the items count here as in `js-draft` unless other rules are given. What warns and what is
unknown is named too.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from queries.eligibility.facts.negative import held_rows
from queries.law.adverse import effect
from queries.law.negative_list import kind_words
from queries.law.rulebook import EFFECTS
from queries.law.ruleset import ruleset_for

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from graph_model.view import View
    from queries.law.rules import Rules


def counting_kinds(view: View, unit: str, rows: NDArray[Any], rules: Rules | None = None) -> list[str | None]:
    """Return, for enterprises or parks (`unit`) at `rows`, the kinds that fail, warn or are unknown, sorted, joined by `+`."""
    weighed_by = rules or ruleset_for(view.day, "js-draft")
    found: defaultdict[int, set[str]] = defaultdict(set)
    for item, effect_of in EFFECTS.items():
        held = held_rows(view, item, (unit, rows))
        units = held.park if unit == "park" else held.enterprise
        for one, fact in zip(units.tolist(), held.facts, strict=True):
            if effect(fact, weighed_by, effect_of) is not None:
                found[one].add(kind_words(fact.kind)[0])
    return ["+".join(sorted(found[row])) if row in found else None for row in rows.tolist()]
