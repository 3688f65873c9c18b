"""`report`: the planner's workbook of a day, for the province, a city, a park or a leader."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from graph_model.bilingual import Bilingual
from queries.registry import QUESTIONS
from reports.books.by_unit import audit_by_unit, calendar_by_party
from reports.books.cover import add_cover
from reports.books.layout import sheets
from reports.books.tables import BookTable, add_sheet, table_of
from reports.books.worklists import WorkContext, expiring, overdue
from reports.imprint import imprint_of_report
from reports.sheets import Book
from reports.writing import write_whole

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Any

    from queries import Answer, Session
    from queries.audience import Audience
    from reports.books.layout import SheetOfBook
    from reports.scope import ReportScope

FILE_NAMES = {"zh": "规划工作簿.xlsx", "en": "planner-workbook.xlsx"}

PART_NAMES = {"routes": Bilingual("推进路线", "Routes"), "out_of_reach": Bilingual("暂不能培育", "Out of reach")}
"""Sheets of the further tables of a plan; one that has no name here is named by its title."""


def write(session: Session, scope: ReportScope, folder: Path) -> Path:
    """Write the workbook into a folder and return its path."""
    path = folder / FILE_NAMES[scope.lang]
    write_whole(path, book_bytes(session, scope))
    return path


def book_bytes(session: Session, scope: ReportScope) -> bytes:
    """Return the workbook: cover first, then worklists, then the sheets of `sheets.yaml`."""
    audience = scope.audience(session)
    tables = list(book_tables(session, audience, scope))
    with Book(
        f"绿谱 {audience.name} {scope.as_of}" if scope.lang == "zh" else f"{audience.name} {scope.as_of}"
    ) as book:
        add_cover(book, session, audience, tables, scope.lang)
        for table in tables:
            add_sheet(book, table, scope.lang)
        imprint = imprint_of_report(session, scope.as_of, scope.lang, "book", scope.options)
        book.imprint(imprint.sealed(book.digest.sha256).model_dump_json())
    return book.to_bytes()


def book_tables(session: Session, audience: Audience, scope: ReportScope) -> Iterator[BookTable]:
    """Yield every table of the book, in order."""
    context = WorkContext(session, audience)
    audit, assessment = _asked(context, "audit"), session.assess(as_of=scope.as_of)
    yield table_of(_asked(context, "route"), Bilingual("只差一份材料", "One paper short"))
    yield overdue(context, audit)
    yield expiring(context, session.ask("ban-reach", as_of=scope.as_of), _asked(context, "spot-check"))
    yield from _plan(context)
    yield audit_by_unit(audit)
    yield calendar_by_party(context)
    for sheet in sheets():
        if audience.kind in sheet.kinds:
            yield table_of(_answer(context, sheet), Bilingual(*sheet.name), sheet.chart)
    if scope.since is not None and "changes" in QUESTIONS:
        yield table_of(_asked(context, "changes", since=scope.since.isoformat()), Bilingual("变化", "Since then"))
    verdicts = audience.disclosed(assessment.verdicts)
    yield table_of(_only_kept(context, verdicts), Bilingual("可否推荐", "Verdicts"))


def _plan(context: WorkContext) -> Iterator[BookTable]:
    """Yield the plan that helps the audience most, and who is out of reach; the province is helped as a whole."""
    audience = context.audience
    helped = {"for_": tuple(f"{name}={text}" for name, text in audience.filters.items())}
    plan = audience.disclosed(context.session.plan(as_of=context.view.day, **helped))
    yield table_of(plan, Bilingual("培育计划", "Plan"))
    for name, part in plan.parts.items():
        yield table_of(_only_kept(context, part), PART_NAMES.get(name, part.title))


def _answer(context: WorkContext, sheet: SheetOfBook) -> Answer:
    audience, options = context.audience, dict(sheet.options)
    if sheet.subject is not None:
        options[sheet.subject] = audience.text
        return audience.disclosed(context.session.ask(sheet.question, as_of=context.view.day, **options))
    filtered = not sheet.unfiltered
    return _asked(context, sheet.question, filtered=filtered, **options)


def _asked(context: WorkContext, question: str, *, filtered: bool = True, **options: Any) -> Answer:
    """Return an answer for the audience: its rows alone where the question can be filtered so, and without whom it may not know."""
    audience = context.audience
    fits = {name: text for name, text in audience.filters.items() if name in QUESTIONS[question].filters}
    answer = context.session.ask(question, as_of=context.view.day, **(fits if filtered else {}), **options)
    return audience.disclosed(answer)


def _only_kept(context: WorkContext, answer: Answer) -> Answer:
    return replace(answer, table=context.kept(answer.table))
