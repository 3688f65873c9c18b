"""An answer as a planner's workbook: the table, and a sheet 说明 that says what every number means."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from queries.answers.labels import OPTION_WORDS, label, labelled, spoken
from reports.plain import plain_value
from reports.sheet_charts import MOST_LINES, LineChart
from reports.sheets import FORMATS, Book, Head

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from queries.answers.answer import Answer
    from queries.answers.clauses import Clause
    from queries.answers.column import Column
    from reports.imprint import Imprint

ALARMS = ("missing", "unmapped")
"""States of a clause in the mirror that ask for an answer: what carried it is gone, or nothing is said of it."""
DRAFT = "征求意见稿，未见正式文本"


def workbook_bytes(answer: Answer, lang: str = "zh", imprint: Imprint | None = None) -> bytes:
    """Return the answer as xlsx, closed sets in words, shares in percent, money in 万元; the imprint on a hidden sheet."""
    with Book(answer.title.in_(lang)) as book:
        for table in (answer.for_people, *(part.for_people for part in answer.parts.values())):
            columns = spoken(table.columns, lang)
            heads = [Head(label(column, lang), column.kind, red=_red(column, lang)) for column in columns]
            named = next((at for at, column in enumerate(columns) if column.kind != "id"), 0)
            book.sheet(table.title.in_(lang), heads, cells_of(table.table, columns, lang), fixed=min(named + 1, 3))
        if answer.columns[0].name == "as_of":
            _side_by_side(book, answer, lang)
        book.page("说明" if lang == "zh" else "About", answer.title.in_(lang), _about(answer, lang))
        if imprint is not None:
            book.imprint(imprint.sealed(book.digest.sha256).model_dump_json())
    return book.to_bytes()


def _side_by_side(book: Book, answer: Answer, lang: str) -> None:
    """Add a sheet with a day a column, and a chart of lines over the days: the share of every place, the largest last first."""
    id, name, share = (
        next(column for column in answer.columns if column.kind == kind) for kind in ("id", "text", "share")
    )
    table = answer.table.assign(day=[f"{day:%Y-%m-%d}" for day in answer.table["as_of"]])
    days = sorted(set(table["day"]))
    names = dict(zip(table[id.name].fillna(""), table[name.name], strict=True))
    shares = {
        (of, day): None if value != value else value
        for of, day, value in zip(table[id.name].fillna(""), table["day"], table[share.name], strict=True)
    }
    places = sorted(names, key=lambda of: (-(shares.get((of, days[-1])) or 0), of))
    zh = lang == "zh"
    chart = LineChart(
        title=f"{answer.title.in_(lang)}：{share.zh}" if zh else f"{answer.title.en}: {share.en}",
        names_at=0,
        names=min(len(places), MOST_LINES),
        points=len(days),
        day_axis="日期" if zh else "day",
        value_axis=f"{share.zh}（%）" if zh else f"{share.en} (%)",
    )
    heads = [Head(label(name, lang)), *(Head(day, "share") for day in days)]
    rows = ([names[of], *(shares.get((of, day)) for day in days)] for of in places)
    book.sheet(
        "逐日对照" if zh else "Side by side", heads, rows, fixed=1, charts=[chart], charts_word="图" if zh else "chart"
    )


def _red(column: Column, lang: str) -> frozenset[str]:
    """Return the words of a column that are shown in red."""
    codes = ALARMS if column.name == "status" else ()
    return frozenset(column.codes[code].in_(lang) for code in codes if code in column.codes)


def cells_of(table: pd.DataFrame, columns: Sequence[Column], lang: str) -> Iterator[tuple[Any, ...]]:
    """Yield the rows: words where words belong, numbers and days as what they are."""
    worded = labelled(table, columns, lang)
    cells = [
        _plain(table[column.name] if column.kind in FORMATS else worded[label(column, lang)]) for column in columns
    ]
    return zip(*cells, strict=True)


def _plain(cells: pd.Series[Any]) -> list[Any]:
    return [value if there else None for value, there in zip(cells.tolist(), cells.notna(), strict=True)]


def _about(answer: Answer, lang: str) -> Iterator[tuple[str, str]]:
    """Yield label and text of everything that stands behind the numbers."""
    zh = lang == "zh"
    yield ("口径" if zh else "definition", answer.definition.in_(lang))
    yield ("截至日期" if zh else "as of", answer.as_of.isoformat())
    yield ("快照" if zh else "snapshot", answer.snapshot)
    for name, value in answer.options.items():
        if value not in (None, ()):
            yield (f"选项 {name}" if zh else f"option {name}", _option(name, value, lang))
    for line in answer.summary:
        yield ("小结" if zh else "summary", line.in_(lang))
    for clause in answer.clauses:
        yield (f"条款 {clause.id}" if zh else f"clause {clause.id}", clause_words(clause, lang))
    for note in answer.notes:
        yield ("注" if zh else "note", note.in_(lang))
    for column in answer.for_people.columns:
        yield (f"列　{label(column, lang)}" if zh else f"column {column.name}", column.meaning.in_(lang))


def _option(name: str, value: object, lang: str) -> str:
    zh = lang == "zh"
    if isinstance(value, bool):
        return ("是" if value else "否") if zh else ("yes" if value else "no")
    words = OPTION_WORDS.get(name, {})
    if isinstance(value, (tuple, list)):
        return ("、" if zh else ", ").join(_option(name, part, lang) for part in value)
    return words[str(value)][0 if zh else 1] if str(value) in words else str(plain_value(value))


def clause_words(clause: Clause, lang: str) -> str:
    """Return a clause with where it stands; a draft, and what was not held against the text, says so."""
    is_draft = "征求意见稿" in clause.source
    zh, en = (f"（{DRAFT}）", " (draft; no final text is public)") if is_draft else ("（待核对）", " (to be verified)")
    mark = "" if clause.verified else zh if lang == "zh" else en
    return f"{clause.zh if lang == 'zh' else clause.en}{mark}　{clause.source}"
