"""Which tenants keep a park from being recommended under Art. 18, and from when on it is free of each. SPEC 9.8, RULES D-18.

A park fails an item as soon as one tenant's fact fails it, so the smallest set that frees it is everybody of whom some fact fails;
what differs is how each is healed: time alone, the end of what is still open today (完成整改), or the tenant's leaving today, whose
facts then count up to his last day. Each is decided by the rule itself on the facts as they would be. Under another setting of
propagation other facts reach the park. What may come to fail later is not guessed.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from graph_model.tiers import Category, Tier
from queries.eligibility.facts.looked_up import tenants_unchecked, unchecked
from queries.eligibility.facts.negative import held_rows
from queries.eligibility.facts.subjects import Subjects, day_of
from queries.eligibility.tenant_reach import parks_reached
from queries.law.adverse import AdverseFacts, in_words
from queries.law.propagation import SETTINGS
from queries.law.rule import Outcome
from queries.law.rulebook import EFFECTS, RULES
from queries.planning.acts import Act
from queries.planning.changed_graph import changed_graph

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from graph_model.view import View
    from queries.law.adverse import AdverseFact
    from queries.law.rule import Decision
    from queries.law.rules import Rules

    Held = Mapping[str, tuple[AdverseFact, ...]]
    """Facts by the item of the negative list that they fall under."""

PARK: Final = -1
"""Stands for the park itself among those of whom something is held."""
WAYS: Final = ("wait", "rectify", "leave")
"""How a tenant is healed; of equal days the first."""


@dataclass(frozen=True)
class TenantToHeal:
    """A tenant that keeps the park from being free: which items, what is held, and the first free day of each way."""

    enterprise: int
    rules: tuple[str, ...]
    facts: tuple[AdverseFact, ...]
    on: Mapping[str, date | None]
    """By way the first day on which nothing of this tenant fails; None where the way leads nowhere, or changes nothing."""

    @property
    def way(self) -> str | None:
        """Return the way that frees the park of this tenant first, None where none does."""
        days = [(day, WAYS.index(way)) for way, day in self.on.items() if day is not None]
        return WAYS[min(days)[1]] if days else None

    @property
    def first_day(self) -> date | None:
        """Return the first day on which the park can be free of this tenant."""
        return min((day for day in self.on.values() if day is not None), default=None)

    def told(self, lang: str) -> str:
        """Return what is held, in words, as facts of the tenant's own."""
        own = [replace(fact, tenant=None) for fact in dict.fromkeys(self.facts)]
        return ("；", "; ")[lang == "en"].join(in_words(fact, ("zh", "en").index(lang)) for fact in own)


@dataclass(frozen=True)
class UnlockedPark:
    """What frees a park under one setting of propagation."""

    setting: str
    tenants: tuple[TenantToHeal, ...]
    own: tuple[str, ...]
    """Items that the park fails by what is held against itself: no tenant frees it of these."""
    own_free_on: date | None
    unclear: tuple[str, ...]
    """Items that are unknown of the park, whatever is healed."""

    @property
    def free_on(self) -> date | None:
        """Return the first day on which nothing of today fails any more; None where something is never healed."""
        days = [tenant.first_day for tenant in self.tenants] + [self.own_free_on]
        healed = [day for day in days if day is not None]
        return max(healed) if len(healed) == len(days) else None


def unlocked(view: View, park: int, tier: Tier, rules: Rules) -> Iterator[UnlockedPark]:
    """Yield what frees a park (row), setting by setting."""
    items = [id for id in EFFECTS if id in rules.set.rules]
    today = _held_of(view, park, rules, items)
    tenants = [unit for unit in today if unit != PARK]
    ways = {
        "wait": today,
        "rectify": _held_of(_rectified(view, today), park, rules, items),
        "leave": _held_of(_left(view, park, tenants), park, rules, items),
    }
    names = view.graph["enterprises"].texts("id", np.array(tenants, dtype=np.intp)).to_pylist()
    order = [tenant for _, tenant in sorted(zip(names, tenants, strict=True))]
    for setting in SETTINGS:
        by = replace(rules, propagation=setting)
        failing = [unit for unit in order if _failing(today[unit], by, tier)]
        own = today.get(PARK, {})
        yield UnlockedPark(
            setting,
            tuple(_to_heal(unit, ways, by, tier) for unit in failing),
            tuple(_failing(own, by, tier)),
            _free_on(own, by, tier),
            tuple(_unclear(view, park, today, failing, by, tier)),
        )


def _to_heal(tenant: int, ways: Mapping[str, Mapping[int, Held]], rules: Rules, tier: Tier) -> TenantToHeal:
    held = ways["wait"][tenant]
    on = {way: _free_on(by_one.get(tenant, {}), rules, tier) for way, by_one in ways.items()}
    ways_told = {way: day for way, day in on.items() if way == "wait" or day != on["wait"]}
    failing = _failing(held, rules, tier)
    return TenantToHeal(tenant, tuple(failing), tuple(fact for item in failing for fact in held[item]), ways_told)


def _failing(held: Held, rules: Rules, tier: Tier) -> list[str]:
    """Return the items that facts fail."""
    return [item for item, facts in held.items() if _decided(item, facts, rules, tier).outcome is Outcome.FAIL]


def _free_on(held: Held, rules: Rules, tier: Tier) -> date | None:
    """Return the first day on which facts fail no item any more: today where none fails, None where time heals one never."""
    days = [rules.day]
    for item, facts in held.items():
        decision = _decided(item, facts, rules, tier)
        if decision.outcome is Outcome.FAIL:
            if decision.until is None:
                return None
            days.append(decision.until)
    return max(days)


def _decided(item: str, facts: tuple[AdverseFact, ...], rules: Rules, tier: Tier) -> Decision:
    return RULES[item].judge(AdverseFacts(facts), rules, tier.id)


def _unclear(
    view: View, park: int, held: Mapping[int, Held], healed: Iterable[int], rules: Rules, tier: Tier
) -> Iterator[str]:
    """Yield the items of which it is unknown whether the park fails them by anything but what is healed."""
    subjects, gone = Subjects(view, np.array([park]), Category.PARK, rules), {PARK, *healed}
    for item in (id for id in EFFECTS if id in rules.set.rules):
        rest = tuple(fact for unit, by_item in held.items() if unit not in gone for fact in by_item.get(item, ()))
        own = tuple(fact for fact in held.get(PARK, {}).get(item, ()) if not _failing({item: (fact,)}, rules, tier))
        missing = [
            column.values[column.codes[0]] for column in (unchecked(subjects, item), tenants_unchecked(subjects, item))
        ]
        decision = RULES[item].judge(AdverseFacts(own + rest, *missing), rules, tier.id)
        if decision.outcome is Outcome.UNKNOWN:
            yield item


def _held_of(view: View, park: int, rules: Rules, items: Iterable[str]) -> dict[int, Held]:
    """Return what reaches a park, by tenant (row; `PARK` for what is held against the park itself) and item."""
    by_unit: defaultdict[int, dict[str, tuple[AdverseFact, ...]]] = defaultdict(dict)
    for item in items:
        rows = held_rows(view, item)
        reached = parks_reached(view, rules.window_start, rows.enterprise, rows.facts)
        here = np.flatnonzero(reached.park == park)
        who = rows.enterprise[reached.fact[here]]
        names = view.graph["enterprises"].texts("name", who).to_pylist()
        of_one: defaultdict[int, list[AdverseFact]] = defaultdict(list)
        for tenant, name, at, left in zip(
            who.tolist(), names, reached.fact[here].tolist(), reached.left[here].tolist(), strict=True
        ):
            of_one[tenant].append(rows.facts[at].of_tenant(name, day_of(left)))
        of_one[PARK] += [rows.facts[at] for at in np.flatnonzero(rows.park == park).tolist()]
        for unit, facts in of_one.items():
            if facts:
                by_unit[unit][item] = tuple(facts)
    return dict(by_unit)


def _rectified(view: View, held: Mapping[int, Held]) -> View:
    """Return the day with everything ended that is still open of the tenants."""
    kinds = {
        (tenant, fact.kind)
        for tenant, by_item in held.items()
        if tenant != PARK
        for facts in by_item.values()
        for fact in facts
        if fact.kind is not None
    }
    acts = [Act("heal", view.day, enterprise=tenant, word=kind) for tenant, kind in sorted(kinds)]
    return changed_graph(view, acts).on(view.day)


def _left(view: View, park: int, tenants: Iterable[int]) -> View:
    """Return the day with the tenants gone from the park."""
    return changed_graph(view, [Act("leave", view.day, enterprise=tenant, park=park) for tenant in tenants]).on(
        view.day
    )
