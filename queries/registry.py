"""Every question by name, in the order of the handbook: whatever module lies in `questions` is one.

A file that cannot be imported takes nobody else down: it is named in a warning, and again when its question is asked.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING
from warnings import warn

from graph_model.bilingual import Bilingual
from graph_model.errors import UnknownNameError, UsageError
from queries import questions

if TYPE_CHECKING:
    from queries.asking.question import AnyQuestion


def discovered(package: str, paths: list[str]) -> tuple[dict[str, AnyQuestion], dict[str, Exception]]:
    """Return the questions of a package by name, in their places, and what each broken file failed with."""
    good: list[AnyQuestion] = []
    broken: dict[str, Exception] = {}
    for module in iter_modules(paths):
        try:
            good.append(import_module(f"{package}.{module.name}").QUESTION)
        except Exception as error:  # Whatever a file fails with concerns that file alone.
            broken[module.name.replace("_", "-")] = error
            warn(f"{package}.{module.name}: {type(error).__name__}: {error}", stacklevel=2)
    good.sort(key=lambda question: (question.place, question.name))
    return {question.name: question for question in good}, broken


QUESTIONS, BROKEN = discovered(questions.__name__, list(questions.__path__))


def find_question(name: str) -> AnyQuestion:
    """Return a question by its name or its Chinese title; UsageError where there is none, or its file is broken."""
    by_title = {question.title.zh: question for question in QUESTIONS.values()}
    asked = name.strip()
    question = QUESTIONS.get(asked) or by_title.get(asked)
    if question is None and asked in BROKEN:
        raise UsageError(
            f"问题“{asked}”的文件有误，无法使用：{BROKEN[asked]}",
            f"the file of question {asked!r} is broken: {BROKEN[asked]}",
        ) from BROKEN[asked]
    if question is None:
        raise UnknownNameError(Bilingual("问题", "question"), name, list(QUESTIONS))
    return question
