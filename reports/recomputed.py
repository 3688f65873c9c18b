"""Make a file again from its imprint: the same question, options and day, put to a store."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from queries.registry import QUESTIONS
from reports.books.planner import book_bytes
from reports.letters.letter import letter_bytes
from reports.letters.working_paper import paper_again
from reports.scope import ReportScope
from reports.writing import as_bytes

if TYPE_CHECKING:
    from queries import Answer, Session
    from reports.imprint import Imprint


def answer_again(session: Session, imprint: Imprint) -> Answer:
    """Return the answer to what an imprint says was asked; UsageError where it cannot be asked of this store."""
    options = _options(imprint)
    if imprint.question in QUESTIONS:
        return session.ask(imprint.question, as_of=imprint.as_of, **options)
    if imprint.question == "assess":
        table = options.pop("table", "findings")
        assessment = session.assess(as_of=imprint.as_of, **options)
        return assessment.verdicts if table == "verdicts" else assessment.findings
    if imprint.question == "plan":
        return session.plan(as_of=imprint.as_of, **options)
    return session.what_if(as_of=imprint.as_of, **options)


def made_again(session: Session, imprint: Imprint, suffix: str) -> bytes:
    """Return the file that the imprint speaks of, made from the store as it is now."""
    if imprint.kind == "paper":
        return paper_again(session, imprint.as_of, _options(imprint))
    if imprint.kind == "letter":
        return letter_bytes(session, _scope(imprint))
    if imprint.kind == "book":
        return book_bytes(session, _scope(imprint))
    return as_bytes(answer_again(session, imprint), suffix.lstrip("."), imprint.lang, to_file=True)


def _scope(imprint: Imprint) -> ReportScope:
    since = imprint.options.get("since")
    for_ = str(imprint.options["for"])
    return ReportScope(imprint.as_of, for_, imprint.lang, None if since is None else date.fromisoformat(since))


def _options(imprint: Imprint) -> dict[str, Any]:
    """Return the options; a rule file stands in place of the id of its set."""
    options = dict(imprint.options)
    if options.get("rules_file"):
        options.pop("rules", None)
    return options
