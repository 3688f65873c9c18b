"""The places of one policy document held against a rule set on a day."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from graph_model.bilingual import Bilingual
from graph_model.records import RECORDS
from graph_model.tiers import Category
from queries.duties.dates import RealDates
from queries.duties.duties import every_finding
from queries.duties.duty_findings import AuditContext, table_of
from queries.eligibility.assess import subject_rows
from queries.eligibility.facts.subjects import Subjects
from queries.eligibility.judging import judged
from queries.law.clause_map import ClauseMap, MappedPlace
from queries.law.policy_text import Sentence, place_words
from queries.law.rule import Outcome
from queries.law.rulebook import RULES
from queries.law.ruleset_model import SourceDocument

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph_model.view import View
    from queries.law.rule import Rule
    from queries.law.rules import Rules

OUTCOMES: Final = {"passed": Outcome.PASS, "failed": Outcome.FAIL, "warned": Outcome.WARN, "unknown": Outcome.UNKNOWN}
BETWEEN: Final = "、"
NONE: Final = -1


@dataclass(frozen=True)
class Mirror:
    """The places of one document held against a rule set on a day."""

    view: View
    map: ClauseMap
    rules: Rules
    sentences: tuple[Sentence, ...] = ()
    _judged: dict[tuple[str, Category], Counter[Outcome]] = field(default_factory=dict)
    _of_category: dict[Category, Subjects] = field(default_factory=dict)

    def rows(self) -> Iterator[dict[str, Any]]:
        """Yield a row a sentence where there is a text, else a row a place of the map."""
        for place, sentence in self.places():
            yield {
                "document": self.map.document.value,
                "place": self._words(sentence, place),
                "sentence": sentence.text if sentence else None,
                "status": "unmapped" if place is None else self.status(place),
                **(self._about(place) if place else {}),
            }

    def status(self, place: MappedPlace) -> str:
        """Return whether a place is carried, partly carried, left out for a reason, or has lost what carried it."""
        if self.missing(place):
            return "missing"
        if not place.carried:
            return "not_enforced"
        return "partly" if place.because else "carried"

    def missing(self, place: MappedPlace) -> list[str]:
        """Return what the map names and neither the program nor the rule set has."""
        deadlines = {deadline.id for deadline in self.rules.deadlines}
        return [
            *(id for id in place.rules if id not in RULES or id not in self.rules.set.rules),
            *(id for id in place.duties if id not in self.rules.set.duties),
            *(id for id in place.deadlines if id not in deadlines),
            *(name for name in place.questions if name not in question_names()),
            *(table for table in place.data if table not in RECORDS),
        ]

    def places(self) -> Iterator[tuple[MappedPlace | None, Sentence | None]]:
        """Yield the sentences of the text with the place of each, else the places of the map."""
        if self.sentences:
            yield from ((self.map.place_of(sentence), sentence) for sentence in self.sentences)
        else:
            yield from ((place, None) for place in self.map.places)

    def _words(self, sentence: Sentence | None, place: MappedPlace | None) -> str:
        path = sentence.path if sentence else place.path if place else ()
        number = sentence.number if sentence else place.sentence if place else None
        behind = f"第{number}句" if number and self._several(path) else ""
        return place_words(self.map.document, path) + behind

    def _several(self, path: tuple[int, ...]) -> bool:
        """Return whether a place has more than one sentence, as far as text or map tell."""
        if self.sentences:
            return sum(sentence.path == path for sentence in self.sentences) > 1
        return True

    def _about(self, place: MappedPlace) -> dict[str, Any]:
        gone, reason = self.missing(place), self.map.reason(place)
        because = Bilingual(f"缺失：{BETWEEN.join(gone)}", f"missing: {', '.join(gone)}") if gone else reason
        return {
            "rules": BETWEEN.join(dict.fromkeys((*place.rules, *place.duties, *place.deadlines))) or None,
            "questions": BETWEEN.join((*place.questions, *(RECORDS[table].title for table in place.data))) or None,
            "because": because.zh if because else None,
            "because_en": because.en if because else None,
            "values": self._values(place),
            **self._counts(place),
        }

    def _values(self, place: MappedPlace) -> str | None:
        """Return the dated values of the rule set that come from the clauses of a place."""
        entries = []
        for name in type(self.rules.set.values).model_fields:
            entry = self.rules.entry(name)
            if entry is not None and entry.clause in (*place.rules, *place.duties) and name not in UNTOLD:
                value = BETWEEN.join(map(str, entry.value)) if isinstance(entry.value, (list, tuple)) else entry.value
                entries.append(f"{name} = {value}")
        deadlines = [f"{each.id} = {each.by}" for each in self.rules.deadlines if each.id in place.deadlines]
        return "；".join([*entries, *deadlines]) or None

    def _counts(self, place: MappedPlace) -> dict[str, int]:
        outcomes = Counter[Outcome]()
        for id in place.rules:
            if id in RULES and id in self.rules.set.rules:
                for category in self._categories(RULES[id], place):
                    outcomes += self._outcomes(RULES[id], category)
        units = {name: outcomes[outcome] if place.rules else NONE for name, outcome in OUTCOMES.items()}
        return units | {"findings": sum(self._audited[id] for id in place.duties) if place.duties else NONE}

    def _categories(self, rule: Rule, place: MappedPlace) -> list[Category]:
        """Return the categories that a place is about: all of the rule's, but where each has a paragraph of its own that one."""
        every = [name for name in rule.categories if name in self.rules.set.categories]
        places = {name: rule.place(self.rules, name) for name in every}
        depth = 2 if self.map.document is SourceDocument.DRAFT else 3
        here = place_words(self.map.document, place.path[:depth])
        own = [name for name in every if places[name].endswith(here)]
        return [Category(name) for name in (own if len(set(places.values())) > 1 and own else every)]

    def _outcomes(self, rule: Rule, category: Category) -> Counter[Outcome]:
        key = rule.id, category
        if key not in self._judged:
            tier = "provincial" if "provincial" in rule.tiers else rule.tiers[-1]
            decisions = judged(rule, self._subjects(category), tier)
            numbers = np.bincount(decisions.codes, minlength=len(decisions.decisions)).tolist()
            tallied = Counter[Outcome]()
            for decision, number in zip(decisions.decisions, numbers, strict=True):
                tallied[decision.outcome] += number
            self._judged[key] = tallied
        return self._judged[key]

    def _subjects(self, category: Category) -> Subjects:
        if category not in self._of_category:
            self._of_category[category] = Subjects(
                self.view, subject_rows(self.view, category), category, self.rules, {}
            )
        return self._of_category[category]

    @cached_property
    def _audited(self) -> Counter[str]:
        """Return how many findings of the audit cite each duty."""
        context = AuditContext(self.view, self.rules, RealDates())
        cited = table_of(context, every_finding(context))["clause"].tolist()
        places = Counter(place for clause in cited for place in str(clause).split(BETWEEN))
        return Counter({id: places[clause.place] for id, clause in self.rules.set.duties.items()})


UNTOLD: Final = frozenset({"key_fields"})
"""Values too long for a cell; docs/rules.md has them."""


def question_names() -> frozenset[str]:
    """Return the names of the questions there are, by their files."""
    stems = (file.name.removesuffix(".py") for file in files("queries.questions").iterdir())
    return frozenset(stem.replace("_", "-") for stem in stems)
