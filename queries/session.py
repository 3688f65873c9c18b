"""A session: the door to one store for notebooks and the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from graph_model.errors import UsageError
from graph_model.store import Store
from queries.answer import Answer
from queries.engines import MemoryEngine
from queries.filters import filtered
from queries.option_faults import option_fault
from queries.registry import QUESTIONS

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from graph_model.graph import KnowledgeGraph
    from queries.question import Options, Question


def open_store(path: Path | str) -> Session:
    """Open the current snapshot of a store; StoreError if there is none. Tables are read when first asked for."""
    from pathlib import Path

    return Session(Store(Path(path)).graph())


class Session:
    """Ask one snapshot questions. `session.ask("park-share", as_of=date(2026, 6, 30), tier="provincial")`."""

    def __init__(self, graph: KnowledgeGraph) -> None:
        self.graph = graph

    @property
    def snapshot(self) -> str:
        """Return the id of the snapshot."""
        return self.graph.snapshot

    def questions(self) -> tuple[Question, ...]:
        """Return every question, in the order of the handbook."""
        return tuple(QUESTIONS.values())

    def ask(self, question: str, *, as_of: date, **options: Any) -> Answer:
        """Answer a question (by name or Chinese title) as of a day.

        UsageError for a question, an option or a unit that does not exist, or an option that does not fit.
        """
        asked = find_question(question)
        chosen = read_options(asked, options)
        view = self.graph.on(as_of)
        facts = MemoryEngine(view).facts(asked, chosen)
        table = filtered(asked.conclude(facts, chosen), view, asked, chosen)
        return Answer(
            question=asked.name,
            title=asked.title,
            table=table,
            columns=asked.columns,
            definition=asked.definition,
            clause_ids=asked.clause_ids,
            notes=tuple(asked.notes(view, chosen)),
            as_of=as_of,
            snapshot=self.snapshot,
            options=dict(chosen),
        )


def find_question(name: str) -> Question:
    """Return a question by its name or its Chinese title."""
    by_title = {question.title.zh: question for question in QUESTIONS.values()}
    found = QUESTIONS.get(name.strip()) or by_title.get(name.strip())
    if found is None:
        known = "、".join(QUESTIONS)
        raise UsageError(f"没有问题“{name}”；可用的有：{known}", f"there is no question {name!r}; there are: {known}")
    return found


def read_options(question: Question, options: dict[str, Any]) -> Options:
    """Check the options of a question; UsageError names the first that is wrong and what was expected."""
    try:
        return question.options(**options)
    except ValidationError as error:
        raise option_fault(question, error) from None
