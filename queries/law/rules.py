"""Rules in use: a rule set on one day. Every threshold, window and deadline of the policy is asked for here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, cached_property
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import yaml
from pydantic import TypeAdapter

from graph_model.days import years_later

if TYPE_CHECKING:
    from queries.law.ruleset_model import DatedValue, Deadline, RuleSet


@dataclass(frozen=True)
class Rules:
    """A rule set on one day: what a rule decides by."""

    set: RuleSet
    day: date
    propagation: str | None = None
    """Setting of the user in place of the set's `park_propagation`."""
    tier: str | None = None
    """The tier applied for, where units are assessed."""

    def value(self, name: str, on: date | None = None) -> Any:
        """Return a value in force on the day (or on another); None where the set has none then."""
        key = (name, on or self.day)
        if key not in self._found:
            entry = self.entry(name, on)
            self._found[key] = None if entry is None else entry.value
        return self._found[key]

    @cached_property
    def _found(self) -> dict[tuple[str, date], Any]:
        """Values that have been looked up: rules ask for the same few tens of thousands of times."""
        return {}

    def entry(self, name: str, on: date | None = None) -> DatedValue[Any] | None:
        """Return a value with its clause, source and days; KeyError for a name that no set may have."""
        if name not in type(self.set.values).model_fields:
            raise KeyError(name)
        entries: tuple[DatedValue[Any], ...] = getattr(self.set.values, name)
        return next((entry for entry in entries if entry.in_force(on or self.day)), None)

    def has(self, rule: str) -> bool:
        """Return whether the set has a rule, and is in force on the day."""
        return rule in self.set.rules and self.in_force

    @property
    def in_force(self) -> bool:
        """Return whether the set itself is in force on the day; a draft without a date counts as in force."""
        return self.set.in_force(self.day)

    @cached_property
    def window_start(self) -> date:
        """Return the first day of 近三年, which is in the window like the day itself."""
        return years_later(self.day, -self.value("window_years"))

    @property
    def park_propagation(self) -> str:
        """Return how facts of tenants reach their park: `text`, `literal`, `serious` or `off`."""
        return self.propagation or self.value("park_propagation") or "literal"

    @property
    def report_needed(self) -> bool:
        """Return whether an evaluation report is needed at the tier applied for."""
        return bool(self.value("report_needed")) and self.tier not in (self.value("no_report_tiers") or ())

    def ban_end(self, decided: date) -> date:
        """Return the first day on which reports of an agency are accepted again; KeyError where the set refuses nobody's."""
        years = self.value("ban_years")
        if years is None:
            raise KeyError("ban_years")
        return years_later(decided, years)

    def leaves_window(self, fact: date) -> date:
        """Return the first day on which a fact of a day lies before the window (29 February counts as the 28th)."""
        years = self.value("window_years")
        day = years_later(fact, years)
        while years_later(day, -years) <= fact:
            day += timedelta(days=1)
        return day

    def months(self, rule: str) -> int:
        """Return how many months the work of a rule usually takes; KeyError for a bar, which no work heals."""
        own = self.set.months.get(rule)
        return _usual_months()[rule] if own is None else own

    @property
    def deadlines(self) -> tuple[Deadline, ...]:
        """Return the dates of the yearly calendar."""
        return self.set.deadlines


@cache
def _usual_months() -> dict[str, int]:
    text = files("queries.law").joinpath("work.yaml").read_text(encoding="utf-8")
    return TypeAdapter(dict[str, int]).validate_python(yaml.safe_load(text))
