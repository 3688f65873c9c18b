"""Questions are discovered, one a file; a broken file names itself and takes nobody else down."""

from __future__ import annotations

import re
import sys
from importlib import import_module
from pathlib import Path

import pytest

from graph_model.errors import UsageError
from queries import Session, questions, registry
from queries.asking.question import AnyQuestion
from queries.registry import BROKEN, QUESTIONS, discovered, find_question
from tests.queries.worlds_asked import BUYER, EAST
from tests.reference.hand import DAY

TESTS = Path(__file__).resolve().parents[1]
GOOD = """
from queries.questions.park_tenants import QUESTION as TENANTS
from dataclasses import replace

QUESTION = replace(TENANTS, name="{name}", place={place})
"""


def test_every_file_of_questions_is_a_question_in_its_place() -> None:
    [folder] = questions.__path__
    packages = {path.parent.name for path in Path(folder).glob("*/__init__.py")}
    files = packages | {path.stem for path in Path(folder).glob("*.py")} - {"__init__"}
    assert {name.replace("-", "_") for name in QUESTIONS} == files
    assert BROKEN == {}
    places = [question.place for question in QUESTIONS.values()]
    assert places == sorted(places)
    assert list(QUESTIONS)[:4] == ["park-share", "park-tenants", "leader-ratio", "leader-suppliers"]


def test_a_broken_file_names_itself_and_takes_nobody_else_down(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "planted_questions"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "second.py").write_text(GOOD.format(name="second", place=2))
    (package / "first.py").write_text(GOOD.format(name="first", place=1))
    (package / "broken_one.py").write_text("QUESTION = 1 / 0")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.warns(UserWarning, match="planted_questions.broken_one: ZeroDivisionError"):
        good, broken = discovered("planted_questions", [str(package)])
    assert list(good) == ["first", "second"]
    monkeypatch.setattr(registry, "BROKEN", broken)
    with pytest.raises(UsageError, match="'broken-one' is broken: division by zero"):
        find_question("broken-one")
    sys.modules.pop("planted_questions", None)


def test_a_question_is_found_by_either_name() -> None:
    assert find_question(" 园区绿色工厂占比 ") is find_question("park-share")
    with pytest.raises(UsageError, match="there is no question 'park-shares'"):
        find_question("park-shares")


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_is_in_the_reference_or_has_a_test_file(name: str) -> None:
    """An answer nobody computed a second time must at least be computed by hand once."""
    spoken = re.compile(rf"[\"']{name}[\"']|\b{name.replace('-', '_')}\b")
    places = [*TESTS.glob("reference/*.py"), *TESTS.glob("queries/**/test_*.py"), TESTS / "test_against_reference.py"]
    assert any(spoken.search(path.read_text(encoding="utf-8")) for path in places if path != Path(__file__)), name


def server_questions() -> list[AnyQuestion]:
    return [question for question in QUESTIONS.values() if question.on_server is not None]


@pytest.mark.parametrize("question", server_questions(), ids=lambda question: question.name)
def test_facts_in_memory_are_of_the_kinds_that_a_server_gives(question: AnyQuestion, session: Session) -> None:
    """Both engines must give one frame; here without a server: names, order and type of every column."""
    needed = {"park": EAST, "leader": BUYER}
    fields = question.options.model_fields
    options = question.options(**{name: unit for name, unit in needed.items() if fields[name].is_required()})
    kinds = import_module(question.in_memory.__module__).FACTS
    frame = question.in_memory(session.graph.on(DAY), options)
    assert list(frame.columns) == list(kinds)
    assert len(frame)
    assert {name: frame[name].dtype for name in kinds} == {name: kind.column([]).dtype for name, kind in kinds.items()}
