"""What answers questions: an engine gives facts, rows that filters keep, and notes; what is concluded is the same for all.

Two engines there are: a view in memory, and a Neo4j server.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    import pyarrow as pa

    from graph_model.bilingual import Bilingual
    from queries.answers.clauses import Clause
    from queries.asking.question import O, Question

    FactRow = tuple[str, int]
    """A fact behind a finding: its table and its row there."""


class Engine(Protocol):
    """Answers questions as of one day."""

    def facts(self, question: Question[O], options: O) -> pd.DataFrame:
        """Return the facts of a question."""

    def kept(self, name: str, text: str, ids: pa.Array, with_others: bool) -> pa.Array:
        """Return which of the units or regions `ids` a filter keeps."""

    def notes(self, question: Question[O], options: O) -> list[Bilingual]:
        """Return the caveats of an answer, in sentences."""

    def clauses(self, question: Question[O], options: O) -> tuple[Clause, ...] | None:
        """Return the clauses of the rules in use, None where the question always cites the same ones."""

    def evidence(self, findings: Sequence[tuple[FactRow, ...]]) -> list[str | None]:
        """Return where the facts of findings were read, in words: file, sheet and row."""
