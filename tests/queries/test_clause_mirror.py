"""The clause mirror: every sentence of a policy text has its carrier or its reason, and losing a carrier is seen.

The texts are not ours to publish: the directory that holds them is named by VERDIGRAPH_POLICY_TEXTS, else those tests are skipped.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from graph_model.errors import UsageError
from loaders import load
from queries import Session, open_store
from queries.law import rulebook
from queries.law.clause_map import clause_maps
from queries.law.policy_text import number, place_words, read_policy
from queries.law.rule import numeral
from queries.law.ruleset_model import SourceDocument
from queries.questions.clauses import mirror
from tests.wanted import POLICY_TEXTS

DAY = date(2025, 6, 30)
FILES = {SourceDocument.DRAFT: "实施细则_征求意见稿.txt", SourceDocument.PLAN: "2016_实施方案.txt"}
INVENTED = "虚构条例，关于梯度培育\n第一章 总则\n" + "\n".join(
    f"第{numeral(at)}条 本条甲句；本条乙句。\n本条第二款：\n（一）甲项；\n（二）乙项。" for at in range(1, 13)
)


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Session:
    store = tmp_path_factory.mktemp("mirror") / "store"
    load([Path(__file__).resolve().parents[2] / "examples" / "lists"], store)
    return open_store(store)


@pytest.mark.parametrize("value", [1, 9, 10, 11, 19, 20, 31, 99])
def test_numbers_are_read_as_they_are_written(value: int) -> None:
    assert number(numeral(value)) == value


@pytest.mark.parametrize(
    ("document", "path", "words"),
    [
        (SourceDocument.DRAFT, (16,), "第十六条"),
        (SourceDocument.DRAFT, (17, 3), "第十七条第三款"),
        (SourceDocument.DRAFT, (18, 1, 2), "第十八条第一款第（二）项"),
        (SourceDocument.DRAFT, (9, 1, 2), "第九条第一款第2项"),
        (SourceDocument.PLAN, (3, 1, 1, 2), "三（一）1（2）"),
        (SourceDocument.PLAN, (4, 5), "四（五）"),
        (SourceDocument.PLAN, (0,), "序言"),
    ],
)
def test_places_are_written_as_printed(document: SourceDocument, path: tuple[int, ...], words: str) -> None:
    assert place_words(document, path) == words


def test_a_text_is_taken_apart_at_articles_paragraphs_items_and_sentences(tmp_path: Path) -> None:
    file = tmp_path / "text.txt"
    file.write_text(INVENTED, encoding="utf-8")
    assert [(each.at, each.text) for each in read_policy(file)][:5] == [
        ("1.1#1", "本条甲句；"),
        ("1.1#2", "本条乙句。"),
        ("1.2#1", "本条第二款："),
        ("1.2.1#1", "甲项；"),
        ("1.2.2#1", "乙项。"),
    ]


def test_another_text_is_wrong_use(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("别的文件", encoding="utf-8")
    with pytest.raises(UsageError, match="既不是"):
        read_policy(tmp_path / "a.txt")


@pytest.mark.parametrize("document", list(clause_maps()))
def test_every_place_has_a_carrier_that_exists_or_a_reason(session: Session, document: SourceDocument) -> None:
    table = session.ask("clauses", as_of=DAY).table
    rows = table[table["document"] == document.value]
    assert len(rows) == len(clause_maps()[document].places)
    assert set(rows["status"]) == {"carried", "partly", "not_enforced"}
    assert rows.loc[rows["status"] != "carried", "because"].notna().all()


@pytest.mark.parametrize("document", list(clause_maps()))
def test_the_map_names_every_place_once(document: SourceDocument) -> None:
    places = [place.at for place in clause_maps()[document].places]
    assert len(set(places)) == len(places)


def test_every_rule_and_duty_of_a_set_is_on_the_map(session: Session) -> None:
    from queries.law.ruleset import ruleset

    for document, id in ((SourceDocument.DRAFT, "js-draft"), (SourceDocument.PLAN, "js-2016")):
        places = clause_maps()[document].places
        rules = {rule for place in places for rule in place.rules}
        duties = {duty for place in places for duty in place.duties}
        own = {
            name
            for name, clause in ruleset(id).duties.items()
            if ("征求意见稿" in clause.place) == (document == "draft")
        }
        assert set(ruleset(id).rules) <= rules
        assert own <= duties
        assert {deadline.id for deadline in ruleset(id).deadlines} <= {
            each for place in places for each in place.deadlines
        }


def test_deleting_a_rule_turns_its_places_red(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    # A copy: a rule taken out of the book and put back would stand at its end for every later test.
    monkeypatch.setattr(mirror, "RULES", {id: rule for id, rule in rulebook.RULES.items() if id != "D-18.4"})
    table = session.ask("clauses", as_of=DAY).table
    red = table[table["status"] == "missing"]
    assert set(red["place"]) == {"第十八条第一款", "第十八条第一款第（四）项"}
    assert red["because"].str.contains("D-18.4").all()


def test_a_rule_set_without_a_rule_turns_its_places_red(session: Session, tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text("id: own\nbased_on: js-draft\nrules: [D-08.1, D-08.2]\n", encoding="utf-8")
    table = session.ask("clauses", as_of=DAY, rules_file=str(own)).table
    assert "第二十四条第一款" in set(table.loc[table["status"] == "missing", "place"])
    assert (table.loc[table["document"] == "plan", "status"] != "missing").all()


def test_counts_are_those_of_the_assessment(session: Session) -> None:
    table = session.ask("clauses", as_of=DAY).table.set_index("place")
    findings = session.assess(as_of=DAY).findings.table
    counted = findings[findings["rule"] == "D-08.2"]["outcome"].value_counts()
    plan = table.loc["三（一）1（1）第2句"]
    assert (plan["passed"], plan["failed"], plan["unknown"]) == tuple(
        int(counted.get(outcome, 0)) for outcome in ("pass", "fail", "unknown")
    )


@POLICY_TEXTS.needed
@pytest.mark.parametrize("document", FILES)
def test_every_sentence_of_a_text_is_mapped_and_every_place_exists(session: Session, document: SourceDocument) -> None:
    file = POLICY_TEXTS.path / FILES[document]
    answer = session.ask("clauses", as_of=DAY, text=str(file))
    assert "缺失 0，未对应 0" in answer.notes[0].zh
    assert not set(answer.table["status"]) & {"missing", "unmapped"}
    sentences = read_policy(file)
    for place in clause_maps()[document].places:
        assert any(place.holds(sentence) for sentence in sentences), place.at
    whole = "".join(file.read_text(encoding="utf-8").split())
    assert all("".join(text.split()) in whole for text in answer.table["sentence"])


@POLICY_TEXTS.needed
@pytest.mark.parametrize("document", FILES)
def test_nothing_of_a_text_stands_in_the_map(document: SourceDocument) -> None:
    file = Path(__file__).parents[2] / f"queries/law/clause_map/{document.value}.yaml"
    kept = file.read_text(encoding="utf-8")
    assert not [
        each.text
        for each in read_policy(POLICY_TEXTS.path / FILES[document])
        if each.text.endswith(("。", "；")) and each.text in kept
    ]
