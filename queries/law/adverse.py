"""What is held against a unit, and how the items of the negative list weigh it. RULES D-18.

A fact has a span of days: its own day, or a state from a first day to a last one. It counts while its span meets the window
of the last three years. Which facts of tenants reach their park, and under which setting, stands in `propagation`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal, NamedTuple

from graph_model.bilingual import Bilingual
from queries.law.negative_list import incident_kinds, is_graded, kind_words
from queries.law.rule import Outcome, Row
from queries.law.severity import GRADES

if TYPE_CHECKING:
    from collections.abc import Callable

    from queries.law.rules import Rules

NEEDS = ("window_years", "propagated_items", "propagation_floor", "looked_up_years")
"""Values without which no item of the negative list can be weighed."""


class Span(NamedTuple):
    """The days on which a fact holds, both in; a last day of None has not come yet."""

    first: date
    last: date | None


@dataclass(frozen=True, slots=True)
class AdverseFact:
    """A fact that may count against a unit. What ended after the day has not ended yet."""

    kind: str | None
    """None: what kind it is, is not known."""
    day: date | None = None
    """The day it occurred, else the day it was decided."""
    ended: date | None = None
    due: date | None = None
    severity: str | None = None
    reason: str | None = None
    found_by: Literal["state", "lower"] | None = None
    """Whether the state (国务院, a ministry) or an authority below found it."""
    tenant: str | None = None
    """The tenant it is held against; None for the unit itself."""
    left: date | None = None
    """The tenant's last day in the park, where he has left it: beyond it the fact is not the park's."""
    row: Row = ("incidents", -1)

    @property
    def ungraded(self) -> bool:
        """Return whether facts of this kind have a severity, and that of this one is unknown; a debt has none to know."""
        return self.severity not in GRADES and is_graded(self.kind)

    @property
    def first(self) -> date | None:
        """Return the first day on which it holds: what is overdue, from the day after its due day on; None where it is unknown."""
        overdue = self._form == "overdue" and self.due is not None
        return self.due + timedelta(days=1) if overdue and self.due else self.day

    @property
    def span(self) -> Span | None:
        """Return the days on which it holds, None where the first is unknown or it never held (rectified in time)."""
        if self.first is None:
            return None
        last = {"day": self.day, "lasting": None}.get(self._form, self.ended)
        known = [day for day in (last, self.left) if day is not None]
        return None if known and min(known) < self.first else Span(self.first, min(known, default=None))

    @property
    def _form(self) -> str:
        return "lasting" if self.kind is None else incident_kinds()[self.kind].span

    def of_tenant(self, name: str, left: date | None = None) -> AdverseFact:
        """Return the fact as one that a tenant brings to its park, up to his last day there."""
        return replace(self, tenant=name, left=left)


class TenantsUnchecked(NamedTuple):
    """How many tenants of a park nobody looked up: for some kind of an item, and for some graded kind of it."""

    any_kind: int = 0
    graded_kind: int = 0


class AdverseFacts(NamedTuple):
    """What the negative list needs to know of a unit."""

    held: tuple[AdverseFact, ...] = ()
    unchecked: tuple[str, ...] = ()
    """Kinds of the item that are on record for nobody and were not looked up for it: their absence clears no one."""
    tenants_unchecked: TenantsUnchecked = TenantsUnchecked()


@dataclass(frozen=True, slots=True)
class FactOutcome:
    """How one fact counts: its outcome; for a failure until when, or what must be done first."""

    outcome: Outcome
    until: date | None = None
    act: Bilingual | None = None


UNDATED = FactOutcome(
    Outcome.UNKNOWN, act=Bilingual("补充发生日期或认定日期", "supply the day it occurred or was decided")
)
UNKNOWN_KIND = FactOutcome(Outcome.UNKNOWN, act=Bilingual("核对并改正情形的写法", "check the kind of the incident"))


def effect(
    fact: AdverseFact, rules: Rules, effect_of: Callable[[AdverseFact, Rules], FactOutcome | None]
) -> FactOutcome | None:
    """Return how a fact counts under an item, None where it does not; without a kind or a day nobody knows."""
    if fact.kind is None:
        return UNKNOWN_KIND
    return UNDATED if fact.first is None else effect_of(fact, rules)


def while_in_window(fact: AdverseFact, rules: Rules, act: Bilingual | None = None) -> FactOutcome | None:
    """Count a fact while its span meets the window: time heals what is over, only `act` what still lasts."""
    span = fact.span
    if span is None or span.first > rules.day or (span.last or rules.day) < rules.window_start:
        return None
    if span.last is None:
        return FactOutcome(Outcome.FAIL, act=act)
    return FactOutcome(Outcome.FAIL, until=rules.leaves_window(span.last))


def in_words(fact: AdverseFact, place: int) -> str:
    """Return a fact in words, in Chinese (0) or English (1): whose, what, how severe, when."""
    when = fact.day.isoformat() if fact.day else ("日期不详", "day unknown")[place]
    ended = ("至", " to ")[place] + fact.ended.isoformat() if fact.ended else ""
    severity = fact.severity or (("等级不详", "severity unknown")[place] if fact.ungraded else None)
    about = [part for part in (severity, when + ended, fact.reason) if part]
    what = kind_words(fact.kind)[place]
    if place == 0:
        return f"{'' if fact.tenant is None else f'园区内企业{fact.tenant}：'}{what}（{'，'.join(about)}）"
    return f"{'' if fact.tenant is None else f'tenant {fact.tenant}: '}{what} ({', '.join(about)})"
