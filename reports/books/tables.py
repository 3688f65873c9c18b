"""A table of a book: an answer or a worklist, ready to be written as a sheet, with its bars and its chart."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from graph_model.bilingual import Bilingual
from queries.answers.labels import label, spoken
from reports.books.layout import CODES, names_first
from reports.sheet_charts import BarChart, end_of_bars
from reports.sheets import Head
from reports.workbook import cells_of

if TYPE_CHECKING:
    import pandas as pd

    from queries.answers.answer import Answer
    from queries.answers.clauses import Clause
    from queries.answers.column import Column
    from reports.books.layout import ChartOfSheet
    from reports.sheets import Book

BARRED = ("share",)
"""Kinds of cells that get a bar."""


@dataclass(frozen=True)
class BookTable:
    """A sheet to be: its name and title, rows and columns, what its numbers mean and what bends them."""

    name: Bilingual
    title: Bilingual
    table: pd.DataFrame
    columns: tuple[Column, ...]
    definition: Bilingual
    clauses: tuple[Clause, ...] = ()
    notes: tuple[Bilingual, ...] = ()
    chart: ChartOfSheet | None = None
    summary: tuple[Bilingual, ...] = field(default=())


def table_of(answer: Answer, name: Bilingual, chart: ChartOfSheet | None = None) -> BookTable:
    """Return an answer as a table of a book."""
    return BookTable(
        name, answer.title, answer.table, answer.columns, answer.definition, answer.clauses, answer.notes, chart,
        answer.summary,
    )  # fmt: skip


def add_sheet(book: Book, table: BookTable, lang: str) -> None:
    """Write a table: names first and ids last, of a text and its English only the one in the book's language."""
    columns = names_first(spoken(table.columns, lang))
    heads = [Head(label(column, lang), _kind(column), _bar_to(table, column)) for column in columns]
    charts = _charts(table, columns, lang)
    book.sheet(
        table.name.in_(lang),
        heads,
        cells_of(table.table, columns, lang),
        fixed=1,
        charts=charts,
        charts_word="图" if lang == "zh" else "chart",
    )


def _kind(column: Column) -> str:
    """Return the kind of a column's cells; a credit code stays on one line, as an id does."""
    return "id" if column.name in CODES else column.kind


def _bar_to(table: BookTable, column: Column) -> float | None:
    """Return where the bars of a column of shares end; a share and its bounds are drawn to one scale."""
    if column.kind not in BARRED:
        return None
    together = [drawn.name for drawn in table.columns if drawn.kind == column.kind]
    return end_of_bars([value for name in together for value in table.table[name].dropna().abs().tolist()])


def _charts(table: BookTable, columns: tuple[Column, ...], lang: str) -> list[BarChart]:
    chart = table.chart
    if chart is None or chart.values not in table.table:
        return []
    zh, names = lang == "zh", [column.name for column in columns]
    drawn = table.table[chart.values].notna().to_numpy()[: chart.most]
    return [
        BarChart(
            title=chart.title[0 if zh else 1],
            names_at=names.index(chart.names),
            values_at=names.index(chart.values),
            names=len(drawn) if drawn.any() else 0,
            name_axis=chart.axes[0 if zh else 2],
            value_axis=f"{chart.axes[1]}（%）" if zh else f"{chart.axes[3]} (%)",
        )
    ]
