"""The engine in memory: facts from a view of the graph on one day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from queries.asking.caveats import ViewCaveats
from queries.engines.filters import KEPT

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import pandas as pd
    import pyarrow as pa

    from graph_model.bilingual import Bilingual
    from graph_model.graph import KnowledgeGraph
    from graph_model.view import View
    from queries.answers.clauses import Clause
    from queries.asking.engine import FactRow
    from queries.asking.question import O, Question
    from queries.eligibility.evidence import Origins


class MemoryEngine:
    """Gathers facts from a view in memory; answers every question."""

    def __init__(self, view: View, origins: Origins, opened: Callable[[str], KnowledgeGraph]) -> None:
        self._view = view
        self._origins = origins
        self._opened = opened

    def facts(self, question: Question[O], options: O) -> pd.DataFrame:
        """Return the facts of a question."""
        if question.across is not None:
            return question.across(self._view, self._opened, options)
        return question.in_memory(self._view, options)

    def kept(self, name: str, text: str, ids: pa.Array, with_others: bool) -> pa.Array:
        """Return which of the units or regions `ids` a filter keeps."""
        return KEPT[name](self._view, text, ids, with_others)

    def notes(self, question: Question[O], options: O) -> list[Bilingual]:
        """Return the caveats of an answer, in sentences."""
        if question.notes_in_memory is not None:
            return question.notes_in_memory(self._view, options)
        return question.notes(ViewCaveats(self._view), options) if question.notes else []

    def clauses(self, question: Question[O], options: O) -> tuple[Clause, ...] | None:
        """Return the clauses of the rules in use, None where the question always cites the same ones."""
        return None if question.cited is None else question.cited(self._view, options)

    def evidence(self, findings: Sequence[tuple[FactRow, ...]]) -> list[str | None]:
        """Return where the facts of findings were read, in words: file, sheet and row."""
        return self._origins.of_each(findings)
