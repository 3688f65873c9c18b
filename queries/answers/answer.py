"""An answer: a table with its definition, its clauses and the notes that say what bends its numbers."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from html import escape
from importlib.metadata import entry_points
from typing import TYPE_CHECKING

from graph_model.errors import UsageError
from queries.answers.clauses import Clause, clauses
from queries.answers.labels import labelled, shown, spoken

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import pandas as pd

    from graph_model.bilingual import Bilingual
    from queries.answers.column import Column


@dataclass(frozen=True)
class Answer:
    """What a question answers as of one day, from one snapshot.

    `table` has English snake_case columns in the order of `columns`. Shares are fractions 0…1, null where the denominator
    is 0; money is in 万元; null is unknown or not applicable as the column's meaning says.
    """

    question: str
    title: Bilingual
    table: pd.DataFrame
    columns: tuple[Column, ...]
    definition: Bilingual
    clause_ids: tuple[str, ...]
    notes: tuple[Bilingual, ...]
    as_of: date
    snapshot: str
    options: Mapping[str, object]
    cited: tuple[Clause, ...] | None = None
    """The clauses of the rules in use, where the answer depends on a rule set."""
    sources: Mapping[str, str] = field(default_factory=dict)
    """SHA-256 of every source file of the snapshot, by its name; empty where the session knows none."""

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """Return the clauses with their words and sources: those of the rules in use, else those the question cites."""
        return tuple(clauses()[id] for id in self.clause_ids) if self.cited is None else self.cited

    def labelled(self, lang: str = "zh") -> pd.DataFrame:
        """Return the table for people: labelled columns, coded values and yes/no in words, days as ISO text."""
        return labelled(self.table, self.columns, lang)

    @property
    def for_people(self) -> Answer:
        """Return the answer as a workbook shows it: with what a person wants to read beside ids."""
        return self

    @property
    def objects(self) -> Mapping[str, object]:
        """Return what json tells beside the rows, by name: the certificate of a plan."""
        return {}

    @property
    def parts(self) -> Mapping[str, Answer]:
        """Return further tables, by their name in json: each is a sheet of its own in a workbook."""
        return {}

    @property
    def summary(self) -> tuple[Bilingual, ...]:
        """Return what the table comes to, in sentences that stand under it."""
        return ()

    def to_frame(self, lang: str | None = None) -> pd.DataFrame:
        """Return the table as data (ids, fractions, English names), or for people with `lang` "zh" or "en"."""
        return self.table.copy() if lang is None else self.labelled(lang)

    def save(self, path: Path | str, lang: str = "zh") -> Path:
        """Write the answer to a file: `.xlsx`, `.csv`, `.json` or `.txt`, as its name says; return its path.

        The writers live in another room and are found by their entry point, so that an answer knows no format.
        """
        writer = next(iter(entry_points(group="verdigraph.writers", name="answer")), None)
        if writer is None:
            raise UsageError(
                "程序没有装全，写不了文件：请重新运行 pip install",
                "the program is not installed whole and cannot write files: run pip install again",
            )
        written: Path = writer.load()(self, path, lang)
        return written

    def __repr__(self) -> str:
        size = f"{len(self.table):,} rows × {len(self.columns)} columns"
        return f"<Answer {self.question} as of {self.as_of.isoformat()}: {size}, snapshot {self.snapshot or '—'}>"

    def _repr_html_(self) -> str:
        """Show the table in Chinese with definition, notes and clauses under it (notebooks)."""
        lines = [f"<h4>{escape(self.title.zh)}　{self.as_of.isoformat()}</h4>"]
        lines.append(
            shown(self.table, spoken(self.columns, "zh"), "zh").to_html(
                index=False, na_rep="", max_rows=30, escape=True
            )
        )
        lines.append(f"<p><b>口径</b>　{escape(self.definition.zh)}</p>")
        lines += [f"<p><b>注</b>　{escape(note.zh)}</p>" for note in self.notes]
        cited = "；".join(f"{clause.id} {clause.zh}" for clause in self.clauses)
        lines.append(f"<p><b>条款</b>　{escape(cited)}</p><p><b>快照</b>　{escape(self.snapshot)}</p>")
        return "\n".join(lines)
