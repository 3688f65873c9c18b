"""What a rule is: a citation, the facts it needs, and one pure `decide` from facts and rules to a decision.

A decision knows no graph, table or clock; the day is the day of the rules. `unknown` is never a pass.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from graph_model.bilingual import Bilingual

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from queries.law.rules import Rules

FACTORY: Final = "factory"
PARK: Final = "park"
LEADER: Final = "supply_chain"
EVERYONE: Final = (FACTORY, PARK, LEADER)
EVERY_TIER: Final = ("city", "provincial", "national")

Row = tuple[str, int]
"""A row of a table of the graph that a decision rests on."""


class Outcome(StrEnum):
    """What a rule decides, the best first."""

    PASS = "pass"  # noqa: S105
    NOT_APPLICABLE = "not_applicable"
    WARN = "warn"
    UNKNOWN = "unknown"
    FAIL = "fail"


class SourceDocument(StrEnum):
    """Where an article stands."""

    DRAFT = "征求意见稿"
    PLAN = "2016 年方案"


@dataclass(frozen=True, slots=True)
class Citation:
    """An article: the document, its number, the item of a list in it, and what it says in plain words."""

    document: SourceDocument
    article: int
    item: int | None
    words: Bilingual

    @property
    def place(self) -> str:
        """Return where it stands, such as 征求意见稿第十八条第（二）项."""
        item = f"第（{_numeral(self.item)}）项" if self.item else ""
        return f"{self.document}第{_numeral(self.article)}条{item}"


@dataclass(frozen=True, slots=True)
class Decision:
    """An outcome with its reason; a failure names the day on which time heals it, or else what must be done."""

    outcome: Outcome
    reason: Bilingual
    until: date | None = None
    """First day on which the failure is no longer one; None where time alone does not heal it."""
    act: Bilingual | None = None
    """What to do: heal a failure that time does not heal, or find out what is unknown."""
    rows: tuple[Row, ...] = ()
    """Rows it rests on beside those of the facts themselves."""


@dataclass(frozen=True)
class Rule:
    """A rule of the rule book, one per file of `articles/`."""

    id: str
    citation: Citation
    categories: tuple[str, ...]
    facts: type[Any]
    decide: Callable[[Any, Rules], Decision]
    tiers: tuple[str, ...] = EVERY_TIER
    needs: tuple[str, ...] = ()
    """Values of the rule set without which there is nothing to decide by."""
    bar: bool = False
    """Whether a failure is a bar that a plan has to wait out; every other rule is work that may be done."""

    def place(self, rules: Rules) -> str:
        """Return where it stands: the article itself under the draft, else the set and the article it corresponds to."""
        own = self.citation.place
        return own if rules.set.draft else f"{rules.set.source}（对应{own}）"

    def judge(self, facts: Any, rules: Rules, tier: str) -> Decision:
        """Return the decision; `not_applicable` where the rules of the day have no such rule, value or tier."""
        if not rules.has(self.id) or any(rules.value(name) is None for name in self.needs):
            return not_applicable(f"{rules.set.id} 在该日没有这一条", f"{rules.set.id} has no such rule on that day")
        if tier not in self.tiers:
            return not_applicable("所问层级不适用这一条", "does not apply to this tier")
        return self.decide(facts, rules)


def passes(zh: str, en: str) -> Decision:
    """Return a pass."""
    return Decision(Outcome.PASS, Bilingual(zh, en))


def not_applicable(zh: str, en: str) -> Decision:
    """Return that the rule does not apply, or only informs."""
    return Decision(Outcome.NOT_APPLICABLE, Bilingual(zh, en))


def warns(zh: str, en: str) -> Decision:
    """Return a warning: soft words are broken, which bars nobody."""
    return Decision(Outcome.WARN, Bilingual(zh, en))


def unknown(zh: str, en: str, act: Bilingual) -> Decision:
    """Return that a needed fact is missing, and how to find it out."""
    return Decision(Outcome.UNKNOWN, Bilingual(zh, en), act=act)


def fails(zh: str, en: str, act: Bilingual) -> Decision:
    """Return a failure that only an act heals."""
    return Decision(Outcome.FAIL, Bilingual(zh, en), act=act)


_DIGITS = "零一二三四五六七八九"


def _numeral(number: int) -> str:
    """Return 1–99 in Chinese, as articles are numbered."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return head + (_DIGITS[ones] if ones or not tens else "")
