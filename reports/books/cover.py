"""The cover of a planner's workbook: its day and data, what its sheets mean, their clauses, and what bends them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from queries.law.ruleset import ruleset_for
from reports.imprint import program
from reports.workbook import clause_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from queries import Session
    from queries.audience import Audience
    from reports.books.tables import BookTable
    from reports.sheets import Book

NAMES = {"zh": "封面", "en": "Cover"}


def add_cover(book: Book, session: Session, audience: Audience, tables: Sequence[BookTable], lang: str) -> None:
    """Write the cover as the next sheet."""
    title = f"{audience.name} 绿色制造规划工作簿" if lang == "zh" else f"Planner's workbook: {audience.name}"
    book.page(
        NAMES[lang], title, [*_about(session, audience, lang), *_of_tables(tables, lang), *_sources(session, lang)]
    )


def _about(session: Session, audience: Audience, lang: str) -> Iterator[tuple[str, str]]:
    zh = lang == "zh"
    view = audience.view
    yield ("截至日期" if zh else "as of", view.day.isoformat())
    yield ("对象" if zh else "made for", audience.name)
    yield ("规则集" if zh else "rule set", ruleset_for(view.day).set.mark.in_(lang))
    yield ("快照" if zh else "snapshot", session.snapshot or "—")
    yield ("程序" if zh else "program", program())
    if hidden := int(audience.hidden.sum()):
        yield (
            "不具名" if zh else "not named",
            f"只见于他人供应商清单的企业 {hidden:,} 家，只计数，不列名" if zh
            else f"{hidden:,} enterprises known only from the supply lists of others are counted and not named",
        )  # fmt: skip


def _of_tables(tables: Sequence[BookTable], lang: str) -> Iterator[tuple[str, str]]:
    zh = lang == "zh"
    yield ("一、各表与口径" if zh else "1 Sheets and definitions", "")
    for table in tables:
        rows = f"{len(table.table):,} 行" if zh else f"{len(table.table):,} rows"
        yield (table.name.in_(lang), f"{table.title.in_(lang)}（{rows}）。{table.definition.in_(lang)}")
        for line in table.summary:
            yield ("", line.in_(lang))
    yield ("二、条款" if zh else "2 Clauses", "")
    cited = {(clause.id, clause.zh): clause for table in tables for clause in table.clauses}
    for clause in sorted(cited.values(), key=lambda clause: (clause.id, clause.source)):
        yield (clause.id, clause_words(clause, lang))
    yield ("三、注意事项" if zh else "3 Caveats", "")
    notes: dict[str, list[str]] = {}
    for table in tables:
        for note in table.notes:
            notes.setdefault(note.in_(lang), []).append(table.name.in_(lang))
    for text, names in notes.items():
        yield ("、".join(names) if len(names) < len(tables) // 2 else ("多张表" if zh else "many sheets"), text)


def _sources(session: Session, lang: str) -> Iterator[tuple[str, str]]:
    yield ("四、数据来源（文件与 SHA-256）" if lang == "zh" else "4 Sources (file and SHA-256)", "")
    yield from session.sources_named.items()
