"""`verdigraph ask`: a question to the store, answered as a table, csv, json or workbook."""

from __future__ import annotations

import os
from contextlib import nullcontext
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph_model.bilingual import Bilingual
from graph_model.errors import UnknownNameError
from queries import open_server
from queries.registry import QUESTIONS
from queries.session import session_over_nothing
from reports.delivery import deliver, in_memory_only, opened, say_about, wanted
from reports.flags import Asked, asked_question, flags_of_question, read_flags
from reports.question_help import list_questions, show_question
from reports.terminal import Working, either, page, say
from reports.writing import write_whole

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from contextlib import AbstractContextManager

    from queries import Answer, ServerSession, Session
    from queries.asking.question import AnyQuestion


def ask(words: Sequence[str], lang: str) -> None:
    """Answer what the words of the command line ask."""
    names = {name: question for question in QUESTIONS.values() for name in (question.name, question.title.zh)}
    name = asked_question(words, names)
    question = _found(name, names) if name is not None else None
    asked = read_flags(words, flags_of_question(question) if question else ())
    if question is None:
        list_questions(QUESTIONS.values(), page(), lang)
    elif "help" in asked.common:
        show_question(question, page(), lang)
    else:
        _answer(question, asked, lang)


def _answer(question: AnyQuestion, asked: Asked, lang: str) -> None:
    """Ask the store and put the answer where it is wanted, the words about it on standard error."""
    common = asked.common
    outputs = {output.name: asked.own.pop(output.name, None) for output in question.outputs}
    to = wanted(common)
    if question.on_server is None:
        in_memory_only(common)
    with Working(either(lang, "正在计算", "answering")), _session(common, question) as session:
        answer = session.ask(question.name, as_of=common.get("as_of") or date.today(), **asked.own)
    deliver(answer, to, lang)
    say_about(answer, to, lang)
    for name, path in outputs.items():
        if path is not None:
            _write_output(name, answer, Path(path), lang)


def _write_output(name: str, answer: Answer, path: Path, lang: str) -> None:
    """Write a file beside an answer, by the module of the roof that has the output's name."""
    writer = import_module(f"reports.{name}")
    write_whole(path, writer.file_bytes(answer))
    rows = len(answer.table)
    say(either(lang, f"已写入 {path}（{rows} 项）", f"wrote {path} ({rows} entries)"))


def _session(common: Mapping[str, Any], question: AnyQuestion) -> AbstractContextManager[Session | ServerSession]:
    """Open the store, or the server: then a store that is named says which snapshot is meant."""
    named = common.get("store") or os.environ.get("VERDIGRAPH_STORE")
    if not named and not question.needs_store:
        return nullcontext(session_over_nothing())
    if common.get("engine") != "neo4j":
        return nullcontext(opened(common))
    return open_server(opened(common).snapshot if named or "snapshot" in common else None)


def _found(name: str, names: dict[str, AnyQuestion]) -> AnyQuestion:
    if name not in names:
        raise UnknownNameError(Bilingual("问题", "question"), name, list(QUESTIONS))
    return names[name]
