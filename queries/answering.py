"""From a question and its options to an answer, on one day or on several side by side, by whatever engine gives the facts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pandas as pd
from pydantic import ValidationError

from graph_model.bilingual import Bilingual
from graph_model.errors import UsageError
from queries.answers.answer import Answer
from queries.answers.columns import columns
from queries.answers.option_errors import option_fault
from queries.asking.reading import read_days, with_ids
from queries.engines.filters import filtered
from queries.registry import QUESTIONS

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from queries.asking.engine import Engine
    from queries.asking.question import O, Question


def answered(engine: Engine, asked: Question[O], chosen: O, as_of: date, snapshot: str) -> Answer:
    """Return the answer to a question from the facts of an engine."""
    table = filtered(asked.conclude(engine.facts(asked, chosen), chosen), engine.kept, asked, chosen)
    if asked.evidence is not None:
        table = table.assign(
            **{asked.evidence: pd.Series(engine.evidence(table[asked.evidence].tolist()), dtype="str")}
        )
    return Answer(
        question=asked.name,
        title=asked.title,
        table=table,
        columns=asked.columns,
        definition=asked.definition,
        clause_ids=asked.clause_ids,
        notes=tuple(engine.notes(asked, chosen)),
        as_of=as_of,
        snapshot=snapshot,
        options=dict(chosen),
        cited=engine.clauses(asked, chosen),
    )


def on_each_day(engine_of: Callable[[date], Engine], asked: Question[O], chosen: O, day: date, snapshot: str) -> Answer:
    """Return the answer on a day, side by side with the further days that the options name: then the day is a column."""
    days = sorted({*getattr(chosen, "also_on", ()), day})
    answers = {on: answered(engine_of(on), asked, chosen, on, snapshot) for on in days}
    last = answers[day]
    if len(days) == 1:
        return last
    column = columns("as_of")[0]
    dated = [
        answer.table.assign(as_of=pd.Series([pd.Timestamp(on)] * len(answer.table), dtype="datetime64[s]"))
        for on, answer in answers.items()
        if len(answer.table) or on == day
    ]
    table = pd.concat(dated, ignore_index=True)
    every = (column, *last.columns)
    notes = [
        Bilingual(f"{on}：{note.zh}", f"{on}: {note.en}") for on, answer in answers.items() for note in answer.notes
    ]
    return replace(last, table=table[[one.name for one in every]], columns=every, notes=tuple(notes))


def day_and_options(asked: Question[O], as_of: object, options: dict[str, Any]) -> tuple[date, O]:
    """Return the day asked, the last of several, and the options, which hold the other days."""
    *others, day = read_days(as_of)
    if others and "also_on" not in asked.options.model_fields:
        able = [name for name, question in QUESTIONS.items() if "also_on" in question.options.model_fields]
        raise UsageError(
            f"“{asked.title.zh}”只能看一天；可以并列几天的有：{'、'.join(able)}",
            f"{asked.name} looks at one day; several days side by side go with {', '.join(able)}",
        )
    return day, read_options(asked, options | ({"also_on": others} if others else {}))


def read_options(question: Question[O], options: dict[str, Any]) -> O:
    """Check the options of a question; UsageError names the first that is wrong and what was expected."""
    try:
        return question.options(**with_ids(options, question.options.model_fields))
    except ValidationError as error:
        raise option_fault(question.name, question.title.zh, error, question.options.model_fields) from None
