"""The analyst's door: one import, every name where it says, the examples of its docstrings run."""

import doctest
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path

import pandas as pd
import pytest

import verdigraph as vg
from queries import question_methods, session
from queries.asking import reading
from queries.registry import QUESTIONS

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def asked(tmp_path_factory):
    """Return a session on the small lists of examples/."""
    store = tmp_path_factory.mktemp("face") / "store"
    vg.load([ROOT / "examples" / "lists"], store)
    return vg.open(store)


@pytest.mark.parametrize("module", [question_methods, session, reading], ids=lambda module: module.__name__)
def test_the_examples_of_docstrings_run(module, asked):
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS)
    for test in doctest.DocTestFinder().find(module, extraglobs={"session": asked}):
        runner.run(test)
    assert runner.tries
    assert not runner.failures


def test_every_question_is_a_method_that_answers_the_same(asked):
    for name in QUESTIONS:
        assert callable(getattr(asked, name.replace("-", "_")))
    day = date(2025, 6, 30)
    by_method = asked.tier_coverage(as_of=day, by="county", tier="省级", base="全部")
    by_name = asked.ask("tier-coverage", as_of=day, by="county", tier="provincial", base="all")
    pd.testing.assert_frame_equal(by_method.table, by_name.table)


@pytest.mark.parametrize(
    "day",
    [
        date(2025, 6, 30),
        datetime(2025, 6, 30, 8, 5),
        pd.Timestamp(2025, 6, 30),
        "2025-06-30",
        "2025年6月30日",
        "20250630",
    ],
    ids=["date", "datetime", "Timestamp", "ISO", "Chinese", "digits"],
)
def test_as_of_is_read_as_people_write_it(asked, day):
    answer = asked.ask("park-share", as_of=day)
    assert answer.as_of == date(2025, 6, 30)
    assert type(answer.as_of) is date


@pytest.mark.parametrize("day", ["June", "2025-02-30", 20250630, None])
def test_what_is_no_day_is_said(asked, day):
    with pytest.raises(vg.UsageError, match="2025-06-30"):
        asked.ask("park-share", as_of=day)


def test_a_word_that_no_option_has_is_said_with_those_it_has(asked):
    with pytest.raises(vg.UsageError, match="provincial"):
        asked.park_share(as_of="2025-06-30", tier="上级")


@pytest.mark.parametrize("ending", ["xlsx", "csv", "json", "txt"])
def test_an_answer_is_saved_in_the_form_its_name_says(asked, tmp_path, ending):
    written = asked.park_share(as_of="2025-06-30").save(tmp_path / f"份额.{ending}")
    assert written.stat().st_size
    if ending == "csv":
        assert pd.read_csv(written)["park"].tolist() == ["虚构产业园区"]


@pytest.mark.parametrize("name", ["a.pdf", "a", "a.xls"])
def test_an_answer_is_not_saved_under_a_name_that_misleads(asked, tmp_path, name):
    with pytest.raises(vg.UsageError, match=r"\.xlsx"):
        asked.park_share(as_of="2025-06-30").save(tmp_path / name)
    assert not list(tmp_path.iterdir())


def test_to_frame_gives_data_or_words(asked):
    answer = asked.park_share(as_of="2025-06-30")
    assert answer.to_frame().columns[0] == "park_id"
    assert "园区" in answer.to_frame("zh").columns
    own = answer.to_frame()
    own["park_id"] = "changed"
    assert answer.table["park_id"].tolist() == ["park:虚构产业园区"]


def test_facts_come_with_words_and_where_they_are_from(asked):
    listings = asked.table("listings", "zh")
    assert listings["tier"].tolist() == ["市级", "省级"]
    assert listings["provenance"].str.contains("绿色制造名单.csv 第").all()
    assert asked.table("supplies")["amount"].tolist()[:1] == [300.0]
    with pytest.raises(vg.UsageError, match="listings"):
        asked.table("listing")


def test_reprs_say_what_is_there(asked):
    assert repr(asked).startswith("<Session on snapshot ")
    assert "6 enterprises" in repr(asked)
    assert repr(asked.park_share(as_of="2025-06-30")).startswith("<Answer park-share as of 2025-06-30: 1 rows")
    assert repr(asked.graph.on(date(2025, 6, 30))) == "<View on 2025-06-30: 6 enterprises on record>"
    assert "KnowledgeGraph" in repr(asked.graph)


def test_every_name_of_the_face_exists_and_a_wrong_one_is_told():
    assert {getattr(vg, name) is not None for name in dir(vg)} == {True}
    with pytest.raises(AttributeError, match="it has"):
        vg.opne  # noqa: B018


def test_the_face_imports_nothing_before_it_is_used():
    code = (
        "import sys, verdigraph; print([m for m in ('pandas', 'pyarrow', 'pydantic', 'queries') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_package_is_the_command_line():
    command = [sys.executable, "-m", "verdigraph", "--help"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert "verdigraph" in done.stdout
