"""The door: every question answers with all that belongs to an answer; wrong use is one clear sentence (SPEC 6 and 7)."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from graph_model.errors import StoreError, UsageError
from queries import Session, open_store
from queries.registry import QUESTIONS
from tests.queries.worlds_asked import ALONE, BUYER, EAST, FAR, ORDER, SUBJECT
from tests.reference.hand import DAY


def test_questions_stand_in_the_order_of_the_handbook(session: Session) -> None:
    names = [question.name for question in session.questions()]
    assert names == list(QUESTIONS)
    assert [name for name in names if name in ORDER] == ORDER


@pytest.mark.parametrize("name", ORDER)
def test_an_answer_carries_all_that_belongs_to_it(session: Session, name: str) -> None:
    answer = session.ask(name, as_of=DAY, **SUBJECT.get(name, {}))
    assert len(answer.table) > 0
    assert list(answer.table.columns) == [column.name for column in answer.columns]
    assert (answer.question, answer.as_of, answer.snapshot) == (name, DAY, session.snapshot)
    assert answer.definition.zh
    assert answer.definition.en
    assert [clause.id for clause in answer.clauses] == list(answer.clause_ids)
    assert all(clause.zh and clause.source for clause in answer.clauses)
    assert all(note.zh and note.en for note in answer.notes)
    assert set(answer.options) == set(QUESTIONS[name].options.model_fields)
    page = answer._repr_html_()
    assert all(text in page for text in (answer.title.zh, answer.snapshot, DAY.isoformat(), answer.columns[0].zh))


@pytest.mark.parametrize("name", ORDER)
def test_a_question_has_a_chinese_name(session: Session, name: str) -> None:
    asked = SUBJECT.get(name, {})
    by_title = session.ask(QUESTIONS[name].title.zh, as_of=DAY, **asked)
    assert by_title.question == name
    assert by_title.table.equals(session.ask(name, as_of=DAY, **asked).table)


@pytest.mark.parametrize("name", [name for name in ORDER if name not in SUBJECT])
def test_nothing_was_green_long_ago(session: Session, name: str) -> None:
    """Enterprises and parks with rows of their own hold on every day; facts do not."""
    table = session.ask(name, as_of=date(1950, 1, 1)).table
    for column in {"green", "at_least_city", "suppliers"} & set(table.columns):
        assert (table[column].fillna(0) == 0).all()


WRONG: dict[str, tuple[str, dict[str, Any], str]] = {
    "a question": ("park-shares", {}, "park-shares"),
    "an option of another question": ("park-share", {"depth": 2}, "depth"),
    "an option that does not exist": ("leader-ratio", {"colour": "green"}, "colour"),
    "a tier": ("park-share", {"tier": "county"}, "tier"),
    "a base": ("park-share", {"base": "some"}, "base"),
    "a threshold above one": ("park-share", {"threshold": "1.5"}, "threshold"),
    "a threshold above 100%": ("park-share", {"threshold": "150%"}, "threshold"),
    "a threshold below zero": ("park-share", {"threshold": "-0.1"}, "threshold"),
    "a threshold in words": ("park-share", {"threshold": "half"}, "threshold"),
    "a threshold that is no number": ("park-share", {"threshold": "nan"}, "threshold"),
    "a scope": ("leader-ratio", {"scope": "world"}, "scope"),
    "a depth of nothing": ("leader-ratio", {"depth": 0}, "depth"),
    "a depth in words": ("leader-ratio", {"depth": "two"}, "depth"),
    "an age below zero": ("leader-ratio", {"max_age": -1}, "max_age="),
    "a jurisdiction": ("ban-reach", {"jurisdiction": "city"}, "jurisdiction"),
    "half a ban": ("ban-reach", {"agency": "测试认证中心"}, "agency"),
    "a ban by nobody": (
        "ban-reach",
        {"agency": "测试认证中心", "on": DAY, "authority": "某协会"},
        "某协会",
    ),
    "a ban on nobody": ("ban-reach", {"agency": "没有的机构", "on": DAY, "authority": "全国"}, "没有的机构"),
    "a category": ("tier-coverage", {"category": "product"}, "category"),
    "a base for parks": ("tier-coverage", {"category": "park", "base": "all"}, "base"),
    "a city for the province": ("tier-coverage", {"by": "province", "city": "南京市"}, "city"),
    "no park": ("park-tenants", {}, "park"),
    "a park that is not there": ("park-tenants", {"park": "没有的园区"}, "没有的园区"),
    "no leader": ("leader-suppliers", {}, "leader"),
    "an enterprise that is no leader": ("leader-suppliers", {"leader": ALONE}, ALONE),
    "a leader that is not there": ("leader-suppliers", {"leader": "没有的企业"}, "没有的企业"),
}


@pytest.mark.parametrize(("name", "options", "said"), WRONG.values(), ids=WRONG)
def test_wrong_use_is_one_sentence_in_both_languages(
    session: Session, name: str, options: dict[str, Any], said: str
) -> None:
    with pytest.raises(UsageError) as caught:
        session.ask(name, as_of=DAY, **options)
    for sentence in (caught.value.zh, caught.value.en):
        assert said in sentence
        assert "\n" not in sentence
    assert caught.value.sentence("zh").splitlines() == [caught.value.zh, caught.value.en]
    assert caught.value.sentence("en").splitlines() == [caught.value.en, caught.value.zh]


@pytest.mark.parametrize(
    "text", ["测试东园区", "测试 东园区", "测试东区", "park:测试东园区"], ids=["name", "spaces", "alias", "id"]
)
def test_a_unit_is_found_by_any_of_its_names(session: Session, text: str) -> None:
    assert session.ask("park-tenants", as_of=DAY, park=text).table.equals(
        session.ask("park-tenants", as_of=DAY, park=EAST).table
    )


def test_a_leader_is_found_by_code_and_id(session: Session) -> None:
    ids = session.ask("leader-ratio", as_of=DAY).table
    id = ids.loc[ids["leader"] == BUYER, "leader_id"].item()
    for text in (id, id.removeprefix("uscc:"), id.removeprefix("uscc:").lower()):
        assert len(session.ask("leader-suppliers", as_of=DAY, leader=text).table) == 6


@pytest.mark.parametrize(
    ("threshold", "short"),
    [
        ("50%", [0, 0]),
        ("0.5", [0, 0]),
        (" 75 % ", [1, 1]),
        ("1", [2, 1]),
        ("100%", [2, 1]),
        ("0", [0, 0]),
        (0.5, [0, 0]),
    ],
)
def test_units_short_of_a_threshold(session: Session, threshold: object, short: list[int]) -> None:
    """The east park has 2 more than half of 4 to go for all; the west 3 in the base, one of them green."""
    table = session.ask("park-share", as_of=DAY, threshold=threshold).table.set_index("park")
    base, green = table["base"], table["green"]
    assert table.loc[EAST, ["base", "green"]].tolist() == [4, 3]
    for park in (EAST, "测试西园区"):
        asked = {"50%": 0.5, "0.5": 0.5, " 75 % ": 0.75, "1": 1, "100%": 1, "0": 0, 0.5: 0.5}[threshold]  # type: ignore[index]
        fewest = next(k for k in range(99) if green[park] + k >= asked * base[park])
        assert table.loc[park, "units_short"] == fewest
    assert table["units_short"].isna()[FAR]


def test_without_a_threshold_nothing_is_short(session: Session) -> None:
    assert session.ask("park-share", as_of=DAY).table["units_short"].isna().all()


def test_notes_name_the_regions_without_lists(session: Session) -> None:
    notes = [note.zh for note in session.ask("park-share", as_of=DAY, tier="national").notes]
    # Its national lists are there; the tables that it lacks are named once.
    assert notes == ["本答案需要而没有载入的表：年度指标、总量"]
    by_city = next(note.zh for note in session.ask("park-share", as_of=DAY).notes if "市级" in note.zh)
    assert "无锡市" in by_city
    assert "南京市" not in by_city
    before = [note.zh for note in session.ask("park-share", as_of=date(2000, 1, 1), tier="provincial").notes]
    assert sum("江苏省" in note for note in before) == 2


def test_notes_count_links_of_no_leader_and_units_outside(session: Session) -> None:
    links = [note.zh for note in session.ask("leader-ratio", as_of=DAY).notes]
    assert not any("采购方不是龙头企业" in note for note in links)
    outside = [note.zh for note in session.ask("tier-coverage", as_of=DAY).notes]
    assert any("省外" in note and "2家" in note for note in outside)


def test_a_view_of_a_day_is_made_once(session: Session) -> None:
    assert session.graph.on(DAY) is session.graph.on(DAY)


def test_a_store_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="verdigraph load"):
        open_store(tmp_path / "nowhere")
