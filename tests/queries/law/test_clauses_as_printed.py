"""Captions in the clauses' own words: every term of a caption stands in its clause, at the place it names.

The texts are not ours to publish: the directory that holds them is named by VERDIGRAPH_POLICY_TEXTS, else the test is skipped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import pytest

from queries.answers.clauses import Clause, clauses
from queries.law.duty_clauses import duty_clause
from queries.law.rulebook import RULES
from queries.law.rules import Rules
from queries.law.ruleset import ruleset
from tests.wanted import POLICY_TEXTS

DRAFT, PLAN = "征求意见稿", "2016"
DAY = date(2025, 6, 30)
FILES = {DRAFT: "实施细则_征求意见稿.txt", PLAN: "2016_实施方案.txt"}
ARTICLE = re.compile(r"第([一二三四五六七八九十]+)条(?:第([一二三四五六七八九十])款)?")
ITEM = re.compile(r"([一二三四五])（([一二三四五])）")
NUMERALS = "零一二三四五六七八九十"


def bare(text: str) -> str:
    """A text without whitespace, brackets of one width."""
    return re.sub(r"\s", "", text).replace("(", "（").replace(")", "）")


def clause_text(clause: Clause) -> str:
    """The text of the place that a clause names: an article, one of its paragraphs, or a section of the plan."""
    document = DRAFT if DRAFT in clause.source else PLAN
    whole = (POLICY_TEXTS.path / FILES[document]).read_text(encoding="utf-8")
    if document == PLAN:
        chapter, item = ITEM.search(clause.source).groups()  # type: ignore[union-attr]
        rest = bare(whole).split(f"{chapter}、", 1)[1]
        following = NUMERALS[NUMERALS.index(chapter) + 1]
        section = rest.split(f"{following}、", 1)[0].split(f"（{item}）", 1)[1]
        return section.split(f"（{NUMERALS[NUMERALS.index(item) + 1]}）", 1)[0]
    article, paragraph = ARTICLE.search(clause.source).groups()  # type: ignore[union-attr]
    rest = re.split(rf"^第{article}条", whole, maxsplit=1, flags=re.MULTILINE)[1]
    text = re.split(r"^第[一二三四五六七八九十]+[条章]", rest, maxsplit=1, flags=re.MULTILINE)[0]
    if paragraph is None:
        return bare(text)
    paragraphs = [line for line in text.split("\n") if line.strip() and not line.strip().startswith("（")]
    return bare(paragraphs[NUMERALS.index(paragraph) - 1])


def terms(caption: str) -> list[str]:
    """The terms of a caption: what stands between its marks."""
    return [term for term in re.split(r"[，；。、]|……", bare(caption)) if term]


def of_rules(id: str) -> Iterator[Clause]:
    """The clauses of every rule and duty of a set, as `assess`, `audit` and `calendar` show them."""
    rules = Rules(ruleset(id), DAY)
    for rule in (RULES[name] for name in rules.set.rules):
        for category in (each for each in rule.categories if each in rules.set.categories):
            words = rule.words(rules, category)
            yield Clause(id=rule.id, zh=words.zh, en=words.en, source=rule.place(rules, category), verified=False)
    yield from (duty_clause(rules, name) for name in rules.set.duties)


SHOWN = [clause for clause in clauses().values() if not clause.id.startswith("A-")]
SHOWN += [clause for id in ("js-draft", "js-2016") for clause in dict.fromkeys(of_rules(id))]


@POLICY_TEXTS.needed
@pytest.mark.parametrize("clause", SHOWN, ids=[f"{clause.id} {clause.source}" for clause in SHOWN])
def test_the_terms_of_a_caption_stand_in_its_clause(clause: Clause) -> None:
    text = clause_text(clause)
    missing = [term for term in terms(clause.zh) if term not in text]
    assert not missing, f"{clause.source}: {missing}"


def test_a_caption_says_where_it_stands() -> None:
    for clause in clauses().values():
        assert DRAFT not in clause.source or ARTICLE.search(clause.source), clause
        assert clause.verified == (DRAFT not in clause.source), clause
