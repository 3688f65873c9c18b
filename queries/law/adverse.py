"""What is held against a unit, and how the items of the negative list weigh it. RULES D-18.

Invariants of "含园区内企业", by which a tenant's fact reaches its park: it runs from tenant to park and never back; it reaches
the parks of which the tenancy was active on the date of the fact, and nobody beyond; it ends with the fact's own effect; a
park that is reached reaches no one. Which items reach is `propagated_items`; how severe a fact must be, the setting says.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

from queries.answers.bilingual import Bilingual
from queries.law.rule import Decision, Outcome, Row
from queries.law.severity import GRADES, at_least

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from queries.law.rules import Rules

REMOVED = "移出名单"
SETTINGS = ("literal", "serious", "off")
NEEDS = ("window_years", "propagated_items", "propagation_floor")
"""Values without which no item of the negative list can be weighed."""


@dataclass(frozen=True, slots=True)
class AdverseFact:
    """A fact that may count against a unit. What ended after the day has not ended yet."""

    kind: str
    day: date | None = None
    """The day it occurred, else the day it was decided."""
    ended: date | None = None
    due: date | None = None
    severity: str | None = None
    reason: str | None = None
    tenant: str | None = None
    """The tenant it is held against; None for the unit itself."""
    row: Row = ("incidents", -1)

    @property
    def ungraded(self) -> bool:
        """Return whether facts of this kind have a severity, and that of this one is unknown; a debt has none to know."""
        return self.severity not in GRADES and bool(_kinds().get(self.kind, {}).get("graded"))

    def of_tenant(self, name: str) -> AdverseFact:
        """Return the fact as one that a tenant brings to its park."""
        return replace(self, tenant=name)


class AdverseFacts(NamedTuple):
    """What the negative list needs to know of a unit."""

    held: tuple[AdverseFact, ...] = ()
    never_loaded: tuple[str, ...] = ()
    """Kinds of the item that are on record for nobody: their absence clears no one."""


@dataclass(frozen=True, slots=True)
class FactOutcome:
    """How one fact counts: its outcome; for a failure until when, or what must be done first."""

    outcome: Outcome
    until: date | None = None
    act: Bilingual | None = None


Weight = tuple[AdverseFact, FactOutcome]
UNDATED = FactOutcome(
    Outcome.UNKNOWN, act=Bilingual("补充发生日期或认定日期", "supply the day it occurred or was decided")
)
UNGRADED = FactOutcome(Outcome.UNKNOWN, act=Bilingual("补充等级", "supply the severity"))


def counts(until: date) -> FactOutcome:
    """Return that a fact counts until a day."""
    return FactOutcome(Outcome.FAIL, until)


def weigh(
    item: str, facts: AdverseFacts, rules: Rules, effect_of: Callable[[AdverseFact, Rules], FactOutcome | None]
) -> Decision:
    """Return the decision of an item over all that is held against a unit and, for a park, its tenants."""
    effects = [(held, UNDATED if held.day is None else effect_of(held, rules)) for held in facts.held]
    weights = [(held, effect) for held, effect in effects if effect is not None]
    chosen = _decided(_reaching(item, weights, rules.park_propagation, rules), facts.never_loaded)
    if all(held.tenant is None for held, _ in weights) or item not in rules.value("propagated_items"):
        return chosen
    by_setting = {name: _decided(_reaching(item, weights, name, rules), facts.never_loaded) for name in SETTINGS}
    return replace(chosen, reason=_with_settings(chosen.reason, by_setting, rules.park_propagation))


def _with_settings(reason: Bilingual, by_setting: dict[str, Decision], chosen: str) -> Bilingual:
    """Return a reason with what every setting gives and, where the chosen one leaves tenants out, all of them."""
    told = []
    for place, said in enumerate((reason.zh, reason.en)):
        each = "，".join(f"{name} → {OUTCOME_WORDS[decision.outcome][place]}" for name, decision in by_setting.items())
        whole = by_setting["literal"].reason
        left_out = "" if chosen == "literal" else f"；literal：{(whole.zh, whole.en)[place]}"
        told.append(f"{said}【{('园区传导', 'propagation')[place]} {chosen}：{each}{left_out}】")
    return Bilingual(*told)


OUTCOME_WORDS = {
    Outcome.PASS: ("通过", "pass"),
    Outcome.NOT_APPLICABLE: ("不适用", "not applicable"),
    Outcome.WARN: ("提醒", "warning"),
    Outcome.UNKNOWN: ("未知", "unknown"),
    Outcome.FAIL: ("不符合", "fail"),
}


def _reaching(item: str, weights: Sequence[Weight], setting: str, rules: Rules) -> list[Weight]:
    """Return what counts under a setting: the unit's own facts, and those of tenants that reach it."""
    own = [weight for weight in weights if weight[0].tenant is None]
    if setting == "off" or item not in rules.value("propagated_items"):
        return own
    of_tenants = [weight for weight in weights if weight[0].tenant is not None]
    if setting == "serious":
        floor = rules.value("propagation_floor")
        ungraded = [(held, UNGRADED) for held, _ in of_tenants if held.ungraded]
        of_tenants = [weight for weight in of_tenants if at_least(weight[0].severity, floor)] + ungraded
    return own + of_tenants


def _decided(weights: Sequence[Weight], never_loaded: Sequence[str]) -> Decision:
    """Return the worst outcome of the weights, with every fact that causes it."""
    worst = max((effect.outcome for _, effect in weights), default=Outcome.PASS, key=list(Outcome).index)
    if worst is not Outcome.FAIL and never_loaded:
        return _not_loaded(never_loaded)
    causes = [weight for weight in weights if weight[1].outcome is worst]
    if not causes:
        return Decision(Outcome.PASS, Bilingual("没有计入的情形", "nothing counts"))
    acts = list(dict.fromkeys(effect.act for _, effect in causes if effect.act is not None))
    untils = [effect.until for _, effect in causes]
    known = [until for until in untils if until is not None]
    return Decision(
        worst,
        Bilingual(*(joint.join(_told(held, place) for held, _ in causes) for place, joint in enumerate(("；", "; ")))),
        until=max(known) if len(known) == len(untils) and worst is Outcome.FAIL else None,
        act=Bilingual("；".join(act.zh for act in acts), "; ".join(act.en for act in acts)) if acts else None,
        rows=tuple(held.row for held, _ in causes),
    )


def _not_loaded(kinds: Sequence[str]) -> Decision:
    zh, en = "、".join(kinds), ", ".join(kind_words(kind)[1] for kind in kinds)
    return Decision(
        Outcome.UNKNOWN,
        Bilingual(f"未载入：{zh}（库中对任何单位都没有记录）", f"not loaded: {en} (on record for nobody)"),
        act=Bilingual(f"载入这些情形的名录：{zh}", f"load records of: {en}"),
    )


def _told(held: AdverseFact, place: int) -> str:
    """Return one fact in words: whose, what, how severe, when."""
    when = held.day.isoformat() if held.day else ("日期未知", "day unknown")[place]
    ended = f"→{held.ended.isoformat()}" if held.ended else ""
    severity = held.severity or (("等级未知", "severity unknown")[place] if held.ungraded else None)
    about = [part for part in (severity, when + ended, held.reason) if part]
    what = kind_words(held.kind)[place]
    whose = "" if held.tenant is None else f"{('园区内企业 ', 'tenant ')[place]}{held.tenant} "
    return f"{whose}{what}（{'，'.join(about)}）" if place == 0 else f"{whose}{what} ({', '.join(about)})"


@cache
def items() -> dict[str, str]:
    """Return the item of the negative list that each kind of incident belongs to."""
    return {kind: entry["item"] for kind, entry in _kinds().items()}


def kind_words(kind: str) -> tuple[str, str]:
    """Return a kind in Chinese and English."""
    return kind, str(_kinds().get(kind, {}).get("en", kind))


@cache
def _kinds() -> dict[str, dict[str, Any]]:
    text = files("queries.law").joinpath("negative_list.yaml").read_text(encoding="utf-8")
    kinds: dict[str, dict[str, Any]] = yaml.safe_load(text)
    return kinds
