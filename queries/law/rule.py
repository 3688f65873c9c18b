"""What a rule is: a citation, the facts it needs, and one pure `decide` from facts and rules to a decision.

A decision knows no graph, table or clock; the day is the day of the rules. `unknown` is never a pass.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from graph_model.bilingual import Bilingual
from queries.law.ruleset_model import SourceDocument

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
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


@dataclass(frozen=True, slots=True)
class Citation:
    """An article: the document, where it stands in it as printed, and what it says in its own terms."""

    document: SourceDocument
    number: str
    words: Bilingual

    @property
    def place(self) -> str:
        """Return where it stands, such as 征求意见稿第十七条第三款."""
        return f"{self.document.zh}{self.number}"


def draft(article: int, zh: str, en: str, paragraph: int | None = None, item: int | None = None) -> Citation:
    """Return a clause of the draft, as printed: Arts. 8 to 10 number their conditions 1. 2. 3., the others （一）（二）."""
    clause = f"第{numeral(article)}条" + (f"第{numeral(paragraph)}款" if paragraph else "")
    if item:
        clause += f"第{item}项" if article in ARABIC_ITEMS else f"第（{numeral(item)}）项"
    return Citation(SourceDocument.DRAFT, clause, Bilingual(zh, en))


def plan(section: str, zh: str, en: str) -> Citation:
    """Return a section of the 2016 plan, such as 三（一）3."""
    return Citation(SourceDocument.PLAN, section, Bilingual(zh, en))


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
    citation: Citation | Mapping[str, Citation]
    """Where it stands; by category where each has a paragraph of its own."""
    categories: tuple[str, ...]
    facts: type[Any]
    decide: Callable[[Any, Rules], Decision]
    tiers: tuple[str, ...] = EVERY_TIER
    needs: tuple[str, ...] = ()
    """Values of the rule set without which there is nothing to decide by."""
    bar: bool = False
    """Whether a failure is a bar that a plan has to wait out; every other rule is work that may be done."""
    place_in_book: float | None = None
    """Its place in the rule book where that is not by its number: 9.5 stands behind Art. 9."""

    @property
    def order(self) -> float:
        """Return its place in the rule book: article and item, such as 17.02 for D-17.2."""
        if self.place_in_book is not None:
            return self.place_in_book
        article, _, item = self.id.partition("-")[2].partition(".")
        return int(article) + int(item or 0) / 100

    def cited(self, category: str) -> Citation:
        """Return the citation for a category."""
        return self.citation if isinstance(self.citation, Citation) else self.citation[category]

    def place(self, rules: Rules, category: str) -> str:
        """Return where it stands in the set in use; where the set's own text is not to be had, the article it corresponds to."""
        own, held = self.cited(category), rules.set.clause_of(self.id, category)
        if held is not None:
            return held.place
        return own.place if rules.set.document == own.document else f"{rules.set.source}（对应{own.place}）"

    def words(self, rules: Rules, category: str) -> Bilingual:
        """Return what it says in the set in use."""
        own, held = self.cited(category).words, rules.set.clause_of(self.id, category)
        return own if held is None else Bilingual(held.zh or own.zh, held.en or own.en)

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


ARABIC_ITEMS: Final = range(8, 11)
"""Articles of the draft whose items are numbered 1. 2. 3., not （一）（二）."""
_DIGITS = "零一二三四五六七八九"


def numeral(number: int) -> str:
    """Return 1–99 in Chinese, as articles are numbered."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return head + (_DIGITS[ones] if ones or not tens else "")
