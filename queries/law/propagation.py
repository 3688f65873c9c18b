"""The items of the negative list over all that is held against a unit and, for a park, against its tenants. RULES D-18.

Invariants of "含园区内企业", by which a tenant's fact reaches its park: it runs from tenant to park and never back; it reaches
the parks of which the tenancy, the window and the fact share a day, and nobody beyond; it ends with the fact's own effect; a
park that is reached reaches no one. Which facts reach, the setting says: `text` those of every item, `literal` those of
`propagated_items`, `serious` those of them that are as severe as `propagation_floor`, `off` none.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from graph_model.bilingual import Bilingual
from queries.law.adverse import NEEDS, AdverseFact, AdverseFacts, FactOutcome, effect, in_words
from queries.law.negative_list import is_graded, kind_words
from queries.law.rule import EVERYONE, Citation, Decision, Outcome, Rule
from queries.law.severity import at_least

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from queries.law.rules import Rules

    Weight = tuple[AdverseFact, FactOutcome]

SETTINGS = {
    "text": Bilingual("六项均计入", "all six items"),
    "literal": Bilingual("第（二）至（六）项计入", "items 2 to 6"),
    "serious": Bilingual("仅计重大及以上", "severe ones only"),
    "off": Bilingual("不计入", "none"),
}
OUTCOME_WORDS = {
    Outcome.PASS: Bilingual("通过", "pass"),
    Outcome.NOT_APPLICABLE: Bilingual("不适用", "not applicable"),
    Outcome.WARN: Bilingual("提醒", "warning"),
    Outcome.UNKNOWN: Bilingual("未知", "unknown"),
    Outcome.FAIL: Bilingual("不符合", "fail"),
}
UNGRADED = FactOutcome(Outcome.UNKNOWN, act=Bilingual("补充等级", "supply the severity"))
LOOK_UP = Bilingual("核查所列情形，载入核查记录", "look the kinds up and load the record of it")


def weigh(
    item: str, facts: AdverseFacts, rules: Rules, effect_of: Callable[[AdverseFact, Rules], FactOutcome | None]
) -> Decision:
    """Return the decision of an item over all that is held against a unit and, for a park, its tenants."""
    effects = [(fact, effect(fact, rules, effect_of)) for fact in facts.held]
    weights = [(fact, counting) for fact, counting in effects if counting is not None]
    by_setting = {name: _decided(item, weights, facts, name, rules) for name in SETTINGS}
    chosen = by_setting[rules.park_propagation]
    tenants = {fact.tenant for fact, _ in weights if fact.tenant is not None}
    if not tenants:
        return chosen
    return replace(chosen, reason=_with_settings(len(tenants), by_setting, rules.park_propagation))


def item_rule(
    id: str, citation: Citation, effect_of: Callable[[AdverseFact, Rules], FactOutcome | None], *needs: str
) -> Rule:
    """Return the rule of an item of the negative list, which counts one fact as `effect_of` says: a bar for everybody."""

    def decide(facts: AdverseFacts, rules: Rules) -> Decision:
        return weigh(id, facts, rules, effect_of)

    return Rule(id, citation, EVERYONE, AdverseFacts, decide, needs=(*NEEDS, *needs), bar=True)


def reaching(fact: AdverseFact, counting: FactOutcome, item: str, setting: str, rules: Rules) -> FactOutcome | None:
    """Return how a fact of a tenant counts against its park under a setting, None where it does not reach it."""
    if not item_reaches(item, setting, rules):
        return None
    if setting != "serious":
        return counting
    if not is_graded(fact.kind):
        return None
    if fact.ungraded:
        return UNGRADED
    return counting if at_least(fact.severity, rules.value("propagation_floor")) else None


def item_reaches(item: str, setting: str, rules: Rules) -> bool:
    """Return whether facts of an item reach a park at all under a setting."""
    return setting == "text" or (setting != "off" and item in rules.value("propagated_items"))


def _decided(item: str, weights: Sequence[Weight], facts: AdverseFacts, setting: str, rules: Rules) -> Decision:
    """Return the worst outcome under a setting, with every fact that causes it."""
    reached = [
        (fact, counting if fact.tenant is None else reaching(fact, counting, item, setting, rules))
        for fact, counting in weights
    ]
    causes = [(fact, counting) for fact, counting in reached if counting is not None]
    unchecked = _unchecked(item, facts, setting, rules)
    outcomes = [counting.outcome for _, counting in causes] + ([Outcome.UNKNOWN] if unchecked else [])
    worst = max(outcomes, default=Outcome.PASS, key=list(Outcome).index)
    return _worded(worst, [weight for weight in causes if weight[1].outcome is worst], unchecked)


def _unchecked(item: str, facts: AdverseFacts, setting: str, rules: Rules) -> list[Bilingual]:
    """Return, in words, for what nobody looked the item up."""
    kinds = [kind_words(kind) for kind in facts.unchecked]
    words = []
    if kinds:
        zh, en = "、".join(kind[0] for kind in kinds), ", ".join(kind[1] for kind in kinds)
        words.append(Bilingual(f"未载入、未核查：{zh}", f"not loaded, not looked up: {en}"))
    tenants = facts.tenants_unchecked.graded_kind if setting == "serious" else facts.tenants_unchecked.any_kind
    if tenants and item_reaches(item, setting, rules):
        words.append(Bilingual(f"园区内企业 {tenants} 家未核查", f"{tenants} tenants not looked up"))
    return words


def _worded(worst: Outcome, causes: Sequence[Weight], unchecked: Sequence[Bilingual]) -> Decision:
    if worst is Outcome.PASS:
        return Decision(Outcome.PASS, Bilingual("近三年未发现所列情形", "nothing of the kind in the last three years"))
    reasons = [Bilingual(in_words(fact, 0), in_words(fact, 1)) for fact, _ in causes]
    acts = list(dict.fromkeys(counting.act for _, counting in causes if counting.act is not None))
    if worst is Outcome.UNKNOWN and unchecked:
        reasons += unchecked
        acts.append(LOOK_UP)
    untils = [counting.until for _, counting in causes]
    known = [until for until in untils if until is not None]
    return Decision(
        worst,
        Bilingual("；".join(reason.zh for reason in reasons), "; ".join(reason.en for reason in reasons)),
        until=max(known) if worst is Outcome.FAIL and len(known) == len(untils) else None,
        act=Bilingual("；".join(act.zh for act in acts), "; ".join(act.en for act in acts)) if acts else None,
        rows=tuple(fact.row for fact, _ in causes),
    )


def _with_settings(tenants: int, by_setting: dict[str, Decision], chosen: str) -> Bilingual:
    """Return a reason with what every setting gives and, where the chosen one leaves tenants out, how many there are."""
    reason = by_setting[chosen].reason
    zh, en = (
        "，".join(
            f"{SETTINGS[name].in_(lang)}：{OUTCOME_WORDS[by.outcome].in_(lang)}" for name, by in by_setting.items()
        )
        for lang in ("zh", "en")
    )
    return Bilingual(
        f"{reason.zh}【园区内企业 {tenants} 家有此情形，按“{SETTINGS[chosen].zh}”判定；各方式：{zh}】",
        f"{reason.en} [{tenants} tenants, decided by '{SETTINGS[chosen].en}'; settings: {en}]",
    )
